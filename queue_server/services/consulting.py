"""The zero window: what was asked, what came of it, and the way on, in one order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from queue_server.domain.consultation import HANDED_ON, Channel, Consultation, Outcome
from queue_server.domain.errors import BadRequest, IllegalMove, LineRequired, UnknownConsultation, UnknownService
from queue_server.domain.numbering import TicketClass
from queue_server.domain.rules import Result as CaseResult
from queue_server.domain.service import Service
from queue_server.domain.ticket import State, Ticket
from queue_server.services import blocking, counters, intake, parking, transfers
from queue_server.services.held import keep_note, own_ticket, require_today
from queue_server.services.transfers import Journey
from queue_server.services.views import consultation_view, ticket_view
from queue_server.store import texts, waiting
from queue_server.store.unit_of_work import UnitOfWork, new_id

Answer = dict[str, Any]


@dataclass(frozen=True)
class Findings:
    """What a clerk found out, and what is to come of it."""

    outcome: Outcome
    #: Codes of the services it was about.
    services: Sequence[str] = ()
    #: Codes of the missing papers, by service.
    missing: Mapping[str, Sequence[str]] | None = None
    no_entry: bool = False
    #: Where the person goes on to; needed for those who are handed on.
    line: str | None = None
    window: str | None = None
    journey: Journey = field(default_factory=Journey)
    note: str | None = None
    #: When somebody who fetches papers will be back, in minutes from now.
    minutes: int | None = None
    #: The department of a blocked case.
    owner: str | None = None


@dataclass(frozen=True)
class Hand:
    """Who writes a consultation down, and whose window it must be; any, where a supervisor steps in."""

    author: str
    clerk: str | None


def at_window(uow: UnitOfWork, ticket_id: str, clerk: str, findings: Findings, anywhere: bool = False) -> Answer:
    """A consultation at a window, and what follows for the person in service there.

    Handed on under the same number with services, papers and note; set aside to fetch papers; a
    blocked case; else finished. Refuses unknown services and papers, and a hand-off without a line;
    another's window, unless ``anywhere``.
    """
    by = Hand(clerk, None if anywhere else clerk)
    ticket = own_ticket(uow, ticket_id, by.clerk)
    _check(uow, findings)
    about = _record(uow, Channel.WINDOW, clerk, findings, ticket)
    if ticket.state is State.CALLED:
        # Whoever was consulted has come.
        counters.start(uow, ticket.id, by.clerk, walked=False)
    return {"consultation": consultation_view(about)} | _follow(uow, ticket, by, findings)


def anywhere(uow: UnitOfWork, ticket_id: str, supervisor: str, findings: Findings) -> Answer:
    """A supervisor sorts out whoever waits, as a greeter does, and whoever is at a window, as its clerk does."""
    if uow.ticket(ticket_id).state is State.WAITING:
        return on_the_floor(uow, ticket_id, supervisor, findings)
    return at_window(uow, ticket_id, supervisor, findings, anywhere=True)


def on_the_floor(uow: UnitOfWork, ticket_id: str, clerk: str, findings: Findings) -> Answer:
    """A greeter sorts out somebody who waits: on to the right line, or out of the queue with an answer.

    Refuses what cannot be done: a case is taken up at a window, and nobody is sent home without one.
    """
    today, ticket = uow.open_day(), uow.ticket(ticket_id)
    require_today(ticket, today)
    if ticket.state is not State.WAITING or findings.outcome is Outcome.BLOCKED:
        raise IllegalMove(ticket=ticket.number, state=ticket.state)
    _check(uow, findings)
    about = {"consultation": consultation_view(_record(uow, Channel.FLOOR, clerk, findings, ticket))}
    if findings.outcome in HANDED_ON:
        assert findings.line is not None
        if findings.note:
            keep_note(uow, ticket, None, findings.note, clerk)
        stops = [transfers.checked(uow, stop) for stop in findings.journey.then]
        ticket.stops = [*stops, *(ticket.stops or [])] or None
        # With the line that they go to now.
        transfers.require_few(ticket, 1 + len(ticket.stops or []))
        first = {"line": findings.line, "window": findings.window, "clerk": findings.journey.clerk}
        transfers.redirect(uow, ticket, first, today)
        return about | {"ticket": ticket_view(ticket), "ahead": waiting.ahead(uow, ticket)}
    if findings.outcome is Outcome.NOTICE:
        # They keep their place while they look for the paper.
        return about | {"ticket": ticket_view(ticket)}
    return about | counters.leave(uow, ticket_id, clerk, anywhere=True)


def at_a_distance(
    uow: UnitOfWork,
    channel: Channel,
    clerk: str,
    findings: Findings | None,
    services: Sequence[str],
    words: Mapping[str, str],
    due_minutes: int | None,
    ticket_class: TicketClass = TicketClass.ORDINARY,
) -> Answer:
    """A call or a message at the back-office desk; without ``findings`` the answer is still owed.

    Whoever is told to come gets a number at once when the findings name a line. ``words`` are texts by
    kind: the question, and how to reach the caller. Refuses ``blocked``: a case is taken up at a window.
    """
    told = findings or Findings(Outcome.ANSWERED, services)
    _require_no_case(told.outcome)
    _check(uow, told, line_required=False)
    due = None if due_minutes is None or findings else uow.now + timedelta(minutes=due_minutes)
    about = _record(uow, channel, clerk, told, None, outcome=findings and told.outcome, due=due)
    for kind, text in words.items():
        _write(uow, about.id, kind, text, clerk)
    issued: Answer = {}
    if findings and findings.line:
        issued = intake.issue(uow, findings.line, ticket_class, "staff")
    return {"consultation": consultation_view(about), "ticket": issued.get("ticket"), "ahead": issued.get("ahead")}


def reply(uow: UnitOfWork, consultation_id: str, clerk: str, outcome: Outcome, answer: str | None) -> Answer:
    """The first reply to somebody who was promised one; its time is what the reply clock measures.

    Refuses ``blocked``: a case is taken up at a window.
    """
    _require_no_case(outcome)
    about = uow.find(Consultation, id=consultation_id)
    if about is None:
        raise UnknownConsultation()
    about.reply(outcome, clerk, uow.now)
    if answer:
        _write(uow, about.id, "answer", answer, clerk)
    uow.record("consultation.replied", about, day=uow.latest_day())
    return {"consultation": consultation_view(about)}


def _require_no_case(outcome: Outcome) -> None:
    if outcome is Outcome.BLOCKED:
        raise BadRequest(field="outcome", problem="a case is taken up at a window")


def _check(uow: UnitOfWork, findings: Findings, line_required: bool = True) -> None:
    for code in {*findings.services, *(findings.missing or {})}:
        service = uow.find(Service, code=code)
        known = {paper["code"] for paper in service.papers} if service else set()
        if service is None or not known.issuperset((findings.missing or {}).get(code, ())):
            raise UnknownService(service=code)
    if line_required and findings.outcome in HANDED_ON and findings.line is None:
        raise LineRequired()


def _record(
    uow: UnitOfWork,
    channel: Channel,
    clerk: str,
    findings: Findings,
    ticket: Ticket | None,
    **given: Any,
) -> Consultation:
    today, outcome = uow.open_day() if ticket else uow.latest_day(), given.get("outcome", findings.outcome)
    about = Consultation(
        new_id(),
        uow.hall_id,
        today.date if today else uow.hall().local(uow.now).date(),
        channel,
        clerk,
        uow.now,
        ticket_id=ticket.id if ticket else None,
        n=ticket.visit if ticket else None,
        window=ticket.window if ticket else None,
        outcome=outcome,
        services=list(findings.services) or None,
        missing={code: list(papers) for code, papers in (findings.missing or {}).items() if papers} or None,
        no_entry=findings.no_entry or None,
        due_at=given.get("due"),
        replied_at=uow.now if outcome else None,
        replied_by=clerk if outcome else None,
    )
    entities: list[Any] = [about]
    if ticket is not None:
        ticket.brings = {"services": about.services, "missing": about.missing, "consultation": about.id}
        entities.append(ticket)
    uow.record("consultation.held", *entities, day=today)
    return about


def _write(uow: UnitOfWork, about: str, kind: str, text: str, clerk: str) -> None:
    ids = {"id": new_id(), "hall_id": uow.hall_id, "about": about, "clerk": clerk}
    texts.add(uow.connection, kind=kind, text=text, at=uow.now, **ids)


def _hand_on(uow: UnitOfWork, ticket: Ticket, by: Hand, findings: Findings) -> Answer:
    assert findings.line is not None
    return transfers.transfer(
        uow, ticket.id, by.clerk, findings.line, findings.note, findings.window, by.author, findings.journey
    )


def _set_aside(uow: UnitOfWork, ticket: Ticket, by: Hand, findings: Findings) -> Answer:
    return parking.park(uow, ticket.id, by.clerk, "papers", findings.minutes, findings.note, by.author)


def _block(uow: UnitOfWork, ticket: Ticket, by: Hand, findings: Findings) -> Answer:
    service = findings.services[0] if findings.services else None
    return blocking.take_up(uow, ticket.id, by.clerk, service, findings.owner, findings.note, by.author)


def _finish(uow: UnitOfWork, ticket: Ticket, by: Hand, findings: Findings) -> Answer:
    if findings.note:
        keep_note(uow, ticket, ticket.window, findings.note, by.author)
    return counters.finish(uow, ticket.id, by.clerk, CaseResult.ADVISED)


def _follow(uow: UnitOfWork, ticket: Ticket, by: Hand, findings: Findings) -> Answer:
    if findings.outcome in HANDED_ON:
        return _hand_on(uow, ticket, by, findings)
    follow = {Outcome.NOTICE: _set_aside, Outcome.BLOCKED: _block}.get(findings.outcome, _finish)
    return follow(uow, ticket, by, findings)
