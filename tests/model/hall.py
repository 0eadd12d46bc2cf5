"""The model of a hall: its clock, its lines and windows, and what every order looks up."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.model.papers import (
    AT_WINDOW,
    DAY,
    HOUR,
    MINUTE,
    Alarm,
    Call,
    Case,
    Consultation,
    Day,
    Line,
    No,
    Print,
    Printer,
    Rating,
    Screen,
    Stay,
    Ticket,
    Window,
    Zone,
)

#: Asia/Shanghai, which has no summer time.
ZONE = 8 * HOUR
#: The catalogue: codes of papers by service.
CATALOGUE = {"A01": {"id", "household"}, "B01": {"id"}}
OWNER = "人社局"
OPENS, ENDS, CLOSES = 8 * HOUR, 17 * HOUR + 30 * MINUTE, 18 * HOUR + 30 * MINUTE


@dataclass
class Hall:
    """Lines Z, A, B and the closed C; in the morning windows Z1 (Z), 1 (A), 2 (A and B), 3 (B, helps A; in zone b)."""

    #: The computer's clock, which may be set back; the hall's is never.
    real: int
    offset: int = 0
    last_at: int = 0
    seq: int = 0
    now: int = 0
    #: Types of the events that the present order writes, in order.
    told: list[str] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    lines: dict[str, Line] = field(default_factory=lambda: {letter: Line(letter, letter != "C") for letter in "ZABC"})
    windows: dict[str, Window] = field(default_factory=dict)
    tickets: list[Ticket] = field(default_factory=list)
    series: dict[tuple[str, str], int] = field(default_factory=dict)
    spoken: dict[int, Call] = field(default_factory=dict)
    #: By day and window the services there, in the order in which they began.
    served_at: dict[tuple[str, str], list[tuple[Ticket, Stay]]] = field(default_factory=dict)
    #: What the hall decided for itself.
    rules: dict[str, Any] = field(default_factory=dict)
    layout: dict[str, Any] = field(default_factory=dict)
    skills: dict[str, str | None] = field(default_factory=dict)
    alarms: list[Alarm] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    consultations: list[Consultation] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    printers: list[Printer] = field(default_factory=list)
    sheets: list[Print] = field(default_factory=list)
    zones: dict[str, Zone] = field(default_factory=lambda: {"b": Zone("b", "B区", 0), "hall": Zone("hall", "全厅", 1)})
    #: By device; kiosks and pads are not among them.
    screens: dict[str, Screen] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for window in (Window("Z1", "Z"), Window("1", "A"), Window("2", "AB"), Window("3", "B", "A")):
            self.windows[window.code] = window
        self.windows["3"].zone = "b"

    # -- time --------------------------------------------------------------------------------

    def begin(self) -> None:
        """An order begins: hall time is the clock with its offset, never before the last event."""
        self.now = max(self.real + self.offset, self.last_at)
        self.told = []

    def tell(self, event: str) -> int:
        self.told.append(event)
        self.seq, self.last_at = self.seq + 1, self.now
        return self.seq

    def date(self) -> str:
        return datetime.fromtimestamp((self.now + ZONE) // DAY * 86400, UTC).date().isoformat()

    def time(self) -> int:
        return (self.now + ZONE) % DAY

    def workday(self) -> bool:
        # 1 January 1970 was a Thursday.
        return ((self.now + ZONE) // DAY + 3) % 7 < 5

    # -- looking up --------------------------------------------------------------------------

    @property
    def day(self) -> Day | None:
        return self.days[-1] if self.days else None

    @property
    def today(self) -> Day:
        assert self.days
        return self.days[-1]

    @property
    def is_open(self) -> bool:
        return self.day is not None and self.day.state == "open"

    def at(self, code: str) -> Ticket | None:
        """Who is called to or served at a window."""
        for ticket in self.tickets:
            if ticket.window == code and ticket.state in AT_WINDOW:
                return ticket
        return None

    def seat_of(self, clerk: str | None) -> Window | None:
        """Where a clerk sits."""
        return next((window for window in self.windows.values() if clerk and window.clerk == clerk), None)

    def line_up(self, line: str) -> list[Ticket]:
        """Who waits in a line, in order."""
        return sorted((t for t in self.tickets if t.state == "waiting" and t.line == line), key=lambda t: t.place)

    def ahead(self, ticket: Ticket) -> int:
        return sum(other.place < ticket.place for other in self.line_up(ticket.line))

    def in_state(self, *states: str) -> list[Ticket]:
        return [ticket for ticket in self.tickets if ticket.state in states]

    # -- reasons to refuse -------------------------------------------------------------------

    def closed_day(self) -> set[str]:
        return set() if self.is_open else {"day_not_open"}

    def not_here(self, window: Window | None, clerk: str | None) -> set[str]:
        """Why this clerk cannot act for the window; a supervisor (None) can for any with a clerk."""
        if window is None:
            return {"unknown_window"}
        if window.state == "closed":
            return {"window_closed"}
        return set() if clerk in (None, window.clerk) else {"not_your_window"}

    def not_of_today(self, ticket: Ticket | None) -> set[str]:
        why = self.closed_day()
        if ticket is None:
            return why | {"unknown_ticket"}
        return why | ({"ticket_of_another_day"} if self.day and ticket.day != self.day.date else set())

    def not_held(self, ticket: Ticket | None, clerk: str | None, *states: str) -> set[str]:
        """Why this clerk cannot do something with a ticket at a window, which must be in one of ``states``."""
        why = self.not_of_today(ticket)
        if ticket is None:
            return why
        if ticket.state not in states:
            why.add("illegal_move")
        # A supervisor also ends what a window holds that was taken from its clerk.
        if ticket.state in AT_WINDOW and ticket.window and clerk is not None:
            why |= self.not_here(self.windows[ticket.window], clerk)
        return why

    def not_open(self, line: str) -> set[str]:
        """Why nobody can join a line."""
        if line not in self.lines:
            return {"unknown_line"}
        return set() if self.lines[line].open else {"line_closed"}

    def not_to_call(self, window: Window | None, clerk: str) -> set[str]:
        """Why this clerk's window may not call somebody."""
        why = self.not_here(window, clerk)
        if window is not None and window.state == "paused":
            why.add("window_paused")
        return why | ({"window_busy"} if window is not None and self.at(window.code) else set())


def no(why: set[str]) -> No:
    return No(frozenset(why))
