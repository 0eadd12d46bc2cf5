"""Signing in and out, lock-out, passwords."""

import pytest

from queue_server.config import Settings
from queue_server.store import people
from queue_server.web.access import SESSION_COOKIE
from tests.support.halls import HALL
from tests.web.visitors import PASSWORD, Site, error


def test_signing_in_gives_a_session_and_signing_out_ends_it(site: Site) -> None:
    browser = site.visitor()
    answer = browser.sign_in("manager")

    assert answer.status_code == 201
    assert answer.json["staff"]["role"] == browser.who()["staff"]["role"] == "manager"
    assert answer.json["csrf"] == browser.csrf()
    token = browser.client.get_cookie(SESSION_COOKIE)
    assert browser.send("DELETE", "/api/session").status_code == 200
    assert browser.who()["staff"] is None

    thief = site.visitor()
    assert token is not None
    thief.client.set_cookie(SESSION_COOKIE, token.value)
    assert thief.who()["staff"] is None, "the session is dead, not only the cookie"


@pytest.mark.parametrize("secure", [False, True])
def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(site: Site, secure: bool) -> None:
    site.parts.settings = Settings(**vars(site.parts.settings) | {"secure_cookies": secure})

    cookie = site.visitor().sign_in("clerk").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert ("Secure" in cookie) is secure
    assert "Max-Age" not in cookie, "it ends with the browser"


def test_neither_the_log_nor_the_database_holds_a_usable_token(site: Site) -> None:
    browser = site.visitor()
    browser.sign_in("clerk")
    token = browser.client.get_cookie(SESSION_COOKIE)
    assert token is not None

    assert token.value not in site.log()
    stored = site.parts.store.path.read_bytes() + site.parts.store.path.with_name("hall.db-wal").read_bytes()
    assert token.value.encode() not in stored
    assert PASSWORD.encode() not in stored


@pytest.mark.parametrize("username", ["clerk", "nobody", "王小明"])
def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(site: Site, username: str) -> None:
    answer = site.visitor().sign_in(username, "wrong")

    assert error(answer) == (401, "bad_credentials")
    assert answer.json["facts"] == {}
    assert "Set-Cookie" not in answer.headers


def test_five_wrong_passwords_lock_the_account_for_fifteen_minutes_of_real_time(site: Site) -> None:
    browser = site.visitor()
    for _ in range(5):
        assert error(browser.sign_in("clerk", "wrong")) == (401, "bad_credentials")

    locked = browser.sign_in("clerk")
    assert error(locked) == (403, "locked_out")
    assert locked.json["facts"] == {"until": "2026-11-24T01:15:00.000000Z"}
    assert site.visitor().sign_in("manager").status_code == 201, "others are not locked"
    site.bench.clock.forward(minutes=14, seconds=59)
    assert error(browser.sign_in("clerk")) == (403, "locked_out")
    site.bench.clock.forward(seconds=1)
    assert browser.sign_in("clerk").status_code == 201


def test_a_right_password_forgets_the_wrong_ones_before(site: Site) -> None:
    browser = site.visitor()
    for _ in range(2):
        for _ in range(4):
            browser.sign_in("clerk", "wrong")
        assert browser.sign_in("clerk").status_code == 201


def test_a_session_ends_after_fourteen_hours_whatever_the_hall_s_clock_says(site: Site) -> None:
    browser = site.visitor()
    browser.sign_in("supervisor")
    browser.order("/clock/steps", {"to": "2026-11-30T01:00:00Z"})
    assert browser.who()["staff"] is not None

    site.bench.clock.forward(hours=14)
    assert browser.who()["staff"] is None
    assert error(browser.order("/days")) == (401, "not_signed_in")


def test_a_first_password_must_be_replaced_before_anything_else(site: Site) -> None:
    site.add_member("new", "supervisor", must_change=True)
    browser = site.visitor()
    answer = browser.sign_in("new")

    assert answer.json["staff"]["must_change_password"] is True
    assert error(browser.order("/tickets", {"line": "A"})) == (403, "must_change_password")
    assert error(browser.get(f"/api/halls/{HALL}/devices")) == (403, "must_change_password")
    assert error(browser.get(f"/api/halls/{HALL}/snapshot?scope=staff")) == (403, "must_change_password")
    assert browser.get(f"/api/halls/{HALL}/snapshot").status_code == 200
    change = {"old": PASSWORD, "new": "another horse"}
    assert browser.send("PUT", "/api/session/password", change).status_code == 200

    assert browser.who()["staff"]["must_change_password"] is False
    assert browser.order("/tickets", {"line": "A"}).status_code == 201


def test_a_new_password_signs_out_everywhere_else_and_the_old_one_is_dead(site: Site) -> None:
    here, elsewhere = site.visitor(), site.visitor()
    here.sign_in("clerk")
    elsewhere.sign_in("clerk")

    assert here.send("PUT", "/api/session/password", {"old": PASSWORD, "new": "another horse"}).status_code == 200

    assert here.who()["staff"] is not None
    assert elsewhere.who()["staff"] is None
    assert error(site.visitor().sign_in("clerk")) == (401, "bad_credentials")
    assert site.visitor().sign_in("clerk", "another horse").status_code == 201


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"old": "wrong", "new": "another horse"}, (401, "bad_credentials")),
        ({"old": PASSWORD, "new": "short"}, (400, "bad_request")),
        ({"old": PASSWORD}, (400, "bad_request")),
    ],
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_short_one(
    site: Site, change: dict[str, str], refusal: tuple[int, str]
) -> None:
    browser = site.visitor()
    browser.sign_in("clerk")

    assert error(browser.send("PUT", "/api/session/password", change)) == refusal
    assert site.visitor().sign_in("clerk").status_code == 201


def test_guessing_the_old_password_from_a_session_locks_the_account_too(site: Site) -> None:
    browser = site.visitor()
    browser.sign_in("clerk")
    for _ in range(5):
        browser.send("PUT", "/api/session/password", {"old": "wrong", "new": "another horse"})

    assert error(site.visitor().sign_in("clerk")) == (403, "locked_out")


def test_an_account_that_was_closed_is_signed_out_at_once(site: Site) -> None:
    browser = site.visitor()
    browser.sign_in("clerk")
    with site.parts.uow(HALL) as uow:
        people.update_staff(uow.connection, site.staff["clerk"], active=False)

    assert browser.who()["staff"] is None
    assert error(browser.sign_in("clerk")) == (401, "bad_credentials")
