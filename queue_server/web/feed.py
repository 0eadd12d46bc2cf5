"""Reading the news over HTTP: snapshots, and the fall-back of pages whose socket is gone."""

from typing import cast

from flask import Blueprint, Response, request

from queue_server.domain.errors import BadRequest
from queue_server.parts import parts
from queue_server.protocol import Scope
from queue_server.web.access import Principal
from queue_server.web.orders import asked_by, read

bp = Blueprint("feed", __name__, url_prefix="/api/halls/<hall:hall>")


def _scope(hall: str) -> Scope:
    """The scope asked for; the staff's is for staff only."""
    scope = request.args.get("scope", "public")
    if scope not in ("public", "staff"):
        raise BadRequest(field="scope", problem="public or staff")
    if scope == "staff":
        asked_by("read_staff_news", hall)
    return cast(Scope, scope)


@read(bp, "/snapshot", "read_public")
def show_snapshot(who: Principal, hall: str) -> Response:
    """The hall as it is now."""
    return _answer(hall, ("", 0, ""))


@read(bp, "/news", "read_public")
def show_news(who: Principal, hall: str) -> Response:
    """What a reader that has ``epoch``, ``seq`` and ``hash`` misses."""
    seq = request.args.get("seq", "0")
    if not (seq.isascii() and seq.isdecimal()) or len(seq) > 15:
        raise BadRequest(field="seq", problem="not a position")
    return _answer(hall, (request.args.get("epoch", ""), int(seq), request.args.get("hash", "")))


def _answer(hall: str, has: tuple[str, int, str]) -> Response:
    text = parts().answers.sync(parts().store, hall, _scope(hall), has, parts().clock)
    return Response(text, mimetype="application/json")
