"""A supervisor's moves, the hall's own rules, and what people say of it."""

import hmac
from typing import Any

from flask import Blueprint, Response, request

from queue_server.domain.errors import UnknownTicket
from queue_server.parts import parts
from queue_server.services import ratings, seats, supervising, transfers
from queue_server.services.orders import Order
from queue_server.store import current, people
from queue_server.web.access import Principal
from queue_server.web.bodies import (
    LinesOfWindow,
    MoveOfLine,
    Nothing,
    Opening,
    Promotion,
    RatingAtWindow,
    RatingByLink,
    RulesChange,
    Skills,
)
from queue_server.web.codes import qr_image
from queue_server.web.orders import order, read

bp = Blueprint("supervision", __name__, url_prefix="/api/halls/<hall:hall>")
#: Half of the mark's hash: 128 bits.
MARK_LENGTH = 32


@order(bp, "/tickets/<id:ticket>/promotions", "supervise", Promotion)
def promote(who: Principal, body: Promotion, ticket: str) -> Order:
    """Put a waiting ticket first in its line, with the reason."""
    return lambda uow: supervising.promote(uow, ticket, body.reason, body.note, who.id)


@order(bp, "/lines/<letter:line>/moves", "supervise", MoveOfLine)
def move_line(who: Principal, body: MoveOfLine, line: str) -> Order:
    """Let those who wait in a line go on waiting in another, a portion an order."""
    return lambda uow: transfers.move_waiting(uow, line, body.to)


@order(bp, "/lines/<letter:line>/closing", "supervise")
def close_line(who: Principal, body: Nothing, line: str) -> Order:
    """Give no more numbers for a line today."""
    return lambda uow: supervising.close_line(uow, line)


@order(bp, "/lines/<letter:line>/opening", "supervise")
def open_line(who: Principal, body: Nothing, line: str) -> Order:
    """Give numbers for a line again."""
    return lambda uow: supervising.open_line(uow, line)


@order(bp, "/windows/<window:code>/releases", "supervise")
def release_window(who: Principal, body: Nothing, code: str) -> Order:
    """Take an abandoned window from its clerk; a ticket there stays at the window."""
    return lambda uow: seats.release_window(uow, code)


@order(bp, "/windows/<window:code>/openings", "supervise", Opening)
def open_window_for(who: Principal, body: Opening, code: str) -> Order:
    """Open a window for a clerk."""
    return lambda uow: seats.open_for(uow, code, body.clerk, who.id)


@order(bp, "/windows/<window:code>/lines", "supervise", LinesOfWindow, method="PUT", status=200)
def set_lines(who: Principal, body: LinesOfWindow, code: str) -> Order:
    """Change which lines a window serves, also while it is open."""
    return lambda uow: supervising.set_lines(uow, code, body.lines, body.secondary)


@order(bp, "/staff/<id:member>/skills", "supervise", Skills, method="PUT", status=200)
def set_skills(who: Principal, body: Skills, member: str) -> Order:
    """Say which lines a clerk may serve; null for all."""
    return lambda uow: supervising.set_skills(uow, member, body.lines)


@read(bp, "/staff", "read_staff")
def show_staff(who: Principal, hall: str) -> dict[str, Any]:
    """The hall's staff: who they are, what they may serve."""
    with parts().store.reading() as connection:
        return {"staff": people.hall_staff(connection, hall)}


@order(bp, "/rules", "set_rules", RulesChange, method="PUT", status=200)
def set_rules(who: Principal, body: RulesChange) -> Order:
    """Change some of the hall's own rules."""
    changes = body.model_dump(exclude_none=True)
    return lambda uow: supervising.set_rules(uow, changes)


@order(bp, "/windows/<window:code>/ratings", "rate", RatingAtWindow)
def rate_at_window(who: Principal, body: RatingAtWindow, code: str) -> Order:
    """Rate the visit that a window's pad shows."""
    return lambda uow: ratings.rate_at_window(uow, code, body.number, body.level, body.reasons, who.id)


@order(bp, "/ratings/<id:ticket>/<id:mark>", "rate_by_link", RatingByLink)
def rate_by_link(who: Principal, body: RatingByLink, ticket: str, mark: str) -> Order:
    """Rate by the ticket's own link; whoever holds it needs no account."""
    hall = str((request.view_args or {})["hall"])
    if not hmac.compare_digest(mark, rating_mark(hall, ticket)):
        raise UnknownTicket()
    return lambda uow: ratings.rate_by_link(uow, ticket, body.level, body.reasons)


@read(bp, "/tickets/<id:ticket>/rating-link", "serve")
def show_rating_link(who: Principal, hall: str, ticket: str) -> dict[str, Any]:
    """The path of the page on which this ticket's holder may rate."""
    return {"path": rating_path(hall, ticket)}


@read(bp, "/tickets/<id:ticket>/rating-code.svg", "serve")
def show_rating_code(who: Principal, hall: str, ticket: str) -> Response:
    """The QR code of that page, to be read from the counter's screen."""
    return qr_image(request.host_url.rstrip("/") + rating_path(hall, ticket))


def rating_path(hall: str, ticket: str) -> str:
    with parts().store.glancing() as connection:
        if not current.has_ticket(connection, hall, ticket):
            raise UnknownTicket()
    return f"/rate/{hall}/{ticket}/{rating_mark(hall, ticket)}"


def rating_mark(hall: str, ticket: str) -> str:
    """What a link must carry besides the ticket's id: derived from the server's key, so never stored."""
    return parts().sign(f"rating {hall} {ticket}")[:MARK_LENGTH]
