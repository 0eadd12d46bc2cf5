"""Who may do what: every route × every role, and the sockets alike."""

import pytest
from flask import Blueprint, Flask
from flask_socketio import Namespace, SocketIO

from queue_server.domain.errors import Refused
from queue_server.protocol import NAMESPACE
from queue_server.web.access import ACTIONS, ROLES, Principal, authorise
from queue_server.web.orders import ROUTES, Route, order, plain, read
from tests.security.actions import ACCESS, OPEN_RULES, SOCKET_MESSAGES, TABLE, body_of, path_of
from tests.support.halls import HALL
from tests.web.visitors import DEVICES, STAFF, Site


def test_the_table_is_the_one_that_was_decided() -> None:
    assert {action: set(roles) for action, roles in ACTIONS.items()} == TABLE
    assert len(ROLES) == 11
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


def strays(app: Flask) -> set[tuple[str, str]]:
    """What is served without standing in the table of routes or among the open pages."""
    listed = {(route.rule, route.method) for route in ROUTES} | {(rule, "GET") for rule in OPEN_RULES}
    served = {
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert listed <= served
    return served - listed


def test_nothing_is_served_that_no_table_knows(shared_site: Site) -> None:
    assert strays(shared_site.app) == set()
    assert len(ROUTES) == len({(route.rule, route.method) for route in ROUTES}) >= 30


@pytest.mark.parametrize("rule", ["/api/halls/<hall>/rockets", "/hidden"])
def test_a_route_beside_the_table_is_found(rule: str) -> None:
    app = Flask("stray", static_folder=None)
    for known in [*ROUTES, *(Route(page, "GET", "", None, 200, "") for page in OPEN_RULES)]:
        plain_rule = known.rule.replace("<hall:", "<").replace("<window:", "<").replace("<id:", "<")
        assert plain_rule
        app.url_map.converters.update(
            dict.fromkeys(("hall", "window", "id", "letter", "service", "zone"), app.url_map.converters["string"])
        )
        app.add_url_rule(known.rule, f"{known.method} {known.rule}", lambda **_: "", methods=[known.method])
    assert strays(app) == set()
    app.add_url_rule(rule, "stray", lambda **_: "", methods=["POST"])

    assert strays(app) == {(rule, "POST")}


def unlisted_messages(socketio: SocketIO) -> set[str]:
    """Messages a socket would act on though nobody said that it may."""
    spaces = socketio.server.namespace_handlers
    methods = {name.removeprefix("on_") for space in spaces.values() for name in dir(space) if name.startswith("on_")}
    direct = {name for handlers in socketio.server.handlers.values() for name in handlers}
    assert set(spaces) <= {NAMESPACE}, "another namespace asks nobody"
    return (methods | direct) - SOCKET_MESSAGES


def test_sockets_act_on_nothing_that_was_not_decided(shared_site: Site) -> None:
    assert unlisted_messages(shared_site.socketio) == set()
    assert NAMESPACE in shared_site.socketio.server.namespace_handlers


def test_a_socket_that_takes_orders_is_found() -> None:
    class Calls(Namespace):  # type: ignore[misc]
        def on_call(self, _: object) -> None:
            """An order, where only news belong."""

    socketio = SocketIO(Flask("stray"), async_mode="threading")
    socketio.on_namespace(Calls(NAMESPACE))
    assert unlisted_messages(socketio) == {"call"}
    socketio.on_event("issue", lambda _: None, namespace=NAMESPACE)
    assert unlisted_messages(socketio) == {"call", "issue"}


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
