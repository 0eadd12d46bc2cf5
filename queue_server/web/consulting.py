"""The zero window, the greeter's tablet, the back-office phone, and blocked cases."""

from typing import Any

from flask import Blueprint, Response, request

from queue_server.domain.consultation import Channel, Outcome
from queue_server.domain.errors import BadRequest, UnknownConsultation, UnknownDay, UnknownService
from queue_server.domain.numbering import TicketClass
from queue_server.parts import parts
from queue_server.services import blocking, consulting, zero_report
from queue_server.services.orders import Order
from queue_server.services.transfers import Journey
from queue_server.web import bodies
from queue_server.web.access import Principal
from queue_server.web.codes import qr_image
from queue_server.web.floor import is_date
from queue_server.web.orders import order, read

bp = Blueprint("consulting", __name__, url_prefix="/api/halls/<hall:hall>")
#: Entries of a list that a page gets at once.
LISTED = 200


def _findings(body: bodies.Findings) -> consulting.Findings:
    journey = Journey(body.clerk, [stop.model_dump() for stop in body.then], body.come_back, body.wrong)
    plain = body.model_dump(include={"services", "missing", "no_entry", "line", "window", "note", "minutes", "owner"})
    return consulting.Findings(body.outcome, journey=journey, **plain)


@order(bp, "/tickets/<id:ticket>/consultations", "consult", bodies.Findings)
def consult(who: Principal, body: bodies.Findings, ticket: str) -> Order:
    """What came of a consultation: at the clerk's window, or among those who wait."""
    findings = _findings(body)
    place = {"greeter": consulting.on_the_floor, "supervisor": consulting.anywhere}.get(who.role, consulting.at_window)
    return lambda uow: place(uow, ticket, who.id, findings)


@order(bp, "/questions", "consult", bodies.Question)
def ask(who: Principal, body: bodies.Question) -> Order:
    """A question by phone or online; the answer at once, or promised."""
    words = {kind: text for kind in ("question", "caller") if (text := getattr(body, kind))}
    found = None
    if body.outcome is not None:
        found = consulting.Findings(body.outcome, body.services, no_entry=body.no_entry, line=body.line)
    ticket_class = TicketClass(body.ticket_class)
    return lambda uow: consulting.at_a_distance(
        uow, Channel(body.channel), who.id, found, body.services, words, body.due, ticket_class
    )


@order(bp, "/questions/<id:question>/replies", "consult", bodies.Reply)
def reply(who: Principal, body: bodies.Reply, question: str) -> Order:
    """The first reply to a question."""
    return lambda uow: consulting.reply(uow, question, who.id, Outcome(body.outcome), body.answer)


@read(bp, "/questions", "consult")
def show_questions(who: Principal, hall: str) -> dict[str, Any]:
    """Questions that wait for an answer, and those for which the catalogue has none."""
    with parts().store.reading() as connection:
        return zero_report.lists(connection, hall, LISTED)


@read(bp, "/consultations/<id:consultation>/notice", "consult")
def show_notice(who: Principal, hall: str, consultation: str) -> dict[str, Any]:
    """What the one-time notice says: what is missing for which service, and where the guide is."""
    return _notice(hall, consultation)


@read(bp, "/consultations/<id:consultation>/guide.svg", "consult")
def show_guide_code(who: Principal, hall: str, consultation: str) -> Response:
    """The QR code of a guide, for the printed notice: of a service that the notice names."""
    wanted = request.args.get("service", "")
    for service in _notice(hall, consultation)["services"]:
        if service["code"] == wanted and service["guide_url"]:
            return qr_image(service["guide_url"])
    raise UnknownService(service=wanted)


def _notice(hall: str, consultation: str) -> dict[str, Any]:
    with parts().store.reading() as connection:
        notice = zero_report.notice(connection, hall, consultation)
    if notice is None:
        raise UnknownConsultation()
    return notice


@read(bp, "/report/consultations", "read_report")
def show_report(who: Principal, hall: str) -> dict[str, Any]:
    """The zero window's figures of a day, each share with what it is a share of."""
    day = request.args.get("date")
    if day is not None and not is_date(day):
        raise BadRequest(field="date", problem="not a date")
    with parts().store.reading() as connection:
        figures = zero_report.figures(connection, hall, day, parts().clock())
    if figures is None:
        raise UnknownDay(date=day or "")
    return figures


@order(bp, "/tickets/<id:ticket>/blocked-cases", "serve", bodies.BlockedBusiness)
def take_up(who: Principal, body: bodies.BlockedBusiness, ticket: str) -> Order:
    """The business of the person at the window cannot be done: a case with a clock."""
    clerk = None if who.role == "supervisor" else who.id
    return lambda uow: blocking.take_up(uow, ticket, clerk, body.service, body.owner, body.text, who.id)


@order(bp, "/blocked-cases/<id:case>/advances", "settle", bodies.CaseStep)
def step(who: Principal, body: bodies.CaseStep, case: str) -> Order:
    """The next step of a blocked case."""
    return lambda uow: blocking.step(uow, case, who.id, body.to, body.owner, body.text)


@read(bp, "/blocked-cases", "settle")
def show_cases(who: Principal, hall: str) -> dict[str, Any]:
    """The register of blocked cases, newest first."""
    with parts().store.reading() as connection:
        return zero_report.register(connection, hall, LISTED)
