"""Which calls wait to be spoken, in which order, and which no longer matter."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Condition
from typing import Any

from display_client.reducer import Row, State

#: A call first met when it is older than this (hall time) is not spoken: the person has been waved over by then.
FRESH_FOR = timedelta(seconds=30)
#: States in which nobody has spoken an announcement yet.
UNSAID = frozenset({"queued", "unspoken"})


@dataclass(frozen=True)
class Call:
    """One announcement to be spoken once."""

    seq: int
    number: str
    #: The window as the worker wants it: ``{kind, number}``.
    window: dict[str, Any]
    repeat: bool
    #: Names the orders for this call; every retry repeats it.
    key: str = field(default_factory=lambda: uuid.uuid4().hex, compare=False)

    def words(self) -> dict[str, Any]:
        """What the voice's worker is given."""
        return {"number": self.number, "window": self.window, "repeat": self.repeat}


class CallQueue:
    """First in, first out. Filled from the hall's state by one thread, emptied by the speaker's."""

    def __init__(self) -> None:
        self._waiting: list[Call] = []
        #: Announcements that were queued or found too old: none is met twice.
        self._met: set[int] = set()
        self._epoch = ""
        self._current: frozenset[int] = frozenset()
        self._changed = Condition()

    def update(self, state: State, epoch: str, hall_now: datetime) -> None:
        """Take in what is new to be spoken and drop what no longer matters."""
        current = [row for row in reversed(state["announcements"]) if _is_current(row, state)]
        with self._changed:
            if epoch != self._epoch:  # another history: its numbers mean other calls
                self._epoch, self._met, self._waiting = epoch, set(), []
            for row in current:
                if row["seq"] not in self._met and hall_now - datetime.fromisoformat(row["at"]) < FRESH_FOR:
                    self._add(_call(row, state))
            self._met = {row["seq"] for row in state["announcements"]}
            self._current = frozenset(row["seq"] for row in current)
            self._waiting = [call for call in self._waiting if call.seq in self._current]
            self._changed.notify_all()

    def _add(self, call: Call) -> None:
        """A recall takes the place of the same ticket's earlier call; everything else goes to the end."""
        for place, earlier in enumerate(self._waiting):
            if earlier.number == call.number:
                self._waiting[place] = call
                return
        self._waiting.append(call)

    def forget(self) -> None:
        """The connection is gone. What the next one shows is met anew, and by its age."""
        with self._changed:
            self._waiting, self._met, self._current = [], set(), frozenset()

    def take(self, patience_s: float) -> Call | None:
        """The next call, waiting for one up to ``patience_s`` seconds."""
        with self._changed:
            if not self._waiting:
                self._changed.wait(patience_s)
            return self._waiting.pop(0) if self._waiting else None

    def still_wanted(self, call: Call) -> bool:
        """Nobody has spoken it, and its ticket is still called to that window."""
        with self._changed:
            return call.seq in self._current

    def __len__(self) -> int:
        return len(self._waiting)


def _is_current(row: Row, state: State) -> bool:
    ticket = state["tickets"].get(row["number"], {})
    return row["state"] in UNSAID and ticket.get("state") == "called" and ticket.get("window") == row["window"]


def _call(row: Row, state: State) -> Call:
    return Call(int(row["seq"]), str(row["number"]), _place(str(row["window"]), state), bool(row["repeat"]))


def _place(code: str, state: State) -> dict[str, Any]:
    """The window as it is spoken. The only zero window of a hall is 零号窗口 and has no desk number."""
    window = state["windows"][code]
    zero_windows = sum(1 for other in state["windows"].values() if other["kind"] == "zero")
    alone = window["kind"] == "zero" and zero_windows == 1
    return {"kind": window["kind"], "number": None if alone else window["number"]}
