"""Founding a hall: its lines, windows, services and first accounts, in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from queue_server.domain.day import Hall
from queue_server.domain.service import Service
from queue_server.domain.window import Line, Window
from queue_server.domain.zone import Zone, whole_hall
from queue_server.protocol import DEFAULT_ZONE
from queue_server.services import catalogue
from queue_server.store import people
from queue_server.store.engine import Store
from queue_server.store.unit_of_work import UnitOfWork, new_id


@dataclass(frozen=True)
class NewMember:
    """An account to be made; the password is hashed already."""

    username: str
    name: str
    role: str
    password_hash: str
    must_change_password: bool = False


class NameTaken(Exception):
    """An account of this user name exists already; user names are unique in a database."""


def found(
    store: Store,
    clock: Callable[[], datetime],
    hall: Hall,
    lines: Sequence[Line],
    windows: Sequence[Window],
    members: Sequence[NewMember] = (),
    services: Sequence[Service] = (),
    zones: Sequence[Zone] = (),
) -> None:
    """Write a new hall's first event, its catalogue and its accounts; its log, clock and epoch begin here.

    Raises NameTaken, and then nothing was founded.
    """
    with UnitOfWork(store, hall.id, clock, founding=True) as uow:
        uow.record("hall.created", hall, *lines, *windows, *_with_the_whole(hall, zones))
        if services:
            catalogue.add(uow, services)
        for member in members:
            add_member(uow, member)


def _with_the_whole(hall: Hall, zones: Sequence[Zone]) -> list[Zone]:
    """Every hall has the zone to which a window belongs that names none; it stands last."""
    if any(zone.code == DEFAULT_ZONE for zone in zones):
        return [*zones]
    return [*zones, replace(whole_hall(hall.id), position=len(zones))]


def add_member(uow: UnitOfWork, member: NewMember) -> str:
    """Add an account and return its id. The log learns the id and the role, not the name."""
    if people.credentials(uow.connection, member.username) is not None:
        raise NameTaken(member.username)
    staff_id = new_id()
    people.add_staff(uow.connection, id=staff_id, hall_id=uow.hall_id, **vars(member))
    uow.record("staff.added", staff=staff_id, role=member.role)
    return staff_id
