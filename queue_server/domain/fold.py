"""Tables as a fold of the log: apply every event's changes and the rows come out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

Row = dict[str, Any]
Key = tuple[Any, ...]
State = dict[str, dict[Key, Row]]

#: Columns that tell rows of a table apart, within one hall.
KEYS: dict[str, tuple[str, ...]] = {
    "halls": ("id",),
    "lines": ("letter",),
    "services": ("code",),
    "windows": ("code",),
    "zones": ("code",),
    "clerk_sessions": ("id",),
    "days": ("date",),
    "series": ("day", "line"),
    "tickets": ("id",),
    "visits": ("ticket_id", "n"),
    "announcements": ("seq",),
    "alarms": ("id",),
    "ratings": ("ticket_id",),
    "consultations": ("id",),
    "blocked_cases": ("id",),
    "print_jobs": ("id",),
}


def empty() -> State:
    return defaultdict(dict)


def key_of(table: str, row: Mapping[str, Any]) -> Key:
    return tuple(row[column] for column in KEYS[table])


def apply(state: State, content: Mapping[str, Any]) -> None:
    """Apply one event's content in place. Rows hold plain values, times in microseconds."""
    for table, rows in content.get("changes", {}).items():
        for change in rows:
            state[table].setdefault(key_of(table, change), {}).update(change)


def fold(contents: Iterable[Mapping[str, Any]]) -> State:
    """The tables that a whole log amounts to."""
    state = empty()
    for content in contents:
        apply(state, content)
    return state
