"""What the server's state was at every position of every history of one hall: what a reader there must show."""

import json
from typing import Any

from queue_server.protocol import ANNOUNCEMENTS_KEPT, Scope
from queue_server.services import news
from queue_server.services.views import row_view
from queue_server.store.engine import Store
from tests.news.reader import known

Json = Any
SCOPES: tuple[Scope, ...] = ("public", "staff")
LIVE = frozenset({"waiting", "called", "serving", "missed", "parked"})
TABLES = {
    "halls": "id",
    "lines": "letter",
    "windows": "code",
    "tickets": "id",
    "announcements": "seq",
    "days": "date",
    "alarms": "id",
    "zones": "code",
}


class Archive:
    """By epoch, position and scope the snapshots there; more than one where an old backup made a second history."""

    def __init__(self) -> None:
        self.at: dict[tuple[str, int, Scope], list[Json]] = {}
        self._rows: dict[str, dict[Any, dict[str, Any]]] = {name: {} for name in TABLES}

    def begin(self, store: Store, hall_id: str, events: list[Any]) -> None:
        """Take a whole log in, as at the beginning and after a restore."""
        self._rows = {name: {} for name in TABLES}
        for event in events:
            self._apply(json.loads(event[5])["changes"])

    def add(self, store: Store, hall_id: str, epoch: str, events: list[Any]) -> None:
        """Take in new events. The last position is compared with the server's own snapshot."""
        for event in events:
            self._apply(json.loads(event[5])["changes"])
            for scope in SCOPES:
                self.at.setdefault((epoch, event[0], scope), []).append(self._snapshot(scope))
        if events:
            self.check(store, hall_id, epoch, events[-1][0])

    def check(self, store: Store, hall_id: str, epoch: str, seq: int) -> None:
        with store.reading() as connection:
            for scope in SCOPES:
                shown = known(json.loads(json.dumps(news.snapshot(connection, hall_id, scope))))
                assert shown in self.at.setdefault((epoch, seq, scope), [shown]), f"snapshot at {seq} is not the log's"

    def _apply(self, changes: dict[str, list[dict[str, Any]]]) -> None:
        for name, key in TABLES.items():
            for change in changes.get(name, ()):
                self._rows[name].setdefault(change[key], {}).update(change)

    def _snapshot(self, scope: Scope) -> Json:
        rows = self._rows
        day = max(rows["days"].values(), key=lambda row: row["date"], default=None)
        spoken = [one for one in rows["announcements"].values() if day and one["day"] == day["date"]]
        newest = sorted(spoken, key=lambda one: int(one["seq"]), reverse=True)[:ANNOUNCEMENTS_KEPT]
        live = [ticket for ticket in rows["tickets"].values() if ticket["state"] in LIVE]
        helping = [alarm for alarm in rows["alarms"].values() if alarm.get("ended_at") is None]
        [hall] = rows["halls"].values()
        shown = (
            {"alarms": {alarm["id"]: row_view("alarms", alarm, scope) for alarm in helping}} if scope == "staff" else {}
        )
        return known(
            shown
            | {
                "hall": row_view("halls", hall, scope),
                "day": row_view("days", day, scope) if day else None,
                "lines": {letter: row_view("lines", row, scope) for letter, row in rows["lines"].items()},
                "windows": {code: row_view("windows", row, scope) for code, row in rows["windows"].items()},
                "zones": {code: row_view("zones", row, scope) for code, row in rows["zones"].items()},
                "tickets": {ticket["number"]: row_view("tickets", ticket, scope) for ticket in live},
                "announcements": [row_view("announcements", one, scope) for one in newest],
            }
        )
