"""The waiting lists: every query that calling and positions rest on. The database only sorts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from queue_server.domain.calling import Candidate
from queue_server.domain.ticket import AT_WINDOW, State, Ticket
from queue_server.domain.window import Window
from queue_server.store.tables import tickets
from queue_server.store.unit_of_work import UnitOfWork


def candidates(uow: UnitOfWork, window: Window) -> list[Candidate]:
    """The first two waiting tickets of every line the window serves, in one statement."""
    letters = [*window.lines, *(letter for letter in window.secondary if letter not in window.lines)]
    if not letters:
        return []
    heads = [_head(uow.hall_id, letter, window.code) for letter in letters]
    rows = uow.connection.execute(sa.union_all(*heads))
    return [Candidate(uow.track(Ticket, row), secondary=row.line not in window.lines) for row in rows]


def _head(hall_id: str, letter: str, window: str) -> sa.Select[tuple[object, ...]]:
    for_this_window = sa.or_(tickets.c.target_window.is_(None), tickets.c.target_window == window)
    head = sa.select(tickets).where(*_waiting(hall_id, letter), for_this_window)
    # SQLite takes LIMIT inside a UNION only within a subquery.
    return sa.select(head.order_by(tickets.c.turn_at, tickets.c.ordinal).limit(2).subquery())


def _waiting(hall_id: str, letter: str) -> Iterable[Any]:
    # The state is written as text, not as a parameter, so that the partial index may be used.
    return tickets.c.hall_id == hall_id, tickets.c.line == letter, sa.text("tickets.state = 'waiting'")


def first_turns(uow: UnitOfWork, letter: str, count: int = 3) -> list[datetime]:
    """The turns of the first ``count`` waiting tickets of a line, in order."""
    query = sa.select(tickets.c.turn_at).where(*_waiting(uow.hall_id, letter))
    return list(uow.connection.scalars(query.order_by(tickets.c.turn_at, tickets.c.ordinal).limit(count)))


def ahead(uow: UnitOfWork, ticket: Ticket) -> int:
    """How many wait in the ticket's line with a smaller ``(turn_at, ordinal)``."""
    before = sa.or_(
        tickets.c.turn_at < ticket.turn_at,
        sa.and_(tickets.c.turn_at == ticket.turn_at, tickets.c.ordinal < ticket.ordinal),
    )
    query = sa.select(sa.func.count()).select_from(tickets).where(*_waiting(uow.hall_id, ticket.line), before)
    return uow.connection.scalar(query) or 0


def kept_for(uow: UnitOfWork, code: str) -> list[Ticket]:
    """Live tickets that only one window may call; a missed one may yet come back."""
    query = sa.select(tickets).where(*_live(uow.hall_id), tickets.c.target_window == code)
    return [uow.track(Ticket, row) for row in uow.connection.execute(query.order_by(tickets.c.ordinal))]


def at_window(uow: UnitOfWork, code: str) -> Ticket | None:
    """The ticket called to or served at a window."""
    active = sa.text("tickets.state IN ('called', 'serving')")
    query = sa.select(tickets).where(tickets.c.hall_id == uow.hall_id, tickets.c.window == code, active)
    row = uow.connection.execute(query).one_or_none()
    return None if row is None else uow.track(Ticket, row)


def in_service(uow: UnitOfWork) -> int:
    """How many people are called or served in the hall."""
    query = sa.select(sa.func.count()).select_from(tickets).where(*_live(uow.hall_id), tickets.c.state.in_(AT_WINDOW))
    return uow.connection.scalar(query) or 0


def some_live(uow: UnitOfWork, limit: int) -> list[Ticket]:
    """Live tickets in order of issue, for the close of the day."""
    query = sa.select(tickets).where(*_live(uow.hall_id)).order_by(tickets.c.ordinal).limit(limit)
    return [uow.track(Ticket, row) for row in uow.connection.execute(query)]


def _live(hall_id: str) -> Iterable[Any]:
    states = (State.WAITING, State.CALLED, State.SERVING, State.MISSED, State.PARKED)
    listed = ", ".join(f"'{state}'" for state in states)
    return tickets.c.hall_id == hall_id, sa.text(f"tickets.state IN ({listed})")
