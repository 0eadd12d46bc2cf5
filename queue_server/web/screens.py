"""What the hall's screens look like, and the little that they ask for beside the news."""

from typing import Any

from flask import Blueprint, Response, abort, request

from queue_server.domain.errors import UnknownWindow
from queue_server.parts import parts
from queue_server.services import layouts
from queue_server.services.layouts import MAIN, Layout
from queue_server.services.orders import Order
from queue_server.store import current, people
from queue_server.web.access import Principal
from queue_server.web.codes import qr_image
from queue_server.web.orders import order, read

bp = Blueprint("screens", __name__, url_prefix="/api/halls/<hall:hall>")


def _layout(hall: str) -> Layout:
    with parts().store.glancing() as connection:
        return layouts.of(current.hall(connection, hall)["layout"])


@read(bp, "/board-layout", "read_public")
def show_layout(who: Principal, hall: str) -> dict[str, Any]:
    """The whole layout of the hall's screens, with every default."""
    return {"layout": _layout(hall).model_dump()}


@order(bp, "/board-layout", "arrange_screens", Layout, method="PUT", status=200)
def arrange(who: Principal, body: Layout) -> Order:
    """Replace the layout of the hall's screens; they follow at once."""
    return lambda uow: layouts.put(uow, body)


@read(bp, "/board-qr.svg", "read_public")
def show_board_code(who: Principal, hall: str) -> Response:
    """The QR code of a board's layout, as an image; nothing but what the hall's manager set."""
    board = _layout(hall).boards.get(request.args.get("board", MAIN))
    if board is None or board.qr is None:
        abort(404)
    return qr_image(board.qr.url)


@read(bp, "/windows/<window:code>/clerk", "read_public")
def show_clerk(who: Principal, hall: str, code: str) -> dict[str, Any]:
    """The name for a window's display; null unless the hall decided to show names."""
    with parts().store.glancing() as connection:
        if code not in {window["code"] for window in current.hall_windows(connection, hall)}:
            raise UnknownWindow(window=code)
        shown = layouts.of(current.hall(connection, hall)["layout"]).clerk == "name"
        return {"name": people.name_at(connection, hall, code) if shown else None}
