"""News: what readers are told, from the log alone; replay where possible, else a snapshot."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from sqlalchemy.engine import Connection

from queue_server.domain.events import GENESIS, Event
from queue_server.protocol import ANNOUNCEMENTS_KEPT, OTHER, VERSION, Envelope, Scope, Synced, Tick
from queue_server.services.views import changes_view, iso, row_view, wire
from queue_server.store import current, log, zones
from queue_server.store.engine import Store

#: A reader further behind than this gets a snapshot: it is smaller.
REPLAY_AT_MOST = 300
#: How much of a hash travels.
HASH_SHOWN = 16
#: How many different answers are kept for one position.
ANSWERS_KEPT = 32

Position = tuple[str, str]


def envelope(event: Event, scope: Scope) -> Envelope:
    """One event for the readers of one scope; ``other`` when it says nothing to them."""
    content = event.content()
    data = changes_view(content["changes"], scope)
    if scope == "staff" and content["facts"]:
        data["facts"] = {name: wire(name, value) for name, value in content["facts"].items()}
    return {
        "v": VERSION,
        "seq": event.seq,
        "type": event.type if data else OTHER,
        "at": iso(event.at),
        "hash": event.hash[:HASH_SHOWN],
        "data": data,
    }


def tick(connection: Connection, hall_id: str, real_now: datetime) -> Tick:
    head = log.head(connection, hall_id)
    return {"epoch": head.epoch, "seq": head.seq, "hash": head.hash[:HASH_SHOWN], "now": iso(head.now(real_now))}


def sync(store: Store, hall_id: str, scope: Scope, has: tuple[str, int, str], clock: Callable[[], datetime]) -> Synced:
    """What a reader that has ``(epoch, seq, hash)`` misses: events, or a snapshot.

    A snapshot when it has nothing, is of another epoch, is ahead of the log, holds another
    history (its hash is not the log's), or is too far behind.
    """
    with store.reading() as connection:
        now = tick(connection, hall_id, clock())
        since = _replay_from(connection, hall_id, has, now)
        return cast(Synced, _head(now, since) | _missing(connection, hall_id, scope, since))


class Answers:
    """The answers to ``sync`` as JSON, made once for however many ask the same at the same position.

    A house full of screens that comes back at once costs one reading of the tables and one encoding.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Scope], tuple[Position, dict[int | None, str]]] = {}

    def sync(
        self, store: Store, hall_id: str, scope: Scope, has: tuple[str, int, str], clock: Callable[[], datetime]
    ) -> str:
        """``sync`` as the JSON text of its answer."""
        with store.reading() as connection:
            now = tick(connection, hall_id, clock())
            since = _replay_from(connection, hall_id, has, now)
            kept = self._at(hall_id, scope, (now["epoch"], now["hash"]))
            if since not in kept:
                kept[since] = encoded(_missing(connection, hall_id, scope, since))
        # Two objects made one: `{…` and `…}`.
        return f"{encoded(_head(now, since))[:-1]},{kept[since][1:]}"

    def _at(self, hall_id: str, scope: Scope, position: Position) -> dict[int | None, str]:
        """What is kept for this position, by the reader's own; older answers are of no use to anybody."""
        kept_at, kept = self._kept.get((hall_id, scope), (None, {}))
        if kept_at != position or len(kept) > ANSWERS_KEPT:
            kept = {}
            self._kept[hall_id, scope] = position, kept
        return kept


def encoded(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _replay_from(connection: Connection, hall_id: str, has: tuple[str, int, str], now: Tick) -> int | None:
    """The position from which the reader's news can be completed; None when it needs a snapshot."""
    epoch, seq, known = has
    ours = epoch == now["epoch"] and 0 < seq <= now["seq"] <= seq + REPLAY_AT_MOST
    return seq if ours and _shown_hash(connection, hall_id, seq) == known else None


def _missing(connection: Connection, hall_id: str, scope: Scope, since: int | None) -> dict[str, Any]:
    if since is None:
        return {"snapshot": snapshot(connection, hall_id, scope)}
    return {"events": [envelope(event, scope) for event in log.after(connection, hall_id, since, REPLAY_AT_MOST)]}


def _head(now: Tick, since: int | None) -> dict[str, Any]:
    return {"mode": "snapshot" if since is None else "replay", **now}


def _shown_hash(connection: Connection, hall_id: str, seq: int) -> str:
    return (log.hash_at(connection, hall_id, seq) or GENESIS)[:HASH_SHOWN]


def snapshot(connection: Connection, hall_id: str, scope: Scope) -> dict[str, Any]:
    """The hall as a reader of ``scope`` may see it: the state that all events amount to."""
    day = current.latest_day(connection, hall_id)
    spoken = current.latest_announcements(connection, hall_id, day["date"], ANNOUNCEMENTS_KEPT) if day else []
    shown: dict[str, Any] = {
        "hall": row_view("halls", current.hall(connection, hall_id), scope),
        "day": row_view("days", day, scope) if day else None,
        "lines": {row["letter"]: row_view("lines", row, scope) for row in current.hall_lines(connection, hall_id)},
        "windows": {row["code"]: row_view("windows", row, scope) for row in current.hall_windows(connection, hall_id)},
        "zones": {row["code"]: row_view("zones", row, scope) for row in zones.of_hall(connection, hall_id)},
        "tickets": {
            row["number"]: row_view("tickets", row, scope) for row in current.live_tickets(connection, hall_id)
        },
        "announcements": [row_view("announcements", row, scope) for row in spoken],
    }
    if scope == "staff":
        open_alarms = current.open_alarms(connection, hall_id)
        shown["alarms"] = {row["id"]: row_view("alarms", row, scope) for row in open_alarms}
    return shown
