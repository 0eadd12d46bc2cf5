"""News: what readers are told, from the log alone; replay where possible, else a snapshot."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from sqlalchemy.engine import Connection

from queue_server.domain.events import GENESIS, Event
from queue_server.protocol import ANNOUNCEMENTS_KEPT, OTHER, VERSION, Envelope, Scope, Synced, Tick
from queue_server.services.views import changes_view, iso, row_view, wire
from queue_server.store import current, log
from queue_server.store.engine import Store

#: A reader further behind than this gets a snapshot: it is smaller.
REPLAY_AT_MOST = 300
#: How much of a hash travels.
HASH_SHOWN = 16


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


class Snapshots:
    """The latest snapshot of each hall and scope, built once for however many ask at the same position.

    A house full of screens that comes back at once costs one reading of the tables, not hundreds.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Scope], tuple[str, str, dict[str, Any]]] = {}

    def at(self, connection: Connection, hall_id: str, scope: Scope, now: Tick) -> dict[str, Any]:
        """The snapshot at the position that ``now`` names. Not to be changed by who gets it."""
        epoch, position, kept = self._kept.get((hall_id, scope), ("", "", {}))
        if (epoch, position) == (now["epoch"], now["hash"]):
            return kept
        built = snapshot(connection, hall_id, scope)
        self._kept[hall_id, scope] = now["epoch"], now["hash"], built
        return built


def sync(
    store: Store,
    hall_id: str,
    scope: Scope,
    has: tuple[str, int, str],
    clock: Callable[[], datetime],
    snapshots: Snapshots | None = None,
) -> Synced:
    """What a reader that has ``(epoch, seq, hash)`` misses: events, or a snapshot.

    A snapshot when it has nothing, is of another epoch, is ahead of the log, holds another
    history (its hash is not the log's), or is too far behind.
    """
    epoch, seq, known = has
    with store.reading() as connection:
        now = tick(connection, hall_id, clock())
        behind = now["seq"] - seq
        ours = epoch == now["epoch"] and 0 < seq <= now["seq"]
        if ours and behind <= REPLAY_AT_MOST and _shown_hash(connection, hall_id, seq) == known:
            events = log.after(connection, hall_id, seq, REPLAY_AT_MOST)
            answer = _synced("replay", now)
            answer["events"] = [envelope(event, scope) for event in events]
            return answer
        answer = _synced("snapshot", now)
        answer["snapshot"] = (snapshots or Snapshots()).at(connection, hall_id, scope, now)
        return answer


def _synced(mode: Literal["replay", "snapshot"], now: Tick) -> Synced:
    return {"mode": mode, "epoch": now["epoch"], "seq": now["seq"], "hash": now["hash"], "now": now["now"]}


def _shown_hash(connection: Connection, hall_id: str, seq: int) -> str:
    return (log.hash_at(connection, hall_id, seq) or GENESIS)[:HASH_SHOWN]


def snapshot(connection: Connection, hall_id: str, scope: Scope) -> dict[str, Any]:
    """The hall as a reader of ``scope`` may see it: the state that all events amount to."""
    day = current.latest_day(connection, hall_id)
    spoken = current.latest_announcements(connection, hall_id, day["date"], ANNOUNCEMENTS_KEPT) if day else []
    return {
        "hall": row_view("halls", current.hall(connection, hall_id), scope),
        "day": row_view("days", day, scope) if day else None,
        "lines": {row["letter"]: row_view("lines", row, scope) for row in current.hall_lines(connection, hall_id)},
        "windows": {row["code"]: row_view("windows", row, scope) for row in current.hall_windows(connection, hall_id)},
        "tickets": {
            row["number"]: row_view("tickets", row, scope) for row in current.live_tickets(connection, hall_id)
        },
        "announcements": [row_view("announcements", row, scope) for row in spoken],
    }
