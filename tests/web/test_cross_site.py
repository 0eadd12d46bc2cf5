"""Orders that a foreign page could send with this browser's cookies."""

import pytest

from tests.support.halls import HALL
from tests.web.visitors import Site, error

TICKET = {"line": "A"}


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


@pytest.mark.parametrize("origin", ["http://evil.example", "https://localhost", "http://localhost:81", "null"])
def test_a_foreign_origin_is_refused_even_with_the_token(site: Site, origin: str) -> None:
    browser = site.visitor("clerk")

    assert error(browser.order("/tickets", TICKET, Origin=origin)) == (403, "csrf_failed")
    sign_in = {"username": "clerk", "password": "correct horse"}
    assert error(site.visitor().client.post("/api/sessions", json=sign_in, headers={"Origin": origin})) == (
        403,
        "csrf_failed",
    )
    assert browser.order("/tickets", TICKET, Origin="http://localhost").status_code == 201


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
