"""Who may do what: every route × every role, and the sockets alike."""

import re
from typing import Any

import pytest
from flask import Blueprint

from queue_server.domain.errors import Refused
from queue_server.protocol import NAMESPACE
from queue_server.web.access import ACTIONS, ROLES, Principal, authorise
from queue_server.web.orders import ROUTES, Route, order, plain, read
from tests.support.halls import HALL
from tests.web.visitors import DEVICES, STAFF, Site, error, new_key

#: The house's own table, written down a second time on purpose: a change of access.py must be a decision.
TABLE = {
    "read_public": set(ROLES),
    "read_staff_news": set(STAFF),
    "read_report": {"supervisor", "manager", "auditor", "administrator"},
    "read_notes": {"clerk", "greeter", "supervisor"},
    "read_devices": {"supervisor", "manager", "administrator", "auditor"},
    "issue": {"kiosk", "greeter", "clerk", "supervisor"},
    "serve": {"clerk", "supervisor"},
    "reinstate": {"clerk", "greeter", "supervisor"},
    "leave": {"clerk", "greeter", "supervisor"},
    "run_day": {"supervisor", "manager"},
    "step_clock": {"supervisor", "administrator"},
    "announce": {"screen"},
    "manage_devices": {"manager", "administrator"},
    "own_account": set(STAFF),
}
#: A body that each route takes; the others take ``{}``.
BODIES: dict[str, Any] = {
    "/tickets": {"line": "A"},
    "/pauses": {"reason": "rest"},
    "/direct-calls": {"window": "1"},
    "/transfers": {"line": "B"},
    "/steps": {"to": "2026-11-24T01:00:00Z"},
    "/failures": {"reason": "player"},
    "/devices": {"kind": "pad", "name": "评价器"},
    "/sessions": {"username": "nobody", "password": "wrong"},
    "/password": {"old": "wrong", "new": "another horse"},
    "/enrolments": {"code": "ABCDEFGH"},
}
VALUES = {"hall": HALL, "code": "2", "ticket": "f" * 32, "device": "f" * 32, "seq": "9999"}
ACCESS = {"not_signed_in", "forbidden", "must_change_password", "csrf_failed"}


def path_of(route: Route) -> str:
    return re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", lambda found: VALUES[found[1]], route.rule)


def body_of(route: Route) -> Any:
    ending = "/" + route.rule.rsplit("/", 1)[1]
    return {} if "/windows/" in route.rule and ending == "/sessions" else BODIES.get(ending, {})


def test_the_table_is_the_one_that_was_decided() -> None:
    assert {action: set(roles) for action, roles in ACTIONS.items()} == TABLE
    assert len(ROLES) == 10
    assert set(STAFF) | set(DEVICES) | {"citizen"} == ROLES


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.rule}")
def test_every_route_lets_in_whom_the_table_names_and_nobody_else(shared_site: Site, route: Route, role: str) -> None:
    visitor = shared_site.visitor(role)
    before = shared_site.seq

    answer = visitor.send(route.method, path_of(route), body_of(route)) if route.method != "GET" else visitor.get(
        path_of(route)
    )  # fmt: skip
    refusal = answer.json.get("error") if answer.is_json else None

    if role in TABLE[route.action]:
        assert refusal not in ACCESS
        assert answer.status_code < 500
    else:
        assert (answer.status_code, refusal) == ((401, "not_signed_in") if role == "citizen" else (403, "forbidden"))
        assert shared_site.seq == before


def test_every_rule_of_the_api_is_in_the_table_of_routes(shared_site: Site) -> None:
    listed = {(route.rule, route.method) for route in ROUTES}
    served = {
        (rule.rule, method)
        for rule in shared_site.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api")
    }

    assert served == listed
    assert len(listed) == len(ROUTES) >= 30


def test_a_route_whose_action_nobody_knows_does_not_start() -> None:
    blueprint = Blueprint("new", __name__, url_prefix="/api/halls/<hall:hall>")
    before = list(ROUTES)

    for register in (
        lambda: order(blueprint, "/rockets", "launch")(lambda **_: None),
        lambda: read(blueprint, "/rockets", "launch")(lambda **_: None),
        lambda: plain(blueprint, "/rockets", "GET", "launch", None)(lambda: None),
    ):
        with pytest.raises(LookupError, match="nobody says who may launch"):
            register()
    assert before == ROUTES


@pytest.mark.parametrize("role", sorted(ROLES))
def test_an_action_nobody_knows_is_denied(role: str) -> None:
    with pytest.raises((Refused, KeyError)):
        authorise([Principal(role, "x", HALL)], "launch", HALL)


@pytest.mark.parametrize("role", [*STAFF, *DEVICES])
def test_another_hall_is_closed_to_staff_and_devices(shared_site: Site, role: str) -> None:
    visitor = shared_site.visitor(role)
    csrf = {"X-CSRF-Token": visitor.csrf(), "Idempotency-Key": new_key()}

    for path, body in (("/tickets", {"line": "A"}), ("/days", {}), ("/announcements/1/starts", {})):
        answer = visitor.client.post(f"/api/halls/other{path}", json=body, headers=csrf)
        assert error(answer) == (403, "forbidden")
    for path in ("/devices", "/report", "/snapshot?scope=staff"):
        assert error(visitor.get(f"/api/halls/other{path}")) == (403, "forbidden")
    assert error(visitor.get("/api/halls/other/snapshot")) == (404, "unknown_hall")


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("scope", ["public", "staff"])
def test_sockets_ask_the_same_table(shared_site: Site, role: str, scope: str) -> None:
    visitor = shared_site.visitor(role)
    auth = {"v": 1, "hall": HALL, "scope": scope}
    socket = shared_site.socketio.test_client(
        shared_site.app, namespace=NAMESPACE, auth=auth, flask_test_client=visitor.client
    )
    action = "read_staff_news" if scope == "staff" else "read_public"

    assert socket.is_connected(NAMESPACE) is (role in TABLE[action])
    if socket.is_connected(NAMESPACE):
        synced = socket.emit("sync", {}, namespace=NAMESPACE, callback=True)
        assert ("clerk" in synced["snapshot"]["windows"]["1"]) is (scope == "staff")
        socket.disconnect(NAMESPACE)
