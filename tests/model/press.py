"""One press of a button: what the product is asked, what the model says to it, and the answer once there is one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from queue_server.services.orders import Order
from queue_server.store.idempotency import Answer, Press
from tests.model.papers import HOUR, Alarm, Call, Case, Consultation, Day, Line, No, Print, Ticket, Window, Yes

#: How long an answer is kept for retries, by the computer's clock.
KEPT = 48 * HOUR
NOBODY = "0" * 32


def sign(text: str) -> str:
    """In the place of the server's key."""
    return sha256(text.encode()).hexdigest()


@dataclass(eq=False)
class Pressed:
    name: str
    actor: str
    hall: str
    key: str
    order: Order
    rule: Callable[[], No | Yes]
    status: int = 201
    body: str = "{}"
    answer: Answer | None = None
    #: When the answer may be forgotten.
    until: int = 0
    scope: str = field(init=False)

    def __post_init__(self) -> None:
        self.scope = sha256(f"{self.actor} {self.hall} {self.name}".encode()).hexdigest()

    def press(self, body: str | None = None) -> Press:
        return Press(self.scope, self.key, sha256((body or self.body).encode()).hexdigest())


def refusal_status(code: str) -> int:
    """As the protocol's page groups the refusals."""
    if code.startswith("unknown_"):
        return 404
    return {"bad_request": 400, "not_your_window": 403}.get(code, 409)


def check(said: No | Yes, pressed: Pressed, answer: Answer, seq: int) -> None:
    """The answer is a refusal for one of the model's reasons, or holds what the model says."""
    body, name = answer.body, pressed.name
    if isinstance(said, No):
        assert said.reasons, f"{name}: the model refuses without a reason"
        assert "error" in body, f"{name} was done, must be refused: {sorted(said.reasons)}"
        assert body["error"] in said.reasons, f"{name}: refused as {body['error']}, must be {sorted(said.reasons)}"
        assert answer.status == refusal_status(body["error"])
        return
    assert "error" not in body, f"{name}: refused as {body.get('error')} {body.get('facts')}, must be done"
    assert answer.status == said.pop("status", pressed.status)
    assert body["seq"] == seq, f"{name}: answers seq {body['seq']}, the log stands at {seq}"
    for part, wanted in said.items():
        _check_part(name, part, body[part], wanted)


def _check_part(name: str, part: str, shown: Any, wanted: Any) -> None:
    if wanted is None or isinstance(wanted, int | str | list) or part == "rules":
        assert shown == wanted, f"{name}: {part} is {shown}, must be {wanted}"
        return
    assert shown is not None, f"{name}: nobody, must be {_named(wanted)}"
    if not getattr(wanted, "id", "known"):
        wanted.id = shown["id"]
    for column, value in _named(wanted).items():
        assert column not in shown or shown[column] == value, (
            f"{name}: {part}.{column} {shown[column]}, must be {value}"
        )


def _named(wanted: Any) -> dict[str, Any]:
    if isinstance(wanted, Ticket):
        return {"id": wanted.id, "number": wanted.number, "line": wanted.line, "state": wanted.state} | {
            "window": wanted.window, "class": wanted.kind, "ordinal": wanted.ordinal, "calls": wanted.calls
        }  # fmt: skip
    if isinstance(wanted, Window):
        return {"code": wanted.code, "state": wanted.state, "clerk": wanted.clerk, "served": wanted.served}
    if isinstance(wanted, Day):
        return {"date": wanted.date, "state": wanted.state, "manual": wanted.manual}
    if isinstance(wanted, Line):
        return {"letter": wanted.letter, "open": wanted.open, "closed_on": wanted.closed_on}
    if isinstance(wanted, Alarm | Consultation | Case | Print):
        # The rest of the row is compared with the table.
        shown = ("id", "state", "reason", "device") if isinstance(wanted, Print) else ("id", "window", "clerk")
        return {name: getattr(wanted, name) for name in shown}
    assert isinstance(wanted, Call)
    return {"seq": wanted.seq, "state": wanted.state, "number": wanted.ticket.number}
