"""Who is asking: sign-in, sign-out, passwords, enrolment."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from queue_server.domain.errors import BadCode, Refused
from queue_server.parts import parts
from queue_server.services import access
from queue_server.store import current, people
from queue_server.store.people import Device, Member
from queue_server.web.access import CITIZEN as ANYBODY
from queue_server.web.access import DEVICE_COOKIE, SESSION_COOKIE, csrf_token, require_csrf
from queue_server.web.addresses import client_address
from queue_server.web.bodies import Enrolment, NewPassword, SignIn
from queue_server.web.orders import asked_by, parse, plain

bp = Blueprint("session", __name__, url_prefix="/api")
YEAR_S = 365 * 24 * 3600


@plain(bp, "/session", "GET", "read_public", None)
def show_session() -> Response:
    """Who this browser is signed in as, and the token its orders need."""
    member, device = _present()
    with parts().store.reading() as connection:
        hall_id = member.hall_id if member else device.hall_id if device else parts().settings.hall
        hall = current.hall(connection, hall_id)
        window = current.window_of(connection, hall_id, member.id) if member else None
        token = request.cookies.get(SESSION_COOKIE, "")
        elsewhere = people.other_sessions(connection, member.id, token, parts().clock()) if member else 0
    return jsonify(
        csrf=csrf_token(parts(), request),
        hall=hall_id,
        demo=hall["demo"],
        staff=_staff_view(member) if member else None,
        device=_shown(device) if device else None,
        window=window,
        elsewhere=elsewhere,
    )


def _present() -> tuple[Member | None, Device | None]:
    session, token = request.cookies.get(SESSION_COOKIE), request.cookies.get(DEVICE_COOKIE)
    with parts().store.reading() as connection:
        member = people.member_by_token(connection, session, parts().clock()) if session else None
        return member, people.device_by_token(connection, token) if token else None


def _shown(device: Device) -> dict[str, Any]:
    return {"id": device.id, "kind": device.kind, "name": device.name, "window": device.window, "zone": device.zone}


def _staff_view(member: Member) -> dict[str, Any]:
    return {
        "id": member.id,
        "name": member.name,
        "role": member.role,
        "must_change_password": member.must_change_password,
    }


@plain(bp, "/sessions", "POST", "read_public", SignIn, 201)
def sign_in() -> tuple[Response, int]:
    """Sign in with user name and password."""
    require_csrf(parts(), request, ANYBODY)
    asked = parse(SignIn)
    attempt = attempt_by(asked.username)
    refuse_at_once(attempt)
    staff_id, hall_id, right = access.check_password(parts().store, parts().offload, asked.username, asked.password)
    # Nobody's names are counted under the hall that pages show.
    actor = f"staff:{staff_id}" if staff_id else ANYBODY.actor
    with parts().uow(hall_id or parts().settings.hall, actor) as uow:
        result = access.sign_in(uow, attempt, staff_id, right, instead_of=request.cookies.get(SESSION_COOKIE))
    if isinstance(result, Refused):
        raise result
    member, token = result
    response = jsonify(staff=_staff_view(member), csrf=csrf_token(parts(), request, session=token))
    _set_cookie(response, SESSION_COOKIE, token, None)
    return response, 201


def attempt_by(username: str) -> access.Attempt:
    return access.Attempt.by(parts().sign, username, client_address(request, parts().settings.proxy))


def refuse_at_once(attempt: access.Attempt) -> None:
    """What is not judged costs no hashing of a password either."""
    with parts().store.reading() as connection:
        refusal = access.not_now(connection, attempt, parts().clock())
    if refusal is not None:
        raise refusal


def _set_cookie(response: Response, name: str, value: str, lasts_s: int | None) -> None:
    secure = parts().settings.secure_cookies
    response.set_cookie(name, value, max_age=lasts_s, httponly=True, samesite="Strict", secure=secure)


@plain(bp, "/session", "DELETE", "own_account", None)
def sign_out() -> Response:
    """Sign out."""
    who = asked_by("own_account", None)
    with parts().uow(str(who.hall_id), who.actor) as uow:
        access.sign_out(uow, who.id, request.cookies[SESSION_COOKIE])
    response = jsonify({})
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="Strict")
    return response


@plain(bp, "/session/password", "PUT", "own_account", NewPassword)
def change_password() -> Response:
    """Replace one's own password; signs out everywhere else."""
    who = asked_by("own_account", None)
    asked = parse(NewPassword)
    with parts().store.reading() as connection:
        row = people.staff_row(connection, who.id)
    attempt = attempt_by(row.username)
    refuse_at_once(attempt)
    right = bool(parts().offload(access.verify, row.password_hash, asked.old))
    with parts().uow(str(who.hall_id), who.actor) as uow:
        refusal = access.judge(uow, attempt, who.id, right)
    if refusal is not None:
        raise refusal
    new_hash = parts().offload(access.hasher.hash, asked.new)
    with parts().uow(str(who.hall_id), who.actor) as uow:
        access.change_password(uow, who.id, request.cookies[SESSION_COOKIE], new_hash)
    return jsonify({})


@plain(bp, "/enrolments", "POST", "read_public", Enrolment, 201)
def enrol() -> tuple[Response, int]:
    """Turn a one-time code into a device's token."""
    require_csrf(parts(), request, ANYBODY)
    asked = parse(Enrolment)
    with parts().store.reading() as connection:
        row = people.device_by_code(connection, asked.code, parts().clock())
    if row is None:
        raise BadCode()
    with parts().uow(row.hall_id, f"device:{row.id}") as uow:
        device, token = access.enrol(uow, asked.code)
    shown = _shown(device) | {"hall": device.hall_id}
    response = jsonify(token=token, device=shown, csrf=csrf_token(parts(), request, device=token))
    _set_cookie(response, DEVICE_COOKIE, token, YEAR_S)
    return response, 201
