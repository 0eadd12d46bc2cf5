"""A hall with zones and devices that say something of themselves."""

from typing import Any

from queue_server.services import announcements, presence
from queue_server.services.presence import Sign
from queue_server.store import tables
from tests.services.looking import rows
from tests.support.halls import Bench

AREA = {"name": "A区", "name_en": "Area A"}


def here(hall: Bench, **said: Any) -> None:
    """What each device says of itself, in one writing."""
    with hall.uow() as uow:
        presence.note(uow, {device: Sign.of(told) for device, told in said.items()})


def called(hall: Bench, window: str = "1") -> int:
    hall.issue("B" if window == "3" else "A")
    hall.call(window)
    return max(row["seq"] for row in rows(hall.store, tables.announcements))


def announcer(hall: Bench, zone: str = "a") -> str | None:
    found: str | None = rows(hall.store, tables.zones, code=zone)[0]["announcer"]
    return found


def call(hall: Bench, seq: int) -> dict[str, Any]:
    return rows(hall.store, tables.announcements, seq=seq)[0]


def start(hall: Bench, seq: int, device: str) -> None:
    hall.do(announcements.start, seq, device)


def speak(hall: Bench, seq: int, device: str) -> None:
    start(hall, seq, device)
    hall.do(announcements.end, seq, device)
