"""What a clerk does at a window.

``clerk`` is whose window it must be. None means a supervisor acts for a clerk who is gone: the log
names the actor, and nobody is left standing at a window that nobody serves.
"""

from typing import Any

from queue_server.domain import calling
from queue_server.domain.announcement import Announcement
from queue_server.domain.day import Day
from queue_server.domain.errors import (
    IllegalMove,
    LineClosed,
    NotYourWindow,
    SameLine,
    TicketOfAnotherDay,
)
from queue_server.domain.ticket import State, Ticket, Visit
from queue_server.domain.window import Window
from queue_server.services.announcements import replace_earlier
from queue_server.services.seats import require_free
from queue_server.services.views import ticket_view
from queue_server.store import people, waiting
from queue_server.store.unit_of_work import UnitOfWork, new_id

Result = dict[str, Any]


def call_next(uow: UnitOfWork, code: str, clerk: str, finishing: str | None = None) -> Result:
    """Call the ticket whose turn it is; with ``finishing``, end the one in service first.

    ``ticket`` is None when nobody waits for the window's lines. Refuses while the window holds
    another ticket, is paused or closed, or is somebody else's.
    """
    today = uow.open_day()
    window = uow.window(code)
    window.require_clerk(clerk)
    finished = _finish(uow, _own(uow, finishing, clerk), window, today) if finishing else None
    window.require_open()
    require_free(uow, window)
    first, second = calling.choose(waiting.candidates(uow, window))
    called = None
    if first is not None:
        because = calling.reason(first, second, [*window.lines, *window.secondary])
        called = _call(uow, first.ticket, window, clerk, today, because)
    shown = ticket_view(called) if called else None
    return {"ticket": shown, "finished": finished and ticket_view(finished), "_nothing": called is None}


def call_directly(uow: UnitOfWork, ticket_id: str, code: str, clerk: str) -> Result:
    """Serve a missed person who stands at the window, without a place in line."""
    today, ticket, window = uow.open_day(), uow.ticket(ticket_id), uow.window(code)
    _require_today(ticket, today)
    window.require_clerk(clerk)
    window.require_open()
    require_free(uow, window)
    if ticket.state is not State.MISSED:
        raise IllegalMove(ticket=ticket.number, state=ticket.state, to=State.CALLED)
    ticket.require_reinstatable(uow.now)
    if ticket.line not in [*window.lines, *window.secondary]:
        raise LineClosed(line=ticket.line, window=code)
    ticket.reinstatements += 1
    return {"ticket": ticket_view(_call(uow, ticket, window, clerk, today, None))}


def _call(
    uow: UnitOfWork, ticket: Ticket, window: Window, clerk: str, today: Day, because: dict[str, Any] | None
) -> Ticket:
    visit = uow.visit(ticket)
    ticket.call(window.code, uow.now, because)
    visit.called(window.code, clerk, uow.now)
    replaced = replace_earlier(uow, window=window.code)
    spoken = _announcement(uow, ticket, window, today, repeat=False)
    uow.record("ticket.called", ticket, visit, spoken, *replaced, day=today, window=window.code, direct=because is None)
    return ticket


def _announcement(uow: UnitOfWork, ticket: Ticket, window: Window, today: Day, repeat: bool) -> Announcement:
    return Announcement(
        hall_id=uow.hall_id,
        seq=uow.next_seq,
        day=today.date,
        ticket_id=ticket.id,
        number=ticket.number,
        line=ticket.line,
        window=window.code,
        repeat=repeat,
        at=uow.now,
    )


def recall(uow: UnitOfWork, ticket_id: str, clerk: str | None) -> Result:
    """Call again somebody who has not arrived; takes the place of the call if that is still unspoken."""
    today, ticket, window = _held(uow, ticket_id, clerk)
    ticket.recall()
    replaced = replace_earlier(uow, window=window.code)
    spoken = _announcement(uow, ticket, window, today, repeat=True)
    uow.record("ticket.recalled", ticket, spoken, *replaced, day=today, window=window.code)
    return {"ticket": ticket_view(ticket)}


def start(uow: UnitOfWork, ticket_id: str, clerk: str | None) -> Result:
    """The person called has arrived; call → start is the walk."""
    today, ticket, window = _held(uow, ticket_id, clerk)
    visit = uow.visit(ticket)
    ticket.start(uow.now)
    visit.started_at = uow.now
    replaced = replace_earlier(uow, window=window.code)
    uow.record("ticket.started", ticket, visit, *replaced, day=today, window=window.code)
    return {"ticket": ticket_view(ticket)}


def finish(uow: UnitOfWork, ticket_id: str, clerk: str | None) -> Result:
    today, ticket, window = _held(uow, ticket_id, clerk)
    return {"ticket": ticket_view(_finish(uow, ticket, window, today))}


def _finish(uow: UnitOfWork, ticket: Ticket, window: Window, today: Day) -> Ticket:
    if ticket.window != window.code:
        raise NotYourWindow(window=window.code)
    visit = uow.visit(ticket)
    ticket.finish(uow.now)
    visit.end("done", uow.now)
    window.finished(_handling_s(visit))
    uow.record("ticket.finished", ticket, visit, window, day=today, window=window.code)
    return ticket


def _handling_s(visit: Visit) -> int:
    if visit.started_at is None or visit.ended_at is None:
        return 0
    return int((visit.ended_at - visit.started_at).total_seconds())


def miss(uow: UnitOfWork, ticket_id: str, clerk: str | None) -> Result:
    """The person called did not come."""
    today, ticket, window = _held(uow, ticket_id, clerk)
    visit = uow.visit(ticket)
    ticket.miss(uow.now)
    visit.outcome = "missed"
    replaced = replace_earlier(uow, window=window.code)
    uow.record("ticket.missed", ticket, visit, *replaced, day=today, window=window.code)
    return {"ticket": ticket_view(ticket)}


def reinstate(uow: UnitOfWork, ticket_id: str) -> Result:
    """A missed person is back: just behind the third who waits, the second time behind all so far."""
    today, ticket = uow.open_day(), uow.ticket(ticket_id)
    _require_today(ticket, today)
    visit = uow.visit(ticket)
    turns = waiting.first_turns(uow, ticket.line)
    ticket.reinstate(calling.reinstated_turn_at(turns, ticket.reinstatements, uow.now), uow.now)
    visit.outcome = None
    visit.turn_at = ticket.turn_at
    uow.record("ticket.reinstated", ticket, visit, day=today)
    return {"ticket": ticket_view(ticket), "ahead": waiting.ahead(uow, ticket)}


def transfer(
    uow: UnitOfWork,
    ticket_id: str,
    clerk: str | None,
    line: str,
    note: str | None = None,
    target: str | None = None,
    author: str | None = None,
) -> Result:
    """Hand the person on to another line under the same number, with the first issue's turn.

    From a call it means that the line was wrong. ``target`` keeps the ticket for one window,
    which must be open and serve the line. The note, by ``author`` or the clerk, goes to a side
    table, never into the log.
    """
    today, ticket, window = _held(uow, ticket_id, clerk)
    _require_transferable(uow, ticket, line, target)
    before = uow.visit(ticket)
    before.end("transferred" if ticket.state is State.SERVING else "wrong_line", uow.now)
    ticket.transfer(line, calling.turn_at(ticket.reference_at, ticket.ticket_class), target, uow.now)
    visit = Visit(uow.hall_id, ticket.id, ticket.visit, ticket.day, line, uow.now, ticket.turn_at)
    if note:
        _keep_note(uow, ticket, window, note, author or clerk)
    replaced = replace_earlier(uow, window=window.code)
    uow.record("ticket.transferred", ticket, before, visit, *replaced, day=today, window=window.code)
    return {"ticket": ticket_view(ticket), "ahead": waiting.ahead(uow, ticket)}


def _keep_note(uow: UnitOfWork, ticket: Ticket, window: Window, text: str, author: str | None) -> None:
    ids = {"id": new_id(), "hall_id": uow.hall_id, "ticket_id": ticket.id, "clerk": author, "window": window.code}
    people.add_note(uow.connection, text=text, at=uow.now, **ids)
    ticket.notes += 1


def _require_transferable(uow: UnitOfWork, ticket: Ticket, line: str, target: str | None) -> None:
    joined = uow.line(line)
    if not joined.open:
        raise LineClosed(line=line)
    if ticket.line == line and target is None:
        raise SameLine(line=line)
    if target is not None:
        kept_for = uow.window(target)
        kept_for.require_staffed()
        if line not in [*kept_for.lines, *kept_for.secondary]:
            raise LineClosed(line=line, window=target)


def leave(uow: UnitOfWork, ticket_id: str, clerk: str, anywhere: bool = False) -> Result:
    """The person gave up. A clerk may say so of the own window's; ``anywhere`` of any ticket."""
    today, ticket = uow.open_day(), uow.ticket(ticket_id)
    _require_today(ticket, today)
    window = uow.window(ticket.window) if ticket.window else None
    if not anywhere:
        if window is None:
            raise NotYourWindow()
        window.require_clerk(clerk)
    visit = uow.visit(ticket)
    ticket.leave(uow.now)
    visit.end("left", uow.now)
    if window is None:
        uow.record("ticket.left", ticket, visit, day=today)
    else:
        replaced = replace_earlier(uow, window=window.code)
        uow.record("ticket.left", ticket, visit, *replaced, day=today, window=window.code)
    return {"ticket": ticket_view(ticket)}


def _held(uow: UnitOfWork, ticket_id: str, clerk: str | None) -> tuple[Day, Ticket, Window]:
    """The open day, a ticket at a window, and the window, which must be the clerk's."""
    today = uow.open_day()
    ticket = _own(uow, ticket_id, clerk)
    _require_today(ticket, today)
    assert ticket.window is not None
    return today, ticket, uow.window(ticket.window)


def _own(uow: UnitOfWork, ticket_id: str, clerk: str | None) -> Ticket:
    ticket = uow.ticket(ticket_id)
    if ticket.window is None or ticket.state not in (State.CALLED, State.SERVING):
        raise IllegalMove(ticket=ticket.number, state=ticket.state)
    if clerk is not None:
        uow.window(ticket.window).require_clerk(clerk)
    return ticket


def _require_today(ticket: Ticket, today: Day) -> None:
    if ticket.day != today.date:
        raise TicketOfAnotherDay(ticket=ticket.number, date=ticket.day.isoformat())
