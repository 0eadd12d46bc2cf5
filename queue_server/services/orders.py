"""The frame around every order: idempotency, refusals, one transaction."""

from collections.abc import Callable
from typing import Any

from queue_server.domain.errors import KeyReused, Refused
from queue_server.store import idempotency
from queue_server.store.idempotency import Answer, Press
from queue_server.store.unit_of_work import UnitOfWork

#: A service function, its arguments bound: it gets the locked unit of work.
Order = Callable[[UnitOfWork], dict[str, Any]]


def perform(
    uow: UnitOfWork, order: Order, press: Press, status: int, refusal_status: Callable[[Refused], int]
) -> Answer:
    """Do the order once; answer a retry of the same press with the same answer.

    The answer is stored in the order's own transaction. One that the hall's rules refuse leaves no
    change behind: its transaction is undone as a whole, and the refusal stored in another. A savepoint
    would do without the second one, and cost every order that is not refused two questions more.
    """
    try:
        return _once(uow, press, lambda: _done(uow, order, status))
    except KeyReused:
        raise
    except Refused as refusal:
        refused = Answer(refusal_status(refusal), {"error": refusal.code, "facts": refusal.facts})
    # The same press may have come again in between, and been done: then that is its answer.
    return _once(uow, press, lambda: refused)


def _once(uow: UnitOfWork, press: Press, answered: Callable[[], Answer]) -> Answer:
    uow.foreseen = [idempotency.expected(press)]
    with uow:
        earlier = idempotency.earlier_answer(uow, press)
        if earlier is not None:
            return earlier
        answer = answered()
        idempotency.keep(uow, press, answer)
        return answer


def _done(uow: UnitOfWork, order: Order, status: int) -> Answer:
    body = order(uow)
    return Answer(200 if body.pop("_nothing", False) else status, body | {"seq": uow.seq})
