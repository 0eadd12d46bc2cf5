"""Who was served, where and when: what ratings are about."""

from datetime import date

import sqlalchemy as sa

from queue_server.domain.ticket import Ticket
from queue_server.domain.visit import Visit
from queue_server.store.tables import announcements, visits
from queue_server.store.unit_of_work import UnitOfWork


def latest_at(uow: UnitOfWork, day: date, window: str) -> Visit | None:
    """The stay whose service began last at a window on a day.

    While the hall's clock stands several begin at one time: the one called last is the last.
    """
    here = visits.c.hall_id == uow.hall_id, visits.c.day == day, visits.c.window == window
    calls = sa.and_(announcements.c.ticket_id == visits.c.ticket_id, announcements.c.window == visits.c.window)
    begun = sa.select(visits).join(announcements, calls).where(*here, visits.c.started_at.is_not(None))
    order = visits.c.started_at.desc(), announcements.c.seq.desc(), visits.c.n.desc()
    row = uow.connection.execute(begun.order_by(*order).limit(1)).mappings().one_or_none()
    return None if row is None else uow.track(Visit, row)


def latest_visit(uow: UnitOfWork, ticket: Ticket) -> Visit | None:
    """The ticket's last stay whose service began."""
    query = sa.select(visits).where(visits.c.ticket_id == ticket.id, visits.c.started_at.is_not(None))
    row = uow.connection.execute(query.order_by(visits.c.n.desc()).limit(1)).mappings().one_or_none()
    return None if row is None else uow.track(Visit, row)


def latest_handlings(uow: UnitOfWork, letter: str, limit: int) -> list[int]:
    """How long the latest stays of a line took that were finished or handed on, in seconds."""
    done = visits.c.outcome.in_(("done", "transferred")) & visits.c.started_at.is_not(None)
    query = sa.select(visits.c.started_at, visits.c.ended_at).where(visits.c.hall_id == uow.hall_id, done)
    latest = query.where(visits.c.line == letter).order_by(visits.c.day.desc(), visits.c.ended_at.desc()).limit(limit)
    return [int((ended - started).total_seconds()) for started, ended in uow.connection.execute(latest)]
