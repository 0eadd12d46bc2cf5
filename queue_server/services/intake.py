"""Giving numbers."""

from typing import Any

from queue_server.domain import calling, day, numbering
from queue_server.domain.errors import LineClosed
from queue_server.domain.numbering import TicketClass
from queue_server.domain.series import Series
from queue_server.domain.ticket import Ticket
from queue_server.domain.visit import Visit
from queue_server.domain.window import Line
from queue_server.services.views import row_view, ticket_view
from queue_server.store import waiting
from queue_server.store.unit_of_work import UnitOfWork, new_id


def issue(
    uow: UnitOfWork, line: str, ticket_class: TicketClass, channel: str, lang: str | None = None
) -> dict[str, Any]:
    """Give the next number of a line.

    ``channel`` is ``kiosk`` or ``staff``; only a kiosk is held to the issuing hours. ``lang`` is what the
    holder asked to be called in. Refuses when no day is open and when the line takes nobody.
    """
    today = uow.open_day()
    _foresee(uow, line, ticket_class, today)
    joined = uow.line(line)
    if channel == "kiosk":
        day.require_issuing(uow.hall(), today, uow.now)
    if not joined.open:
        raise LineClosed(line=line)
    series = uow.find(Series, day=today.date, line=line) or Series(uow.hall_id, today.date, line)
    ticket = _ticket(uow, joined, today, series, ticket_class, channel)
    ticket.lang = lang
    visit = Visit(uow.hall_id, ticket.id, 1, today.date, line, uow.now, ticket.turn_at)
    # The ticket itself is not ahead of itself, recorded or not.
    ahead = waiting.ahead(uow, ticket)
    uow.record("ticket.issued", series, today, ticket, visit, day=today)
    shown = ticket_view(ticket) if channel == "staff" else _slip(ticket)
    return {"ticket": shown, "ahead": ahead}


def _foresee(uow: UnitOfWork, line: str, ticket_class: TicketClass, today: day.Day) -> None:
    uow.foresee(Series, day=today.date, line=line)
    waiting.expect_ahead(uow, line, calling.turn_at(uow.now, ticket_class), today.ordinal + 1)


def _ticket(
    uow: UnitOfWork, line: Line, today: day.Day, series: Series, ticket_class: TicketClass, channel: str
) -> Ticket:
    serial = series.next()
    return Ticket(
        id=new_id(),
        hall_id=uow.hall_id,
        day=today.date,
        origin=line.letter,
        serial=serial,
        ticket_class=ticket_class,
        number=numbering.number_of(line.letter, serial, ticket_class),
        ordinal=today.next_ordinal(),
        channel=channel,
        line=line.letter,
        issued_at=uow.now,
        reference_at=uow.now,
        turn_at=calling.turn_at(uow.now, ticket_class),
        joined_at=uow.now,
    )


def _slip(ticket: Ticket) -> dict[str, Any]:
    """What a kiosk may know of the ticket it gave."""
    whole = ticket_view(ticket)
    return row_view("tickets", vars(ticket), "public") | {name: whole[name] for name in ("id", "class", "issued_at")}
