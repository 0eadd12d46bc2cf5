"""Signing in and out, passwords, and the enrolment of devices.

Everything here runs on the real clock. Nothing that names a person enters the log.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.engine import Connection

from queue_server.domain.attempts import (
    ALLOWED_ANYWAY,
    FAILURES_ALLOWED,
    FORGOTTEN_AFTER,
    LOCKED_FOR,
    SIGN_IN_FAILURES,
)
from queue_server.domain.device_errors import UnknownDevice
from queue_server.domain.errors import BadCode, BadCredentials, LockedOut, NotConfirmed, TooManyAttempts
from queue_server.services import zones
from queue_server.services.views import iso
from queue_server.store import attempts, people
from queue_server.store.engine import Store
from queue_server.store.people import Device, Member
from queue_server.store.unit_of_work import UnitOfWork, new_id

#: Letters and digits that nobody mistakes when reading a code aloud.
CODE_ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ23456789"

#: OWASP's first choice for Argon2id (19 MiB, two passes, one lane): about 30 ms on one core. More
#: lanes would take the other core from the event loop as well.
hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
#: Checked when the user name is unknown, so that the answer takes as long as for a known one.
_NOBODY = hasher.hash(secrets.token_hex(16))

Result = dict[str, Any]
Offload = Callable[..., Any]
Sign = Callable[[str], str]
NotNow = LockedOut | TooManyAttempts


@dataclass(frozen=True)
class Attempt:
    """Who tries, as keyed hashes: the database holds neither names that are nobody's nor addresses."""

    name: str
    address: str

    @classmethod
    def by(cls, sign: Sign, username: str, address: str) -> "Attempt":
        return cls(sign(f"sign-in name {username}"), sign(f"{SIGN_IN_FAILURES.kind} address {address}"))


def verify(stored: str, password: str) -> bool:
    """Whether the password belongs to the stored hash. Takes about 0.1 s of CPU: never on the event loop."""
    try:
        return hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def check_password(store: Store, offload: Offload, username: str, password: str) -> tuple[str | None, str | None, bool]:
    """The staff id and hall behind a user name (None when unknown), and whether the password is right."""
    with store.reading() as connection:
        row = people.credentials(connection, username)
    right = bool(offload(verify, row.password_hash if row else _NOBODY, password))
    return (row.id, row.hall_id, right) if row else (None, None, False)


def not_now(connection: Connection, attempt: Attempt, now: datetime) -> NotNow | None:
    """Why this attempt is not judged, whether its password is right or wrong; None when it is.

    An account and a name that is nobody's are told the same.
    """
    before = attempts.of_name(connection, attempt.name)
    if before is not None and before.locked_until is not None and before.locked_until > now:
        return LockedOut(until=iso(before.locked_until))
    if before is None or before.failures < ALLOWED_ANYWAY:
        return None
    until = attempts.room_at(connection, SIGN_IN_FAILURES, attempt.address, now)
    return TooManyAttempts(until=iso(until)) if until is not None else None


def judge(uow: UnitOfWork, attempt: Attempt, staff_id: str | None, right: bool) -> BadCredentials | NotNow | None:
    """Count a wrong password, of nobody's name as well; five in a row rest the name for 15 minutes.

    Returns, not raises, the refusal: the count must be kept when the order ends.
    """
    refusal = not_now(uow.connection, attempt, uow.real_now)
    if refusal is not None:
        return refusal
    if not right:
        return _count_failure(uow, attempt, staff_id)
    attempts.forget(uow.connection, attempt.name)
    return None


def vouch(
    uow: UnitOfWork, attempt: Attempt, staff_id: str | None, right: bool
) -> BadCredentials | NotNow | NotConfirmed | None:
    """Judge the password of somebody who vouches at another's counter; only a supervisor can.

    ``staff_id`` is None for a name that is nobody's in this hall. Returns the refusal, as ``judge`` does.
    """
    refusal = judge(uow, attempt, staff_id, right and staff_id is not None)
    if refusal is not None or staff_id is None:
        return refusal or NotConfirmed()
    row = people.staff_row(uow.connection, staff_id)
    return NotConfirmed() if row.role != "supervisor" or row.must_change_password else None


def sign_in(
    uow: UnitOfWork, attempt: Attempt, staff_id: str | None, right: bool, instead_of: str | None = None
) -> tuple[Member, str] | BadCredentials | NotNow:
    """Start a session and return its token; or return a refusal, as ``judge`` does.

    ``staff_id`` is None for a name that is nobody's. ``instead_of`` is the token that the browser had:
    whoever signs in there ends that session too.
    """
    refusal = judge(uow, attempt, staff_id, right and staff_id is not None)
    if refusal is not None or staff_id is None:
        return refusal or BadCredentials()
    row = people.staff_row(uow.connection, staff_id)
    token = secrets.token_urlsafe(32)
    if instead_of:
        people.end_session(uow.connection, instead_of)
    people.start_session(uow.connection, staff_id, token, uow.real_now)
    uow.record("staff.signed_in", staff=staff_id)
    return Member(row.id, row.hall_id, row.username, row.name, row.role, row.must_change_password), token


def _count_failure(uow: UnitOfWork, attempt: Attempt, staff_id: str | None) -> BadCredentials:
    now = uow.real_now
    attempts.forget_before(uow.connection, now - FORGOTTEN_AFTER)
    before = attempts.of_name(uow.connection, attempt.name)
    failures = (before.failures if before else 0) + 1
    locked = failures >= FAILURES_ALLOWED
    until = now + LOCKED_FOR if locked else None
    attempts.keep(uow.connection, attempt.name, 0 if locked else failures, until, now)
    attempts.fill(uow.connection, SIGN_IN_FAILURES, attempt.address, now)
    if locked:
        # Of a name that is nobody's, too: how far the log has come is public.
        uow.record("staff.locked", staff=staff_id)
    return BadCredentials()


def sign_out(uow: UnitOfWork, staff_id: str, token: str) -> Result:
    people.end_session(uow.connection, token)
    uow.record("staff.signed_out", staff=staff_id)
    return {}


def end_others(uow: UnitOfWork, staff_id: str, token: str) -> int:
    """Sign a person out everywhere but here; how many sessions that ended."""
    ended = people.other_sessions(uow.connection, staff_id, token, uow.real_now)
    if ended:
        people.end_other_sessions(uow.connection, staff_id, token)
        uow.record("staff.signed_out", staff=staff_id, elsewhere=ended)
    return ended


def change_password(uow: UnitOfWork, staff_id: str, token: str, new_hash: str) -> Result:
    """Replace the password and sign the person out everywhere else."""
    people.update_staff(uow.connection, staff_id, password_hash=new_hash, must_change_password=False)
    people.end_other_sessions(uow.connection, staff_id, token)
    uow.record("staff.password_changed", staff=staff_id)
    return {}


def enrolment_code(sign: Sign, device_id: str) -> str:
    """The code that enrols a device: derived from the server's key, so that a repeated answer
    can repeat it and nothing stores it. 8 characters of 31, about 40 bits, good for 15 minutes.
    """
    number = int(sign(f"enrolment {device_id}"), 16)
    return "".join(CODE_ALPHABET[number // len(CODE_ALPHABET) ** place % len(CODE_ALPHABET)] for place in range(8))


def create_device(
    uow: UnitOfWork,
    kind: str,
    name: str,
    sign: Sign,
    window: str | None = None,
    zone: str | None = None,
) -> Result:
    """Prepare a device, to be enrolled with its one-time code within 15 minutes.

    A rating pad or a printer is told the window it stands at, a screen its zone. Refuses an unknown window, an
    unknown zone.
    """
    if window is not None:
        uow.window(window)
    if zone is not None:
        zones.zone(uow, zone)
    device_id = new_id()
    people.add_device(
        uow.connection,
        id=device_id,
        hall_id=uow.hall_id,
        kind=kind,
        name=name,
        window=window,
        zone=zone,
        code_hash=people.token_hash(enrolment_code(sign, device_id)),
        code_expires_at=uow.real_now + people.CODE_LASTS,
    )
    uow.record("device.created", device=device_id, kind=kind)
    return {"device": {"id": device_id, "kind": kind, "name": name, "window": window, "zone": zone}}


def prepare_device(
    uow: UnitOfWork,
    kind: str,
    name: str,
    sign: Sign,
    window: str | None = None,
    zone: str | None = None,
) -> str:
    """The code of a device of this name that still waits to be enrolled, good for 15 minutes more."""
    for row in people.hall_devices(uow.connection, uow.hall_id):
        if (row.kind, row.name) == (kind, name) and row.code_hash and not row.revoked_at:
            people.update_device(uow.connection, row.id, code_expires_at=uow.real_now + people.CODE_LASTS)
            return enrolment_code(sign, row.id)
    return enrolment_code(sign, create_device(uow, kind, name, sign, window, zone)["device"]["id"])


def enrol(uow: UnitOfWork, code: str) -> tuple[Device, str]:
    """Turn a one-time code into a device's own token, which is stored hashed."""
    row = people.device_by_code(uow.connection, code, uow.real_now)
    if row is None or row.hall_id != uow.hall_id:
        raise BadCode()
    token = secrets.token_urlsafe(32)
    people.update_device(
        uow.connection,
        row.id,
        token_hash=people.token_hash(token),
        code_hash=None,
        code_expires_at=None,
        enrolled_at=uow.real_now,
    )
    uow.record("device.enrolled", device=row.id, kind=row.kind)
    return Device(row.id, row.hall_id, row.kind, row.name, row.window, row.zone), token


def revoke(uow: UnitOfWork, device_id: str) -> Result:
    """Kill a device's token and code at once."""
    row = people.hall_device(uow.connection, uow.hall_id, device_id)
    if row is None:
        raise UnknownDevice()
    people.update_device(uow.connection, device_id, token_hash=None, code_hash=None, revoked_at=uow.real_now)
    uow.record("device.revoked", device=device_id)
    return {"device": {"id": row.id, "kind": row.kind, "name": row.name}}
