"""Statements that are compiled once and then sent as they are.

Most of what a short statement costs is not the database's work but the way to it: SQLAlchemy looks up
what it compiled, makes a context and a result for each. An order sends some fifteen, so a unit of work
keeps of each only what is needed again and again: its text, how its values go in, how its rows come out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.sql.compiler import SQLCompiler

Convert = Callable[[Any], Any]
Question = sa.Select[Any] | sa.CompoundSelect[Any]
Change = sa.Insert | sa.Update
Answered = list[dict[str, Any]]


@dataclass(frozen=True)
class Ready:
    """A statement in the words of one kind of database."""

    text: str
    #: Name, value where none is given, and how the driver wants it.
    values: tuple[tuple[str, Any, Convert | None], ...]
    #: Name of each column of the answer, and how it is read; none for a change.
    columns: tuple[tuple[str, Convert | None], ...]

    def bound(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The values as the driver takes them; what is given too much is left out."""
        bound = {}
        for name, otherwise, convert in self.values:
            value = given.get(name, otherwise)
            bound[name] = value if convert is None else convert(value)
        return bound

    def read(self, rows: Sequence[Sequence[Any]]) -> Answered:
        columns = self.columns
        return [
            {name: value if read is None else read(value) for (name, read), value in zip(columns, row, strict=True)}
            for row in rows
        ]


class Statements:
    """What has been made ready for one database."""

    def __init__(self, dialect: DefaultDialect) -> None:
        # Named values, whatever the driver's own way is: one dictionary fits every statement.
        self._names = type(dialect)(paramstyle="named") if dialect.positional else dialect
        self._dialect = dialect
        self._ready: dict[tuple[Any, ...], Ready] = {}

    def ready(self, statement: Question | Change, given: Mapping[str, Any]) -> Ready:
        """``statement`` made ready; which columns a change writes is told by the names that are given."""
        # Its own object stands for a statement: those that come here are built once.
        key = (statement,) if isinstance(statement, sa.Select | sa.CompoundSelect) else (statement, *given)
        found = self._ready.get(key)
        if found is None:
            found = self._ready[key] = self._made(statement, given)
        return found

    def _made(self, statement: Question | Change, given: Mapping[str, Any]) -> Ready:
        written = None if isinstance(statement, sa.Select | sa.CompoundSelect) else _written(statement, given)
        compiled = statement.compile(dialect=self._names, column_keys=written)
        assert isinstance(compiled, SQLCompiler)
        values = tuple(
            (name, compiled.params[name], bind.type.dialect_impl(self._dialect).bind_processor(self._dialect))
            for bind, name in compiled.bind_names.items()
        )
        return Ready(str(compiled), values, self._columns(statement))

    def _columns(self, statement: Question | Change) -> tuple[tuple[str, Convert | None], ...]:
        if not isinstance(statement, sa.Select | sa.CompoundSelect):
            return ()
        return tuple(
            (column.name, column.type.dialect_impl(self._dialect).result_processor(self._dialect, None))
            for column in statement.selected_columns
        )


def _written(change: Change, given: Mapping[str, Any]) -> list[str]:
    return [name for name in given if name in change.table.c]
