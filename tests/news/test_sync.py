"""``sync``: replay where the reader's history is the log's, else a snapshot."""

import random
from typing import Any

import pytest

from queue_server.domain.numbering import TicketClass
from queue_server.domain.ticket import REINSTATE_AT_MOST
from queue_server.protocol import Scope, Synced
from queue_server.services import counters, news, restoring, transfers
from queue_server.services.news import REPLAY_AT_MOST
from tests.news.reader import applied, keys_in, known
from tests.news.story import SCOPES
from tests.news.test_state_and_events import SECRET
from tests.support.halls import HALL, Bench


def sync(bench: Bench, epoch: str = "", seq: int = 0, hashed: str = "", scope: Scope = "public") -> Synced:
    return news.sync(bench.store, HALL, scope, (epoch, seq, hashed), bench.clock)


def has(known: Synced) -> tuple[str, int, str]:
    return known["epoch"], known["seq"], known["hash"]


def test_a_reader_with_nothing_gets_a_snapshot(hall: Bench) -> None:
    told = sync(hall)
    assert told["mode"] == "snapshot"
    assert told["snapshot"]["day"]["state"] == "open"


def test_a_reader_that_has_the_head_gets_an_empty_replay(hall: Bench) -> None:
    now = sync(hall)
    told = sync(hall, *has(now))
    assert (told["mode"], told["events"], has(told)) == ("replay", [], has(now))


def test_a_reader_behind_gets_exactly_what_it_misses(hall: Bench) -> None:
    before = sync(hall)
    hall.issue()
    hall.call("1")
    told = sync(hall, *has(before))
    assert told["mode"] == "replay"
    assert [event["seq"] for event in told["events"]] == [before["seq"] + 1, before["seq"] + 2]
    assert told["events"][-1]["hash"] == told["hash"]


def test_a_reader_of_another_epoch_gets_a_snapshot(hall: Bench) -> None:
    now = sync(hall)
    assert sync(hall, "0" * 32, now["seq"], now["hash"])["mode"] == "snapshot"


def test_a_reader_ahead_of_the_log_gets_a_snapshot(hall: Bench) -> None:
    now = sync(hall)
    assert sync(hall, now["epoch"], now["seq"] + 1, now["hash"])["mode"] == "snapshot"


def test_a_reader_with_another_history_gets_a_snapshot(hall: Bench) -> None:
    before = sync(hall)
    hall.issue()
    assert sync(hall, before["epoch"], before["seq"], "f" * 16)["mode"] == "snapshot"


@pytest.mark.parametrize(("behind", "mode"), [(REPLAY_AT_MOST, "replay"), (REPLAY_AT_MOST + 1, "snapshot")])
def test_a_reader_too_far_behind_gets_a_snapshot(hall: Bench, behind: int, mode: str) -> None:
    before = sync(hall)
    with hall.uow() as uow:
        for _ in range(behind):
            uow.record("staff.signed_out", staff="0" * 32)
    told = sync(hall, *has(before))
    assert told["mode"] == mode
    assert len(told.get("events", [])) == (behind if mode == "replay" else 0)


def test_after_a_restore_every_reader_gets_a_snapshot(hall: Bench) -> None:
    hall.issue()
    before = sync(hall)
    restoring.renew(hall.store, hall.clock, restoring.Lost())
    told = sync(hall, *has(before))
    assert told["mode"] == "snapshot"
    assert told["epoch"] != before["epoch"]


def random_day(bench: Bench, rng: random.Random, orders: int) -> None:
    """Orders as they come: some windows busy, some people missed or handed on."""
    for _ in range(orders):
        bench.clock.forward(seconds=rng.randint(1, 90))
        window = rng.choice(("1", "2", "3", "Z1"))
        if rng.random() < 0.45:
            bench.issue(rng.choice("AABZ"), rng.choice((TicketClass.ORDINARY, TicketClass.CARE)))
        elif (ticket := bench.call(window)) is not None:
            _end(bench, rng, ticket, window)


def _end(bench: Bench, rng: random.Random, called: dict[str, Any], window: str) -> None:
    ticket = called["id"]
    clerk, fate = f"clerk-{window}", rng.choice(("serve", "miss", "back", "hand on", "leave"))
    if fate == "serve":
        bench.do(counters.start, ticket, clerk)
        bench.do(counters.finish, ticket, clerk)
    elif fate == "hand on":
        bench.do(counters.start, ticket, clerk)
        bench.do(transfers.transfer, ticket, clerk, "B" if window == "Z1" else "Z", "a note", None)
    elif fate == "leave":
        bench.do(counters.leave, ticket, clerk)
    else:
        bench.do(counters.miss, ticket, clerk)
        if fate == "back" and called["reinstatements"] < REINSTATE_AT_MOST:
            bench.do(counters.reinstate, ticket)


@pytest.mark.parametrize("seed", [1])
def test_on_a_random_day_replays_from_anywhere_are_right_and_nothing_secret_is_public(
    hall: Bench, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rng, points = random.Random(seed), {scope: [sync(hall, scope=scope)] for scope in SCOPES}
    for _ in range(12):
        random_day(hall, rng, 10)
        for scope in SCOPES:
            points[scope].append(sync(hall, scope=scope))
    for scope in SCOPES:
        late = [p for p in points[scope] if points[scope][-1]["seq"] - p["seq"] <= REPLAY_AT_MOST]
        replays = [sync(hall, *has(point), scope=scope)["events"] for point in late]
        cases = [{"before": p["snapshot"], "events": events} for p, events in zip(late, replays, strict=True)]
        for state in applied(cases, tmp_path_factory.mktemp("day")):
            assert known(state) == known(points[scope][-1]["snapshot"])
        numbers = [event["seq"] for event in replays[0]]
        assert numbers == list(range(late[0]["seq"] + 1, late[-1]["seq"] + 1))
        if scope == "public":
            told = [event["data"] for event in replays[0]] + [point["snapshot"] for point in points[scope]]
            shown = [{k: v for k, v in one.items() if k != "hall"} for one in told]
            assert keys_in(shown) & SECRET == set()
