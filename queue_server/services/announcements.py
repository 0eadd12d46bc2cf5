"""Each call is spoken once: claims, endings, and what nobody spoke."""

from datetime import timedelta
from typing import Any

from queue_server.domain.announcement import Announcement, Spoken
from queue_server.domain.device_errors import UnknownAnnouncement
from queue_server.services import zones
from queue_server.services.views import row_view
from queue_server.store import spoken as spoken_store
from queue_server.store import zones as zone_store
from queue_server.store.unit_of_work import UnitOfWork

#: With no announcer alive a call counts as unspoken after this long.
SILENT_AFTER = timedelta(seconds=3)
#: With an announcer alive, a call that is still queued after this long is reported.
LATE_AFTER = timedelta(seconds=45)
#: A claimed call whose end nobody reports within this time, in hall time since the call, has failed: the
#: longest announcement takes a quarter of it after the longest wait in the queue.
STUCK_AFTER = timedelta(seconds=90)
#: Failures after which a device is known to be mute: not the one call, but its sound is at fault.
SOUNDLESS = frozenset({"player", "device"})

Result = dict[str, Any]


def start(uow: UnitOfWork, seq: int, device: str) -> Result:
    """Claim an announcement for one device, which becomes its zone's announcer where there is none.

    A second device is refused, and one that is not the announcer of the zone.
    """
    spoken = _load(uow, seq)
    spoken.start(device, uow.now)
    zones.require_announcer(uow, spoken, device)
    return _said(uow, "announcement.started", spoken)


def end(uow: UnitOfWork, seq: int, device: str) -> Result:
    spoken = _load(uow, seq)
    spoken.end(device, uow.now)
    zones.heard_again(uow, device)
    return _said(uow, "announcement.ended", spoken)


def fail(uow: UnitOfWork, seq: int, device: str, reason: str) -> Result:
    """The device could not speak it; the clerk is shown so. Without sound it is no announcer any more."""
    spoken = _load(uow, seq)
    spoken.fail(device)
    said = _said(uow, "announcement.failed", spoken, reason=reason)
    if reason in SOUNDLESS:
        zones.fallen_silent(uow, device)
    return said


def _said(uow: UnitOfWork, event_type: str, spoken: Announcement, **facts: Any) -> Result:
    uow.record(event_type, spoken, day=uow.latest_day(), **facts)
    return {"announcement": row_view("announcements", vars(spoken), "staff")}


def _load(uow: UnitOfWork, seq: int) -> Announcement:
    spoken = uow.find(Announcement, seq=seq)
    if spoken is None:
        raise UnknownAnnouncement(announcement=seq)
    return spoken


def replace_earlier(uow: UnitOfWork, window: str) -> list[Announcement]:
    """What still waits to be spoken for a window is out of date: take it out of the queue."""
    stale = spoken_store.claimable_for(uow, window)
    for spoken in stale:
        spoken.state = Spoken.REPLACED
    return stale


def report_silence(uow: UnitOfWork) -> int:
    """Mark calls that nothing speaks; the clerks' pages show them. Returns how many.

    Ages are in hall time; whether an announcer lives is judged by the real clock.
    """
    waiting = spoken_store.queued_until(uow, uow.now - SILENT_AFTER)
    sounding = _sounding(uow) if waiting else set()
    silent = [one for one in waiting if one.zone not in sounding or one.at <= uow.now - LATE_AFTER]
    for spoken in silent:
        spoken.state = Spoken.UNSPOKEN
        uow.record("announcement.unspoken", spoken, day=uow.latest_day())
    return len(silent) + _give_up_claims(uow)


def _sounding(uow: UnitOfWork) -> set[str]:
    """Zones in which somebody may be expected to speak now: a device is there, and it is no quiet time."""
    time_of_day = uow.hall().local(uow.now).strftime("%H:%M")
    there = zones.speakers(uow)
    loud = [zone for zone in zone_store.loaded(uow) if not zone.is_quiet(time_of_day)]
    return {zone.code for zone in loud if any(one.serves(zone.code) for one in there)}


def _give_up_claims(uow: UnitOfWork) -> int:
    """A device that claimed a call and fell silent has not spoken it."""
    stuck = spoken_store.claimed_until(uow, uow.now - STUCK_AFTER)
    for spoken in stuck:
        spoken.state = Spoken.FAILED
        uow.record("announcement.failed", spoken, day=uow.latest_day(), reason="device")
    return len(stuck)
