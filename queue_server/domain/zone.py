"""A loudspeaker zone: its settings, who sounds in it, and who may begin to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from queue_server.domain.device_errors import DeviceMute, NotAnnouncer, NotYourZone
from queue_server.protocol import DEFAULT_ZONE, volume_at

#: A device that was last heard of longer ago than this, by the real clock, is not alive.
ALIVE_WITHIN = timedelta(seconds=6)
#: A call at the head of its zone's queue that nobody starts for this long may be taken from a living announcer.
OVERDUE_AFTER = timedelta(seconds=3)
#: What a device says of itself when nobody can hear it.
MUTE = frozenset({"none", "muted", "failed"})


@dataclass(eq=False)
class Zone:
    """Where one call is heard: one announcer sounds at a time. Every hall has ``hall``."""

    hall_id: str
    code: str
    name: str
    name_en: str
    position: int = 0
    #: What every call is spoken in, in turn, where the ticket does not say otherwise.
    languages: Sequence[str] = field(default_factory=lambda: ["zh", "en"])
    #: Times of day without sound, ``[from, until)``; one that ends before it begins goes past midnight.
    quiet: Sequence[Sequence[str]] = field(default_factory=list)
    #: From which time of day how loud, 0 to 1; the latest of the day before holds until the first.
    volumes: Sequence[tuple[str, float]] = field(default_factory=list)
    chime: bool = True
    #: Id of the device that sounds here; it holds the zone while it is alive and can be heard.
    announcer: str | None = None

    table: ClassVar[str] = "zones"

    def is_quiet(self, time_of_day: str) -> bool:
        """Whether nothing may sound at ``"HH:MM"`` of the hall's time."""
        return volume_at({"quiet": self.quiet, "volumes": self.volumes}, time_of_day) == 0


def whole_hall(hall_id: str) -> Zone:
    """The zone that every hall has."""
    return Zone(hall_id, DEFAULT_ZONE, "全厅", "Whole hall")


@dataclass(frozen=True)
class Screen:
    """What the server was last told by a device that shows and may speak; by the real clock."""

    id: str
    #: None for all zones of the hall.
    zone: str | None
    last_seen_at: datetime | None
    #: ``ok``, ``none``, ``muted``, ``failed``; None where the device does not say.
    sound: str | None
    #: The newest announcement that it has drawn; None where it has drawn none, or never said so.
    shown_seq: int | None
    #: ``box`` (a program with a loudspeaker) or ``page``.
    form: str | None = None
    #: It says itself that what it shows is old.
    stale: bool = False

    def serves(self, zone: str) -> bool:
        return self.zone in (None, zone)

    def is_alive(self, now: datetime) -> bool:
        return self.last_seen_at is not None and now - self.last_seen_at <= ALIVE_WITHIN

    @property
    def is_mute(self) -> bool:
        return self.sound in MUTE

    def sounds(self, now: datetime) -> bool:
        return self.is_alive(now) and not self.is_mute


def require_serves(zone: Zone, asking: Screen | None) -> None:
    """Refuse a device that stands in another zone."""
    if asking is not None and not asking.serves(zone.code):
        raise NotYourZone(zone=zone.code)


def require_free(zone: Zone, asking: str, holder: Screen | None, now: datetime) -> None:
    """Refuse while another living device that can be heard holds the zone."""
    if holder is not None and holder.id != asking and holder.sounds(now):
        raise NotAnnouncer(zone=zone.code, device=holder.id)


def require_free_for(zone: Zone, asking: Screen, holder: Screen | None, now: datetime) -> None:
    """The same for a device that asks before there is a call. It must be heard; a box comes before a page."""
    if asking.is_mute:
        raise DeviceMute(sound=asking.sound or "")
    if holder is not None and asking.form == "box" and holder.form == "page":
        return
    require_free(zone, asking.id, holder, now)


def is_overdue(oldest: datetime | None, speaking: bool, ended: datetime | None, now: datetime) -> bool:
    """Whether the announcer leaves the head of its queue alone. Hall time throughout.

    ``oldest`` is the call that waits longest, ``ended`` when the announcer last came to an end.
    """
    if speaking or oldest is None:
        return False
    since = oldest if ended is None else max(oldest, ended)
    return now - since >= OVERDUE_AFTER
