"""Windows, lines and the sessions of clerks at windows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from queue_server.domain.errors import (
    ClerkElsewhere,
    LineClosed,
    LineOpen,
    NotYourWindow,
    WindowClosed,
    WindowNotPaused,
    WindowPaused,
    WindowTaken,
)


class WindowState(StrEnum):
    #: Nobody sits here.
    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"


class PauseReason(StrEnum):
    MEAL = "meal"
    REST = "rest"
    PAPERWORK = "paperwork"
    MEETING = "meeting"
    EQUIPMENT = "equipment"
    OTHER = "other"


@dataclass(eq=False)
class Line:
    """A queue of its own letter and series of numbers."""

    hall_id: str
    letter: str
    name: str
    name_en: str
    #: ``zero`` for the zero window's line, else ``specialist``.
    kind: str
    position: int
    #: Planned mean handling, in minutes; what the hall assumes until it has measured.
    mean_minutes: int
    open: bool = True
    #: The day for which it was closed; the next day opens it again.
    closed_on: date | None = None
    #: From when a service counts as too long, in seconds: the 99th percentile of what was measured.
    long_service_s: int | None = None

    table: ClassVar[str] = "lines"

    def close_for(self, day: date) -> None:
        """Take nobody more today; who waits is still called. Refuses when it is closed."""
        if not self.open:
            raise LineClosed(line=self.letter)
        self.open, self.closed_on = False, day

    def open_again(self) -> None:
        if self.open:
            raise LineOpen(line=self.letter)
        self.open, self.closed_on = True, None


@dataclass(eq=False)
class ClerkSession:
    """A clerk at a window, from sitting down to leaving."""

    id: str
    hall_id: str
    window: str
    clerk: str
    opened_at: datetime
    closed_at: datetime | None = None

    table: ClassVar[str] = "clerk_sessions"


@dataclass(eq=False)
class Window:
    hall_id: str
    code: str
    #: ``zero`` or ``specialist``; a zero window's ``number`` is its desk.
    kind: str
    number: int
    area: str
    lines: Sequence[str] = field(default_factory=list)
    #: Lines it helps out with: they count ten minutes later for this window.
    secondary: Sequence[str] = field(default_factory=list)
    state: WindowState = WindowState.CLOSED
    #: Id of the member of staff who sits here.
    clerk: str | None = None
    session: str | None = None
    pause_reason: PauseReason | None = None
    #: Since when it is in its present state.
    since: datetime | None = None
    #: Tickets finished in the present session, and the sum of their handling, in seconds.
    served: int = 0
    handling_s: int = 0
    #: Letters that the clerk who sits here may serve; None for all.
    skills: Sequence[str] | None = None
    #: Where its calls are heard; None for the whole hall.
    zone: str | None = None
    #: Which way people go: ``left``, ``right``, ``ahead``, ``up`` or ``down``; and where it is, in words.
    direction: str | None = None
    place: str | None = None
    place_en: str | None = None

    table: ClassVar[str] = "windows"

    @property
    def own(self) -> list[str]:
        """Lines it calls from, in their full right."""
        return [letter for letter in self.lines if self.skills is None or letter in self.skills]

    @property
    def helped(self) -> list[str]:
        """Lines it helps out with."""
        others = [letter for letter in self.secondary if letter not in self.lines]
        return [letter for letter in others if self.skills is None or letter in self.skills]

    @property
    def served_lines(self) -> list[str]:
        return [*self.own, *self.helped]

    def open(self, session: ClerkSession, now: datetime, skills: Sequence[str] | None = None) -> None:
        """Seat a clerk, whose skills narrow the window's lines.

        Refuses while another sits here, and when this one already does.
        """
        if self.state is not WindowState.CLOSED:
            if self.clerk == session.clerk:
                raise ClerkElsewhere(window=self.code)
            raise WindowTaken(window=self.code)
        self.clerk, self.session = session.clerk, session.id
        self.served = self.handling_s = 0
        self.skills = skills
        self._become(WindowState.OPEN, now)

    def close(self, now: datetime) -> None:
        self.require_staffed()
        self.clerk = self.session = self.skills = None
        self._become(WindowState.CLOSED, now)

    def pause(self, reason: PauseReason, now: datetime) -> None:
        self.require_open()
        self._become(WindowState.PAUSED, now)
        self.pause_reason = reason

    def resume(self, now: datetime) -> None:
        self.require_staffed()
        if self.state is not WindowState.PAUSED:
            raise WindowNotPaused(window=self.code)
        self._become(WindowState.OPEN, now)

    def finished(self, handling_s: int, times: int = 1) -> None:
        """Count a finished ticket; ``times`` -1 takes one back."""
        self.served += times
        self.handling_s += times * handling_s

    def require_staffed(self) -> None:
        if self.state is WindowState.CLOSED:
            raise WindowClosed(window=self.code)

    def require_open(self) -> None:
        """Refuse unless the window may call: somebody sits here and it is not paused."""
        self.require_staffed()
        if self.state is WindowState.PAUSED:
            raise WindowPaused(window=self.code)

    def require_clerk(self, clerk: str) -> None:
        self.require_staffed()
        if self.clerk != clerk:
            raise NotYourWindow(window=self.code)

    def _become(self, state: WindowState, now: datetime) -> None:
        self.state, self.since, self.pause_reason = state, now, None
