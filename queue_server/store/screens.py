"""Screens and boxes as the hall last heard of them: side facts, never in the log. Times are real."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from queue_server.domain.zone import Screen
from queue_server.store.tables import devices

SCREENS = sa.select(devices).where(
    devices.c.hall_id == sa.bindparam("hall"), devices.c.kind == "screen", devices.c.revoked_at.is_(None)
)
ONE = SCREENS.where(devices.c.id == sa.bindparam("device"))
SEEN = (
    devices.update()
    .where(devices.c.hall_id == sa.bindparam("of_hall"), devices.c.id == sa.bindparam("device"))
    .values(last_seen_at=sa.bindparam("seen"))
)
SAID = SEEN.values(
    shown_seq=sa.bindparam("shown"), sound=sa.bindparam("heard"), stale=sa.bindparam("old"), form=sa.bindparam("is_a")
)


def of_hall(connection: Connection, hall_id: str) -> list[Screen]:
    """Every screen that is enrolled or waits to be, struck off ones left out."""
    return [_screen(row) for row in connection.execute(SCREENS, {"hall": hall_id})]


def one(connection: Connection, hall_id: str, device: str | None) -> Screen | None:
    row = connection.execute(ONE, {"hall": hall_id, "device": device}).one_or_none() if device else None
    return None if row is None else _screen(row)


def _screen(row: Row[Any]) -> Screen:
    return Screen(row.id, row.zone, row.last_seen_at, row.sound, row.shown_seq, row.form, bool(row.stale))


def seen(connection: Connection, hall_id: str, device_ids: Iterable[str], now: datetime) -> None:
    """Devices that said only that they are alive."""
    _many(connection, SEEN, [{"of_hall": hall_id, "device": device, "seen": now} for device in device_ids])


def said(connection: Connection, hall_id: str, screens: Iterable[Screen]) -> None:
    """Screens that said more: ``last_seen_at`` is when."""
    _many(
        connection,
        SAID,
        [
            {"of_hall": hall_id, "device": s.id, "seen": s.last_seen_at, "shown": s.shown_seq}
            | {"heard": s.sound, "old": s.stale, "is_a": s.form}
            for s in screens
        ],
    )


def _many(connection: Connection, statement: sa.Update, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)


def set_sound(connection: Connection, hall_id: str, device: str, sound: str | None) -> None:
    _of(connection, hall_id, device, sound=sound)


def place(connection: Connection, hall_id: str, device: str, zone: str | None) -> bool:
    """False when the hall has no such device."""
    return _of(connection, hall_id, device, zone=zone) == 1


def forget_drawn(connection: Connection, hall_id: str) -> None:
    """In another history the same numbers mean other calls."""
    connection.execute(devices.update().where(devices.c.hall_id == hall_id).values(shown_seq=None))


def _of(connection: Connection, hall_id: str, device: str, **values: Any) -> int:
    here = devices.c.hall_id == hall_id, devices.c.id == device
    return connection.execute(devices.update().where(*here).values(**values)).rowcount
