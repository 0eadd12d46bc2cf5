"""Founding a hall: its lines, windows and first accounts."""

from collections.abc import Callable, Sequence
from datetime import datetime

from queue_server.domain.day import Hall
from queue_server.domain.window import Line, Window
from queue_server.store import people
from queue_server.store.engine import Store
from queue_server.store.unit_of_work import UnitOfWork, new_id


def found(
    store: Store,
    clock: Callable[[], datetime],
    hall: Hall,
    lines: Sequence[Line],
    windows: Sequence[Window],
) -> None:
    """Write a new hall's first event; its log, clock and epoch begin here."""
    with UnitOfWork(store, hall.id, clock, founding=True) as uow:
        uow.record("hall.created", hall, *lines, *windows)


def add_member(uow: UnitOfWork, username: str, name: str, role: str, password_hash: str, must_change: bool) -> str:
    """Add an account and return its id. The log learns the id and the role, not the name."""
    staff_id = new_id()
    people.add_staff(
        uow.connection,
        id=staff_id,
        hall_id=uow.hall_id,
        username=username,
        name=name,
        role=role,
        password_hash=password_hash,
        must_change_password=must_change,
    )
    uow.record("staff.added", staff=staff_id, role=role)
    return staff_id
