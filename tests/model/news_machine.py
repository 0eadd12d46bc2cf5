"""Readers of the news behind a bad network, of a server that restarts and is restored: what they show is true."""

import copy
from datetime import date
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.services import restoring
from queue_server.store.engine import sqlite_module
from tests.model.ledger import Ledger
from tests.model.network import NAMES
from tests.model.network_rules import PAGE, N, NetworkRules
from tests.model.run import only

LINES = st.text("AB", min_size=1, max_size=3)
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
        "connect_while_orders_are_made",
        "disconnect",
        "poll",
        "poll_only",
        "server_restarts",
        "keep_a_backup",
        "restore_the_backup",
        "another_history_as_long",
        "put_back_underneath",
        "heal",
    }
)
#: What a restore and the questions asked around it need, and little else: many restores in a short history.
AROUND_A_RESTORE = frozenset(
    {
        "people_come",
        "deliver",
        "answer",
        "late_answer",
        "tick",
        "forward",
        "connect",
        "connect_while_orders_are_made",
        "poll",
        "poll_only",
        "another_history_as_long",
        "put_back_underneath",
        "heal",
    }
)


class NewsMachine(NetworkRules):
    chosen: ClassVar = NEWSWORTHY | TROUBLE

    @classmethod
    def setup_state(cls) -> Any:
        return only(super().setup_state(), cls.chosen)

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
        self._server_is_gone()
        self._put_back(renewed)

    def _put_back(self, renewed: bool) -> None:
        copied, hall = self.kept
        given = dict(self.hall.series)
        self.database.put_in_place(copied)
        self.hall = copy.deepcopy(hall)
        if renewed:
            known_lost = restoring.Lost(self._given(given), blind=False)
            restoring.renew(self.store, self.clock, known_lost)
            self.hall.series = given
        self._begin_anew()

    @rule(before=LINES, name=PAGE, n=N, renewed=st.booleans())
    def another_history_as_long(self, before: str, name: str, n: int, renewed: bool) -> None:
        """A page knows what a restore loses, or hears of it late, and soon the new log is as long as the lost one."""
        lost = self._everybody_knows_what_will_be_lost(before)
        if n % 2:
            self.poll(name, n)
        self.restore_the_backup(renewed)
        self._others_come(lost - n % 3)
        if n % 4 < 2:
            self.network.connect(name, self.hello, lambda: self._others_come(self.ledger.seq + (n % 8 < 4)))
            self._others_come(self.ledger.seq + 1)
        elif n % 4 == 2:
            self.poll_only(name)

    @rule(before=LINES, more=st.integers(0, 3), renewed=st.booleans())
    def put_back_underneath(self, before: str, more: int, renewed: bool) -> None:
        """Beneath the server, whose sockets stay and whose publisher goes on from where it stood: a tick tells.

        A log with the old epoch that is longer than the lost one looks like its continuation: nothing is promised then.
        """
        lost = self._everybody_knows_what_will_be_lost(before)
        self._put_back(renewed)
        self.cursor = lost
        self._others_come(lost + more * renewed)
        for line in self.network.lines.values():
            line.coming.insert(0, ("tick", self.tick_now()))
            self.network.deliver_everything(line)
            self.require_up_to_date(line.name)

    def _everybody_knows_what_will_be_lost(self, lines: str) -> int:
        self.keep_a_backup()
        self.people_come(lines, care=False)
        for line in self.network.lines.values():
            self.connect(line.name)
            self.network.deliver_everything(line)
        return self.ledger.seq

    def _others_come(self, until: int) -> None:
        while self.ledger.seq < until:
            self.people_come("Z", care=True)

    def _given(self, series: dict[tuple[str, str], int]) -> Any:
        return {(self.hall_id, date.fromisoformat(day), line): last for (day, line), last in series.items()}

    def _begin_anew(self) -> None:
        self.ledger = Ledger(self.database, self.hall_id)
        self.epoch = self.ledger.stands()[4]
        self.cursor = self.hall.seq = self.ledger.seq
        self.hall.last_at = self.ledger.last_at
        self.archive.begin(self.store, self.hall_id, self.ledger.events)
        self.archive.check(self.store, self.hall_id, self.epoch, self.ledger.seq)


class RestoreMachine(NewsMachine):
    """The same readers, in a hall that is put back again and again."""

    chosen = AROUND_A_RESTORE
