"""Taking over a window that somebody has left, at the counter itself."""

from flask import Blueprint, Response, jsonify, request

from queue_server.domain.errors import BadCredentials, NotConfirmed, UnknownWindow
from queue_server.parts import parts
from queue_server.services import access, seats
from queue_server.store import current
from queue_server.web.access import SESSION_COOKIE, Principal
from queue_server.web.bodies import TakeOver
from queue_server.web.orders import answer_order, asked_by, parse, plain, press
from queue_server.web.session import attempt_by, refuse_at_once

bp = Blueprint("takeover", __name__, url_prefix="/api")


@plain(bp, "/halls/<hall:hall>/windows/<window:code>/takeovers", "POST", "serve", TakeOver, 201)
def take_over(hall: str, code: str) -> Response:
    """Sit down at an abandoned window, with a supervisor's name and password on the spot."""
    who = asked_by("serve", hall)
    asked = parse(TakeOver)
    _require_window(hall, code)
    # The press is told apart by what it says, without the password: not even its hash is stored.
    pressed = press(who, asked.model_dump_json(exclude={"password"}).encode())
    supervisor = _confirmed(hall, who, asked)
    return answer_order(
        hall, who, lambda uow: seats.take_over(uow, code, who.id, supervisor, asked.leave), 201, pressed
    )


def _require_window(hall: str, code: str) -> None:
    """No password is asked about, and none counted as wrong, for a window that is not there."""
    with parts().store.reading() as connection:
        if code not in {window["code"] for window in current.hall_windows(connection, hall)}:
            raise UnknownWindow(window=code)


def _confirmed(hall: str, who: Principal, asked: TakeOver) -> str:
    """The id of the supervisor who stands at the counter; nobody is signed in or out by it.

    Refuses wrong names, passwords and roles in one way; five wrong passwords rest the account, as at signing in.
    """
    attempt = attempt_by(asked.username)
    refuse_at_once(attempt)
    found, home, right = access.check_password(parts().store, parts().offload, asked.username, asked.password)
    member = found if home == hall else None
    with parts().uow(hall, who.actor) as uow:
        refusal = access.vouch(uow, attempt, member, right)
    if isinstance(refusal, BadCredentials) or member is None:
        raise NotConfirmed()
    if refusal is not None:
        raise refusal
    return member


@plain(bp, "/session/others", "DELETE", "own_account", None)
def end_others() -> Response:
    """Sign out everywhere but here."""
    who = asked_by("own_account", None)
    with parts().uow(str(who.hall_id), who.actor) as uow:
        ended = access.end_others(uow, who.id, request.cookies[SESSION_COOKIE])
    return jsonify(ended=ended)
