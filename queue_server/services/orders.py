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

    The answer, also a refusal by the hall's rules, is stored in the order's own transaction. A
    refused order leaves no change behind.
    """
    with uow:
        earlier = idempotency.earlier_answer(uow.connection, press, uow.real_now)
        if earlier is not None:
            return earlier
        answer = _attempt(uow, order, status, refusal_status)
        idempotency.keep(uow.connection, press, answer, uow.real_now)
        return answer


def _attempt(uow: UnitOfWork, order: Order, status: int, refusal_status: Callable[[Refused], int]) -> Answer:
    try:
        with uow.savepoint():
            body = order(uow)
    except KeyReused:
        raise
    except Refused as refusal:
        return Answer(refusal_status(refusal), {"error": refusal.code, "facts": refusal.facts})
    return Answer(200 if body.pop("_nothing", False) else status, body | {"seq": uow.seq})
