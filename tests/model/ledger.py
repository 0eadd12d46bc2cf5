"""Reads what the product wrote, after every order: the log, the tables, and whether they are one another's."""

import hashlib
import json
from typing import Any

import sqlalchemy as sa

from queue_server.store import tables
from tests.model.database import Database
from tests.model.hall import Hall
from tests.model.lawful import check_move, check_reachable
from tests.model.rows import Row, Rows, difference, expected

#: Folded tables and what tells their rows apart.
KEYS = {
    "windows": ("code",), "clerk_sessions": ("id",), "days": ("date",), "series": ("day", "line"),
    "tickets": ("id",), "visits": ("ticket_id", "n"), "announcements": ("seq",),
    "halls": ("id",), "lines": ("letter",), "alarms": ("id",), "ratings": ("ticket_id",), "consultations": ("id",),
    "blocked_cases": ("id",), "zones": ("code",), "print_jobs": ("id",),
}  # fmt: skip
#: Set once, when the hall is founded.
FOUNDED = ("services",)
#: Side tables: not in the log, yet an order that is refused must leave them alone too.
SIDE = ("notes", "staff", "devices", "texts")


def _dumps(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _reader(column: sa.Column[Any]) -> Any:
    """How a driver's value becomes the log's; None where they are alike."""
    if isinstance(column.type, sa.Boolean):
        return bool
    if isinstance(column.type, sa.JSON):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    return str if isinstance(column.type, sa.Date) else None


class Ledger:
    """Follows one hall. Each look reads only new events, and the rows of every table."""

    def __init__(self, database: Database, hall_id: str) -> None:
        self._database, self.hall_id = database, hall_id
        self.seq, self.hash, self.last_at = 0, "0" * 64, 0
        self.folded: dict[str, Rows] = {name: {} for name in KEYS}
        self.events: list[tuple[Any, ...]] = []
        self._raw: dict[str, dict[Any, tuple[Any, ...]]] = {name: {} for name in KEYS}
        self._columns = {name: [c.name for c in tables.metadata.tables[name].c if c.name != "hall_id"] for name in KEYS}
        self._readers = {
            name: [_reader(tables.metadata.tables[name].c[c]) for c in self._columns[name]] for name in KEYS
        }
        self._side: dict[str, Any] = {}
        self.follow()

    # -- reading -----------------------------------------------------------------------------

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        cursor = self._database.raw().cursor()
        try:
            return list(cursor.execute(query).fetchall())
        finally:
            cursor.close()

    def _table(self, name: str) -> list[tuple[Any, ...]]:
        columns = ", ".join(f'"{column}"' for column in self._columns[name])
        owner = "id" if name == "halls" else "hall_id"
        return self._rows(f"SELECT {columns} FROM {name} WHERE {owner} = '{self.hall_id}'")

    def side(self) -> dict[str, Any]:
        """The side tables, to see whether they were left alone."""
        return {name: self._rows(f"SELECT * FROM {name} WHERE hall_id = '{self.hall_id}' ORDER BY id") for name in SIDE}

    def stands(self) -> tuple[Any, ...]:
        return self._rows(
            f"SELECT seq, hash, last_at, offset_us, epoch FROM hall_head WHERE hall_id = '{self.hall_id}'"
        )[0]

    # -- following ---------------------------------------------------------------------------

    def follow(self) -> list[str]:
        """Take in what is new; check the chain, the times, and that exactly the rows the log names have changed.

        Returns the types of the new events.
        """
        query = f"SELECT seq, type, at, day, actor, data, hash FROM events WHERE hall_id = '{self.hall_id}'"
        self.events = self._rows(f"{query} AND seq > {self.seq} ORDER BY seq")
        named: set[tuple[str, Any]] = set()
        for event in self.events:
            self._link(event)
            named |= self._fold(event[1], json.loads(event[5])["changes"])
        head = self.stands()
        assert head[:2] == (self.seq, self.hash), "the head is not where the log ends"
        changed = {(name, key) for name in KEYS for key in self._changed(name)}
        assert changed <= named, f"rows changed that no event names: {changed - named}"
        self._check_rows(named)
        return [event[1] for event in self.events]

    def _link(self, event: tuple[Any, ...]) -> None:
        seq, kind, at, day, actor, data, hashed = event
        assert seq == self.seq + 1, f"gap in the log before {seq}"
        assert at >= self.last_at, "the hall's time ran backwards"
        head = _dumps([self.hall_id, seq, kind, at, str(day) if day else None, actor])
        self.hash = hashlib.sha256(f"{self.hash}\n{head}\n{data}".encode()).hexdigest()
        assert hashed == self.hash, f"event {seq} does not hang on the one before"
        self.seq, self.last_at = seq, at

    def _fold(self, event: str, changes: dict[str, list[Row]]) -> set[tuple[str, Any]]:
        named = set()
        for name, rows in changes.items():
            if name in FOUNDED:
                continue
            for change in rows:
                key = tuple(change[column] for column in KEYS[name])
                row = self.folded[name].setdefault(key, {})
                if name == "tickets":
                    check_move(event, row, change)
                row.update(change)
                for column in [column for column, value in row.items() if value is None]:
                    del row[column]
                named.add((name, key))
        return named

    def _changed(self, name: str) -> list[Any]:
        known, at = self._raw[name], [self._columns[name].index(column) for column in KEYS[name]]
        now = {tuple(row[i] for i in at): row for row in self._table(name)}
        self._raw[name] = now
        assert known.keys() <= now.keys(), f"rows of {name} are gone"
        return [self._plain_key(name, key) for key, row in now.items() if known.get(key) != row]

    @staticmethod
    def _plain_key(name: str, key: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(part if isinstance(part, int) else str(part) for part in key)

    def _check_rows(self, named: set[tuple[str, Any]]) -> None:
        """Every row that the new events name is in the table what the fold says."""
        for name in {name for name, _ in named}:
            now = {self._plain_key(name, key): row for key, row in self._raw[name].items()}
            for key in (key for table, key in named if table == name):
                row = self._plain(name, now[key])
                assert row == self.folded[name][key], f"{name} {key}: {row} is not what the log amounts to"

    def _plain(self, name: str, values: tuple[Any, ...]) -> Row:
        described = zip(self._columns[name], self._readers[name], values, strict=True)
        return {column: read(value) if read else value for column, read, value in described if value is not None}

    # -- against the model -------------------------------------------------------------------

    def compare(self, hall: Hall) -> None:
        """The tables are what the model says, row for row."""
        for name, want in expected(hall).items():
            have = self.folded[name]
            if name == "windows":
                have = {key: {c: v for c, v in row.items() if c != "session"} for key, row in have.items()}
            if name == "halls":
                [row] = have.values()
                have = {(): {c: v for c, v in row.items() if c in ("rules", "layout")}}
            assert have == want, f"{name}: {difference(have, want)}"
        self._check_numbers()
        check_reachable(self.folded)
        here = [row["window"] for row in self.folded["alarms"].values() if "ended_at" not in row]
        assert len(here) == len(set(here)), "two open calls for help at one window"

    def _check_numbers(self) -> None:
        """From 1 without gaps per line and day; at a window at most one; every clerk at one window."""
        series: dict[tuple[str, str], list[int]] = {}
        held = []
        for row in self.folded["tickets"].values():
            series.setdefault((row["day"], row["origin"]), []).append(row["serial"])
            if row["state"] in ("called", "serving"):
                held.append(row["window"])
        for (day, line), given in series.items():
            assert sorted(given) == list(range(1, len(given) + 1)), f"numbers of {line} on {day}: {sorted(given)}"
        assert len(held) == len(set(held)), "two tickets at one window"
        seated = [row["session"] for row in self.folded["windows"].values() if "session" in row]
        open_sessions = {key[0] for key, row in self.folded["clerk_sessions"].items() if "closed_at" not in row}
        assert set(seated) == open_sessions, "sessions and windows disagree"
