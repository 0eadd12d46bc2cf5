"""Stored answers: a retry of a press gets the first answer, and nothing is done twice."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from queue_server.domain.errors import KeyReused
from queue_server.domain.events import canonical
from queue_server.store.tables import idempotency
from queue_server.store.unit_of_work import UnitOfWork

KEPT = timedelta(hours=48)
#: Built once: building a statement costs more than running it.
EARLIER = sa.select(idempotency).where(
    idempotency.c.scope == sa.bindparam("by"), idempotency.c.key == sa.bindparam("pressed")
)
NEW_ANSWER = idempotency.insert()


@dataclass(frozen=True)
class Press:
    """One press of one button by one actor; retries repeat it."""

    #: Hash of actor, method and path: keys of different people never meet.
    scope: str
    key: str
    #: Hash of the request's body.
    fingerprint: str


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict[str, Any]
    #: Whether this was answered before.
    replay: bool = False


def expected(press: Press) -> tuple[sa.Select[Any], dict[str, str]]:
    """The question whether this press was answered before, to go along with the hall's lock."""
    return EARLIER, {"by": press.scope, "pressed": press.key}


def earlier_answer(uow: UnitOfWork, press: Press) -> Answer | None:
    """The answer this press got before. Refuses a key that came with another body."""
    question, given = expected(press)
    found = uow.ask(question, **given)
    if not found:
        return None
    row = found[0]
    if row["expires_at"] <= uow.real_now:
        uow.connection.execute(
            idempotency.delete().where(idempotency.c.scope == press.scope, idempotency.c.key == press.key)
        )
        return None
    if row["fingerprint"] != press.fingerprint:
        raise KeyReused()
    return Answer(row["status"], json.loads(row["body"]), replay=True)


def keep(uow: UnitOfWork, press: Press, answer: Answer) -> None:
    kept = {"scope": press.scope, "key": press.key, "fingerprint": press.fingerprint, "status": answer.status}
    uow.tell(NEW_ANSWER, kept | {"body": canonical(answer.body), "expires_at": uow.real_now + KEPT})


def forget_expired(connection: Connection, now: datetime, limit: int = 500) -> int:
    """Delete some answers that nobody can ask for any more; returns how many."""
    old = sa.select(idempotency.c.scope, idempotency.c.key).where(idempotency.c.expires_at <= now).limit(limit)
    pairs = connection.execute(old).all()
    for scope, key in pairs:
        connection.execute(idempotency.delete().where(idempotency.c.scope == scope, idempotency.c.key == key))
    return len(pairs)
