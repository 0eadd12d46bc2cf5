"""The day, the devices, the figures and the clock: supervisors, managers, administrators."""

import re
from datetime import date
from typing import Any

from flask import Blueprint, g, request

from queue_server.domain.errors import BadRequest
from queue_server.parts import parts
from queue_server.services import access, announcements, days
from queue_server.services.orders import Order
from queue_server.services.views import wire
from queue_server.store import people
from queue_server.web.access import Principal
from queue_server.web.bodies import ClockStep, ClosingOfDay, Failure, NewDevice, Nothing
from queue_server.web.orders import order, read

DATE = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
bp = Blueprint("floor", __name__, url_prefix="/api/halls/<hall:hall>")


def _hall() -> str:
    return str((request.view_args or {})["hall"])


@order(bp, "/days", "run_day")
def create_day(who: Principal, body: Nothing) -> Order:
    """Open today by hand."""
    return days.open_day


@order(bp, "/days/current/closing", "run_day", ClosingOfDay)
def close_day(who: Principal, body: ClosingOfDay) -> Order:
    """Close the day; what is left is ended portion by portion after the answer's transaction."""
    hall, server = _hall(), parts()
    g.follow_up = lambda: days.finish_close(lambda: server.uow(hall))
    return lambda uow: days.begin_close(uow, body.force)


@order(bp, "/clock/steps", "step_clock", ClockStep)
def step_clock(who: Principal, body: ClockStep) -> Order:
    """Step a demonstration hall's clock forward; the timetable is kept at the new time."""
    hall, server = _hall(), parts()
    g.follow_up = lambda: days.keep_timetable(lambda: server.uow(hall))
    return lambda uow: days.step_clock(uow, body.to)


@order(bp, "/announcements/<int(max=999999999999999):seq>/starts", "announce")
def start_announcement(who: Principal, body: Nothing, seq: int) -> Order:
    """Claim an announcement: this device speaks it now."""
    return lambda uow: announcements.start(uow, seq, who.id)


@order(bp, "/announcements/<int(max=999999999999999):seq>/ends", "announce")
def end_announcement(who: Principal, body: Nothing, seq: int) -> Order:
    """The announcement was spoken to its end."""
    return lambda uow: announcements.end(uow, seq, who.id)


@order(bp, "/announcements/<int(max=999999999999999):seq>/failures", "announce", Failure)
def fail_announcement(who: Principal, body: Failure, seq: int) -> Order:
    """The device could not speak it."""
    return lambda uow: announcements.fail(uow, seq, who.id, body.reason)


@order(bp, "/devices", "manage_devices", NewDevice)
def create_device(who: Principal, body: NewDevice) -> Order:
    """Prepare a device; the answer has its one-time code."""
    sign = parts().sign
    g.reveal = lambda answer: answer | {"code": access.enrolment_code(sign, answer["device"]["id"])}
    return lambda uow: access.create_device(uow, body.kind, body.name, sign, body.window, body.zone)


@order(bp, "/devices/<id:device>", "manage_devices", method="DELETE", status=200)
def revoke_device(who: Principal, body: Nothing, device: str) -> Order:
    """Kill a device's token."""
    return lambda uow: access.revoke(uow, device)


@read(bp, "/devices", "read_devices")
def show_devices(who: Principal, hall: str) -> dict[str, Any]:
    """The hall's devices and when each was last heard of."""
    with parts().store.reading() as connection:
        rows = people.hall_devices(connection, hall)
    return {
        "devices": [
            {
                "id": row.id,
                "kind": row.kind,
                "name": row.name,
                "window": row.window,
                "zone": row.zone,
                "last_seen_at": wire("last_seen_at", row.last_seen_at),
            }
            | {"enrolled": row.enrolled_at is not None, "revoked": row.revoked_at is not None}
            for row in rows
        ]
    }


@read(bp, "/report", "read_report")
def show_report(who: Principal, hall: str) -> dict[str, Any]:
    """A day's waits and handling from the log."""
    day = request.args.get("date")
    if day is not None and not is_date(day):
        raise BadRequest(field="date", problem="not a date")
    return parts().report.ask(hall, day, parts().clock())


def is_date(text: str) -> bool:
    """Whether it is a date as the API writes them."""
    try:
        return DATE.match(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False
