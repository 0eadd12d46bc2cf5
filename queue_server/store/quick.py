"""Single questions that are asked all the time, on the shortest way to the driver."""

from collections.abc import Mapping
from typing import Any, cast
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.engine.default import DefaultDialect

from queue_server.store.ready import Answered, Question, Statements

#: What has been made ready, by the engine's dialect: each engine has its own.
_made: WeakKeyDictionary[Dialect, Statements] = WeakKeyDictionary()


def asked(connection: Connection, question: Question, given: Mapping[str, Any]) -> Answered:
    """The rows that answer a question built once; what they were asked in is a transaction only where one is open.

    Raises what SQLAlchemy would.
    """
    raw: Any = connection.connection.driver_connection
    ready = statements(connection.dialect).ready(question, given)
    try:
        return ready.read(raw.execute(ready.text, ready.bound(given)).fetchall())
    except connection.dialect.loaded_dbapi.Error as error:
        raise wrapped(connection, raw, error) from error


def statements(dialect: Dialect) -> Statements:
    """What has been made ready for this kind of connection."""
    found = _made.get(dialect)
    if found is None:
        found = _made[dialect] = Statements(cast(DefaultDialect, dialect))
    return found


def wrapped(connection: Connection, raw: Any, error: Exception) -> Exception:
    """A driver's error as SQLAlchemy would raise it; the connection is given up where it is of no more use."""
    dialect = connection.dialect
    if dialect.is_disconnect(error, raw, None):  # type: ignore[arg-type]
        connection.invalidate(error)
    # Without the statement's values: an error's text must not carry a row into a log.
    base = dialect.loaded_dbapi.Error
    return sa.exc.DBAPIError.instance("", {}, error, base, hide_parameters=True, dialect=dialect)
