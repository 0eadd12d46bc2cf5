"""Finding the ticket that somebody may act on."""

from queue_server.domain.day import Day
from queue_server.domain.errors import IllegalMove, TicketOfAnotherDay
from queue_server.domain.ticket import State, Ticket
from queue_server.domain.visit import Visit
from queue_server.domain.window import Window
from queue_server.store import people, spoken
from queue_server.store.unit_of_work import UnitOfWork, new_id


def held(uow: UnitOfWork, ticket_id: str, clerk: str | None, silencing: bool = False) -> tuple[Day, Ticket, Window]:
    """The open day, a ticket at a window, and the window, which must be the clerk's.

    ``silencing`` says that the window's unspoken calls will be asked for too.
    """
    today = uow.open_day()
    ticket = own_ticket(uow, ticket_id, clerk, silencing)
    require_today(ticket, today)
    assert ticket.window is not None
    return today, ticket, uow.window(ticket.window)


def own_ticket(uow: UnitOfWork, ticket_id: str, clerk: str | None, silencing: bool = False) -> Ticket:
    ticket = uow.ticket(ticket_id)
    if ticket.window is None or ticket.state not in (State.CALLED, State.SERVING):
        raise IllegalMove(ticket=ticket.number, state=ticket.state)
    uow.foresee(Visit, ticket_id=ticket.id, n=ticket.visit)
    if silencing:
        spoken.expect_claimable(uow, ticket.window)
    if clerk is not None:
        uow.window(ticket.window).require_clerk(clerk)
    return ticket


def require_today(ticket: Ticket, today: Day) -> None:
    if ticket.day != today.date:
        raise TicketOfAnotherDay(ticket=ticket.number, date=ticket.day.isoformat())


def handling_s(visit: Visit) -> int:
    if visit.started_at is None or visit.ended_at is None:
        return 0
    return int((visit.ended_at - visit.started_at).total_seconds())


def keep_note(uow: UnitOfWork, ticket: Ticket, window: str | None, text: str, author: str) -> None:
    """Keep a note for the next clerk in the side table; the log only counts it."""
    people.add_note(
        uow.connection,
        id=new_id(),
        hall_id=uow.hall_id,
        ticket_id=ticket.id,
        clerk=author,
        window=window,
        text=text,
        at=uow.now,
    )
    ticket.notes += 1
