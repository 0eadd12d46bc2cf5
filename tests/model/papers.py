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
#: Back with missing papers: counts as come ten minutes ago at most.
RETURN = 10 * MINUTE
UNDO_WITHIN = 10 * SECOND
#: Where no arrival is asked for: who was called less long ago is not finished in one press.
ONE_PRESS_AFTER = 5 * SECOND
#: A pad takes a rating so long after the end; the next person must not give it.
PAD_WITHIN = 10 * MINUTE
STOPS_AT_MOST = 8
SETTLED_WITHIN_DAYS = 5
STEPS = ("received", "sorted", "assigned", "settled", "told", "checked")
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
    result: str | None = None
    reason: str | None = None
    cases: int | None = None
    services: list[str] | None = None
    walk: int | None = None

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
    #: May be overtaken by rule, not by class: it came back after it was missed or set aside.
    came_back: bool = False
    because: dict[str, Any] | None = None
    #: Where the person goes on to: ``{line, window, clerk}``, the next first.
    stops: list[dict[str, Any]] = field(default_factory=list)
    target_clerk: str | None = None
    return_at: int | None = None
    promoted: str | None = None
    brings: dict[str, Any] | None = None
    #: Which seating of which window it was finished at.
    finished_at: tuple[str, int] | None = None
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
class Line:
    letter: str
    open: bool = True
    closed_on: str | None = None


@dataclass(eq=False)
class Window:
    code: str
    lines: str
    helps: str = ""
    #: Lines that whoever sits here may serve; None for all.
    skills: str | None = None
    #: How often somebody has sat down here.
    seating: int = 0
    state: str = "closed"
    clerk: str | None = None
    reason: str | None = None
    since: int | None = None
    served: int = 0
    handling: int = 0
    zone: str | None = None

    @property
    def own(self) -> list[str]:
        return [line for line in self.lines if self.skills is None or line in self.skills]

    @property
    def served_lines(self) -> list[str]:
        others = [line for line in self.helps if line not in self.lines]
        return [*self.own, *(line for line in others if self.skills is None or line in self.skills)]

    def serves(self, line: str) -> bool:
        return line in self.served_lines

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
    zone: str = "hall"
    started: int | None = None
    ended: int | None = None
    #: How many of how many living screens had drawn it when that was last told, and when it first was.
    shown: int | None = None
    of: int | None = None
    shown_at: int | None = None
    unshown: int | None = None


@dataclass(eq=False)
class Zone:
    """Where one loudspeaker is heard, and the device that sounds there."""

    code: str
    name: str
    place: int
    chime: bool = True
    announcer: str | None = None


@dataclass(eq=False)
class Screen:
    """A device that shows and may speak, as the server last heard of it by the computer's clock."""

    id: str
    zone: str | None = None
    seen: int | None = None
    sound: str | None = None
    drawn: int | None = None
    form: str | None = None
    struck_off: bool = False

    def serves(self, zone: str) -> bool:
        return self.zone in (None, zone)

    def lives(self, real: int) -> bool:
        return self.seen is not None and real - self.seen <= 6 * SECOND

    @property
    def mute(self) -> bool:
        return self.sound in ("none", "muted", "failed")

    def heard(self, real: int) -> bool:
        return self.lives(real) and not self.mute


@dataclass(eq=False)
class Alarm:
    window: str
    clerk: str
    at: int
    id: str = ""
    accepted_by: str | None = None
    accepted: int | None = None
    ended: int | None = None


@dataclass(eq=False)
class Rating:
    ticket: Ticket
    n: int
    stay: Stay
    level: int
    reasons: list[str]
    channel: str
    at: int


@dataclass(eq=False)
class Consultation:
    day: str
    channel: str
    clerk: str
    at: int
    outcome: str | None
    ticket: Ticket | None = None
    n: int | None = None
    window: str | None = None
    services: list[str] | None = None
    missing: dict[str, list[str]] | None = None
    no_entry: bool | None = None
    due: int | None = None
    replied: int | None = None
    replied_by: str | None = None
    id: str = ""


@dataclass(eq=False)
class Case:
    """A blocked case."""

    day: str
    at: int
    clerk: str
    due: str
    ticket: Ticket
    service: str | None
    owner: str | None
    window: str
    stepped: int
    step: str = "received"
    settled: int | None = None
    id: str = ""


@dataclass(eq=False)
class Printer:
    id: str
    name: str
    window: str | None
    #: By the computer's clock.
    seen: int | None = None
    off: bool = False


@dataclass(eq=False)
class Print:
    """A sheet that a ticket printer is to bring out once."""

    about: Consultation
    device: str
    language: str
    at: int
    state: str = "queued"
    reason: str | None = None
    started: int | None = None
    ended: int | None = None
    id: str = ""


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
