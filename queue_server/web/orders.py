"""What every order's route has in common: form, access, key, one transaction, one shape of answer."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import Blueprint, Response, g, jsonify, request
from pydantic import BaseModel, ValidationError

from queue_server.domain.errors import BadRequest, KeyRequired, NotJSON
from queue_server.metrics import ORDER_SECONDS, ORDERS
from queue_server.parts import parts
from queue_server.protocol import IDEMPOTENCY_HEADER
from queue_server.services.orders import Order, perform
from queue_server.store.idempotency import Press
from queue_server.web.access import ACTIONS, Principal, authorise, principals, require_csrf
from queue_server.web.bodies import Nothing
from queue_server.web.errors import refusal_status

B = TypeVar("B", bound=BaseModel)
KEY = re.compile(r"^[A-Za-z0-9_-]{8,128}$")


@dataclass(frozen=True)
class Route:
    """One line of the API, as the OpenAPI document and the access test see it."""

    rule: str
    method: str
    action: str
    body: type[BaseModel] | None
    status: int
    summary: str


#: Every route of the API, filled as blueprints are built.
ROUTES: list[Route] = []


def parse(model: type[B]) -> B:
    """The request's body. Refuses what is not JSON or does not have the model's form."""
    if not request.is_json:
        raise NotJSON()
    try:
        return model.model_validate_json(request.get_data())
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise BadRequest(field=".".join(map(str, first["loc"])) or "body", problem=first["type"]) from None


def asked_by(action: str, hall_id: str | None) -> Principal:
    """Who asks, if they may; also checks against foreign pages when the request changes something."""
    principal = authorise(principals(parts(), request), action, hall_id)
    if request.method not in ("GET", "HEAD"):
        require_csrf(parts(), request, principal)
    return principal


def _note(blueprint: Blueprint, route: Route) -> None:
    if route.action not in ACTIONS:
        raise LookupError(f"{route.rule}: nobody says who may {route.action}")
    ROUTES.append(route)


def order(
    blueprint: Blueprint,
    rule: str,
    action: str,
    body: type[BaseModel] = Nothing,
    method: str = "POST",
    status: int = 201,
) -> Callable[[Callable[..., Order]], Callable[..., Order]]:
    """Register a view that turns a request into an Order; the frame does all the rest.

    The view gets ``who``, ``body`` and the path's values, and returns what is to be done inside
    the unit of work.
    """

    def register(view: Callable[..., Order]) -> Callable[..., Order]:
        @wraps(view)
        def handle(hall: str, **path: Any) -> Response:
            who = asked_by(action, hall)
            asked = parse(body)
            todo = view(who=who, body=asked, **path)
            return answer_order(hall, who, todo, status, press(who))

        full = f"{blueprint.url_prefix}{rule}"
        _note(blueprint, Route(full, method, action, body, status, (view.__doc__ or "").split("\n")[0]))
        blueprint.add_url_rule(rule, view.__name__, handle, methods=[method])
        return view

    return register


def answer_order(hall: str, who: Principal, todo: Order, status: int, pressed: Press) -> Response:
    """Do the order and answer. A view may leave ``g.reveal`` (adds derived secrets, which are never
    stored) and ``g.follow_up`` (goes on after the commit).
    """
    with ORDER_SECONDS.time():
        answer = perform(parts().uow(hall, who.actor), todo, pressed, status, refusal_status)
    ORDERS.labels("replayed" if answer.replay else "done" if answer.status < 300 else "refused").inc()
    reveal = g.pop("reveal", None)
    response = jsonify(reveal(answer.body) if reveal and answer.status < 300 else answer.body)
    response.status_code = answer.status
    if answer.replay:
        response.headers["Idempotent-Replay"] = "true"
    follow_up = g.pop("follow_up", None)
    if follow_up is not None and answer.status < 300:
        follow_up()
    return response


def press(who: Principal, body: bytes | None = None) -> Press:
    """Which press of a button this request belongs to. Refuses a missing or odd key.

    ``body`` stands for the request's own where that holds what must not be stored.
    """
    key = request.headers.get(IDEMPOTENCY_HEADER, "")
    if not KEY.match(key):
        raise KeyRequired()
    scope = hashlib.sha256(f"{who.actor} {request.method} {request.path}".encode()).hexdigest()
    return Press(scope, key, hashlib.sha256(request.get_data() if body is None else body).hexdigest())


def read(blueprint: Blueprint, rule: str, action: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a view that only reads: it returns what becomes JSON, or an answer made already."""

    def register(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def handle(**path: Any) -> Response:
            who = asked_by(action, path.get("hall"))
            found = view(who=who, **path)
            return found if isinstance(found, Response) else jsonify(found)

        full = f"{blueprint.url_prefix or ''}{rule}"
        _note(blueprint, Route(full, "GET", action, None, 200, (view.__doc__ or "").split("\n")[0]))
        blueprint.add_url_rule(rule, view.__name__, handle, methods=["GET"])
        return view

    return register


def plain(
    blueprint: Blueprint, rule: str, method: str, action: str, body: type[BaseModel] | None, status: int = 200
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a view outside the orders' frame (signing in, enrolling): it checks for itself."""

    def register(view: Callable[..., Any]) -> Callable[..., Any]:
        full = f"{blueprint.url_prefix or ''}{rule}"
        _note(blueprint, Route(full, method, action, body, status, (view.__doc__ or "").split("\n")[0]))
        blueprint.add_url_rule(rule, view.__name__, view, methods=[method])
        return view

    return register
