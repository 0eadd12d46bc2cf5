"""Readers of the news behind a bad network, of a server that restarts and is restored: what they show is true."""

import copy
from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.services import restoring
from queue_server.store.engine import sqlite_module
from tests.model.desk_rules import SOME
from tests.model.ledger import Ledger
from tests.model.network import NAMES, Line
from tests.model.server_side import ServerSide
from tests.model.work_rules import SEATS

WHO = st.sampled_from(NAMES)
N = st.integers(0, 63)
#: Of the server's own rules those that make news; refusals make none.
NEWSWORTHY = frozenset(
    {
        "work",
        "work_on",
        "people_come",
        "does_not_come_when_called",
        "speak",
        "spoken_out",
        "pause",
        "close_day",
        "midnight",
        "hours_pass",
        "take_over",
        "transfer",
    }
)
#: The network's and the server's.
TROUBLE = frozenset(
    {
        "a_busy_minute",
        "deliver",
        "deliver_to_all",
        "deliver_out_of_order",
        "drop",
        "answer",
        "late_answer",
        "tick",
        "forward",
        "connect",
        "disconnect",
        "server_restarts",
        "keep_a_backup",
        "restore_the_backup",
        "heal",
    }
)


class NewsMachine(ServerSide):
    @classmethod
    def rules(cls) -> Any:  # type: ignore[override]
        return [
            one
            for one in super().rules()  # type: ignore[operator]
            if one.function.__name__ in NEWSWORTHY | TROUBLE
        ]

    # -- the network -------------------------------------------------------------------------

    def line(self, name: str) -> Line:
        return self.network.lines[name]

    @rule(presses=st.lists(st.tuples(SOME, SEATS), min_size=2, max_size=6))
    def a_busy_minute(self, presses: list[tuple[int, str]]) -> None:
        for n, code in presses:
            self.work(n, code)

    @rule(n=N)
    def deliver_to_all(self, n: int) -> None:
        for name in NAMES:
            self.deliver(name, n)

    @rule()
    def heal(self) -> None:
        self.settle()

    @rule(name=WHO, n=N)
    def deliver(self, name: str, n: int) -> None:
        for message in [self.line(name).coming.pop(0) for _ in range(min(n % 8 + 1, len(self.line(name).coming)))]:
            self.network.hear(name, message)

    @rule(name=WHO, n=N, keep=st.booleans())
    def deliver_out_of_order(self, name: str, n: int, keep: bool) -> None:
        """One that overtakes others; or one that comes now and again later."""
        coming = self.line(name).coming
        if coming:
            message = coming[n % len(coming)] if keep else coming.pop(n % len(coming))
            self.network.hear(name, message)

    @rule(name=WHO, n=N)
    def drop(self, name: str, n: int) -> None:
        coming = self.line(name).coming
        if coming:
            coming.pop(n % len(coming))

    @rule(name=WHO, n=N, arrives=st.booleans())
    def answer(self, name: str, n: int, arrives: bool) -> None:
        self.network.answer(self.line(name), n)
        if arrives:
            self.network.arrive(self.line(name), n)

    @rule(name=WHO, n=N, lost=st.sampled_from([False, False, True]))
    def late_answer(self, name: str, n: int, lost: bool) -> None:
        line = self.line(name)
        self.network.lose_answer(line, n) if lost else self.network.arrive(line, n)

    @rule()
    def tick(self) -> None:
        self.network.send(None, "tick", self.tick_now())

    @rule(ms=st.sampled_from([50, 300, 1000, 2000, 6000]))
    def forward(self, ms: int) -> None:
        self.network.forward(ms)

    @rule(name=WHO)
    def connect(self, name: str) -> None:
        if not self.line(name).up:
            self.network.connect(name, self.hello())

    @rule(name=WHO)
    def disconnect(self, name: str) -> None:
        if self.line(name).up:
            self.network.disconnect(name)

    # -- the server --------------------------------------------------------------------------

    @rule()
    def server_restarts(self) -> None:
        self.database.reopen()
        self._server_is_gone()

    def _server_is_gone(self) -> None:
        for name in NAMES:
            self.network.disconnect(name, server_gone=True)

    @rule()
    def keep_a_backup(self) -> None:
        copied = sqlite_module().connect(":memory:")
        self.database.raw().backup(copied)
        self.kept = copied, copy.deepcopy(self.hall)

    @precondition(lambda self: self.kept)
    @rule(renewed=st.booleans())
    def restore_the_backup(self, renewed: bool) -> None:
        """Properly, with a new epoch; or by copying the file over, which keeps the epoch and may repeat positions."""
        copied, hall = self.kept
        given = dict(self.hall.series)
        self._server_is_gone()
        self.database.put_in_place(copied)
        self.hall = copy.deepcopy(hall)
        if renewed:
            known_lost = restoring.Lost(self._given(given), blind=False)
            restoring.renew(self.store, self.clock, known_lost)
            self.hall.series = given
        self._begin_anew()

    def _given(self, series: dict[tuple[str, str], int]) -> Any:
        return {(self.hall_id, date.fromisoformat(day), line): last for (day, line), last in series.items()}

    def _begin_anew(self) -> None:
        self.ledger = Ledger(self.database, self.hall_id)
        self.epoch = self.ledger.stands()[4]
        self.hall.seq, self.hall.last_at = self.ledger.seq, self.ledger.last_at
        self.archive.begin(self.store, self.hall_id, self.ledger.events)
        self.archive.check(self.store, self.hall_id, self.epoch, self.ledger.seq)
