"""Blocked cases: taken up at a window, and followed until somebody checked that they are settled."""

from typing import Any

from queue_server.domain.blocked import SETTLED_WITHIN, BlockedCase, Step, workday_after
from queue_server.domain.errors import UnknownCase, UnknownService
from queue_server.domain.rules import Result as CaseResult
from queue_server.domain.service import Service
from queue_server.domain.ticket import State
from queue_server.services import counters
from queue_server.services.held import held
from queue_server.services.views import case_view, ticket_view
from queue_server.store import texts
from queue_server.store.unit_of_work import UnitOfWork, new_id

Answer = dict[str, Any]


def take_up(
    uow: UnitOfWork,
    ticket_id: str,
    clerk: str | None,
    service: str | None,
    owner: str | None,
    text: str | None,
    author: str | None = None,
) -> Answer:
    """Somebody's business cannot be done: a case with a clock, and the stay ends as refused.

    The department of the service answers for it when none is named. ``author`` or the clerk takes it up.
    Refuses an unknown service.
    """
    by = author or clerk or ""
    today, ticket, window = held(uow, ticket_id, clerk)
    known = uow.find(Service, code=service) if service else None
    if service and known is None:
        raise UnknownService(service=service)
    due = workday_after(uow.hall(), today.date, SETTLED_WITHIN)
    case = BlockedCase(new_id(), uow.hall_id, today.date, uow.now, by, due, ticket.id, service)
    case.owner, case.window, case.stepped_at = owner or (known.owner if known else None), window.code, uow.now
    if text:
        _write(uow, case.id, text, by)
    uow.record("case.taken_up", case, day=today)
    if ticket.state is State.CALLED:
        counters.start(uow, ticket_id, clerk, walked=False)
    counters.finish(uow, ticket_id, clerk, CaseResult.REFUSED)
    return {"case": case_view(case), "ticket": ticket_view(ticket)}


def step(uow: UnitOfWork, case_id: str, clerk: str, to: Step, owner: str | None, text: str | None) -> Answer:
    """The next step of a case, with what was done. Refuses any step but the next."""
    case = uow.find(BlockedCase, id=case_id)
    if case is None:
        raise UnknownCase()
    case.advance(to, uow.now, owner)
    if text:
        _write(uow, case.id, text, clerk)
    uow.record("case.stepped", case, day=uow.latest_day())
    return {"case": case_view(case)}


def _write(uow: UnitOfWork, about: str, text: str, clerk: str) -> None:
    ids = {"id": new_id(), "hall_id": uow.hall_id, "about": about, "clerk": clerk}
    texts.add(uow.connection, kind="step", text=text, at=uow.now, **ids)
