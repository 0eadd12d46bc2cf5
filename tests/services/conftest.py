"""A hall with zones."""

import pytest

from queue_server.services import zones
from queue_server.store import people
from tests.services.zoned import AREA
from tests.support.halls import HALL, Bench


@pytest.fixture
def zoned(hall: Bench) -> Bench:
    """Windows 1 and 2 are heard in zone ``a``; boxes ``one`` and ``two`` stand there, ``else`` in the whole hall."""
    hall.do(zones.put, "a", AREA)
    hall.do(zones.put, "b", {"name": "B区", "name_en": "Area B"})
    for window in ("1", "2"):
        hall.do(zones.place_window, window, {"zone": "a"})
    with hall.uow() as uow:
        for device, zone in (("one", "a"), ("two", "a"), ("else", "hall"), ("every", None)):
            people.add_device(uow.connection, id=device, hall_id=HALL, kind="screen", name=device, zone=zone)
    return hall
