"""Entities as rows: what they load from, what changed, and the guarded statement that writes it."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Protocol, TypeVar

import sqlalchemy as sa

from queue_server.domain import fold
from queue_server.domain.alarm import Alarm
from queue_server.domain.announcement import Announcement, Spoken
from queue_server.domain.blocked import BlockedCase, Step
from queue_server.domain.consultation import Channel, Consultation, Outcome
from queue_server.domain.day import Day, DayState, Hall
from queue_server.domain.numbering import TicketClass
from queue_server.domain.printing import PrintFailure, Printing, PrintJob, Sheet
from queue_server.domain.rating import Rating
from queue_server.domain.service import Service
from queue_server.domain.ticket import State, Ticket
from queue_server.domain.visit import Visit
from queue_server.domain.window import ClerkSession, Line, PauseReason, Window, WindowState
from queue_server.domain.zone import Zone

# Importing them makes their tables known.
from queue_server.store import attempts, print_tables, zero_tables  # noqa: F401
from queue_server.store.tables import metadata
from queue_server.store.talk import Talk

T = TypeVar("T")


class Entity(Protocol):
    table: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


#: Columns whose text is a member of an enum.
ENUMS: dict[type, dict[str, type]] = {
    Ticket: {"state": State, "ticket_class": TicketClass},
    Window: {"state": WindowState, "pause_reason": PauseReason},
    Day: {"state": DayState},
    Announcement: {"state": Spoken},
    Consultation: {"channel": Channel, "outcome": Outcome},
    BlockedCase: {"step": Step},
    PrintJob: {"kind": Sheet, "state": Printing, "reason": PrintFailure},
}
KINDS: tuple[type, ...] = (
    *(Hall, Line, Service, Window, ClerkSession, Day, Ticket, Visit, Announcement, Alarm, Rating),
    *(Consultation, BlockedCase, PrintJob, Zone),
)
#: Columns that every change of a row repeats: readers of the news know a ticket by its number.
ALWAYS = {"tickets": ("number",)}


class ClaimLost(RuntimeError):
    """A guarded update found the row changed under the hall's lock: the lock did not hold."""


def table_of(kind: type[Any]) -> sa.Table:
    return metadata.tables[kind.table]


def from_row(kind: type[T], row: Mapping[Any, Any]) -> T:
    values: dict[str, Any] = dict(row)
    for column, enum in ENUMS.get(kind, {}).items():
        if values[column] is not None:
            values[column] = enum(values[column])
    return kind(**values)


def to_row(entity: Entity) -> dict[str, Any]:
    names, read = _columns(type(entity))
    return dict(zip(names, read(entity), strict=True))


@cache
def _columns(kind: type[Any]) -> tuple[tuple[str, ...], Callable[[Entity], tuple[Any, ...]]]:
    """Names of the columns, and what reads them all at once."""
    names = tuple(column.name for column in fields(kind))
    return names, attrgetter(*names)


@cache
def key_columns(table: sa.Table) -> tuple[sa.Column[Any], ...]:
    return tuple(table.primary_key.columns)


# Built once: what is compiled of them is kept.


@cache
def by_columns(table: sa.Table, names: tuple[str, ...]) -> sa.Select[Any]:
    """The rows in which these columns have the values that are given when it is run."""
    return sa.select(table).where(*(table.c[name] == sa.bindparam(name) for name in names))


@cache
def _insert(table: sa.Table) -> sa.Insert:
    return table.insert()


@cache
def _guarded_update(table: sa.Table) -> sa.Update:
    """Of a row that is found by its key, in the state it was read in; the columns are those that are given."""
    expected = [column.name for column in key_columns(table)] + ["state"] * ("state" in table.c)
    return table.update().where(*(table.c[name] == sa.bindparam(f"old_{name}") for name in expected))


def write(talk: Talk, entity: Entity, old: Mapping[str, Any] | None) -> dict[str, Any]:
    """Insert or update the entity's row; return what the log must say of it, or nothing.

    An update names the state it expects: losing that race raises ClaimLost, before the commit at the
    latest, instead of calling one person twice.
    """
    table, new = table_of(type(entity)), to_row(entity)
    if old is None:
        talk.tell(_insert(table), new)
        return {name: value for name, value in new.items() if value is not None and name != "hall_id"}
    changed = {name: value for name, value in new.items() if value != old[name]}
    if not changed:
        return {}
    expected = {f"old_{column.name}": old[column.name] for column in key_columns(table)}
    if "state" in table.c:
        expected["old_state"] = old["state"]
    key = [old[column.name] for column in key_columns(table)]
    talk.tell(_guarded_update(table), changed | expected, missed=lambda: ClaimLost(f"{table.name} {key}"))
    repeated = (*fold.KEYS[table.name], *ALWAYS.get(table.name, ()))
    return {name: new[name] for name in repeated} | changed
