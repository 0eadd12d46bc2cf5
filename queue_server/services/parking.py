"""Setting somebody aside, to come back the same day without queueing twice."""

from datetime import timedelta
from typing import Any

from queue_server.domain import calling
from queue_server.domain.errors import IllegalMove
from queue_server.domain.ticket import State
from queue_server.domain.visit import Visit
from queue_server.services.held import held, keep_note, require_today
from queue_server.services.views import ticket_view
from queue_server.store import waiting
from queue_server.store.unit_of_work import UnitOfWork

Result = dict[str, Any]


def park(
    uow: UnitOfWork,
    ticket_id: str,
    clerk: str | None,
    reason: str,
    minutes: int | None = None,
    note: str | None = None,
    author: str | None = None,
) -> Result:
    """Set the person in service aside; ``minutes`` is when they said they will be back.

    The window is free for the next; the number stays theirs until the day closes.
    """
    today, ticket, window = held(uow, ticket_id, clerk)
    if ticket.state is not State.SERVING:
        raise IllegalMove(ticket=ticket.number, state=ticket.state, to=State.PARKED)
    visit = uow.visit(ticket)
    if note:
        keep_note(uow, ticket, window.code, note, author or clerk or "")
    ticket.park(None if minutes is None else uow.now + timedelta(minutes=minutes), uow.now)
    visit.end("parked", uow.now)
    visit.reason = reason
    uow.record("ticket.parked", ticket, visit, day=today, window=window.code)
    return {"ticket": ticket_view(ticket)}


def come_back(uow: UnitOfWork, ticket_id: str) -> Result:
    """A parked person is back: in the same line, counting as come ten minutes ago at most."""
    today, ticket = uow.open_day(), uow.ticket(ticket_id)
    require_today(ticket, today)
    ticket.unpark(calling.returned_turn_at(ticket.turn_at, uow.now), uow.now)
    visit = Visit(uow.hall_id, ticket.id, ticket.visit, ticket.day, ticket.line, uow.now, ticket.turn_at)
    uow.record("ticket.returned", ticket, visit, day=today)
    return {"ticket": ticket_view(ticket), "ahead": waiting.ahead(uow, ticket)}
