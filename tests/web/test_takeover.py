"""Taking over a window that somebody has left."""

from typing import Any

import pytest

from queue_server.services import seats
from queue_server.store import log, tables
from tests.services.looking import rows
from tests.support.halls import HALL
from tests.web.visitors import PASSWORD, Site, Visitor, error

ROOT = f"/api/halls/{HALL}"
TAKEN = "/windows/2/takeovers"


def words(username: str = "supervisor", password: str = PASSWORD, **more: Any) -> dict[str, Any]:
    return {"username": username, "password": password} | more


def colleague(site: Site) -> Visitor:
    """A clerk who sits nowhere, before window 2 where 'clerk-2' was and has gone."""
    site.bench.sit("2")
    site.bench.do(seats.close_window, "1", site.staff["clerk"])
    return site.visitor("clerk")


def test_a_supervisor_who_stands_there_gives_an_abandoned_window_to_the_clerk(site: Site) -> None:
    clerk = colleague(site)
    person = site.bench.issue()
    site.bench.call("2")

    answer = clerk.order(TAKEN, words())

    assert answer.status_code == 201
    assert answer.json["window"]["clerk"] == clerk.who()["staff"]["id"] == site.staff["clerk"]
    assert rows(site.parts.store, tables.tickets, id=person["id"])[0]["window"] == "2", "nobody is finished silently"
    with site.parts.store.reading() as connection:
        released, opened = list(log.whole(connection, HALL))[-2:]
    assert [released.type, opened.type] == ["window.released", "window.opened"]
    assert released.content()["facts"] == {"window": "2", "supervisor": site.staff["supervisor"]}
    assert {released.actor, opened.actor} == {f"staff:{site.staff['clerk']}"}


@pytest.mark.parametrize(
    ("username", "password"),
    [("supervisor", "wrong"), ("nobody", PASSWORD), ("manager", PASSWORD), ("clerk", PASSWORD)],
)
def test_who_is_no_supervisor_with_the_right_password_changes_nothing(site: Site, username: str, password: str) -> None:
    clerk = colleague(site)
    before = site.seq

    assert error(clerk.order(TAKEN, words(username, password))) == (403, "not_confirmed")

    assert site.seq == before
    assert rows(site.parts.store, tables.windows, code="2")[0]["clerk"] == "clerk-2"
    assert clerk.who()["staff"]["role"] == "clerk", "still signed in"


def test_five_wrong_passwords_rest_the_supervisors_account(site: Site) -> None:
    clerk = colleague(site)
    for _ in range(5):
        assert error(clerk.order(TAKEN, words(password="wrong")))[1] == "not_confirmed"

    assert error(clerk.order(TAKEN, words())) == (403, "locked_out")
    assert error(site.visitor().sign_in("supervisor"))[1] == "locked_out"


def test_the_password_is_in_no_log_and_no_table(site: Site) -> None:
    clerk = colleague(site)
    clerk.order(TAKEN, words(password="Kingfisher-77"))
    clerk.order(TAKEN, words())

    stored = site.parts.store.path.read_bytes() + site.parts.store.path.with_name("hall.db-wal").read_bytes()
    for password in ("Kingfisher-77", PASSWORD):
        assert password not in site.log()
        assert password.encode() not in stored


def test_a_retry_of_the_press_sits_down_once(site: Site) -> None:
    clerk = colleague(site)
    first = clerk.order(TAKEN, words(), Idempotency_Key="takeover-1")
    before = site.seq

    again = clerk.order(TAKEN, words(), Idempotency_Key="takeover-1")

    assert (again.status_code, again.json, site.seq) == (201, first.json, before)
    assert again.headers["Idempotent-Replay"] == "true"


def test_only_a_clerk_at_this_hall_asks_and_only_from_our_own_page(site: Site) -> None:
    clerk = colleague(site)

    assert error(site.visitor().order(TAKEN, words()))[0] == 401
    assert error(site.visitor("manager").order(TAKEN, words())) == (403, "forbidden")
    assert error(clerk.order(TAKEN, words(), X_CSRF_Token="")) == (403, "csrf_failed")
    assert error(clerk.order("/windows/1/takeovers", words())) == (409, "window_closed")
    assert error(clerk.order(TAKEN, {"username": "supervisor"}))[0] == 400


def test_who_sits_elsewhere_says_so_or_leaves_that_window(site: Site) -> None:
    clerk = site.visitor("clerk")
    site.bench.sit("2")

    assert error(clerk.order(TAKEN, words())) == (409, "clerk_elsewhere")
    assert rows(site.parts.store, tables.windows, code="2")[0]["clerk"] == "clerk-2", "nothing was released"
    assert clerk.order(TAKEN, words(leave=True)).status_code == 201


def test_one_press_ends_the_other_sessions_and_keeps_the_seat(site: Site) -> None:
    here, there = site.visitor("clerk"), site.visitor("clerk")
    assert (here.who()["window"], here.who()["elsewhere"]) == ("1", 1)

    assert here.send("DELETE", "/api/session/others").json == {"ended": 1}

    assert (here.who()["window"], here.who()["elsewhere"]) == ("1", 0)
    assert there.who()["staff"] is None
    before = site.seq
    assert here.send("DELETE", "/api/session/others").json == {"ended": 0}
    assert site.seq == before


def test_the_rating_link_comes_as_a_code_too(site: Site) -> None:
    person = site.bench.issue()
    clerk = site.visitor("clerk")

    image = clerk.get(f"{ROOT}/tickets/{person['id']}/rating-code.svg")

    assert (image.status_code, image.mimetype) == (200, "image/svg+xml")
    assert error(clerk.get(f"{ROOT}/tickets/{'f' * 32}/rating-code.svg"))[1] == "unknown_ticket"
    assert error(site.visitor().get(f"{ROOT}/tickets/{person['id']}/rating-code.svg"))[0] == 401


def test_a_clerk_whose_browser_died_goes_on_elsewhere_by_their_own_password(site: Site) -> None:
    """The seat is the clerk's and not the browser's: nobody else is needed, nothing is lost or done twice."""
    died, here = site.visitor("clerk"), site.visitor()
    person = site.bench.issue()
    called = died.order("/windows/1/calls", {}, Idempotency_Key="call-that-died")

    assert here.sign_in("clerk").status_code == 201

    assert (here.who()["window"], here.who()["elsewhere"]) == ("1", 1)
    before = site.seq
    again = here.order("/windows/1/calls", {}, Idempotency_Key="call-that-died")
    assert (again.json, site.seq) == (called.json, before), "a press that was under way is the same press here"
    assert here.order(f"/tickets/{person['id']}/starts", {}).status_code == 201
    assert here.send("DELETE", "/api/session/others").json == {"ended": 1}
    before = site.seq
    assert error(died.order(f"/tickets/{person['id']}/finishes", {}))[0] in (401, 403)
    assert site.seq == before
    assert here.order(f"/tickets/{person['id']}/finishes", {}).status_code == 201
