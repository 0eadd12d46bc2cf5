"""Who may do what: one table, default deny, for HTTP and sockets alike."""

import hmac
from dataclasses import dataclass

from flask import Request

from queue_server.domain.errors import CSRFFailed, Forbidden, MustChangePassword, NotSignedIn
from queue_server.parts import Parts
from queue_server.protocol import CSRF_HEADER
from queue_server.store import people
from queue_server.store.people import Device, Member

SESSION_COOKIE = "hall_session"
DEVICE_COOKIE = "hall_device"

#: Kinds of devices, which are the roles that they act in.
DEVICES = frozenset(["kiosk", "screen", "pad", "printer"])
_STAFF = frozenset(["clerk", "greeter", "supervisor", "manager", "administrator", "auditor"])
ROLES = frozenset(["citizen"]) | DEVICES | _STAFF
_EVERYONE = ROLES
_FLOOR = frozenset({"supervisor", "manager"})
_SETUP = frozenset({"manager", "administrator"})

#: Every action there is. A route or socket message whose action is not here does not start.
ACTIONS: dict[str, frozenset[str]] = {
    "read_public": _EVERYONE,
    "read_staff_news": _STAFF,
    "read_report": frozenset({"supervisor", "manager", "auditor", "administrator"}),
    "read_notes": frozenset({"clerk", "greeter", "supervisor"}),
    "read_metrics": frozenset({"supervisor", "manager", "auditor", "administrator"}),
    "read_devices": frozenset({"supervisor", "manager", "auditor", "administrator"}),
    "issue": frozenset({"kiosk", "greeter", "clerk", "supervisor"}),
    "serve": frozenset({"clerk", "supervisor"}),
    "reinstate": frozenset({"clerk", "greeter", "supervisor"}),
    "leave": frozenset({"clerk", "greeter", "supervisor"}),
    "help": frozenset({"clerk", "greeter", "supervisor"}),
    "consult": frozenset({"clerk", "greeter", "supervisor"}),
    "settle": frozenset({"clerk", "greeter", "supervisor", "manager"}),
    "supervise": frozenset({"supervisor"}),
    "read_staff": frozenset({"supervisor", "manager", "auditor", "administrator"}),
    "set_rules": frozenset({"manager"}),
    "arrange_screens": frozenset({"manager"}),
    "rate": frozenset({"pad"}),
    # What gives the right is the link's own mark.
    "rate_by_link": _EVERYONE,
    "run_day": _FLOOR,
    "step_clock": frozenset({"supervisor", "administrator"}),
    "announce": frozenset({"screen"}),
    "print": frozenset({"printer"}),
    "manage_devices": _SETUP,
    "manage_zones": frozenset({"manager"}),
    "read_voice": frozenset({"supervisor", "manager", "auditor", "administrator"}),
    "manage_services": _SETUP,
    "own_account": _STAFF,
}
#: What an account may do before its first password is replaced.
BEFORE_PASSWORD_CHANGE = frozenset({"own_account", "read_public"})


@dataclass(frozen=True)
class Principal:
    """Whoever asks: a member of staff, a device, or a citizen."""

    role: str
    id: str
    #: None for a citizen, who may read any hall's public news.
    hall_id: str | None
    must_change_password: bool = False
    by_cookie: bool = False
    #: Hash of the token that proved it; an open socket is cut when that is no longer good.
    credential: str = ""

    @property
    def actor(self) -> str:
        """How the log names it."""
        if self.role == "citizen":
            return "citizen"
        return f"{'device' if self.role in DEVICES else 'staff'}:{self.id}"


CITIZEN = Principal("citizen", "", None)


def _of_member(member: Member, token: str) -> Principal:
    proof = people.token_hash(token)
    return Principal(member.role, member.id, member.hall_id, member.must_change_password, True, proof)


def _of_device(device: Device, token: str, by_cookie: bool) -> Principal:
    return Principal(device.kind, device.id, device.hall_id, by_cookie=by_cookie, credential=people.token_hash(token))


def principals(parts: Parts, request: Request, token: str | None = None) -> list[Principal]:
    """Everybody this request speaks for: one browser may hold a clerk's session and a kiosk's token."""
    bearer = token or request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    found = []
    with parts.store.glancing() as connection:
        session, device = request.cookies.get(SESSION_COOKIE), request.cookies.get(DEVICE_COOKIE)
        if bearer and (program := people.device_by_token(connection, bearer)):
            found.append(_of_device(program, bearer, by_cookie=False))
        if session and (member := people.member_by_token(connection, session, parts.clock())):
            found.append(_of_member(member, session))
        if device and (kept := people.device_by_token(connection, device)):
            found.append(_of_device(kept, device, by_cookie=True))
    return [*found, CITIZEN]


def authorise(asking: list[Principal], action: str, hall_id: str | None) -> Principal:
    """The first of those asking who may do ``action`` in the hall.

    Refuses: NotSignedIn when only a citizen asks, MustChangePassword, else Forbidden.
    """
    able = [p for p in asking if p.role in ACTIONS[action] and p.hall_id in (None, hall_id or p.hall_id)]
    ready = [p for p in able if not p.must_change_password or action in BEFORE_PASSWORD_CHANGE]
    if ready:
        return ready[0]
    if able:
        raise MustChangePassword()
    if len(asking) == 1:
        raise NotSignedIn()
    raise Forbidden(action=action)


def csrf_token(parts: Parts, request: Request, session: str | None = None, device: str | None = None) -> str:
    """The token that goes with the credentials in this browser's cookies.

    ``session`` and ``device`` replace the request's cookies where the answer is about to set new ones.
    """
    held = session if session is not None else request.cookies.get(SESSION_COOKIE, "")
    kept = device if device is not None else request.cookies.get(DEVICE_COOKIE, "")
    return parts.sign(f"csrf {held} {kept}")


def require_csrf(parts: Parts, request: Request, principal: Principal) -> None:
    """Refuse an order that a foreign page could have sent with this browser's cookies."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        raise CSRFFailed()
    given = request.headers.get(CSRF_HEADER, "").encode()
    # Compared in one time for all: how long a refusal takes must not tell how much was right.
    if principal.by_cookie and not hmac.compare_digest(given, csrf_token(parts, request).encode()):
        raise CSRFFailed()
