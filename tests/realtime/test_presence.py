"""Signs of life of many devices: one transaction for all of them, none for nothing new."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from queue_server.domain.zone import ALIVE_WITHIN
from queue_server.parts import Parts
from queue_server.realtime.presence import Presence
from queue_server.services.presence import Sign
from queue_server.store import people, tables
from queue_server.store.engine import Busy, open_store, sqlite_url
from tests.services.looking import rows
from tests.services.test_costs import statements
from tests.support.halls import HALL, Bench

SCREENS = 30


class Pulse:
    """A presence on a hall with thirty screens, a clock that the test moves, and a count of transactions."""

    def __init__(self, hall: Bench) -> None:
        self.hall, self.now, self.transactions, self.away = hall, 100.0, 0, False
        self.presence = Presence(cast(Parts, SimpleNamespace(uow=self._uow)), lambda: self.now)
        with hall.uow() as uow:
            for n in range(SCREENS):
                people.add_device(uow.connection, id=f"s{n}", hall_id=HALL, kind="screen", name=f"屏{n}")

    def _uow(self, hall_id: str) -> Any:
        if self.away:
            raise Busy
        self.transactions += 1
        return self.hall.uow("system")

    def hear(self, **said: Any) -> list[int | None]:
        return [self.presence.hear(HALL, f"s{n}", Sign.of(said)) for n in range(SCREENS)]

    def second(self) -> int:
        """One second later; returns the transactions that it took."""
        self.now += 1
        self.hall.clock.forward(seconds=1)
        before = self.transactions
        self.presence.write()
        return self.transactions - before

    def seen(self) -> set[Any]:
        return {row["last_seen_at"] for row in rows(self.hall.store, tables.devices)}


@pytest.fixture
def pulse(tmp_path: Path, sqlite_template: Path) -> Iterator[Pulse]:
    path = tmp_path / "hall.db"
    path.write_bytes(sqlite_template.read_bytes())
    store = open_store(sqlite_url(path))
    hall = Bench(store).found()
    hall.open_day()
    hall.sit("1")
    yield Pulse(hall)
    store.dispose()


def test_thirty_screens_that_say_nothing_new_take_one_transaction_in_three_seconds(pulse: Pulse) -> None:
    took = []
    for second in range(13):
        if second % 2 == 0:
            pulse.hear(shown=0, sound="ok", kind="page")
        took.append(pulse.second())

    assert sum(took) <= 5
    assert max(took) == 1
    assert min(pulse.seen()) > pulse.hall.clock.now - ALIVE_WITHIN / 2


def test_what_is_new_is_written_within_a_second_in_a_handful_of_statements(pulse: Pulse) -> None:
    pulse.hear(shown=0)
    pulse.second()
    pulse.hall.issue()
    pulse.hall.call("1")
    [seq] = [row["seq"] for row in rows(pulse.hall.store, tables.announcements)]

    assert set(pulse.hear(shown=seq)) == {0}, "the answer is what is written so far"
    with statements(pulse.hall.store) as sent:
        assert pulse.second() == 1

    assert len(sent) <= 12, "no statement for each screen"
    assert set(pulse.hear(shown=seq)) == {seq}
    assert rows(pulse.hall.store, tables.announcements)[0]["shown"] == SCREENS


def test_nobody_heard_nothing_written(pulse: Pulse) -> None:
    pulse.hear()
    assert [pulse.second() for _ in range(5)] == [1, 0, 0, 0, 0]


def test_what_cannot_be_written_waits(pulse: Pulse) -> None:
    pulse.hear(shown=3)
    pulse.away = True
    with pytest.raises(Busy):
        pulse.second()
    pulse.away = False

    assert pulse.second() == 1
    assert {row["shown_seq"] for row in rows(pulse.hall.store, tables.devices)} == {3}


def test_what_comes_while_it_is_written_waits_for_the_next_time(pulse: Pulse, monkeypatch: pytest.MonkeyPatch) -> None:
    pulse.hear(shown=1)
    right = pulse._uow

    def slow(hall_id: str) -> Any:
        pulse.presence.hear(HALL, "s0", Sign.of({"shown": 2}))
        return right(hall_id)

    cast(Any, pulse.presence)._parts.uow = slow
    pulse.second()
    cast(Any, pulse.presence)._parts.uow = right

    assert pulse.second() == 1
    assert rows(pulse.hall.store, tables.devices, id="s0")[0]["shown_seq"] == 2


def _written(pulse: Pulse) -> Any:
    return next(row for row in rows(pulse.hall.store, tables.devices) if row["id"] == "s0")


def test_a_box_and_the_page_that_it_shows_are_one_screen(pulse: Pulse) -> None:
    def both() -> None:
        pulse.presence.hear(HALL, "s0", Sign.of({"shown": 7, "stale": False}), "page")
        pulse.presence.hear(HALL, "s0", Sign.of({"sound": "ok", "kind": "box", "stale": True}), "box")

    both()
    assert pulse.second() == 1
    row = _written(pulse)
    assert (row["shown_seq"], row["sound"], row["form"], row["stale"]) == (7, "ok", "box", False)
    both()
    assert pulse.second() == 0


def test_what_a_program_that_is_gone_said_counts_no_more(pulse: Pulse) -> None:
    pulse.presence.hear(HALL, "s0", Sign.of({"shown": 7}), "page")
    pulse.presence.hear(HALL, "s0", Sign.of({"sound": "ok", "kind": "box"}), "box")
    for _ in range(7):
        pulse.presence.hear(HALL, "s0", Sign.of({"sound": "ok", "kind": "box"}), "box")
        pulse.second()

    assert (_written(pulse)["shown_seq"], _written(pulse)["sound"]) == (None, "ok")
