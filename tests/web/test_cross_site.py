"""Orders that a foreign page could send with this browser's cookies."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from queue_server.web.access import SESSION_COOKIE
from queue_server.web.orders import ROUTES, Route
from tests.security.actions import TABLE, body_of, path_of
from tests.support.halls import HALL
from tests.support.servers import Server
from tests.web.visitors import Site, error

TICKET = {"line": "A"}
FOREIGN = [
    "http://evil.example",
    "https://localhost",
    "http://localhost:81",
    "http://localhost.evil.example",
    "http://evil.example/localhost",
    "http://LOCALHOST.",
    "null",
    "",
    "file://",
    "*",
]
CHANGING = [route for route in ROUTES if route.method != "GET"]


@pytest.mark.parametrize("role", ["clerk", "kiosk"])
@pytest.mark.parametrize("token", ["", "wrong", "0" * 64])
def test_a_cookie_alone_gives_no_order(site: Site, role: str, token: str) -> None:
    browser = site.visitor(role)
    before = site.seq

    assert error(browser.order("/tickets", TICKET, X_CSRF_Token=token)) == (403, "csrf_failed")
    assert site.seq == before
    assert browser.order("/tickets", TICKET).status_code == 201


def test_a_token_of_another_session_is_worth_nothing(site: Site) -> None:
    other = site.visitor("clerk").csrf()

    assert error(site.visitor("clerk").order("/tickets", TICKET, X_CSRF_Token=other)) == (403, "csrf_failed")


def test_the_token_changes_with_signing_in_and_out(site: Site) -> None:
    browser = site.visitor()
    tokens = [browser.csrf()]
    browser.sign_in("clerk")
    tokens.append(browser.csrf())
    browser.send("DELETE", "/api/session")
    browser.sign_in("clerk")
    tokens.append(browser.csrf())

    assert len(set(tokens)) == 3


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_foreign_origin_is_refused_even_with_the_token(site: Site, origin: str) -> None:
    browser, before = site.visitor("clerk"), site.seq
    headers = {"Origin": origin, "X-CSRF-Token": browser.csrf(), "Idempotency-Key": "key-foreign"}

    answer = browser.client.post(f"/api/halls/{HALL}/tickets", json=TICKET, headers=headers)
    assert error(answer) == (403, "csrf_failed")
    sign_in = {"username": "clerk", "password": "correct horse"}
    refused = site.visitor().client.post("/api/sessions", json=sign_in, headers={"Origin": origin})
    assert error(refused) == (403, "csrf_failed")
    assert site.seq == before
    assert browser.order("/tickets", TICKET, Origin="http://localhost").status_code == 201


@pytest.mark.parametrize("route", CHANGING, ids=lambda route: f"{route.method} {route.rule}")
def test_no_order_at_all_comes_from_a_foreign_page(shared_site: Site, route: Route) -> None:
    role = sorted(TABLE[route.action] - {"citizen"})[0]
    browser, before = shared_site.visitor(role), shared_site.seq

    for origin in ("http://evil.example", "null"):
        answer = browser.send(route.method, path_of(route), body_of(route), Origin=origin)
        assert error(answer) == (403, "csrf_failed")
    if route.action != "read_public":
        without = browser.send(route.method, path_of(route), body_of(route), X_CSRF_Token="")
        assert error(without) == (403, "csrf_failed")
    assert shared_site.seq == before


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_form_of_another_site_is_no_order(site: Site, kind: str) -> None:
    """What a page may send abroad without asking first: simple content types, no headers of its own."""
    browser, before = site.visitor("clerk"), site.seq

    for path in ("/api/sessions", "/api/enrolments", f"/api/halls/{HALL}/tickets"):
        answer = browser.client.post(path, data='{"line": "A"}', content_type=kind)
        assert error(answer)[0] in (403, 415)
    assert site.seq == before


@pytest.mark.parametrize("origin", ["http://evil.example", "null"])
def test_a_foreign_page_may_not_ask_first_either(shared_site: Site, origin: str) -> None:
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-csrf-token",
    }
    client = shared_site.visitor("clerk").client

    for answer in (
        client.options(f"/api/halls/{HALL}/tickets", headers=asked),
        client.get(f"/api/halls/{HALL}/snapshot?scope=staff", headers={"Origin": origin}),
    ):
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control-")]


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_a_get_is_a_get_whatever_a_header_says(site: Site, name: str) -> None:
    browser, before = site.visitor("supervisor"), site.seq

    for path in ("/api/session", f"/api/halls/{HALL}/snapshot"):
        assert browser.get(path, headers={name: "DELETE"}).status_code == 200
    assert (site.seq, browser.who()["staff"]["role"]) == (before, "supervisor")


@pytest.mark.parametrize("place", ["query", "cookie", "body"])
def test_the_token_counts_in_its_header_only(site: Site, place: str) -> None:
    browser = site.visitor("clerk")
    token, query, body = browser.csrf(), "", dict(TICKET)
    if place == "query":
        query = f"?X-CSRF-Token={token}&csrf={token}"
    elif place == "cookie":
        browser.client.set_cookie("X-CSRF-Token", token)
    else:
        body["csrf"] = token

    assert error(browser.order(f"/tickets{query}", body, X_CSRF_Token="")) == (403, "csrf_failed")


def test_a_program_with_its_bearer_token_needs_no_csrf_token(site: Site) -> None:
    token = site.add_device("kiosk")
    program = site.visitor()

    answer = program.order("/tickets", TICKET, Authorization=f"Bearer {token}", X_CSRF_Token="")

    assert answer.status_code == 201
    assert error(program.order("/tickets", TICKET, Authorization="Bearer wrong")) == (401, "not_signed_in")
    assert error(program.order("/tickets", TICKET, Authorization="Basic Y2xlcms6eA==")) == (401, "not_signed_in")


def test_a_wrong_bearer_beside_a_session_does_not_spare_the_token(site: Site) -> None:
    browser = site.visitor("clerk")
    screen = site.add_device("screen")

    for bearer in ("wrong", screen):
        refusal = browser.order("/tickets", TICKET, Authorization=f"Bearer {bearer}", X_CSRF_Token="")
        assert error(refusal) == (403, "csrf_failed")


def test_an_order_is_never_a_get(site: Site) -> None:
    before = site.seq
    browser = site.visitor("supervisor")

    for path in ("/tickets", "/days", "/days/current/closing", "/windows/1/calls"):
        assert error(browser.get(f"/api/halls/{HALL}{path}")) == (405, "method_not_allowed")
    assert site.seq == before


@pytest.fixture(scope="module")
def served(shared_site: Site) -> Iterator[tuple[Server, str]]:
    """The module's hall behind the real server, and a session cookie of its supervisor."""
    folder: Path = shared_site.parts.store.path.parent
    cookie = shared_site.visitor("supervisor").client.get_cookie(SESSION_COOKIE)
    assert cookie is not None
    server = Server(folder, hall=HALL).start()
    yield server, f"{SESSION_COOKIE}={cookie.value}"
    server.kill()


def upgrade(server: Server, cookie: str, query: str = "EIO=4&transport=websocket", **headers: str) -> Any:
    """Ask for a websocket as a browser does; returns the status line and the rest of the head."""
    asked = {
        "Host": f"127.0.0.1:{server.port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        "Cookie": cookie,
    } | headers
    lines = [f"GET /socket.io/?{query} HTTP/1.1", *(f"{name}: {value}" for name, value in asked.items())]
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        head = connection.recv(4096).decode("latin-1")
    return head.split(" ")[1], head


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "file://",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1",
        "http://localhost:{port}",
        "http://127.0.0.1:{port}.evil.example",
        "http://evil.example/127.0.0.1:{port}",
        "http://127.0.0.1:{port} http://evil.example",
        "*",
    ],
)
def test_a_foreign_page_opens_no_socket(served: tuple[Server, str], origin: str) -> None:
    server, cookie = served

    status, head = upgrade(server, cookie, Origin=origin.format(port=server.port))

    assert status == "400"
    assert "access-control-allow-origin" not in head.lower()


def test_the_own_page_and_a_program_without_an_origin_open_one(served: tuple[Server, str]) -> None:
    server, cookie = served

    assert upgrade(server, cookie, Origin=server.address)[0] == "101"
    assert upgrade(server, "")[0] == "101", "programs name no origin and bring a token instead of a cookie"


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_there_is_no_way_round_by_long_polling(served: tuple[Server, str], origin: str) -> None:
    server, cookie = served
    named = {"Origin": origin} if origin else {}

    for query in ("EIO=4&transport=polling", "EIO=4", "EIO=3&transport=polling", "EIO=4&transport=websocket&sid=x"):
        assert upgrade(server, cookie, query, Upgrade="", Connection="close", **named)[0] == "400"
