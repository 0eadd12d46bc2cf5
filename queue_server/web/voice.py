"""Zones and their announcers; where windows and screens stand; how the loudspeakers keep up."""

from typing import Any

from flask import Blueprint

from queue_server.parts import parts
from queue_server.services import voice, zones
from queue_server.services.orders import Order
from queue_server.web.access import Principal
from queue_server.web.bodies import Nothing, PlaceOfWindow, ZoneChange, ZoneOfDevice
from queue_server.web.orders import order, read

bp = Blueprint("voice", __name__, url_prefix="/api/halls/<hall:hall>")


@order(bp, "/zones/<zone:zone>", "manage_zones", ZoneChange, method="PUT", status=200)
def put_zone(who: Principal, body: ZoneChange, zone: str) -> Order:
    """Change a zone's settings, or make a zone."""
    changes = body.model_dump(exclude_unset=True)
    return lambda uow: zones.put(uow, zone, changes)


@order(bp, "/zones/<zone:zone>/announcer", "announce")
def ask_for_zone(who: Principal, body: Nothing, zone: str) -> Order:
    """Sound in a zone from now on, before there is a call."""
    return lambda uow: zones.ask(uow, zone, who.id)


@order(bp, "/windows/<window:code>/place", "manage_zones", PlaceOfWindow, method="PUT", status=200)
def place_window(who: Principal, body: PlaceOfWindow, code: str) -> Order:
    """Say where a window's calls are heard, and which way people go."""
    changes = body.model_dump(exclude_unset=True)
    return lambda uow: zones.place_window(uow, code, changes)


@order(bp, "/devices/<id:device>/zone", "manage_devices", ZoneOfDevice, method="PUT", status=200)
def place_device(who: Principal, body: ZoneOfDevice, device: str) -> Order:
    """Say in which zone a screen stands; null for all."""
    return lambda uow: zones.place_device(uow, device, body.zone)


@read(bp, "/voice", "read_voice")
def show_voice(who: Principal, hall: str) -> dict[str, Any]:
    """Every zone's announcer, queue and figures; every screen's state."""
    with parts().store.reading() as connection:
        return voice.figures(connection, hall, parts().clock())
