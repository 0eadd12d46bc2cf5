"""The OpenAPI document, made from the routes and the models that check the requests."""

import re
from typing import Any

from queue_server.protocol import IDEMPOTENCY_HEADER
from queue_server.web.orders import Route

PATH_VALUE = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
_TEXT = {"type": "string"}
_SCOPE = {"type": "string", "enum": ["public", "staff"], "default": "public"}
#: What may stand behind the ``?`` of a route that reads, by the route's ending.
QUERIES: dict[str, dict[str, dict[str, Any]]] = {
    "/snapshot": {"scope": _SCOPE},
    "/news": {
        "scope": _SCOPE,
        "epoch": _TEXT,
        "seq": {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999, "default": 0},
        "hash": _TEXT,
    },
    "/services": {"text": {"type": "string", "maxLength": 40}},
    "/report": {"date": {"type": "string", "format": "date"}},
}
REFUSAL = {
    "description": "Refused: a code for programs and facts for people",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["error", "facts"],
                "properties": {"error": {"type": "string"}, "facts": {"type": "object"}},
            }
        }
    },
}


def document(routes: list[Route]) -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        path = PATH_VALUE.sub(r"{\1}", route.rule)
        paths.setdefault(path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Window Zero",
            "version": "1",
            "description": "Orders of a service hall. News: docs/protocol.md.",
        },
        "paths": paths,
    }


def _operation(route: Route) -> dict[str, Any]:
    kind = "text/plain" if route.rule == "/metrics" else "application/json"
    form = {"type": "string" if kind == "text/plain" else "object"}
    success = {"description": "Done", "content": {kind: {"schema": form}}}
    operation: dict[str, Any] = {
        "summary": route.summary,
        "x-action": route.action,
        "parameters": [_path_value(name) for name in PATH_VALUE.findall(route.rule)],
        "responses": {str(route.status): success, "4XX": REFUSAL, "5XX": REFUSAL},
    }
    for name, schema in QUERIES.get("/" + route.rule.rsplit("/", 1)[1], {}).items():
        operation["parameters"].append({"name": name, "in": "query", "required": False, "schema": schema})
    if route.body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": _inlined(route)}}}
    if "/halls/" in route.rule and route.method != "GET":
        operation["parameters"].append(
            {
                "name": IDEMPOTENCY_HEADER,
                "in": "header",
                "required": True,
                "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,128}$"},
            }
        )
    return operation


def _path_value(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _inlined(route: Route) -> dict[str, Any]:
    """The body's schema with its definitions written in place."""
    assert route.body is not None
    schema = route.body.model_json_schema()
    definitions = schema.pop("$defs", {})

    def resolve(node: Any) -> Any:
        if isinstance(node, dict):
            if "$ref" in node:
                return resolve(definitions[node["$ref"].rsplit("/", 1)[1]])
            return {key: resolve(value) for key, value in node.items()}
        return [resolve(item) for item in node] if isinstance(node, list) else node

    resolved: dict[str, Any] = resolve(schema)
    return resolved
