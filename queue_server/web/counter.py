"""A clerk's orders, and those about single tickets."""

from typing import Any

from flask import Blueprint

from queue_server.domain.errors import UnknownTicket
from queue_server.domain.numbering import TicketClass
from queue_server.parts import parts
from queue_server.services import alarms, counters, history, intake, parking, seats, transfers
from queue_server.services.orders import Order
from queue_server.store import current
from queue_server.web.access import Principal
from queue_server.web.bodies import (
    Call,
    Choice,
    DirectCall,
    Finish,
    Miss,
    NewCase,
    NewTicket,
    Nothing,
    Parking,
    Pause,
    Sitting,
    Transfer,
)
from queue_server.web.orders import order, read

bp = Blueprint("counter", __name__, url_prefix="/api/halls/<hall:hall>")
#: Roles that may act on any ticket or window, not only their own.
ANYWHERE = frozenset({"supervisor", "greeter"})


def _owner(who: Principal) -> str | None:
    """Whose window it must be; None when a supervisor steps in."""
    return None if who.role == "supervisor" else who.id


@order(bp, "/tickets", "issue", NewTicket)
def create_ticket(who: Principal, body: NewTicket) -> Order:
    """Take the next number of a line."""
    channel = "kiosk" if who.role == "kiosk" else "staff"
    return lambda uow: intake.issue(uow, body.line, TicketClass(body.ticket_class), channel, body.lang)


@order(bp, "/windows/<window:code>/sessions", "serve", Sitting)
def open_window(who: Principal, body: Sitting, code: str) -> Order:
    """Sit down at a window and open it."""
    return lambda uow: seats.open_window(uow, code, who.id, body.leave)


@order(bp, "/windows/<window:code>/closing", "serve", status=200)
def close_window(who: Principal, body: Nothing, code: str) -> Order:
    """Close a window."""
    return lambda uow: seats.close_window(uow, code, _owner(who))


@order(bp, "/windows/<window:code>/pauses", "serve", Pause)
def pause_window(who: Principal, body: Pause, code: str) -> Order:
    """Pause a window, with the reason."""
    return lambda uow: seats.pause(uow, code, _owner(who), body.reason)


@order(bp, "/windows/<window:code>/resumptions", "serve")
def resume_window(who: Principal, body: Nothing, code: str) -> Order:
    """Resume a paused window."""
    return lambda uow: seats.resume(uow, code, _owner(who))


@order(bp, "/windows/<window:code>/calls", "serve", Call)
def create_call(who: Principal, body: Call, code: str) -> Order:
    """Call the next ticket, finishing the one in service in the same press."""
    return lambda uow: counters.call_next(uow, code, who.id, body.finishing, body.result)


@order(bp, "/windows/<window:code>/choices", "serve", Choice)
def create_choice(who: Principal, body: Choice, code: str) -> Order:
    """Call a ticket that is not next, where the hall allows it."""
    return lambda uow: counters.call_chosen(uow, code, who.id, body.ticket, body.reason)


@order(bp, "/tickets/<id:ticket>/recalls", "serve")
def create_recall(who: Principal, body: Nothing, ticket: str) -> Order:
    """Call again somebody who has not come."""
    return lambda uow: counters.recall(uow, ticket, _owner(who))


@order(bp, "/tickets/<id:ticket>/starts", "serve")
def create_start(who: Principal, body: Nothing, ticket: str) -> Order:
    """The person has arrived."""
    return lambda uow: counters.start(uow, ticket, _owner(who))


@order(bp, "/tickets/<id:ticket>/finishes", "serve", Finish)
def create_finish(who: Principal, body: Finish, ticket: str) -> Order:
    """Finish the ticket in service; with stops left, the person goes on to the next."""
    return lambda uow: counters.finish(uow, ticket, _owner(who), body.result)


@order(bp, "/tickets/<id:ticket>/undoings", "serve")
def undo_finish(who: Principal, body: Nothing, ticket: str) -> Order:
    """Take a mistaken finish back, within ten seconds."""
    return lambda uow: counters.undo_finish(uow, ticket, _owner(who))


@order(bp, "/tickets/<id:ticket>/cases", "serve", NewCase)
def create_case(who: Principal, body: NewCase, ticket: str) -> Order:
    """One more case for the same person at the same stay."""
    return lambda uow: counters.add_case(uow, ticket, _owner(who), body.service)


@order(bp, "/tickets/<id:ticket>/parkings", "serve", Parking)
def park(who: Principal, body: Parking, ticket: str) -> Order:
    """Set the person in service aside, to come back the same day."""
    return lambda uow: parking.park(uow, ticket, _owner(who), body.reason, body.minutes, body.note, who.id)


@order(bp, "/tickets/<id:ticket>/returns", "reinstate")
def create_return(who: Principal, body: Nothing, ticket: str) -> Order:
    """A parked person is back in line."""
    return lambda uow: parking.come_back(uow, ticket)


@order(bp, "/tickets/<id:ticket>/misses", "serve", Miss)
def create_miss(who: Principal, body: Miss, ticket: str) -> Order:
    """The person called did not come."""
    return lambda uow: counters.miss(uow, ticket, _owner(who), body.reason)


@order(bp, "/tickets/<id:ticket>/reinstatements", "reinstate")
def create_reinstatement(who: Principal, body: Nothing, ticket: str) -> Order:
    """A missed person is back in line."""
    return lambda uow: counters.reinstate(uow, ticket)


@order(bp, "/tickets/<id:ticket>/direct-calls", "serve", DirectCall)
def create_direct_call(who: Principal, body: DirectCall, ticket: str) -> Order:
    """Serve a missed person who stands at the window."""
    return lambda uow: counters.call_directly(uow, ticket, body.window, who.id)


@order(bp, "/tickets/<id:ticket>/transfers", "serve", Transfer)
def create_transfer(who: Principal, body: Transfer, ticket: str) -> Order:
    """Hand the person on to another line, window or clerk, or to several one after another."""
    then = [stop.model_dump() for stop in body.then]
    journey = transfers.Journey(body.clerk, then, body.come_back, body.wrong)
    return lambda uow: transfers.transfer(uow, ticket, _owner(who), body.line, body.note, body.window, who.id, journey)


@order(bp, "/windows/<window:code>/alarms", "serve")
def raise_alarm(who: Principal, body: Nothing, code: str) -> Order:
    """Call colleagues for help, silently."""
    return lambda uow: alarms.call_for_help(uow, code, who.id)


@order(bp, "/alarms/<id:alarm>/acceptances", "help")
def accept_alarm(who: Principal, body: Nothing, alarm: str) -> Order:
    """Say that one comes to help."""
    return lambda uow: alarms.accept(uow, alarm, who.id)


@order(bp, "/alarms/<id:alarm>/endings", "help")
def end_alarm(who: Principal, body: Nothing, alarm: str) -> Order:
    """The help is no longer needed."""
    return lambda uow: alarms.end(uow, alarm)


@order(bp, "/tickets/<id:ticket>/departures", "leave")
def create_departure(who: Principal, body: Nothing, ticket: str) -> Order:
    """The person gave up."""
    return lambda uow: counters.leave(uow, ticket, who.id, anywhere=who.role in ANYWHERE)


@read(bp, "/tickets/<id:ticket>/notes", "read_notes")
def show_notes(who: Principal, hall: str, ticket: str) -> dict[str, Any]:
    """Notes that colleagues left on a ticket, newest first."""
    with parts().store.reading() as connection:
        if not current.has_ticket(connection, hall, ticket):
            raise UnknownTicket()
        return {"notes": history.notes(connection, hall, ticket)}


@read(bp, "/tickets/<id:ticket>/history", "read_notes")
def show_history(who: Principal, hall: str, ticket: str) -> dict[str, Any]:
    """What happened to this ticket before: earlier stays, what came of them, who handed it on, and the notes."""
    with parts().store.reading() as connection:
        return history.of_ticket(connection, hall, ticket)
