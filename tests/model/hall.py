"""The model of a hall: its clock, its lines and windows, and what every order looks up."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.model.papers import AT_WINDOW, DAY, HOUR, MINUTE, Call, Day, No, Ticket, Window

#: Asia/Shanghai, which has no summer time.
ZONE = 8 * HOUR
OPENS, ENDS, CLOSES = 8 * HOUR, 17 * HOUR + 30 * MINUTE, 18 * HOUR + 30 * MINUTE


@dataclass
class Hall:
    """Lines Z, A, B and the closed C; windows Z1 (Z), 1 (A), 2 (A and B), 3 (B, helps A)."""

    #: The computer's clock, which may be set back; the hall's is never.
    real: int
    offset: int = 0
    last_at: int = 0
    seq: int = 0
    now: int = 0
    #: Types of the events that the present order writes, in order.
    told: list[str] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    lines: dict[str, bool] = field(default_factory=lambda: {"Z": True, "A": True, "B": True, "C": False})
    windows: dict[str, Window] = field(default_factory=dict)
    tickets: list[Ticket] = field(default_factory=list)
    series: dict[tuple[str, str], int] = field(default_factory=dict)
    spoken: dict[int, Call] = field(default_factory=dict)
    notes: int = 0

    def __post_init__(self) -> None:
        for window in (Window("Z1", "Z"), Window("1", "A"), Window("2", "AB"), Window("3", "B", "A")):
            self.windows[window.code] = window

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
        if ticket.state in AT_WINDOW and ticket.window:
            why |= self.not_here(self.windows[ticket.window], clerk)
        return why


def no(why: set[str]) -> No:
    return No(frozenset(why))
