"""What readers see of rows: two scopes, whitelists by table, times as ISO 8601."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy.engine import RowMapping

from queue_server.domain.events import moment
from queue_server.protocol import Scope

#: Column → name on the wire. A column that is not here never leaves the server.
PUBLIC: dict[str, dict[str, str]] = {
    "halls": {c: c for c in ["id", "name", "name_en", "timezone", "demo", "hours", "issue_from", "closes", "workdays"]}
    | {c: c for c in ["services_version", "layout"]},
    "days": {c: c for c in ["date", "state", "manual"]},
    "lines": {c: c for c in ["letter", "name", "name_en", "kind", "position", "open"]},
    "windows": {c: c for c in ["code", "kind", "number", "area", "state", "lines", "secondary"]}
    | {c: c for c in ["zone", "direction", "place", "place_en"]},
    "zones": {c: c for c in ["code", "name", "name_en", "position", "languages", "quiet", "volumes", "chime"]}
    | {"announcer": "announcer"},
    "tickets": {c: c for c in ["number", "line", "state", "window"]},
    "announcements": {c: c for c in ["seq", "number", "line", "window", "repeat", "state", "at"]}
    | {c: c for c in ["zone", "lang", "started_at", "ended_at"]},
}
STAFF: dict[str, dict[str, str]] = PUBLIC | {
    "halls": PUBLIC["halls"] | {"rules": "rules"},
    "lines": PUBLIC["lines"] | {c: c for c in ["closed_on", "mean_minutes", "long_service_s"]},
    "windows": PUBLIC["windows"] | {c: c for c in ["pause_reason", "clerk", "since", "served", "handling_s", "skills"]},
    "alarms": {c: c for c in ["id", "window", "clerk", "at", "accepted_by", "accepted_at", "ended_at"]},
    "tickets": PUBLIC["tickets"]
    | {"ticket_class": "class"}
    | {
        c: c
        for c in [
            "id",
            "origin",
            "ordinal",
            "turn_at",
            "issued_at",
            "reference_at",
            "joined_at",
            "called_at",
            "started_at",
            "missed_at",
        ]
    }
    | {c: c for c in ["calls", "reinstatements", "target_window", "notes", "because", "first_called_at", "ended_at"]}
    | {c: c for c in ["stops", "target_clerk", "return_at", "promoted", "cases", "brings", "lang", "visit"]},
    "announcements": PUBLIC["announcements"] | {c: c for c in ["shown", "of", "shown_at", "unshown_at"]},
}
VIEWS: dict[Scope, dict[str, dict[str, str]]] = {"public": PUBLIC, "staff": STAFF}
#: The catalogue is read by itself and never in the news: they say only that there is another version.
SERVICE = (
    *("code", "line", "area", "name", "name_en", "initials", "papers", "fee", "fee_en", "place", "legal_days"),
    *("channels", "guide_url", "owner", "popular", "active", "aliases"),
)
#: A change that shows nothing but these says nothing to the reader.
NAMES = {
    "halls": {"id"},
    "days": {"date"},
    "lines": {"letter"},
    "windows": {"code"},
    "zones": {"code"},
    "tickets": {"number", "id"},
    "announcements": {"seq"},
    "alarms": {"id"},
}


def iso(at: datetime) -> str:
    """``2026-11-24T00:05:00.000000Z``."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def wire(name: str, value: Any) -> Any:
    """One value as it travels: times by the names of their columns."""
    if value is None:
        return None
    if name.endswith("_at") or name in ("at", "since"):
        return iso(moment(value) if isinstance(value, int) else value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: wire(key, inner) for key, inner in value.items()}
    return value


def row_view(table: str, row: Mapping[str, Any] | RowMapping, scope: Scope) -> dict[str, Any]:
    return {name: wire(column, row[column]) for column, name in VIEWS[scope][table].items() if column in row}


def ticket_view(ticket: object) -> dict[str, Any]:
    """A ticket as staff see it, for the answer to an order."""
    return row_view("tickets", vars(ticket), "staff")


def row_to_wire(row: Mapping[str, Any] | RowMapping) -> dict[str, Any]:
    """A whole row for staff, of a table that is not in the news."""
    return {name: wire(name, value) for name, value in row.items() if name != "hall_id"}


def consultation_view(about: object) -> dict[str, Any]:
    return row_to_wire(vars(about))


def case_view(case: object) -> dict[str, Any]:
    return row_to_wire(vars(case))


def window_view(window: object) -> dict[str, Any]:
    return row_view("windows", vars(window), "staff")


def service_view(service: object) -> dict[str, Any]:
    """A service as everybody sees it: nothing in the catalogue is secret."""
    return {name: getattr(service, name) for name in SERVICE}


def changes_view(changes: Mapping[str, Iterable[Mapping[str, Any]]], scope: Scope) -> dict[str, Any]:
    """An event's changes as its readers see them; empty when there is nothing for this scope."""
    data: dict[str, Any] = {}
    for table, rows in changes.items():
        if table not in VIEWS[scope]:
            continue
        shown = [row_view(table, row, scope) for row in rows]
        shown = [row for row in shown if row.keys() - NAMES[table]]
        if shown:
            data[_name(table)] = shown[-1] if table in ("days", "halls") else shown
    return data


def _name(table: str) -> str:
    singular: dict[str, Literal["day", "hall"]] = {"days": "day", "halls": "hall"}
    return singular.get(table, table)
