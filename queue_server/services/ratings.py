"""Taking a rating: one tap, once for each journey, in the way of nothing."""

from collections.abc import Sequence
from typing import Any

from queue_server.domain.errors import AlreadyRated, NotRateable, NotYourWindow
from queue_server.domain.rating import PAD_WITHIN, Rating
from queue_server.domain.ticket import Ticket
from queue_server.domain.visit import Visit
from queue_server.store import handled, people
from queue_server.store.unit_of_work import UnitOfWork

Result = dict[str, Any]


def rate_at_window(uow: UnitOfWork, code: str, number: str, level: int, reasons: Sequence[str], pad: str) -> Result:
    """The rating of whoever was served last at a pad's window; the pad shows their number.

    Refuses a pad of another window, another number, somebody served more than ten minutes ago, and a
    second rating.
    """
    device = people.hall_device(uow.connection, uow.hall_id, pad)
    if device is None or device.window != uow.window(code).code:
        raise NotYourWindow(window=code)
    today = uow.latest_day()
    visit = handled.latest_at(uow, today.date, code) if today else None
    if visit is None or (ticket := uow.ticket(visit.ticket_id)).number != number:
        raise NotRateable(ticket=number)
    if visit.ended_at is not None and uow.now - visit.ended_at > PAD_WITHIN:
        raise NotRateable(ticket=number)
    return _keep(uow, ticket, visit, level, reasons, "pad")


def rate_by_link(uow: UnitOfWork, ticket_id: str, level: int, reasons: Sequence[str]) -> Result:
    """The rating by whoever holds the ticket's own link; as long as its day is the hall's latest."""
    ticket, today = uow.ticket(ticket_id), uow.latest_day()
    if today is None or ticket.day != today.date:
        raise NotRateable(ticket=ticket.number)
    return _keep(uow, ticket, handled.latest_visit(uow, ticket), level, reasons, "phone")


def _keep(
    uow: UnitOfWork, ticket: Ticket, visit: Visit | None, level: int, reasons: Sequence[str], channel: str
) -> Result:
    if not uow.hall().decided.rating or visit is None or visit.window is None or visit.clerk is None:
        raise NotRateable(ticket=ticket.number)
    if uow.find(Rating, ticket_id=ticket.id) is not None:
        raise AlreadyRated(ticket=ticket.number)
    rating = Rating(
        uow.hall_id,
        ticket.id,
        ticket.day,
        visit.n,
        visit.line,
        visit.window,
        visit.clerk,
        level,
        list(reasons) or None,
        channel,
        uow.now,
    )
    uow.record("rating.given", rating, day=uow.latest_day())
    return {"rated": ticket.number}
