"""What the model keeps: plain records. Times are integer microseconds of hall time, dates ISO text.

Written from the design papers, not from the product: nothing here imports it.
"""

from dataclasses import dataclass, field
from typing import Any

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

#: "Counts as having come 15 minutes earlier".
CREDIT = {"ordinary": 0, "care": 15 * MINUTE}
CLASS_LETTER = {"ordinary": "", "care": "V"}
#: A secondary line's people count ten minutes later, for that window only.
SECONDARY = 10 * MINUTE
MAY_COME_BACK_WITHIN = 30 * MINUTE
MAY_COME_BACK = 2
#: Nobody is overtaken by somebody who came later than this.
CAP = 30 * MINUTE
AT_WINDOW = ("called", "serving")
LIVE = ("waiting", "called", "serving", "missed", "parked")


@dataclass(eq=False)
class Stay:
    """One stay of a ticket at a line."""

    line: str
    joined: int
    turn: int
    called: int | None = None
    started: int | None = None
    ended: int | None = None
    window: str | None = None
    clerk: str | None = None
    outcome: str | None = None

    def end(self, outcome: str, now: int) -> None:
        self.outcome, self.ended = outcome, now


@dataclass(eq=False)
class Ticket:
    day: str
    line: str
    serial: int
    kind: str
    ordinal: int
    channel: str
    issued: int
    origin: str = ""
    id: str = ""
    state: str = "waiting"
    turn: int = 0
    joined: int = 0
    window: str | None = None
    target: str | None = None
    first_called: int | None = None
    called: int | None = None
    started: int | None = None
    missed: int | None = None
    ended: int | None = None
    calls: int = 0
    back: int = 0
    notes: int = 0
    #: May be overtaken by rule, not by class: it came back after it was missed.
    came_back: bool = False
    because: dict[str, Any] | None = None
    stays: list[Stay] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.origin, self.joined = self.line, self.issued
        self.turn = self.issued - CREDIT[self.kind]
        self.stays.append(Stay(self.line, self.issued, self.turn))

    @property
    def number(self) -> str:
        return f"{CLASS_LETTER[self.kind]}{self.origin}{self.serial:03d}"

    @property
    def place(self) -> tuple[int, int]:
        return self.turn, self.ordinal

    @property
    def stay(self) -> Stay:
        return self.stays[-1]


@dataclass(eq=False)
class Window:
    code: str
    lines: str
    helps: str = ""
    state: str = "closed"
    clerk: str | None = None
    reason: str | None = None
    since: int | None = None
    served: int = 0
    handling: int = 0

    def serves(self, line: str) -> bool:
        return line in self.lines or line in self.helps

    def become(self, state: str, now: int, reason: str | None = None) -> None:
        self.state, self.since, self.reason = state, now, reason


@dataclass(eq=False)
class Call:
    """A call or recall that is to be spoken once."""

    seq: int
    day: str
    ticket: Ticket
    line: str
    window: str
    repeat: bool
    at: int
    state: str = "queued"
    device: str | None = None


@dataclass(eq=False)
class Day:
    date: str
    opened: int
    manual: bool
    late: bool
    state: str = "open"
    closed: int | None = None
    ordinal: int = 0


@dataclass(frozen=True)
class No:
    """The order must be refused, for one of these reasons."""

    reasons: frozenset[str]


#: What the answer to an order that is done must hold.
Yes = dict[str, Any]
