"""One order, one transaction: lock the hall, check, change, append events, commit, then tell."""

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from types import TracebackType
from typing import Any, Self, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queue_server.domain.day import Day, DayState, Hall
from queue_server.domain.errors import DayNotOpen, UnknownHall, UnknownLine, UnknownTicket, UnknownWindow
from queue_server.domain.events import GENESIS, Event, canonical, chained
from queue_server.domain.ticket import Ticket
from queue_server.domain.visit import Visit
from queue_server.domain.window import Line, Window
from queue_server.store import tables
from queue_server.store.engine import Busy, DiskFull, Store, is_away, is_full, is_locked
from queue_server.store.ready import Answered, Change, Question
from queue_server.store.records import Entity, by_columns, from_row, key_columns, table_of, to_row, write
from queue_server.store.talk import Talk

T = TypeVar("T", bound=Entity)

#: How long an order tries to get the write lock, in seconds, before it answers ``busy``.
PATIENCE_S = 5.0
RETRY_EVERY_S = 0.005
#: What the database's driver, and the pool of connections to it, raise.
DatabaseTrouble = sa.exc.DBAPIError | sa.exc.TimeoutError
DATABASE_ERRORS = (sa.exc.DBAPIError, sa.exc.TimeoutError)


#: Built once, as everything that is asked for every order: what is compiled is kept by it.
LATEST_DAY = (
    sa.select(tables.days)
    .where(tables.days.c.hall_id == sa.bindparam("hall"))
    .order_by(tables.days.c.date.desc())
    .limit(1)
)
NEW_EVENT = tables.events.insert()
NEW_HEAD = tables.hall_head.insert()


class HeadMoved(RuntimeError):
    """The hall's head moved under its lock: the lock did not hold."""


@cache
def _locked_head() -> sa.Select[Any]:
    head = tables.hall_head
    return sa.select(head).where(head.c.hall_id == sa.bindparam("hall")).with_for_update()


@cache
def _moved_head() -> sa.Update:
    """Moves the head from the position where it was read, and from no other."""
    head = tables.hall_head
    return head.update().where(head.c.hall_id == sa.bindparam("hall"), head.c.seq == sa.bindparam("first_seq"))


def _identity(table: sa.Table, values: Mapping[Any, Any]) -> tuple[Any, ...]:
    """A row's table and key; None stands for what ``values`` does not say of it."""
    return table.name, *(values.get(column.name) for column in key_columns(table))


class UnitOfWork:
    """Commits when its block ends, rolls back when its block raises, then wakes the publisher.

    Events are written in the same transaction as the change they report; the publisher reads
    them from the log after the commit. A screen therefore never shows a call that did not
    happen, and a call that happened is never lost: a crash in between only delays it.
    """

    def __init__(
        self,
        store: Store,
        hall_id: str,
        clock: Callable[[], datetime],
        actor: str = "system",
        wake: Callable[[], None] = lambda: None,
        founding: bool = False,
    ) -> None:
        self._store, self.hall_id, self._clock = store, hall_id, clock
        self.actor, self._wake, self._founding = actor, wake, founding
        self._originals: dict[int, tuple[Entity, dict[str, Any]]] = {}
        self._loaded: dict[tuple[Any, ...], Any] = {}
        #: Questions that go along with the lock, and are answered behind it.
        self.foreseen: list[tuple[Question, Mapping[str, Any]]] = []

    # -- the transaction ---------------------------------------------------------------------

    def __enter__(self) -> Self:
        """Begin and hold the hall's head row until the block ends; other orders wait (milliseconds).

        Raises Busy when the lock cannot be had in five seconds, UnknownHall for a hall that is not there.
        A unit of work that is over may begin again: it has forgotten what it knew.
        """
        self._originals.clear()
        self._loaded.clear()
        if not self._store.turn.acquire(timeout=PATIENCE_S):
            raise Busy
        try:
            self._connection = self._begin()
            self._talk = Talk(self._connection)
            self._take_head()
        except BaseException as error:
            self._end(error)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        except BaseException as failure:
            self._end(failure)
            raise
        self._end(error)
        if kind is None and self.seq > self._first_seq:
            self._wake()

    def _begin(self) -> Connection:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            connection = self._store.orders.connect()
            try:
                connection.begin()
                return connection
            except sa.exc.DBAPIError as error:
                connection.close()
                if not is_locked(error):
                    raise
                if time.monotonic() > deadline:
                    raise Busy from error
                time.sleep(RETRY_EVERY_S)

    def _take_head(self) -> None:
        if self._founding:
            self.seq, self.hash, self.epoch, self._first_seq = 0, GENESIS, new_id(), 0
            self.offset = timedelta(0)
            self.now = self.real_now = self._clock()
            return
        found = self._ask_first()
        if not found:
            raise UnknownHall(hall=self.hall_id)
        head = found[0]
        self.seq, self.hash, self.epoch, self._first_seq = head["seq"], head["hash"], head["epoch"], head["seq"]
        self.offset = timedelta(microseconds=head["offset_us"])
        #: Hall time of this order. It never runs backwards, whatever the computer's clock does.
        self.now = max(self._clock() + self.offset, head["last_at"])
        self.real_now = self._clock()

    def _ask_first(self) -> Answered:
        """The head, and behind its lock what was foreseen and what nearly every order begins with: its day."""
        here = {"hall": self.hall_id}
        for question, given in ((_locked_head(), here), *self.foreseen, (LATEST_DAY, here)):
            self._talk.expect(question, given)
        return self._talk.ask(_locked_head(), here)

    def _finish(self) -> None:
        for entity, old in self._originals.values():
            if to_row(entity) != old:
                raise RuntimeError(f"{entity.table}: changed without an event")
        if self._founding:
            self._found_head()
        elif self.seq > self._first_seq:
            self._move_head()
        self._talk.send()
        self._connection.commit()

    def _found_head(self) -> None:
        values = {"seq": self.seq, "hash": self.hash, "epoch": self.epoch, "last_at": self.now, "offset_us": 0}
        self._talk.tell(NEW_HEAD, values | {"hall_id": self.hall_id})

    def _move_head(self) -> None:
        expected = {"hall": self.hall_id, "first_seq": self._first_seq}
        values = {"seq": self.seq, "hash": self.hash, "epoch": self.epoch, "last_at": self.now}
        values["offset_us"] = self.offset // timedelta(microseconds=1)
        self._talk.tell(_moved_head(), expected | values, missed=HeadMoved)

    def _end(self, error: BaseException | None) -> None:
        """Give the connection back, after ``error`` or after none; what the database did is said in our words.

        A database can be lost in the rollback of an order that the rules refused, too: then nobody may
        take that refusal for the answer.
        """
        try:
            self._close()
        except DATABASE_ERRORS as failure:
            _translate(failure)
        if isinstance(error, DATABASE_ERRORS):
            _translate(error)

    def _close(self) -> None:
        connection = getattr(self, "_connection", None)
        try:
            if connection is not None:
                connection.close()
        finally:
            self._store.turn.release()

    @property
    def connection(self) -> Connection:
        """For the store's own query functions: everything recorded so far is in the database."""
        return self._talk.plain()

    # -- asking ------------------------------------------------------------------------------

    def ask(self, question: Question, **given: Any) -> Answered:
        """The rows that answer a question built once; what was recorded before is in them."""
        return self._talk.ask(question, given)

    def expect(self, question: Question, **given: Any) -> None:
        """Say what will be asked before anything changes: the next question takes it along."""
        self._talk.expect(question, given)

    def tell(self, change: Change, given: Mapping[str, Any]) -> None:
        """A change of a side table, done at the end or before the next question."""
        self._talk.tell(change, given)

    def load(self, kind: type[T], question: Question, **given: Any) -> list[T]:
        """The entities whose whole rows answer a question."""
        return self.track_all(kind, self.ask(question, **given))

    def track_all(self, kind: type[T], rows: Sequence[Mapping[Any, Any]]) -> list[T]:
        return [self.track(kind, row) for row in rows]

    # -- loading -----------------------------------------------------------------------------

    def find(self, kind: type[T], **key: Any) -> T | None:
        """Load one entity of this hall, to be changed and recorded."""
        table = table_of(kind)
        scoped = self._scoped(table, key)
        known: T | None = self._loaded.get(_identity(table, scoped))
        if known is not None:
            return known
        rows = self._talk.ask(by_columns(table, tuple(scoped)), scoped)
        return self.track(kind, rows[0]) if rows else None

    def foresee(self, kind: type[Entity], **key: Any) -> None:
        """Say that ``find`` will be asked for this before anything changes: the next question takes it along."""
        table = table_of(kind)
        scoped = self._scoped(table, key)
        if _identity(table, scoped) not in self._loaded:
            self._talk.expect(by_columns(table, tuple(scoped)), scoped)

    def _scoped(self, table: sa.Table, key: dict[str, Any]) -> dict[str, Any]:
        return key | {"hall_id": self.hall_id} if "hall_id" in table.c else key

    def track(self, kind: type[T], row: Mapping[Any, Any]) -> T:
        """Build an entity from a row and remember what it was; a row loaded before gives the same entity."""
        table = table_of(kind)
        key = _identity(table, row)
        if key in self._loaded:
            known: T = self._loaded[key]
            return known
        entity = self._loaded[key] = from_row(kind, row)
        self._originals[id(entity)] = entity, to_row(entity)
        return entity

    def hall(self) -> Hall:
        hall = self.find(Hall, id=self.hall_id)
        if hall is None:
            raise UnknownHall(hall=self.hall_id)
        return hall

    def line(self, letter: str) -> Line:
        line = self.find(Line, letter=letter)
        if line is None:
            raise UnknownLine(line=letter)
        return line

    def window(self, code: str) -> Window:
        window = self.find(Window, code=code)
        if window is None:
            raise UnknownWindow(window=code)
        return window

    def ticket(self, ticket_id: str) -> Ticket:
        ticket = self.find(Ticket, id=ticket_id)
        if ticket is None:
            raise UnknownTicket()
        return ticket

    def visit(self, ticket: Ticket) -> Visit:
        """The present stay of a ticket."""
        visit = self.find(Visit, ticket_id=ticket.id, n=ticket.visit)
        if visit is None:
            raise RuntimeError("a ticket without its visit")
        return visit

    def latest_day(self) -> Day | None:
        """The hall's latest business day, open or not; None before the first."""
        rows = self.load(Day, LATEST_DAY, hall=self.hall_id)
        return rows[0] if rows else None

    def open_day(self) -> Day:
        """The open business day. Refuses when there is none."""
        day = self.latest_day()
        if day is None:
            raise DayNotOpen(state=DayState.CLOSED)
        day.require_open()
        return day

    # -- recording ---------------------------------------------------------------------------

    @property
    def next_seq(self) -> int:
        """The position that the next recorded event will have."""
        return self.seq + 1

    def record(
        self, event_type: str, *entities: Entity, day: Day | None = None, whole: Entity | None = None, **facts: Any
    ) -> int:
        """Write the entities' changes and the event that says so; return its ``seq``.

        Of ``whole``, one of the entities, the event says everything: readers had forgotten it.
        """
        changes: dict[str, list[dict[str, Any]]] = {}
        for entity in entities:
            change = self._write(entity)
            if entity is whole:
                change = {name: value for name, value in to_row(entity).items() if name != "hall_id"}
            if change:
                changes.setdefault(entity.table, []).append(change)
        self._append(event_type, day, canonical({"changes": changes, "facts": facts}))
        return self.seq

    def _write(self, entity: Entity) -> dict[str, Any]:
        old = self._originals.get(id(entity))
        change = write(self._talk, entity, old[1] if old else None)
        self._originals[id(entity)] = entity, to_row(entity)
        return change

    def _append(self, event_type: str, day: Day | None, data: str) -> None:
        event = Event(self.hall_id, self.seq + 1, event_type, self.now, day.date if day else None, self.actor, data, "")
        self.hash = chained(self.hash, event)
        self._talk.tell(NEW_EVENT, vars(event) | {"hash": self.hash})
        self.seq = event.seq


def _translate(error: DatabaseTrouble) -> None:
    """Raise what the web layer can answer: busy, or disk full; else the error itself."""
    if is_away(error) or (isinstance(error, sa.exc.DBAPIError) and is_locked(error)):
        raise Busy from error
    if isinstance(error, sa.exc.DBAPIError) and is_full(error):
        raise DiskFull from error
    raise error


def new_id() -> str:
    """An unguessable id: 128 random bits, as 32 hex digits."""
    return secrets.token_hex(16)
