"""What a clerk does at a window.

``clerk`` is whose window it must be. None means a supervisor acts for a clerk who is gone: the log
names the actor, and nobody is left standing at a window that nobody serves.
"""

from typing import Any

from queue_server.domain import calling
from queue_server.domain.announcement import Announcement
from queue_server.domain.day import Day
from queue_server.domain.errors import (
    ChoosingNotAllowed,
    IllegalMove,
    LineClosed,
    NotYourWindow,
    RecalledTooOften,
    TooLateToUndo,
    UnknownService,
)
from queue_server.domain.service import Service
from queue_server.domain.ticket import State, Ticket
from queue_server.domain.window import Window
from queue_server.protocol import DEFAULT_ZONE
from queue_server.services import transfers
from queue_server.services.announcements import replace_earlier
from queue_server.services.finishing import finish_stay
from queue_server.services.held import handling_s, held, own_ticket, require_today
from queue_server.services.seats import require_free
from queue_server.services.views import ticket_view
from queue_server.store import spoken, waiting
from queue_server.store.unit_of_work import UnitOfWork

Result = dict[str, Any]


def call_next(
    uow: UnitOfWork, code: str, clerk: str, finishing: str | None = None, result: str | None = None
) -> Result:
    """Call the ticket whose turn it is; with ``finishing``, end the one in service first, with its ``result``.

    ``ticket`` is None when nobody waits for the window's lines. Refuses while the window holds
    another ticket, is paused or closed, or is somebody else's. Who was only called is finished as well
    where the hall asks for no arrival, but not within five seconds of the call.
    """
    uow.foresee(Window, code=code)
    if finishing is None:
        waiting.expect_at_window(uow, code)
        spoken.expect_claimable(uow, code)
    today = uow.open_day()
    window = uow.window(code)
    window.require_clerk(clerk)
    finished = finish_stay(uow, own_ticket(uow, finishing, clerk), window, today, result) if finishing else None
    window.require_open()
    require_free(uow, window)
    first, second = calling.choose(waiting.candidates(uow, window))
    called = None
    if first is not None:
        because = calling.reason(first, second, window.served_lines)
        called = _call(uow, first.ticket, window, clerk, today, because)
    shown = ticket_view(called) if called else None
    return {"ticket": shown, "finished": finished and ticket_view(finished), "_nothing": called is None}


def call_chosen(uow: UnitOfWork, code: str, clerk: str, ticket_id: str, reason: str) -> Result:
    """Call a ticket that is not next, where the hall allows it. The log keeps that it was chosen, and why."""
    today, window, ticket = uow.open_day(), uow.window(code), uow.ticket(ticket_id)
    if not uow.hall().decided.choose:
        raise ChoosingNotAllowed()
    require_today(ticket, today)
    window.require_clerk(clerk)
    window.require_open()
    require_free(uow, window)
    if ticket.state is not State.WAITING:
        raise IllegalMove(ticket=ticket.number, state=ticket.state, to=State.CALLED)
    if ticket.line not in window.served_lines:
        raise LineClosed(line=ticket.line, window=code)
    passed, _ = calling.choose(waiting.candidates(uow, window))
    because = calling.chosen(ticket, passed, window.served_lines, reason)
    return {"ticket": ticket_view(_call(uow, ticket, window, clerk, today, because))}


def call_directly(uow: UnitOfWork, ticket_id: str, code: str, clerk: str) -> Result:
    """Serve a missed person who stands at the window, without a place in line."""
    today, ticket, window = uow.open_day(), uow.ticket(ticket_id), uow.window(code)
    require_today(ticket, today)
    window.require_clerk(clerk)
    window.require_open()
    require_free(uow, window)
    if ticket.state is not State.MISSED:
        raise IllegalMove(ticket=ticket.number, state=ticket.state, to=State.CALLED)
    ticket.require_reinstatable(uow.now)
    if ticket.line not in window.served_lines:
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
    call = _announcement(uow, ticket, window, today, repeat=False)
    uow.record("ticket.called", ticket, visit, call, *replaced, day=today, window=window.code, direct=because is None)
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
        zone=window.zone or DEFAULT_ZONE,
        lang=ticket.lang,
    )


def recall(uow: UnitOfWork, ticket_id: str, clerk: str | None) -> Result:
    """Call again somebody who has not arrived; takes the place of the call if that is still unspoken."""
    today, ticket, window = held(uow, ticket_id, clerk, silencing=True)
    # The first call is not a recall.
    if ticket.calls > uow.hall().decided.recalls:
        raise RecalledTooOften(ticket=ticket.number, count=ticket.calls - 1)
    ticket.recall()
    replaced = replace_earlier(uow, window=window.code)
    call = _announcement(uow, ticket, window, today, repeat=True)
    uow.record("ticket.recalled", ticket, call, *replaced, day=today, window=window.code)
    return {"ticket": ticket_view(ticket)}


def start(uow: UnitOfWork, ticket_id: str, clerk: str | None, walked: bool = True) -> Result:
    """The person called has arrived; call → start is the walk, unless they came unseen (``walked`` False)."""
    today, ticket, window = held(uow, ticket_id, clerk, silencing=True)
    visit = uow.visit(ticket)
    ticket.start(uow.now)
    visit.started_at = uow.now
    visit.walk_at = ticket.called_at if walked else None
    replaced = replace_earlier(uow, window=window.code)
    uow.record("ticket.started", ticket, visit, *replaced, day=today, window=window.code)
    return {"ticket": ticket_view(ticket)}


def finish(uow: UnitOfWork, ticket_id: str, clerk: str | None, result: str | None = None) -> Result:
    """The person's business here is done. With stops left, they go on to the next under the same number."""
    today, ticket, window = held(uow, ticket_id, clerk)
    return {"ticket": ticket_view(finish_stay(uow, ticket, window, today, result))}


def undo_finish(uow: UnitOfWork, ticket_id: str, clerk: str | None) -> Result:
    """Take a mistaken finish back, within ten seconds and as long as the window has called nobody since."""
    today, ticket = uow.open_day(), uow.ticket(ticket_id)
    require_today(ticket, today)
    visit = uow.visit(ticket)
    if ticket.state is not State.DONE or visit.window is None:
        raise IllegalMove(ticket=ticket.number, state=ticket.state, to=State.SERVING)
    window = uow.window(visit.window)
    if clerk is not None:
        window.require_clerk(clerk)
    # With nobody called since, a sitting that has served somebody is the one that finished this ticket.
    same_sitting = window.clerk is not None and window.served > 0
    if not same_sitting or waiting.called_last(uow, today.date, window.code) != ticket.id:
        raise TooLateToUndo(ticket=ticket.number)
    # No pause is handling time.
    window.require_open()
    window.finished(handling_s(visit), times=-1)
    ticket.undo_finish(uow.now)
    kept = transfers.possible(uow, {"line": ticket.line, "window": ticket.target_window, "clerk": ticket.target_clerk})
    ticket.target_window, ticket.target_clerk = kept["window"], kept["clerk"]
    visit.ended_at = visit.outcome = visit.result = None
    # Readers forgot the ticket when it was done.
    uow.record("ticket.finish_undone", ticket, visit, window, day=today, whole=ticket, window=window.code)
    return {"ticket": ticket_view(ticket)}


def add_case(uow: UnitOfWork, ticket_id: str, clerk: str | None, service: str | None = None) -> Result:
    """One more case is handled for the same person at the same stay. Refuses an unknown service."""
    today, ticket, window = held(uow, ticket_id, clerk)
    if ticket.state is not State.SERVING:
        raise IllegalMove(ticket=ticket.number, state=ticket.state)
    if service is not None and uow.find(Service, code=service) is None:
        raise UnknownService(service=service)
    visit = uow.visit(ticket)
    visit.add_case(service)
    ticket.cases = visit.cases
    uow.record("ticket.case_added", ticket, visit, day=today, window=window.code, cases=visit.cases)
    return {"ticket": ticket_view(ticket), "cases": visit.cases}


def miss(uow: UnitOfWork, ticket_id: str, clerk: str | None, reason: str | None = None) -> Result:
    """The person called did not come."""
    today, ticket, window = held(uow, ticket_id, clerk, silencing=True)
    visit = uow.visit(ticket)
    ticket.miss(uow.now)
    visit.outcome, visit.reason = "missed", reason
    replaced = replace_earlier(uow, window=window.code)
    uow.record("ticket.missed", ticket, visit, *replaced, day=today, window=window.code)
    return {"ticket": ticket_view(ticket)}


def reinstate(uow: UnitOfWork, ticket_id: str) -> Result:
    """A missed person is back: just behind the third who waits, the second time behind all so far."""
    today, ticket = uow.open_day(), uow.ticket(ticket_id)
    require_today(ticket, today)
    visit = uow.visit(ticket)
    turns = waiting.first_turns(uow, ticket.line)
    ticket.reinstate(calling.reinstated_turn_at(turns, ticket.reinstatements, uow.now), uow.now)
    visit.outcome = None
    visit.turn_at = ticket.turn_at
    uow.record("ticket.reinstated", ticket, visit, day=today)
    return {"ticket": ticket_view(ticket), "ahead": waiting.ahead(uow, ticket)}


def leave(uow: UnitOfWork, ticket_id: str, clerk: str, anywhere: bool = False) -> Result:
    """The person gave up. A clerk may say so of the own window's; ``anywhere`` of any ticket."""
    today, ticket = uow.open_day(), uow.ticket(ticket_id)
    require_today(ticket, today)
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
