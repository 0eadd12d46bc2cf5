"""The waiting lists: every query that calling and positions rest on. The database only sorts."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from queue_server.domain.calling import Candidate
from queue_server.domain.ticket import AT_WINDOW, Ticket
from queue_server.domain.window import Window
from queue_server.store.tables import announcements, tickets
from queue_server.store.unit_of_work import UnitOfWork

#: Written whole, so that it is the condition of the partial index ix_tickets_live word for word.
LIVE = sa.text("tickets.state IN ('waiting', 'called', 'serving', 'missed', 'parked')")


def candidates(uow: UnitOfWork, window: Window) -> list[Candidate]:
    """The first two waiting tickets of every line the window serves, in one statement."""
    letters = window.served_lines
    if not letters:
        return []
    asked = {"hall": uow.hall_id, "at_window": window.code, "by": window.clerk}
    asked |= {f"line{n}": line for n, line in enumerate(letters)}
    found = uow.load(Ticket, _heads(len(letters)), **asked)
    return [Candidate(ticket, secondary=ticket.line not in window.own) for ticket in found]


# Built once each: building a statement costs more than running it.


@cache
def _heads(lines: int) -> sa.CompoundSelect[Any]:
    return sa.union_all(*(_head(sa.bindparam(f"line{n}")) for n in range(lines)))


def _head(line: sa.BindParameter[Any]) -> sa.Select[Any]:
    for_this_window = sa.or_(tickets.c.target_window.is_(None), tickets.c.target_window == sa.bindparam("at_window"))
    for_this_clerk = sa.or_(tickets.c.target_clerk.is_(None), tickets.c.target_clerk == sa.bindparam("by"))
    head = sa.select(tickets).where(*_waiting(line), for_this_window, for_this_clerk)
    # SQLite takes LIMIT inside a UNION only within a subquery.
    return sa.select(head.order_by(tickets.c.turn_at, tickets.c.ordinal).limit(2).subquery())


def _waiting(line: sa.BindParameter[Any]) -> Iterable[Any]:
    # The state is written as text, not as a parameter, so that the partial index may be used.
    return tickets.c.hall_id == sa.bindparam("hall"), tickets.c.line == line, sa.text("tickets.state = 'waiting'")


FIRST_TURNS = (
    sa.select(tickets.c.turn_at)
    .where(*_waiting(sa.bindparam("in_line")))
    .order_by(tickets.c.turn_at, tickets.c.ordinal)
    .limit(sa.bindparam("count"))
)
AHEAD = (
    sa.select(sa.func.count().label("ahead"))
    .select_from(tickets)
    .where(
        *_waiting(sa.bindparam("in_line")),
        sa.or_(
            tickets.c.turn_at < sa.bindparam("turn"),
            sa.and_(tickets.c.turn_at == sa.bindparam("turn"), tickets.c.ordinal < sa.bindparam("place")),
        ),
    )
)
AT_A_WINDOW = sa.select(tickets).where(
    tickets.c.hall_id == sa.bindparam("hall"),
    tickets.c.window == sa.bindparam("at_window"),
    sa.text("tickets.state IN ('called', 'serving')"),
)


def first_turns(uow: UnitOfWork, letter: str, count: int = 3) -> list[datetime]:
    """The turns of the first ``count`` waiting tickets of a line, in order."""
    return [row["turn_at"] for row in uow.ask(FIRST_TURNS, hall=uow.hall_id, in_line=letter, count=count)]


def ahead(uow: UnitOfWork, ticket: Ticket) -> int:
    """How many wait in the ticket's line with a smaller ``(turn_at, ordinal)``."""
    turn, place = ticket.turn_at, ticket.ordinal
    counted = uow.ask(AHEAD, hall=uow.hall_id, in_line=ticket.line, turn=turn, place=place)
    return int(counted[0]["ahead"])


def expect_ahead(uow: UnitOfWork, letter: str, turn_at: datetime, ordinal: int) -> None:
    """``ahead`` of a ticket of this turn and ordinal will be asked before anything changes."""
    uow.expect(AHEAD, hall=uow.hall_id, in_line=letter, turn=turn_at, place=ordinal)


def kept_for(uow: UnitOfWork, code: str, clerk: str | None) -> list[Ticket]:
    """Live tickets that only one window or its clerk may call; a missed one may yet come back."""
    kept = tickets.c.target_window == code
    if clerk is not None:
        kept = sa.or_(kept, tickets.c.target_clerk == clerk)
    query = sa.select(tickets).where(*_live(uow.hall_id), kept)
    return uow.track_all(Ticket, uow.connection.execute(query.order_by(tickets.c.ordinal)).mappings().all())


def at_window(uow: UnitOfWork, code: str) -> Ticket | None:
    """The ticket called to or served at a window."""
    found = uow.load(Ticket, AT_A_WINDOW, hall=uow.hall_id, at_window=code)
    return found[0] if found else None


def expect_at_window(uow: UnitOfWork, code: str) -> None:
    """``at_window`` will be asked before anything changes."""
    uow.expect(AT_A_WINDOW, hall=uow.hall_id, at_window=code)


def first_waiting(uow: UnitOfWork, letter: str, limit: int) -> list[Ticket]:
    """The first of a line, in order."""
    query = sa.select(tickets).where(*_waiting(sa.bindparam("in_line")))
    rows = uow.connection.execute(
        query.order_by(tickets.c.turn_at, tickets.c.ordinal).limit(limit), {"hall": uow.hall_id, "in_line": letter}
    )
    return uow.track_all(Ticket, rows.mappings().all())


def count(uow: UnitOfWork, letter: str) -> int:
    query = sa.select(sa.func.count()).select_from(tickets).where(*_waiting(sa.bindparam("in_line")))
    return uow.connection.scalar(query, {"hall": uow.hall_id, "in_line": letter}) or 0


def called_last(uow: UnitOfWork, day: date, code: str) -> str | None:
    """Id of the ticket that was called last to a window on a day."""
    spoken = announcements
    query = sa.select(spoken.c.ticket_id).where(
        spoken.c.hall_id == uow.hall_id, spoken.c.day == day, spoken.c.window == code
    )
    return uow.connection.scalar(query.order_by(spoken.c.seq.desc()).limit(1))


def in_service(uow: UnitOfWork) -> int:
    """How many people are called or served in the hall."""
    query = sa.select(sa.func.count()).select_from(tickets).where(*_live(uow.hall_id), tickets.c.state.in_(AT_WINDOW))
    return uow.connection.scalar(query) or 0


def some_live(uow: UnitOfWork, limit: int) -> list[Ticket]:
    """Live tickets in order of issue, for the close of the day."""
    query = sa.select(tickets).where(*_live(uow.hall_id)).order_by(tickets.c.ordinal).limit(limit)
    return uow.track_all(Ticket, uow.connection.execute(query).mappings().all())


def _live(hall_id: str) -> Iterable[Any]:
    return tickets.c.hall_id == hall_id, LIVE
