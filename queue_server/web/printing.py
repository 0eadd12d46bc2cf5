"""Print jobs: ordered by staff, fetched and reported by the programs of ticket printers."""

from typing import Any

from flask import Blueprint, Response, jsonify

from queue_server.parts import parts
from queue_server.services import presence, printing
from queue_server.services.orders import Order
from queue_server.store import people
from queue_server.web.access import Principal
from queue_server.web.bodies import Nothing, PrintFailed, PrintOrder
from queue_server.web.orders import asked_by, order, parse, plain, press, read

bp = Blueprint("printing", __name__, url_prefix="/api/halls/<hall:hall>")


@order(bp, "/consultations/<id:consultation>/prints", "consult", PrintOrder)
def print_notice(who: Principal, body: PrintOrder, consultation: str) -> Order:
    """Print the one-time notice on a ticket printer."""
    return lambda uow: printing.order_notice(uow, consultation, who.id, body.language)


@read(bp, "/consultations/<id:consultation>/prints", "consult")
def show_prints(who: Principal, hall: str, consultation: str) -> dict[str, Any]:
    """What became of the notice's print jobs, and which printer there is."""
    with parts().store.reading() as connection:
        return printing.notices(connection, hall, consultation, who.id, parts().clock())


@read(bp, "/prints", "print")
def show_queue(who: Principal, hall: str) -> dict[str, Any]:
    """What this printer has to do."""
    with parts().store.reading() as connection:
        return printing.queue(connection, hall, who.id)


@plain(bp, "/prints/here", "POST", "print", Nothing)
def say_alive(hall: str) -> Response:
    """A printer's sign of life, where no websocket passes: a side fact of the device, in no log."""
    who = asked_by("print", hall)
    parse(Nothing)
    press(who)
    with parts().store.reading() as connection:
        quiet = people.quiet_for(connection, who.id, parts().clock())
    if quiet >= printing.SEEN_EVERY:
        with parts().uow(hall) as uow:
            presence.note(uow, {who.id: presence.Sign()})
    return jsonify({})


@read(bp, "/prints/<id:job>/content", "print")
def show_content(who: Principal, hall: str, job: str) -> dict[str, Any]:
    """What is to be on the paper of a job that this printer has claimed."""
    with parts().store.reading() as connection:
        return printing.content(connection, hall, job, who.id)


@order(bp, "/prints/<id:job>/starts", "print")
def start_print(who: Principal, body: Nothing, job: str) -> Order:
    """Claim a job: this printer prints it now."""
    return lambda uow: printing.start(uow, job, who.id)


@order(bp, "/prints/<id:job>/ends", "print")
def end_print(who: Principal, body: Nothing, job: str) -> Order:
    """The paper is out."""
    return lambda uow: printing.end(uow, job, who.id)


@order(bp, "/prints/<id:job>/failures", "print", PrintFailed)
def fail_print(who: Principal, body: PrintFailed, job: str) -> Order:
    """It was not printed, or nobody knows."""
    return lambda uow: printing.fail(uow, job, who.id, body.reason)
