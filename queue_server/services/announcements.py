"""Each call is spoken once: claims, endings, and what nobody spoke."""

from datetime import timedelta
from typing import Any

from queue_server.domain.announcement import Announcement, Spoken
from queue_server.domain.errors import UnknownAnnouncement
from queue_server.services.views import row_view
from queue_server.store import people
from queue_server.store import spoken as spoken_store
from queue_server.store.unit_of_work import UnitOfWork

#: With no announcer alive a call counts as unspoken after this long.
SILENT_AFTER = timedelta(seconds=3)
#: With an announcer alive, a call that is still queued after this long is reported.
LATE_AFTER = timedelta(seconds=45)
#: A claimed call whose end nobody reports within this time, in hall time since the call, has failed: the
#: longest announcement takes a quarter of it after the longest wait in the queue.
STUCK_AFTER = timedelta(seconds=90)
#: An announcer that was last heard of longer ago than this is not alive.
ALIVE_WITHIN = timedelta(seconds=6)

Result = dict[str, Any]


def start(uow: UnitOfWork, seq: int, device: str) -> Result:
    """Claim an announcement for one device. A second device is refused."""
    spoken = _load(uow, seq)
    spoken.start(device)
    return _said(uow, "announcement.started", spoken)


def end(uow: UnitOfWork, seq: int, device: str) -> Result:
    spoken = _load(uow, seq)
    spoken.end(device)
    return _said(uow, "announcement.ended", spoken)


def fail(uow: UnitOfWork, seq: int, device: str, reason: str) -> Result:
    """The device could not speak it; the clerk is shown so."""
    spoken = _load(uow, seq)
    spoken.fail(device)
    return _said(uow, "announcement.failed", spoken, reason=reason)


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
    alive = people.announcer_alive(uow.connection, uow.hall_id, uow.real_now - ALIVE_WITHIN)
    limit = LATE_AFTER if alive else SILENT_AFTER
    silent = spoken_store.queued_until(uow, uow.now - limit)
    for spoken in silent:
        spoken.state = Spoken.UNSPOKEN
        uow.record("announcement.unspoken", spoken, day=uow.latest_day())
    return len(silent) + _give_up_claims(uow)


def _give_up_claims(uow: UnitOfWork) -> int:
    """A device that claimed a call and fell silent has not spoken it."""
    stuck = spoken_store.claimed_until(uow, uow.now - STUCK_AFTER)
    for spoken in stuck:
        spoken.state = Spoken.FAILED
        uow.record("announcement.failed", spoken, day=uow.latest_day(), reason="device")
    return len(stuck)
