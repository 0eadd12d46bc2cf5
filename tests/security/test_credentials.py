"""Credentials that are no longer good, or never were: every route, and the sockets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from queue_server.protocol import NAMESPACE
from queue_server.services import access
from queue_server.store import people
from queue_server.web.access import BEFORE_PASSWORD_CHANGE, DEVICE_COOKIE, SESSION_COOKIE
from queue_server.web.orders import ROUTES, Route
from tests.security.actions import TABLE, body_of, path_of
from tests.security.second_hall import contents
from tests.support.halls import HALL
from tests.web.visitors import DEVICES, PASSWORD, STAFF, Site, Visitor, error

CLOSED = [route for route in ROUTES if route.action not in ("read_public", "rate_by_link")]


def route_id(route: Route) -> str:
    return f"{route.method} {route.rule}"


@dataclass
class Bearer(Visitor):
    """A program that proves itself with a header and has no cookies."""

    token: str = ""

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        return super().send(method, path, body, Authorization=f"Bearer {self.token}", X_CSRF_Token="", **headers)

    def get(self, path: str, **more: Any) -> Any:
        return super().get(path, **({"headers": {"Authorization": f"Bearer {self.token}"}} | more))


def session(site: Site, role: str, ago: timedelta = timedelta(0)) -> tuple[Visitor, str]:
    """A browser with a session of ``role`` that began some time ago."""
    visitor, token = site.visitor(), f"session-{role}-{len(role)}-{ago}"
    with site.parts.uow(HALL) as uow:
        people.start_session(uow.connection, site.staff[role], token, uow.real_now - ago)
    visitor.client.set_cookie(SESSION_COOKIE, token)
    return visitor, token


def expired(site: Site) -> Visitor:
    return session(site, "supervisor", people.SESSION_LASTS)[0]


def signed_out(site: Site) -> Visitor:
    visitor, token = session(site, "supervisor")
    assert visitor.send("DELETE", "/api/session").status_code == 200
    visitor.client.set_cookie(SESSION_COOKIE, token)
    return visitor


def dismissed(site: Site) -> Visitor:
    visitor = site.visitor("supervisor")
    with site.parts.uow(HALL) as uow:
        people.update_staff(uow.connection, site.staff["supervisor"], active=False)
    return visitor


def revoked(site: Site) -> Visitor:
    visitor = site.visitor("kiosk")
    with site.parts.uow(HALL) as uow:
        access.revoke(uow, site.devices["kiosk"])
    return visitor


def revoked_program(site: Site) -> Visitor:
    token = site.add_device("screen")
    with site.parts.uow(HALL) as uow:
        access.revoke(uow, site.devices["screen"])
    return Bearer(site, site.app.test_client(), token)


def session_as_bearer(site: Site) -> Visitor:
    return Bearer(site, site.app.test_client(), session(site, "supervisor")[1])


def session_as_device(site: Site) -> Visitor:
    visitor = site.visitor()
    visitor.client.set_cookie(DEVICE_COOKIE, session(site, "supervisor")[1])
    return visitor


def device_as_session(site: Site) -> Visitor:
    visitor = site.visitor()
    visitor.client.set_cookie(SESSION_COOKIE, site.add_device("kiosk"))
    return visitor


def stolen_hash(site: Site) -> Visitor:
    """Whoever read the database has hashes, which open nothing."""
    visitor = site.visitor()
    visitor.client.set_cookie(SESSION_COOKIE, people.token_hash(session(site, "supervisor")[1]))
    visitor.client.set_cookie(DEVICE_COOKIE, people.token_hash(site.add_device("kiosk")))
    return visitor


def code_as_token(site: Site) -> Visitor:
    code = site.visitor("manager").order("/devices", {"kind": "kiosk", "name": "取号机"}).json["code"]
    return Bearer(site, site.app.test_client(), code)


def invented(site: Site) -> Visitor:
    visitor = site.visitor()
    visitor.client.set_cookie(SESSION_COOKIE, "' OR 1=1 --")
    visitor.client.set_cookie(DEVICE_COOKIE, "null")
    return visitor


BAD: list[Callable[[Site], Visitor]] = [
    expired, signed_out, dismissed, revoked, revoked_program, session_as_bearer, session_as_device,
    device_as_session, stolen_hash, code_as_token, invented,
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.__name__)
def test_a_credential_that_is_not_good_opens_no_route_and_no_staff_socket(
    site: Site, bad: Callable[[Site], Visitor]
) -> None:
    visitor = bad(site)
    before = contents(site)

    for route in CLOSED:
        path = path_of(route)
        got = visitor.get(path) if route.method == "GET" else visitor.send(route.method, path, body_of(route))
        assert error(got) == (401, "not_signed_in"), route_id(route)
    assert error(visitor.get(f"/api/halls/{HALL}/snapshot?scope=staff")) == (401, "not_signed_in")
    assert contents(site) == before
    assert not socket_of(site, visitor, scope="staff").is_connected(NAMESPACE)
    if isinstance(visitor, Bearer):
        assert not socket_of(site, visitor, token=visitor.token).is_connected(NAMESPACE)


def socket_of(site: Site, visitor: Visitor, **auth: Any) -> Any:
    given = {"v": 1, "hall": HALL, "scope": "public"} | auth
    return site.socketio.test_client(site.app, namespace=NAMESPACE, auth=given, flask_test_client=visitor.client)


@pytest.mark.parametrize("role", STAFF)
def test_a_first_password_opens_nothing_but_its_own_change(site: Site, role: str) -> None:
    site.staff["new"] = site.add_member("new", role, must_change=True)
    visitor, before = session(site, "new")[0], site.seq

    for route in CLOSED:
        if route.action in BEFORE_PASSWORD_CHANGE:
            continue
        path = path_of(route)
        got = visitor.get(path) if route.method == "GET" else visitor.send(route.method, path, body_of(route))
        refusal = "must_change_password" if role in TABLE[route.action] else "forbidden"
        assert error(got) == (403, refusal), route_id(route)
    assert site.seq == before
    assert not socket_of(site, visitor, scope="staff").is_connected(NAMESPACE)


@pytest.mark.parametrize("kind", DEVICES)
@pytest.mark.parametrize("route", ROUTES, ids=route_id)
def test_a_device_may_the_same_with_a_bearer_token_as_with_a_cookie(shared_site: Site, route: Route, kind: str) -> None:
    program = Bearer(shared_site, shared_site.app.test_client(), shared_site.add_device(kind))
    before, path = shared_site.seq, path_of(route)
    got = program.get(path) if route.method == "GET" else program.send(route.method, path, body_of(route))

    if kind in TABLE[route.action]:
        assert got.status_code < 500
        assert not got.is_json or got.json.get("error") not in {"forbidden", "not_signed_in", "csrf_failed"}
    else:
        assert error(got) == (403, "forbidden")
        assert shared_site.seq == before


def test_a_locked_account_signs_nobody_in_and_throws_nobody_out(site: Site) -> None:
    working, guesser = site.visitor(), site.visitor()
    working.sign_in("clerk")
    for _ in range(access.FAILURES_ALLOWED):
        guesser.sign_in("clerk", "wrong")

    assert error(guesser.sign_in("clerk", PASSWORD)) == (403, "locked_out")
    assert working.who()["staff"]["role"] == "clerk", "else a stranger could close windows by guessing"


@pytest.mark.parametrize(
    ("other", "may"), [("kiosk", "issue"), ("screen", "announce"), ("pad", ""), ("printer", "print")]
)
def test_a_browser_with_two_credentials_may_what_either_may_and_no_more(site: Site, other: str, may: str) -> None:
    browser = site.visitor("auditor")
    browser.client.set_cookie(DEVICE_COOKIE, site.add_device(other))
    allowed = {action for action, roles in TABLE.items() if roles & {"auditor", other}}
    assert not may or may in allowed

    for route in ROUTES:
        if route.action == "own_account":
            continue
        path = path_of(route)
        got = browser.get(path) if route.method == "GET" else browser.send(route.method, path, body_of(route))
        forbidden = got.is_json and got.json.get("error") == "forbidden"
        assert forbidden is (route.action not in allowed), route_id(route)
