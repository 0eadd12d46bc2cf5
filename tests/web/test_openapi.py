"""The OpenAPI document is made from what the server does."""

import re
from typing import Any

import pytest

from queue_server.web.access import ACTIONS
from queue_server.web.orders import ROUTES
from tests.web.visitors import Site

METHODS = {"get", "post", "put", "delete"}


@pytest.fixture
def document(shared_site: Site) -> dict[str, Any]:
    answer = shared_site.visitor().get("/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    found: dict[str, Any] = answer.json
    return found


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(path, method): found for path, item in document["paths"].items() for method, found in item.items()}


def test_the_document_has_the_form_of_openapi_3_1(document: dict[str, Any]) -> None:
    assert re.fullmatch(r"3\.1\.\d+", document["openapi"])
    assert {"title", "version"} <= document["info"].keys()
    for (path, method), operation in operations(document).items():
        assert method in METHODS
        assert operation["summary"], path
        assert all(re.fullmatch(r"[1-5](\d\d|XX)", status) for status in operation["responses"])
        assert all(response["description"] for response in operation["responses"].values())
        given = {value["name"] for value in operation["parameters"] if value["in"] == "path"}
        assert given == set(re.findall(r"\{(\w+)\}", path)), "every path value is described"
        assert all(value["required"] for value in operation["parameters"] if value["in"] == "path")


def test_operation_ids_are_unique_where_there_are_any(document: dict[str, Any]) -> None:
    ids = [found["operationId"] for found in operations(document).values() if "operationId" in found]

    assert len(ids) == len(set(ids))


def test_every_route_is_there_and_nothing_else(document: dict[str, Any]) -> None:
    routes = {(re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", route.rule), route.method.lower()) for route in ROUTES}

    assert operations(document).keys() == routes


def test_every_operation_says_who_may_and_the_table_knows_it(document: dict[str, Any]) -> None:
    for operation in operations(document).values():
        assert operation["x-action"] in ACTIONS


def test_orders_ask_for_a_key_and_bodies_refuse_what_they_do_not_know(document: dict[str, Any]) -> None:
    for (path, method), operation in operations(document).items():
        headers = [value["name"] for value in operation["parameters"] if value["in"] == "header"]
        assert ("Idempotency-Key" in headers) is ("/halls/" in path and method != "get")
        if "requestBody" in operation:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            assert schema["additionalProperties"] is False
            assert "$ref" not in str(schema)


def test_the_document_names_the_wire_s_words_and_not_the_code_s(document: dict[str, Any]) -> None:
    tickets = document["paths"]["/api/halls/{hall}/tickets"]["post"]
    schema = tickets["requestBody"]["content"]["application/json"]["schema"]

    assert schema["properties"].keys() == {"line", "class", "lang"}
