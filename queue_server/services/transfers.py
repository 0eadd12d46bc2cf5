"""Handing people on: to another line, window or clerk, there and back, or a whole line at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from queue_server.domain import calling
from queue_server.domain.day import Day
from queue_server.domain.errors import ClerkElsewhere, LineClosed, SameLine, TooManyStops, UnknownClerk
from queue_server.domain.ticket import State, Stop, Ticket
from queue_server.domain.visit import Visit
from queue_server.domain.window import Window
from queue_server.services.announcements import replace_earlier
from queue_server.services.held import held, keep_note
from queue_server.services.views import ticket_view
from queue_server.store import current, waiting
from queue_server.store.unit_of_work import UnitOfWork

#: The longest journey through a hall that is planned at once.
STOPS_AT_MOST = 8
#: Tickets moved to another line in one order: the write lock is held for milliseconds.
PORTION = 40

Result = dict[str, Any]


@dataclass(frozen=True)
class Journey:
    """What else there is to a transfer."""

    #: Keep the ticket for this clerk, wherever they sit.
    clerk: str | None = None
    #: Where the person goes on to afterwards, one after another.
    then: Sequence[Stop] = ()
    #: Come back to this window after the last stop.
    come_back: bool = False
    #: The line was the wrong one, though the service had begun.
    wrong: bool = False


def transfer(
    uow: UnitOfWork,
    ticket_id: str,
    clerk: str | None,
    line: str,
    note: str | None = None,
    window: str | None = None,
    author: str | None = None,
    journey: Journey = Journey(),
) -> Result:
    """Hand the person on to another line under the same number, with the first issue's turn.

    ``window`` keeps the ticket for one window. From a call it means that the line was the wrong one.
    The note, by ``author`` or the clerk, goes to a side table, never into the log. Refuses closed
    lines, and windows and clerks who are not there or do not serve the line.
    """
    today, ticket, here = held(uow, ticket_id, clerk)
    planned = [checked(uow, stop) for stop in ({"line": line, "window": window, "clerk": journey.clerk}, *journey.then)]
    if journey.come_back:
        planned.append({"line": ticket.line, "window": here.code, "clerk": None})
    planned += ticket.stops or []
    _require_transferable(ticket, planned)
    before = uow.visit(ticket)
    if note:
        keep_note(uow, ticket, here.code, note, author or clerk or "")
    ticket.stops = planned
    right = ticket.state is State.SERVING and not journey.wrong
    _join_next(uow, ticket, before, here, today, "transferred" if right else "wrong_line")
    return {"ticket": ticket_view(ticket), "ahead": waiting.ahead(uow, ticket)}


def checked(uow: UnitOfWork, stop: Stop) -> Stop:
    """The stop of a plan. Refuses a closed line, and windows and clerks who do not serve it now."""
    line, window, clerk = uow.line(stop["line"]), stop.get("window"), stop.get("clerk")
    if not line.open:
        raise LineClosed(line=line.letter)
    if window is not None:
        _require_serving(uow.window(window), line.letter)
    if clerk is not None:
        seat = current.window_of(uow.connection, uow.hall_id, clerk)
        if seat is None:
            raise UnknownClerk()
        if window not in (None, seat):
            # Kept for both, nobody could call it.
            raise ClerkElsewhere(window=seat)
        _require_serving(uow.window(seat), line.letter)
    return {"line": line.letter, "window": window, "clerk": clerk}


def _require_serving(window: Window, line: str) -> None:
    window.require_staffed()
    if line not in window.served_lines:
        raise LineClosed(line=line, window=window.code)


def require_few(ticket: Ticket, stops: int) -> None:
    if stops > STOPS_AT_MOST:
        raise TooManyStops(ticket=ticket.number, most=STOPS_AT_MOST)


def _require_transferable(ticket: Ticket, planned: Sequence[Stop]) -> None:
    require_few(ticket, len(planned))
    first = planned[0]
    if first["line"] == ticket.line and first["window"] is None and first["clerk"] is None:
        raise SameLine(line=ticket.line)


def go_on(uow: UnitOfWork, ticket: Ticket, visit: Visit, window: Window, today: Day) -> Ticket:
    """This stay is done: the person joins the next line of the journey."""
    if visit.started_at is not None:
        window.finished(int((uow.now - visit.started_at).total_seconds()))
    _join_next(uow, ticket, visit, window, today, "transferred", window)
    return ticket


def _join_next(
    uow: UnitOfWork, ticket: Ticket, before: Visit, window: Window, today: Day, outcome: str, *changed: Window
) -> None:
    assert ticket.stops
    stop, rest = possible(uow, ticket.stops[0]), list(ticket.stops[1:])
    before.end(outcome, uow.now)
    ticket.transfer(stop, calling.turn_at(ticket.reference_at, ticket.ticket_class), uow.now)
    ticket.stops = rest or None
    visit = _new_visit(uow, ticket)
    replaced = replace_earlier(uow, window=window.code)
    uow.record("ticket.transferred", ticket, before, visit, *changed, *replaced, day=today, window=window.code)


def possible(uow: UnitOfWork, stop: Stop) -> Stop:
    """The stop as it can be kept now: who has gone since, or serves the line no more, keeps nobody."""
    window, clerk = stop["window"], stop["clerk"]
    if window is not None and stop["line"] not in _open_lines(uow.window(window)):
        window = None
    if clerk is not None:
        seat = current.window_of(uow.connection, uow.hall_id, clerk)
        clerk = clerk if seat is not None and stop["line"] in _open_lines(uow.window(seat)) else None
        # Kept for a clerk, wherever they sit.
        window = window if clerk is None or window == seat else None
    return {"line": stop["line"], "window": window, "clerk": clerk}


def _open_lines(window: Window) -> list[str]:
    return window.served_lines if window.clerk is not None else []


def _new_visit(uow: UnitOfWork, ticket: Ticket) -> Visit:
    return Visit(uow.hall_id, ticket.id, ticket.visit, ticket.day, ticket.line, uow.now, ticket.turn_at)


def move_waiting(uow: UnitOfWork, line: str, to: str) -> Result:
    """Let those who wait in a line go on waiting in another, with their turn, first ones first, a portion an order.

    ``left`` says how many still wait in the old line. Refuses the same line and a closed one.
    """
    today, _ = uow.open_day(), uow.line(line)
    if line == to:
        raise SameLine(line=line)
    if not uow.line(to).open:
        raise LineClosed(line=to)
    moved = waiting.first_waiting(uow, line, PORTION)
    for ticket in moved:
        _move(uow, ticket, today, lambda ticket: ticket.move(to, uow.now))
    left = waiting.count(uow, line)
    return {"moved": [ticket.number for ticket in moved], "left": left, "_nothing": not moved}


def redirect(uow: UnitOfWork, ticket: Ticket, to: Stop, today: Day) -> None:
    """Send one who waits in the wrong line to the right one, with the turn of a transfer.

    Refuses the line they stand in, also for a window of their own there, and what ``checked`` refuses.
    """
    to = checked(uow, to)
    if ticket.line == to["line"]:
        raise SameLine(line=ticket.line)
    turn = calling.turn_at(ticket.reference_at, ticket.ticket_class)
    _move(uow, ticket, today, lambda ticket: ticket.redirect(to, turn, uow.now))


def _move(uow: UnitOfWork, ticket: Ticket, today: Day, how: Callable[[Ticket], None]) -> None:
    before = uow.visit(ticket)
    before.end("moved", uow.now)
    how(ticket)
    uow.record("ticket.moved", ticket, before, _new_visit(uow, ticket), day=today)
