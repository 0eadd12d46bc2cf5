"""Signing in and out, passwords, and the enrolment of devices.

Everything here runs on the real clock. Nothing that names a person enters the log.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from queue_server.domain.errors import BadCode, BadCredentials, LockedOut, UnknownDevice
from queue_server.services.views import iso
from queue_server.store import people
from queue_server.store.engine import Store
from queue_server.store.people import Device, Member
from queue_server.store.unit_of_work import UnitOfWork, new_id

#: Wrong passwords in a row before the account rests, and for how long.
FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)
#: How often a living device is written down: each write waits for the disk.
SEEN_EVERY = timedelta(seconds=3)
#: Letters and digits that nobody mistakes when reading a code aloud.
CODE_ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ23456789"

#: OWASP's first choice for Argon2id (19 MiB, two passes, one lane): about 30 ms on one core. More
#: lanes would take the other core from the event loop as well.
hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
#: Checked when the user name is unknown, so that the answer takes as long as for a known one.
_NOBODY = hasher.hash(secrets.token_hex(16))

Result = dict[str, Any]
Offload = Callable[..., Any]


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


def judge(uow: UnitOfWork, staff_id: str, right: bool) -> BadCredentials | LockedOut | None:
    """Count a wrong password; five in a row rest the account for 15 minutes.

    Returns, not raises, the refusal: the count must be kept when the order ends.
    """
    row = people.staff_row(uow.connection, staff_id)
    if row.locked_until is not None and row.locked_until > uow.real_now:
        return LockedOut(until=iso(row.locked_until))
    if not right:
        return _count_failure(uow, staff_id, row.failures + 1)
    people.update_staff(uow.connection, staff_id, failures=0, locked_until=None)
    return None


def sign_in(
    uow: UnitOfWork, staff_id: str, right: bool, instead_of: str | None = None
) -> tuple[Member, str] | BadCredentials | LockedOut:
    """Start a session and return its token; or return a refusal, as ``judge`` does.

    ``instead_of`` is the token that the browser had: whoever signs in there ends that session too.
    """
    refusal = judge(uow, staff_id, right)
    if refusal is not None:
        return refusal
    row = people.staff_row(uow.connection, staff_id)
    token = secrets.token_urlsafe(32)
    if instead_of:
        people.end_session(uow.connection, instead_of)
    people.start_session(uow.connection, staff_id, token, uow.real_now)
    uow.record("staff.signed_in", staff=staff_id)
    return Member(row.id, row.hall_id, row.username, row.name, row.role, row.must_change_password), token


def _count_failure(uow: UnitOfWork, staff_id: str, failures: int) -> BadCredentials:
    locked = failures >= FAILURES_ALLOWED
    until = uow.real_now + LOCKED_FOR if locked else None
    people.update_staff(uow.connection, staff_id, failures=0 if locked else failures, locked_until=until)
    if locked:
        uow.record("staff.locked", staff=staff_id)
    return BadCredentials()


def sign_out(uow: UnitOfWork, staff_id: str, token: str) -> Result:
    people.end_session(uow.connection, token)
    uow.record("staff.signed_out", staff=staff_id)
    return {}


def change_password(uow: UnitOfWork, staff_id: str, token: str, new_hash: str) -> Result:
    """Replace the password and sign the person out everywhere else."""
    people.update_staff(uow.connection, staff_id, password_hash=new_hash, must_change_password=False)
    people.end_other_sessions(uow.connection, staff_id, token)
    uow.record("staff.password_changed", staff=staff_id)
    return {}


def enrolment_code(sign: Callable[[str], str], device_id: str) -> str:
    """The code that enrols a device: derived from the server's key, so that a repeated answer
    can repeat it and nothing stores it. 8 characters of 31, about 40 bits, good for 15 minutes.
    """
    number = int(sign(f"enrolment {device_id}"), 16)
    return "".join(CODE_ALPHABET[number // len(CODE_ALPHABET) ** place % len(CODE_ALPHABET)] for place in range(8))


def create_device(
    uow: UnitOfWork, kind: str, name: str, sign: Callable[[str], str], window: str | None = None
) -> Result:
    """Prepare a device, to be enrolled with its one-time code within 15 minutes.

    A rating pad or a printer is told the window it stands at. Refuses an unknown window.
    """
    if window is not None:
        uow.window(window)
    device_id = new_id()
    people.add_device(
        uow.connection,
        id=device_id,
        hall_id=uow.hall_id,
        kind=kind,
        name=name,
        window=window,
        code_hash=people.token_hash(enrolment_code(sign, device_id)),
        code_expires_at=uow.real_now + people.CODE_LASTS,
    )
    uow.record("device.created", device=device_id, kind=kind)
    return {"device": {"id": device_id, "kind": kind, "name": name, "window": window}}


def prepare_device(uow: UnitOfWork, kind: str, name: str, sign: Callable[[str], str], window: str | None = None) -> str:
    """The code of a device of this name that still waits to be enrolled, good for 15 minutes more."""
    for row in people.hall_devices(uow.connection, uow.hall_id):
        if (row.kind, row.name) == (kind, name) and row.code_hash and not row.revoked_at:
            people.update_device(uow.connection, row.id, code_expires_at=uow.real_now + people.CODE_LASTS)
            return enrolment_code(sign, row.id)
    return enrolment_code(sign, create_device(uow, kind, name, sign, window)["device"]["id"])


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
    return Device(row.id, row.hall_id, row.kind, row.name, row.window), token


def revoke(uow: UnitOfWork, device_id: str) -> Result:
    """Kill a device's token and code at once."""
    row = people.hall_device(uow.connection, uow.hall_id, device_id)
    if row is None:
        raise UnknownDevice()
    people.update_device(uow.connection, device_id, token_hash=None, code_hash=None, revoked_at=uow.real_now)
    uow.record("device.revoked", device=device_id)
    return {"device": {"id": row.id, "kind": row.kind, "name": row.name}}


def seen(uow: UnitOfWork, device_id: str) -> None:
    """Note that a device is alive. Not an event: it changes nothing that the log tells."""
    people.update_device(uow.connection, device_id, last_seen_at=uow.real_now)
