"""Ending a stay at a window."""

from queue_server.domain.day import Day
from queue_server.domain.errors import IllegalMove, NotYourWindow
from queue_server.domain.ticket import State, Ticket
from queue_server.domain.visit import Visit
from queue_server.domain.window import Window
from queue_server.services import transfers
from queue_server.services.announcements import replace_earlier
from queue_server.services.held import handling_s
from queue_server.store.unit_of_work import UnitOfWork


def finish_stay(uow: UnitOfWork, ticket: Ticket, window: Window, today: Day, result: str | None = None) -> Ticket:
    """The person's business at this window is done; with stops left they go on to the next.

    Where the hall's rules ask for no arrival, somebody who was only called is started and finished at
    once. Refuses who is not in service, and one press within five seconds of the call.
    """
    if ticket.window != window.code:
        raise NotYourWindow(window=window.code)
    visit = uow.visit(ticket)
    if ticket.state is State.CALLED and not uow.hall().decided.arrival:
        _start_at_call(uow, ticket, visit, window, today)
    if ticket.state is not State.SERVING:
        raise IllegalMove(ticket=ticket.number, state=ticket.state, to=State.DONE)
    visit.result = result
    if ticket.stops:
        return transfers.go_on(uow, ticket, visit, window, today)
    ticket.finish(uow.now)
    visit.end("done", uow.now)
    window.finished(handling_s(visit))
    uow.record("ticket.finished", ticket, visit, window, day=today, window=window.code)
    return ticket


def _start_at_call(uow: UnitOfWork, ticket: Ticket, visit: Visit, window: Window, today: Day) -> None:
    ticket.start_at_call(uow.now)
    visit.started_at = ticket.started_at
    replaced = replace_earlier(uow, window=window.code)
    uow.record("ticket.started", ticket, visit, *replaced, day=today, window=window.code)
