"""Zones: their settings, what stands in them, and who sounds there."""

from typing import Any

from queue_server.domain import zone as zones_domain
from queue_server.domain.announcement import Announcement
from queue_server.domain.device_errors import NotAnnouncer, UnknownDevice, UnknownZone
from queue_server.domain.zone import Screen, Zone
from queue_server.services.views import row_view, window_view
from queue_server.store import screens
from queue_server.store import zones as store
from queue_server.store.unit_of_work import UnitOfWork

Result = dict[str, Any]
#: What a new zone cannot do without.
NEEDED = ("name", "name_en")


def zone(uow: UnitOfWork, code: str) -> Zone:
    """Refuses an unknown zone."""
    found = uow.find(Zone, code=code)
    if found is None:
        raise UnknownZone(zone=code)
    return found


def put(uow: UnitOfWork, code: str, changes: dict[str, Any]) -> Result:
    """Change a zone's settings; what is not named stays. A zone that is not there is made, given its names."""
    known = uow.find(Zone, code=code)
    changed = known or _new(uow, code, changes)
    for name, value in changes.items():
        setattr(changed, name, value)
    uow.record("zone.changed" if known else "zone.created", changed, day=uow.latest_day(), zone=code)
    return _shown(changed)


def _new(uow: UnitOfWork, code: str, given: dict[str, Any]) -> Zone:
    for name in NEEDED:
        if name not in given:
            raise UnknownZone(zone=code)
    return Zone(uow.hall_id, code, given["name"], given["name_en"], len(store.loaded(uow)))


def place_window(uow: UnitOfWork, code: str, changes: dict[str, Any]) -> Result:
    """Say in which zone a window's calls are heard and which way people go; what is not named stays.

    Calls that are queued are heard where they were.
    """
    window = uow.window(code)
    if changes.get("zone"):
        zone(uow, changes["zone"])
    for name, value in changes.items():
        setattr(window, name, value)
    uow.record("window.placed", window, day=uow.latest_day(), window=code)
    return {"window": window_view(window)}


def place_device(uow: UnitOfWork, device: str, code: str | None) -> Result:
    """Say in which zone a screen stands; None for all. What it sounded in elsewhere is free."""
    if code is not None:
        zone(uow, code)
    if not screens.place(uow.connection, uow.hall_id, device, code):
        raise UnknownDevice()
    left = [one for one in store.loaded(uow) if one.announcer == device and code not in (None, one.code)]
    for one in left:
        one.announcer = None
    uow.record("device.placed", *left, day=uow.latest_day(), device=device, zone=code)
    return {"device": {"id": device, "zone": code}}


def ask(uow: UnitOfWork, code: str, device: str) -> Result:
    """The device wants to sound in the zone before there is a call.

    Refuses while another living device holds it, except a box that asks for what a page holds.
    """
    wanted, asking = zone(uow, code), screens.one(uow.connection, uow.hall_id, device)
    if asking is None:
        raise UnknownDevice()
    zones_domain.require_serves(wanted, asking)
    holder = screens.one(uow.connection, uow.hall_id, wanted.announcer)
    zones_domain.require_free_for(wanted, asking, holder, uow.real_now)
    nothing = wanted.announcer == device
    if not nothing:
        _hand_over(uow, wanted, device)
    return _shown(wanted) | {"_nothing": nothing}


def require_announcer(uow: UnitOfWork, call: Announcement, device: str) -> None:
    """Let the zone's announcer speak a call, or make the device that asks the announcer.

    Refuses while another living device can be heard there and looks after its queue.
    """
    wanted = uow.find(Zone, code=call.zone)
    if wanted is None or wanted.announcer == device:
        # A zone that was never written down, by an older release: nothing to hold.
        return
    asking = screens.one(uow.connection, uow.hall_id, device)
    zones_domain.require_serves(wanted, asking)
    holder = screens.one(uow.connection, uow.hall_id, wanted.announcer)
    try:
        zones_domain.require_free(wanted, device, holder, uow.real_now)
    except NotAnnouncer:
        if not _overdue(uow, wanted):
            raise
    _hand_over(uow, wanted, device)


def _overdue(uow: UnitOfWork, wanted: Zone) -> bool:
    here = [row for row in store.unfinished(uow.connection, uow.hall_id) if row.zone == wanted.code]
    speaking = any(row.state == "started" for row in here)
    oldest = next((row.at for row in here if row.state != "started"), None)
    today = uow.latest_day()
    ended = store.ended_last(uow.connection, uow.hall_id, today.date, wanted.code) if today else None
    return zones_domain.is_overdue(oldest, speaking, ended, uow.now)


def _hand_over(uow: UnitOfWork, wanted: Zone, device: str) -> None:
    """Whoever takes a zone is alive at that moment, or the next device would take it away again."""
    before, wanted.announcer = wanted.announcer, device
    screens.seen(uow.connection, uow.hall_id, [device], uow.real_now)
    uow.record("zone.announcer_changed", wanted, day=uow.latest_day(), zone=wanted.code, before=before)


def fallen_silent(uow: UnitOfWork, device: str) -> None:
    """A device that could not sound holds no zone any more, until it is heard again."""
    screens.set_sound(uow.connection, uow.hall_id, device, "failed")
    held = [one for one in store.loaded(uow) if one.announcer == device]
    for one in held:
        one.announcer = None
    if held:
        uow.record("zone.announcer_changed", *held, day=uow.latest_day(), before=device)


def heard_again(uow: UnitOfWork, device: str) -> None:
    """A device that spoke to the end can be heard, whatever was known of it."""
    known = screens.one(uow.connection, uow.hall_id, device)
    if known is not None and known.is_mute:
        screens.set_sound(uow.connection, uow.hall_id, device, "ok")


def speakers(uow: UnitOfWork) -> list[Screen]:
    """Screens that are alive and can be heard, as far as is known."""
    return [one for one in screens.of_hall(uow.connection, uow.hall_id) if one.sounds(uow.real_now)]


def _shown(changed: Zone) -> Result:
    return {"zone": row_view("zones", vars(changed), "staff")}
