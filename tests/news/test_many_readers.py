"""Many readers at once cost one reading of the tables."""

import json
from typing import Any

import pytest
from sqlalchemy import event

from queue_server.protocol import Scope
from queue_server.services import news
from tests.support.halls import HALL, Bench


def asked(answers: news.Answers, hall: Bench, scope: Scope = "public", has: tuple[str, int, str] = ("", 0, "")) -> Any:
    return json.loads(answers.sync(hall.store, HALL, scope, has, hall.clock))


def test_two_hundred_readers_at_one_position_share_one_snapshot(hall: Bench) -> None:
    for _ in range(20):
        hall.issue()
    answers = news.Answers()
    statements: list[str] = []
    event.listen(hall.store.reader, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
    given = [asked(answers, hall) for _ in range(200)]
    assert sum("FROM tickets" in statement for statement in statements) == 1
    assert all(answer == given[0] for answer in given)


def test_two_hundred_readers_who_miss_the_same_share_one_replay(hall: Bench) -> None:
    before = asked(news.Answers(), hall)
    has = before["epoch"], before["seq"], before["hash"]
    for _ in range(20):
        hall.issue()
    answers = news.Answers()
    statements: list[str] = []
    event.listen(hall.store.reader, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
    given = [asked(answers, hall, has=has) for _ in range(200)]
    assert sum("FROM events" in statement and "LIMIT" in statement for statement in statements) == 1
    assert [event["seq"] for event in given[-1]["events"]] == list(range(before["seq"] + 1, given[-1]["seq"] + 1))


def test_the_next_event_and_the_other_scope_get_their_own(hall: Bench) -> None:
    answers = news.Answers()

    def tickets(scope: Scope) -> list[str]:
        return sorted(asked(answers, hall, scope)["snapshot"]["tickets"])

    hall.issue()
    assert tickets("public") == tickets("staff") == ["A001"]
    hall.issue()
    assert tickets("public") == tickets("staff") == ["A001", "A002"]


@pytest.mark.parametrize("scope", ["public", "staff"])
def test_the_shared_answer_says_what_the_plain_one_does(hall: Bench, scope: Scope) -> None:
    answers = news.Answers()
    first = asked(answers, hall, scope)
    hall.issue()
    for has in [("", 0, ""), (first["epoch"], first["seq"], first["hash"]), (first["epoch"], 1, "0" * 16)]:
        plain = news.sync(hall.store, HALL, scope, has, hall.clock)
        assert asked(answers, hall, scope, has) == json.loads(json.dumps(plain))
