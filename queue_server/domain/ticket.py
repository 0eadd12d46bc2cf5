"""A ticket, its states and its moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from queue_server.domain.errors import IllegalMove, ReinstatedTooLate, ReinstatedTooOften, TooLateToUndo, TooSoon
from queue_server.domain.numbering import TicketClass

#: How long after it was missed a ticket may come back; later the person takes a new one.
REINSTATE_WITHIN = timedelta(minutes=30)
#: How often a ticket may come back.
REINSTATE_AT_MOST = 2
#: How long a mistaken finish can be taken back.
UNDO_WITHIN = timedelta(seconds=10)
#: How long after a call its holder cannot yet be finished with in one press: a key pressed twice must not
#: finish the person whom its first press called.
ONE_PRESS_AFTER = timedelta(seconds=5)


#: A line to go on to, and whom there: ``{"line": "B", "window": "3" or None, "clerk": id or None}``.
Stop = dict[str, Any]


class State(StrEnum):
    #: Stands in a line.
    WAITING = "waiting"
    #: Called to a window, has not arrived.
    CALLED = "called"
    #: At the window.
    SERVING = "serving"
    #: Did not come when called; may be reinstated.
    MISSED = "missed"
    #: Set aside by the clerk, to come back the same day.
    PARKED = "parked"
    DONE = "done"
    #: Gave the place up.
    LEFT = "left"
    #: The day closed before the ticket's turn.
    EXPIRED = "expired"
    #: The day was closed by force while the person was at a window.
    UNFINISHED = "unfinished"


#: Every allowed move. A pair that is not here is refused: there is no other list.
MOVES: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.WAITING, State.CALLED, State.LEFT, State.EXPIRED}),
    State.CALLED: frozenset({State.CALLED, State.SERVING, State.MISSED, State.WAITING, State.LEFT, State.UNFINISHED}),
    State.SERVING: frozenset({State.DONE, State.WAITING, State.PARKED, State.UNFINISHED}),
    State.MISSED: frozenset({State.WAITING, State.CALLED, State.LEFT, State.EXPIRED}),
    State.PARKED: frozenset({State.WAITING, State.EXPIRED}),
    State.DONE: frozenset({State.SERVING}),
    State.LEFT: frozenset(),
    State.EXPIRED: frozenset(),
    State.UNFINISHED: frozenset(),
}
#: States in which a ticket holds a window.
AT_WINDOW = frozenset({State.CALLED, State.SERVING})
ENDED = frozenset({State.DONE, State.LEFT, State.EXPIRED, State.UNFINISHED})


@dataclass(eq=False)
class Ticket:
    """A person's place in the hall for one day, under one number."""

    id: str
    hall_id: str
    day: date
    #: The line that gave the number; ``line`` changes with transfers, this does not.
    origin: str
    serial: int
    ticket_class: TicketClass
    number: str
    #: Position among all issues of the hall's day; breaks ties of ``turn_at``.
    ordinal: int
    channel: str
    line: str
    issued_at: datetime
    #: What waits are reckoned from: the issue, or an appointment's later of slot and check-in.
    reference_at: datetime
    turn_at: datetime
    joined_at: datetime
    state: State = State.WAITING
    visit: int = 1
    window: str | None = None
    target_window: str | None = None
    first_called_at: datetime | None = None
    #: The latest call, without recalls.
    called_at: datetime | None = None
    started_at: datetime | None = None
    missed_at: datetime | None = None
    ended_at: datetime | None = None
    #: Calls and recalls of the present stay.
    calls: int = 0
    reinstatements: int = 0
    #: How many notes the side table holds for it.
    notes: int = 0
    because: dict[str, Any] | None = None
    #: Where the person goes on to when this stay is finished, next one first: ``{line, window, clerk}``.
    stops: Sequence[Stop] | None = None
    #: Kept for one clerk, wherever they sit.
    target_clerk: str | None = None
    #: Until when a parked holder said to be back.
    return_at: datetime | None = None
    #: Why a supervisor put it first; None when nobody did.
    promoted: str | None = None
    #: How many cases the present stay is about; None counts as one.
    cases: int | None = None
    #: What the person brings from the zero window: ``{services, missing, consultation, escort}``.
    brings: dict[str, Any] | None = None
    #: What the holder asked to be called in, ``zh`` or ``en``; None where nobody asked.
    lang: str | None = None

    table: ClassVar[str] = "tickets"

    def call(self, window: str, now: datetime, because: dict[str, Any] | None) -> None:
        """Call the holder to ``window``, from a line or as a missed person who has come."""
        if self.state not in (State.WAITING, State.MISSED):
            raise self._refusal(State.CALLED)
        self._move(State.CALLED)
        self.window, self.called_at, self.because = window, now, because
        self.first_called_at = self.first_called_at or now
        self.calls += 1

    def recall(self) -> None:
        """Call again a holder who has not arrived."""
        if self.state is not State.CALLED:
            raise self._refusal(State.CALLED)
        self.calls += 1

    def start(self, now: datetime) -> None:
        """The holder has arrived at the window."""
        if self.state is not State.CALLED:
            raise self._refusal(State.SERVING)
        self._move(State.SERVING)
        self.started_at = now

    def start_at_call(self, now: datetime) -> None:
        """The holder was served and nobody said when they came: the service counts from the call.

        Refuses within five seconds of the call.
        """
        if self.state is not State.CALLED or self.called_at is None:
            raise self._refusal(State.SERVING)
        if now - self.called_at < ONE_PRESS_AFTER:
            raise TooSoon(ticket=self.number, seconds=int(ONE_PRESS_AFTER.total_seconds()))
        self._move(State.SERVING)
        self.started_at = self.called_at

    def finish(self, now: datetime) -> None:
        self._move(State.DONE)
        self.ended_at = now

    def undo_finish(self, now: datetime) -> None:
        """Take a finish back within ten seconds; the window must not have called since."""
        if self.state is not State.DONE or self.ended_at is None:
            raise self._refusal(State.SERVING)
        if now - self.ended_at > UNDO_WITHIN:
            raise TooLateToUndo(ticket=self.number)
        self._move(State.SERVING)
        self.ended_at = None

    def miss(self, now: datetime) -> None:
        """The holder did not come."""
        self._move(State.MISSED)
        self.missed_at, self.window = now, None

    def reinstate(self, turn_at: datetime, now: datetime) -> None:
        """The holder came back: within 30 minutes of being missed, at most twice."""
        if self.state is not State.MISSED:
            raise self._refusal(State.WAITING)
        self.require_reinstatable(now)
        self._move(State.WAITING)
        self.turn_at, self.promoted = turn_at, None
        self.reinstatements += 1

    def require_reinstatable(self, now: datetime) -> None:
        if self.reinstatements >= REINSTATE_AT_MOST:
            raise ReinstatedTooOften(ticket=self.number)
        if self.missed_at is not None and now - self.missed_at > REINSTATE_WITHIN:
            raise ReinstatedTooLate(ticket=self.number)

    def transfer(self, to: Stop, turn_at: datetime, now: datetime) -> None:
        """Join another line under the same number; a new visit begins."""
        if self.state not in AT_WINDOW:
            raise self._refusal(State.WAITING)
        self._move(State.WAITING)
        self._join(to["line"], turn_at, now)
        self.target_window, self.target_clerk = to.get("window"), to.get("clerk")

    def move(self, line: str, now: datetime) -> None:
        """Go on waiting in another line, because the hall wants it: with the turn it has, whatever gave it."""
        promoted = self.promoted
        self.redirect({"line": line}, self.turn_at, now)
        self.promoted = promoted

    def redirect(self, to: Stop, turn_at: datetime, now: datetime) -> None:
        """Wait in another line, because this was the wrong one; a new visit begins."""
        if self.state is not State.WAITING:
            raise self._refusal(State.WAITING)
        self._join(to["line"], turn_at, now)
        self.target_window, self.target_clerk = to.get("window"), to.get("clerk")

    def promote(self, turn_at: datetime, reason: str) -> None:
        """Go first in the line, by a supervisor's word."""
        if self.state is not State.WAITING:
            raise self._refusal(State.WAITING)
        self.turn_at, self.promoted = turn_at, reason

    def park(self, return_at: datetime | None, now: datetime) -> None:
        """Set the holder aside, to come back the same day; ``return_at`` is when they said."""
        self._move(State.PARKED)
        self.window = self.started_at = None
        self.return_at = return_at

    def unpark(self, turn_at: datetime, now: datetime) -> None:
        """A parked holder came back; a new visit to the same line begins."""
        if self.state is not State.PARKED:
            raise self._refusal(State.WAITING)
        self._move(State.WAITING)
        self._join(self.line, turn_at, now)

    def leave(self, now: datetime) -> None:
        """The holder gave the place up."""
        self._move(State.LEFT)
        self.ended_at, self.window = now, None

    def end_with_day(self, now: datetime) -> None:
        """What the close of the day makes of a live ticket."""
        self._move(State.UNFINISHED if self.state in AT_WINDOW else State.EXPIRED)
        self.ended_at, self.window = now, None

    def _join(self, line: str, turn_at: datetime, now: datetime) -> None:
        self.line, self.turn_at, self.joined_at = line, turn_at, now
        self.visit += 1
        self.calls = 0
        self.window = self.called_at = self.started_at = self.because = None
        self.return_at = self.promoted = self.cases = None

    def _move(self, to: State) -> None:
        if to not in MOVES[self.state]:
            raise self._refusal(to)
        self.state = to

    def _refusal(self, to: State) -> IllegalMove:
        return IllegalMove(ticket=self.number, state=self.state, to=to)
