"""One call to be spoken, read from the hall's news."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from display_client import saying
from display_client.duty import ZoneNow
from display_client.reducer import Row, State
from queue_server.protocol import DEFAULT_ZONE

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
    at: datetime
    #: When this box first heard of it, in hall time.
    met_at: datetime
    zone: str = DEFAULT_ZONE
    lang: str | None = None
    #: Calls to the same window that are spoken in the same breath.
    also: tuple["Call", ...] = ()
    #: Names the orders for this call; every retry repeats it.
    key: str = field(default_factory=lambda: uuid.uuid4().hex, compare=False)

    def words(self) -> dict[str, Any]:
        """What the voice's worker is given."""
        said = {"number": self.number, "window": self.window, "repeat": self.repeat}
        return said | ({"also": [call.number for call in self.also]} if self.also else {})

    def each(self) -> list["Call"]:
        """It and those that are said with it, each by itself."""
        return [replace(self, also=()), *self.also]

    def goes_with(self, other: "Call") -> bool:
        """Whether ``other`` may be said in the same breath: 请…号，请…号到三号窗口."""
        same = (self.window, self.zone, self.lang) == (other.window, other.zone, other.lang)
        return same and not self.repeat and not other.repeat


@dataclass(frozen=True)
class Turn:
    """A call whose turn it is, how it is said, and whether its zone is this box's already."""

    call: Call
    script: saying.Script
    held: bool


def zones_now(state: State) -> dict[str, ZoneNow]:
    """Every zone with its settings and the end of its latest call; an older server has the whole hall only."""
    ended: dict[str, datetime] = {}
    for row in state["announcements"]:
        if row.get("ended_at"):
            zone, at = str(row.get("zone") or DEFAULT_ZONE), datetime.fromisoformat(row["ended_at"])
            ended[zone] = max(at, ended.get(zone, at))
    settings = state.get("zones") or {DEFAULT_ZONE: {}}
    return {code: ZoneNow(dict(one), ended.get(code)) for code, one in settings.items()}


def is_current(row: Row, state: State) -> bool:
    """Nobody has spoken it, and its ticket is still called to that window."""
    ticket = state["tickets"].get(row["number"], {})
    return row["state"] in UNSAID and ticket.get("state") == "called" and ticket.get("window") == row["window"]


def call_of(row: Row, state: State, met_at: datetime) -> Call:
    """The row as a call, first heard of at ``met_at``."""
    place, at = _place(str(row["window"]), state), datetime.fromisoformat(row["at"])
    zone = str(row.get("zone") or DEFAULT_ZONE)
    return Call(int(row["seq"]), str(row["number"]), place, bool(row["repeat"]), at, met_at, zone, row.get("lang"))


def _place(code: str, state: State) -> dict[str, Any]:
    """The window as it is spoken. The only zero window of a hall is 零号窗口 and has no desk number."""
    window = state["windows"][code]
    zero_windows = sum(1 for other in state["windows"].values() if other["kind"] == "zero")
    alone = window["kind"] == "zero" and zero_windows == 1
    return {"kind": window["kind"], "number": None if alone else window["number"]}
