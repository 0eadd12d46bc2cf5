"""Bad input: a refusal with a code, nothing changed, on both databases."""

from typing import Any

import pytest

from queue_server.services import counters, days
from tests.services.looking import everything
from tests.support.halls import HALL
from tests.web.visitors import Site, error

DEEP = "[" * 7000 + "]" * 7000
BAD_TICKETS: dict[str, Any] = {
    "unknown line": {"line": "X"},
    "no line": {},
    "small letter": {"line": "a"},
    "two letters": {"line": "AB"},
    "letter and newline": {"line": "A\n"},
    "NUL": {"line": "\x00"},
    "other script": {"line": "Ａ"},
    "number": {"line": 1},
    "null": {"line": None},
    "list": {"line": ["A"]},
    "unknown class": {"line": "A", "class": "vip"},
    "appointment": {"line": "A", "class": "appointment"},
    "extra field": {"line": "A", "number": "A999"},
    "inner name": {"line": "A", "ticket_class": "care"},
    "array": [],
    "text": '"A"',
    "junk": "{line: A}",
    "cut": '{"line": "A"',
    "nothing": "",
    "half a character": b'{"line": "\xff"}',
    "half a surrogate": '{"line": "\\ud800"}',
    "deep nesting": DEEP,
    "deep in a field": f'{{"line": {DEEP}}}',
    "not a number": '{"line": NaN}',
    "huge number": '{"line": ' + "9" * 5000 + "}",
}


def test_bad_orders_for_a_ticket_are_refused_and_change_nothing(site_on_both: Site) -> None:
    clerk = site_on_both.visitor("clerk")
    before = site_on_both.seq

    for name, body in BAD_TICKETS.items():
        status, code = error(clerk.order("/tickets", body))
        assert (status, code) in {(400, "bad_request"), (404, "unknown_line")}, name
    assert site_on_both.seq == before


def test_bad_values_in_other_orders_are_refused_and_change_nothing(site_on_both: Site) -> None:
    site = site_on_both
    clerk, supervisor, manager = site.visitor("clerk"), site.visitor("supervisor"), site.visitor("manager")
    nobody = "f" * 32
    before = site.seq

    for visitor, path, body in [
        (clerk, f"/tickets/{nobody}/transfers", {"line": "A", "note": "\x00"}),
        (clerk, f"/tickets/{nobody}/transfers", {"line": "A", "note": "字" * 301}),
        (clerk, f"/tickets/{nobody}/transfers", {"line": "A", "note": "  "}),
        (clerk, f"/tickets/{nobody}/transfers", {"line": "A", "window": "1; DROP TABLE events"}),
        (clerk, "/windows/1/calls", {"finishing": "A001"}),
        (clerk, "/windows/1/calls", {"finishing": 10**400}),
        (clerk, "/windows/1/pauses", {"reason": "holiday"}),
        (clerk, "/windows/1/pauses", {}),
        (supervisor, "/clock/steps", {"to": "tomorrow"}),
        (supervisor, "/clock/steps", {"to": "2026-11-24T01:00:00"}),
        (supervisor, "/clock/steps", {"to": 10**30}),
        (supervisor, "/days/current/closing", {"force": "yes"}),
        (supervisor, "/days/current/closing", {"force": 1}),
        (manager, "/devices", {"kind": "camera", "name": "x"}),
        (manager, "/devices", {"kind": "kiosk", "name": "\x00"}),
        (manager, "/devices", {"kind": "kiosk", "name": "名" * 41}),
    ]:
        assert error(visitor.order(path, body)) == (400, "bad_request"), (path, body)
    assert site.seq == before


def test_a_time_beyond_every_calendar_is_refused(site_on_both: Site) -> None:
    supervisor = site_on_both.visitor("supervisor")
    before = site_on_both.seq

    for to in ("9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"):
        status, _ = error(supervisor.order("/clock/steps", {"to": to}))
        assert 400 <= status < 500, to
    assert site_on_both.seq == before


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("/windows/99/sessions", (404, "unknown_window")),
        ("/windows/%00/sessions", (404, "not_found")),
        ("/windows/123456789/sessions", (404, "not_found")),
        (f"/tickets/{'f' * 32}/starts", (404, "unknown_ticket")),
        ("/tickets/A001/starts", (404, "not_found")),
        (f"/tickets/{'F' * 32}/starts", (404, "not_found")),
        ("/windows/2/calls", (409, "window_closed")),
        ("/nothing", (404, "not_found")),
    ],
)
def test_what_is_not_there_is_named(shared_site: Site, path: str, refusal: tuple[int, str]) -> None:
    before = shared_site.seq

    assert error(shared_site.visitor("clerk").order(path)) == refusal
    assert shared_site.seq == before


def test_notes_of_a_ticket_that_is_not_there_are_refused(shared_site: Site) -> None:
    answer = shared_site.visitor("clerk").get(f"/api/halls/{HALL}/tickets/{'f' * 32}/notes")

    assert error(answer) == (404, "unknown_ticket")


@pytest.mark.parametrize("seq", ["0", "9" * 15, "9" * 16, "9" * 3000, "-1", "1.5", "٣"])
def test_an_announcement_that_is_not_there_is_refused(site_on_both: Site, seq: str) -> None:
    status, code = error(site_on_both.visitor("screen").order(f"/announcements/{seq}/starts"))

    assert (status, code) in {(404, "unknown_announcement"), (404, "not_found")}


@pytest.mark.parametrize(
    "query",
    ["news?seq=-1", "news?seq=x", "news?seq=%C2%B2", "news?seq=1e3", f"news?seq={'9' * 400}", "snapshot?scope=all"],
)
def test_odd_questions_for_news_are_refused(shared_site: Site, query: str) -> None:
    assert error(shared_site.visitor().get(f"/api/halls/{HALL}/{query}")) == (400, "bad_request")


@pytest.mark.parametrize("date", ["2026-11-31", "2026-13-01", "today", "2026-11-2%C2%B2", "0000-00-00", "", "%00"])
def test_a_report_of_a_day_that_no_calendar_has_is_refused(shared_site: Site, date: str) -> None:
    answer = shared_site.visitor("manager").get(f"/api/halls/{HALL}/report?date={date}")

    assert error(answer) == (400, "bad_request")


def test_a_report_of_a_day_without_business_is_refused(shared_site: Site) -> None:
    answer = shared_site.visitor("manager").get(f"/api/halls/{HALL}/report?date=2026-11-21")

    assert error(answer) == (404, "unknown_day")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_body_that_is_not_declared_as_json_is_refused(shared_site: Site, content_type: str) -> None:
    clerk, before = shared_site.visitor("clerk"), shared_site.seq
    headers = {"X-CSRF-Token": clerk.csrf(), "Idempotency-Key": "key-00000000"}

    answer = clerk.client.post(
        f"/api/halls/{HALL}/tickets", data='{"line": "A"}', content_type=content_type, headers=headers
    )

    assert error(answer) == (415, "not_json")
    assert shared_site.seq == before


@pytest.mark.parametrize("path", [f"/api/halls/{HALL}/tickets", "/api/sessions", "/api/enrolments"])
def test_a_body_above_sixteen_kilobytes_is_refused_unread(shared_site: Site, path: str) -> None:
    clerk, before = shared_site.visitor("clerk"), shared_site.seq
    body = '{"line": "A", "x": "' + "y" * 16_384 + '"}'

    assert error(clerk.send("POST", path, body)) == (413, "too_large")
    assert shared_site.seq == before


@pytest.mark.parametrize("key", ["", "short", "k" * 129, "with space in it", "emoji-🎫-key", "semi;colon;key"])
def test_an_order_without_a_usable_key_is_refused(shared_site: Site, key: str) -> None:
    clerk, before = shared_site.visitor("clerk"), shared_site.seq

    assert error(clerk.order("/tickets", {"line": "A"}, Idempotency_Key=key)) == (400, "key_required")
    assert shared_site.seq == before


def test_a_double_press_is_one_ticket(site_on_both: Site) -> None:
    clerk = site_on_both.visitor("clerk")
    first = clerk.order("/tickets", {"line": "A"}, Idempotency_Key="one-press-only")
    again = clerk.order("/tickets", {"line": "A"}, Idempotency_Key="one-press-only")
    other = clerk.order("/tickets", {"line": "B"}, Idempotency_Key="one-press-only")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json == first.json
    assert ("Idempotent-Replay" in first.headers, again.headers["Idempotent-Replay"]) == (False, "true")
    assert error(other) == (422, "key_reused")
    assert clerk.order("/tickets", {"line": "A"}).json["ticket"]["number"] == "A002"


def test_the_same_key_of_two_people_is_two_presses(site: Site) -> None:
    numbers = [
        site.visitor(role).order("/tickets", {"line": "A"}, Idempotency_Key="one-press-only").json["ticket"]["number"]
        for role in ("clerk", "greeter", "kiosk")
    ]

    assert numbers == ["A001", "A002", "A003"]


def test_a_ticket_of_another_day_is_refused(site_on_both: Site) -> None:
    site = site_on_both
    old = site.bench.issue()
    site.bench.do(counters.call_next, "1", site.staff["clerk"])
    site.bench.do(counters.miss, old["id"], site.staff["clerk"])
    site.bench.clock.forward(days=1)
    days.keep_timetable(site.bench.uow)
    before = everything(site.parts.store)
    clerk = site.visitor("clerk")

    answer = clerk.order(f"/tickets/{old['id']}/reinstatements")

    assert error(answer) == (409, "ticket_of_another_day")
    assert answer.json["facts"] == {"ticket": "A001", "date": "2026-11-24"}
    after = everything(site.parts.store)
    assert {name for name in after if after[name] != before[name]} <= {"idempotency", "sessions"}
