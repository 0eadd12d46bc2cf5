"""How the loudspeakers keep up, and how the screens do: for supervisors and managers."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.engine import Connection

from queue_server.domain import loudspeakers
from queue_server.domain.zone import Screen
from queue_server.protocol import ANNOUNCEMENTS_KEPT
from queue_server.services.views import iso
from queue_server.store import current, log, people
from queue_server.store import zones as store
from queue_server.store.screens import of_hall

#: What the figures look back on, in hall time.
LOOKED_BACK = timedelta(minutes=60)
WAITING = ("queued", "unspoken")


def figures(connection: Connection, hall_id: str, real_now: datetime) -> dict[str, Any]:
    """Every zone's announcer and queue, and every screen's state."""
    known, day = of_hall(connection, hall_id), current.latest_day(connection, hall_id)
    now = log.head(connection, hall_id).now(real_now)
    started = store.started_since(connection, hall_id, day["date"], now - LOOKED_BACK) if day else []
    latest = store.latest(connection, hall_id, day["date"], ANNOUNCEMENTS_KEPT) if day else []
    waiting = [row for row in store.unfinished(connection, hall_id) if row.state in WAITING]
    by_id = {one.id: one for one in known}
    return {
        "now": iso(now),
        "zones": [
            _zone(row, by_id.get(row["announcer"]), waiting, started, now, real_now)
            for row in store.of_hall(connection, hall_id)
        ],
        "devices": _devices(connection, hall_id, by_id, latest, real_now),
    }


def _zone(
    row: Any,
    announcer: Screen | None,
    waiting: Iterable[Any],
    started: Iterable[Any],
    now: datetime,
    real_now: datetime,
) -> dict[str, Any]:
    ages = [(now - call.at).total_seconds() for call in waiting if call.zone == row["code"]]
    waits = [(call.started_at - call.at).total_seconds() for call in started if call.zone == row["code"]]
    p95 = loudspeakers.p95(waits)
    return {
        "zone": row["code"],
        "announcer": row["announcer"],
        "sounding": announcer is not None and announcer.sounds(real_now),
        "depth": len(ages),
        "oldest_s": max(ages, default=None),
        "p95_s": p95,
        "n": len(waits),
        "hint": loudspeakers.hint(p95),
    }


def _devices(
    connection: Connection, hall_id: str, screens: dict[str, Screen], latest: Sequence[Any], real_now: datetime
) -> list[dict[str, Any]]:
    """In the order of the list of devices, which has their names."""
    rows = people.hall_devices(connection, hall_id)
    return [_device(row, screens[row.id], latest, real_now) for row in rows if row.id in screens and row.enrolled_at]


def _device(row: Any, screen: Screen, latest: Sequence[Any], real_now: datetime) -> dict[str, Any]:
    here = [call.seq for call in latest if screen.serves(call.zone)]
    behind = None if screen.shown_seq is None else sum(seq > screen.shown_seq for seq in here)
    return {
        "id": row.id,
        "name": row.name,
        "kind": screen.form,
        "zone": screen.zone,
        "sound": screen.sound,
        "shown_seq": screen.shown_seq,
        "behind": behind,
        "last_seen_at": None if screen.last_seen_at is None else iso(screen.last_seen_at),
        "state": loudspeakers.state(screen, real_now),
    }
