"""Staff, their sessions, devices and notes: side tables, never in the log.

Times here are real time, not the hall's: a stepped demonstration clock must not end a session.
"""

import hashlib
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row, RowMapping

from queue_server.store.quick import asked
from queue_server.store.tables import devices, notes, sessions, staff, windows

SESSION_LASTS = timedelta(hours=14)
CODE_LASTS = timedelta(minutes=15)
#: Roles that may sit at a window; the action ``serve`` of web/access.py.
SEATED = ("clerk", "supervisor")


def token_hash(token: str) -> str:
    """How a token is stored: SHA-256; tokens have 256 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class Member:
    """A member of staff who is signed in."""

    id: str
    hall_id: str
    username: str
    name: str
    role: str
    must_change_password: bool


@dataclass(frozen=True)
class Device:
    """An enrolled kiosk, screen, rating pad or ticket printer."""

    id: str
    hall_id: str
    kind: str
    name: str
    #: Where a rating pad or a printer stands.
    window: str | None = None
    #: Where a screen stands; None for the whole hall.
    zone: str | None = None


#: Asked at every request, so built once: building a statement costs more than running it.
MEMBER_BY_TOKEN = (
    sa.select(*(staff.c[field.name] for field in fields(Member)))
    .join(sessions, sessions.c.staff_id == staff.c.id)
    .where(sessions.c.token_hash == sa.bindparam("hashed"), sessions.c.expires_at > sa.bindparam("now"), staff.c.active)
)
DEVICE_BY_TOKEN = sa.select(*(devices.c[field.name] for field in fields(Device))).where(
    devices.c.token_hash == sa.bindparam("hashed"), devices.c.revoked_at.is_(None)
)


def member_by_token(connection: Connection, token: str, now: datetime) -> Member | None:
    found = asked(connection, MEMBER_BY_TOKEN, {"hashed": token_hash(token), "now": now})
    return Member(**found[0]) if found else None


def credentials(connection: Connection, username: str) -> Row[Any] | None:
    """The whole staff row of an active account, with its password hash and lock."""
    return connection.execute(sa.select(staff).where(staff.c.username == username, staff.c.active)).one_or_none()


def staff_row(connection: Connection, staff_id: str) -> Row[Any]:
    return connection.execute(sa.select(staff).where(staff.c.id == staff_id)).one()


def names(connection: Connection, hall_id: str) -> dict[str, str]:
    """Display names of a hall's staff by id."""
    query = sa.select(staff.c.id, staff.c.name).where(staff.c.hall_id == hall_id)
    return {row.id: row.name for row in connection.execute(query)}


def name_at(connection: Connection, hall_id: str, window: str) -> str | None:
    """The name of whoever sits at a window; None for nobody."""
    query = sa.select(staff.c.name).join(windows, windows.c.clerk == staff.c.id)
    return connection.scalar(query.where(windows.c.hall_id == hall_id, windows.c.code == window))


def add_staff(connection: Connection, **values: Any) -> None:
    connection.execute(staff.insert().values(active=True, failures=0, locked_until=None, **values))


def update_staff(connection: Connection, staff_id: str, **values: Any) -> None:
    connection.execute(staff.update().where(staff.c.id == staff_id).values(**values))


def start_session(connection: Connection, staff_id: str, token: str, now: datetime) -> None:
    connection.execute(
        sessions.insert().values(
            token_hash=token_hash(token), staff_id=staff_id, created_at=now, expires_at=now + SESSION_LASTS
        )
    )
    connection.execute(sessions.delete().where(sessions.c.expires_at <= now))


def end_session(connection: Connection, token: str) -> None:
    connection.execute(sessions.delete().where(sessions.c.token_hash == token_hash(token)))


def other_sessions(connection: Connection, staff_id: str, kept: str, now: datetime) -> int:
    """How many sessions a person has besides this one."""
    others = sessions.c.staff_id == staff_id, sessions.c.token_hash != token_hash(kept), sessions.c.expires_at > now
    return connection.scalar(sa.select(sa.func.count()).select_from(sessions).where(*others)) or 0


def end_other_sessions(connection: Connection, staff_id: str, kept: str) -> None:
    """Sign a person out everywhere but here."""
    others = sessions.c.staff_id == staff_id, sessions.c.token_hash != token_hash(kept)
    connection.execute(sessions.delete().where(*others))


def device_by_token(connection: Connection, token: str) -> Device | None:
    found = asked(connection, DEVICE_BY_TOKEN, {"hashed": token_hash(token)})
    return Device(**found[0]) if found else None


def device_by_code(connection: Connection, code: str, now: datetime) -> Row[Any] | None:
    """The device that waits to be enrolled with this code, while the code is good."""
    query = sa.select(devices).where(devices.c.code_hash == token_hash(code), devices.c.code_expires_at > now)
    return connection.execute(query.where(devices.c.revoked_at.is_(None))).one_or_none()


def add_device(connection: Connection, **values: Any) -> None:
    connection.execute(devices.insert().values(**values))


def update_device(connection: Connection, device_id: str, **values: Any) -> int:
    return connection.execute(devices.update().where(devices.c.id == device_id).values(**values)).rowcount


def hall_devices(connection: Connection, hall_id: str) -> list[Row[Any]]:
    query = sa.select(devices).where(devices.c.hall_id == hall_id).order_by(devices.c.kind, devices.c.name)
    return list(connection.execute(query))


def hall_device(connection: Connection, hall_id: str, device_id: str) -> Row[Any] | None:
    query = sa.select(devices).where(devices.c.hall_id == hall_id, devices.c.id == device_id)
    return connection.execute(query).one_or_none()


def quiet_for(connection: Connection, device_id: str, now: datetime) -> timedelta:
    """How long nothing was written down of a device that asks now; for ever when nothing ever was."""
    seen = connection.scalar(sa.select(devices.c.last_seen_at).where(devices.c.id == device_id))
    return timedelta.max if seen is None else now - seen


def add_note(connection: Connection, **values: Any) -> None:
    connection.execute(notes.insert().values(**values))


def ticket_notes(connection: Connection, hall_id: str, ticket_id: str, limit: int) -> list[RowMapping]:
    """The latest notes on a ticket, newest first, with the writer's name."""
    query = sa.select(notes, staff.c.name).join(staff, staff.c.id == notes.c.clerk)
    query = query.where(notes.c.hall_id == hall_id, notes.c.ticket_id == ticket_id)
    return [row._mapping for row in connection.execute(query.order_by(notes.c.at.desc(), notes.c.id).limit(limit))]


def good_credentials(connection: Connection, now: datetime) -> set[str]:
    """Hashes of every token that is good now, of staff and of devices."""
    members = sa.select(sessions.c.token_hash).join(staff, staff.c.id == sessions.c.staff_id)
    members = members.where(sessions.c.expires_at > now, staff.c.active)
    enrolled = sa.select(devices.c.token_hash).where(devices.c.token_hash.is_not(None), devices.c.revoked_at.is_(None))
    return {*connection.scalars(members), *connection.scalars(enrolled)}


def is_good(connection: Connection, credential: str, now: datetime) -> bool:
    """Whether one token's hash is good now, of a member of staff or of a device."""
    member = sa.select(sessions.c.token_hash).join(staff, staff.c.id == sessions.c.staff_id)
    member = member.where(sessions.c.token_hash == credential, sessions.c.expires_at > now, staff.c.active)
    device = sa.select(devices.c.id).where(devices.c.token_hash == credential, devices.c.revoked_at.is_(None))
    return connection.scalar(member) is not None or connection.scalar(device) is not None


def skills(connection: Connection, staff_id: str) -> list[str] | None:
    """Letters of the lines a member of staff may serve; None for all."""
    return connection.scalar(sa.select(staff.c.skills).where(staff.c.id == staff_id))


def set_skills(connection: Connection, hall_id: str, staff_id: str, letters: list[str] | None) -> bool:
    """False when the hall has no such member of staff."""
    # JSON null and SQL null would both read as None; only the second is stored.
    kept = sa.null() if letters is None else letters
    here = staff.update().where(staff.c.id == staff_id, staff.c.hall_id == hall_id)
    return connection.execute(here.values(skills=kept)).rowcount == 1


def may_sit(connection: Connection, hall_id: str, staff_id: str) -> bool:
    """Whether somebody of this id works in the hall who may sit at a window."""
    query = sa.select(staff.c.id).where(staff.c.id == staff_id, staff.c.hall_id == hall_id, staff.c.active)
    return connection.scalar(query.where(staff.c.role.in_(SEATED))) is not None


def hall_staff(connection: Connection, hall_id: str) -> list[dict[str, Any]]:
    """Everybody who works in the hall, by name; nothing that proves who they are."""
    query = sa.select(staff.c.id, staff.c.name, staff.c.role, staff.c.skills, staff.c.active)
    rows = connection.execute(query.where(staff.c.hall_id == hall_id).order_by(staff.c.role, staff.c.username))
    return [dict(row._mapping) for row in rows]
