"""What one transaction says to its database, in as few ways there and back as it can.

Changes are kept until an answer is needed or the transaction ends, and then go together. On PostgreSQL
everything that goes together is one way there and back (libpq's pipeline): the statements stay separate,
so each of them sees what those before it did and, behind the hall's lock, what other processes committed
while it waited. One statement of all of them would not: it reads as of before it waited.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from queue_server.store.quick import statements, wrapped
from queue_server.store.ready import Answered, Change, Question, Ready

#: Explicit, as the driver would ask this by itself and wait for the answer.
BEGIN = Ready("BEGIN ISOLATION LEVEL READ COMMITTED", (), ())


@dataclass
class Said:
    """One statement on its way."""

    ready: Ready
    values: dict[str, Any]
    #: Of a question: what it is known by, to whoever asks it later.
    key: tuple[Any, ...] | None = None
    #: Of a change that must meet one row: what it means when it did not.
    missed: Callable[[], Exception] | None = None


class Talk:
    """Begins with the first thing said. SQLAlchemy's connection still commits and rolls back."""

    def __init__(self, connection: Connection) -> None:
        self._connection, self._statements = connection, statements(connection.dialect)
        raw = connection.connection.driver_connection
        assert raw is not None
        self._raw: Any = raw
        is_sqlite = connection.dialect.name == "sqlite"
        self._go: Callable[[list[Said]], None] = self._one_by_one if is_sqlite else self._together
        # SQLite's connection has begun already: its lock comes with that.
        self._unsaid: list[Said] = [] if is_sqlite else [Said(BEGIN, {})]
        #: What is known since the last change.
        self._known: dict[tuple[Any, ...], Answered] = {}

    def ask(self, question: Question, given: Mapping[str, Any]) -> Answered:
        """The rows, as they are behind everything that was told before."""
        key = _key(question, given)
        if key not in self._known:
            self.expect(question, given)
            self.send()
        return self._known[key]

    def expect(self, question: Question, given: Mapping[str, Any]) -> None:
        """Say that this will be asked before anything is changed: it goes along with the next question."""
        key = _key(question, given)
        if key not in self._known and all(said.key != key for said in self._unsaid):
            ready = self._statements.ready(question, given)
            self._unsaid.append(Said(ready, ready.bound(given), key))

    def tell(self, change: Change, given: Mapping[str, Any], missed: Callable[[], Exception] | None = None) -> None:
        """A change, made with the next question or at the end; ``missed`` is raised when it meets no row."""
        self._forget()
        ready = self._statements.ready(change, given)
        self._unsaid.append(Said(ready, ready.bound(given), None, missed))

    def plain(self) -> Connection:
        """The connection itself, for statements of every kind: what was told is done, what is known is forgotten."""
        self._forget()
        self.send()
        return self._connection

    def _forget(self) -> None:
        self._known.clear()
        self._unsaid = [said for said in self._unsaid if said.key is None]

    def send(self) -> None:
        """Have done what was told. Raises what SQLAlchemy would, at the first that fails."""
        together, self._unsaid = self._unsaid, []
        if not together:
            return
        try:
            self._go(together)
        except self._connection.dialect.loaded_dbapi.Error as error:
            raise wrapped(self._connection, self._raw, error) from error

    def _one_by_one(self, together: list[Said]) -> None:
        for said in together:
            self._answered(said, self._raw.execute(said.ready.text, said.values))

    def _together(self, together: list[Said]) -> None:
        if len(together) == 1:
            self._one_by_one(together)
            return
        cursors = self._raw.together([(said.ready.text, said.values) for said in together])
        for said, cursor in zip(together, cursors, strict=True):
            self._answered(said, cursor)

    def _answered(self, said: Said, cursor: Any) -> None:
        if said.key is not None:
            self._known[said.key] = said.ready.read(cursor.fetchall())
        elif said.missed is not None and cursor.rowcount != 1:
            raise said.missed()


def _key(question: Question, given: Mapping[str, Any]) -> tuple[Any, ...]:
    return question, *sorted(given.items())
