"""One press of the clerk's, made an order: once, however often it is pressed, sent or answered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from counter_client.api import Answer, Api, Refusal, UnreachableError
from counter_client.memory import Memory, Press
from counter_client.window_view import View, next_action

#: Orders about the window, and about a ticket, as docs/protocol.md names them.
OF_WINDOW: Final = {
    "open": "sessions",
    "close": "closing",
    "pause": "pauses",
    "resume": "resumptions",
    "call": "calls",
    "finish_and_call": "calls",
}
OF_TICKET: Final = {
    "recall": "recalls",
    "start": "starts",
    "finish": "finishes",
    "miss": "misses",
    "transfer": "transfers",
    "call_back": "direct-calls",
}
#: A press this old is no longer meant when another key is pressed, in seconds: the page gives up as late.
STILL_MEANT_S: Final = 60.0
#: A press this old is not sent again at all, in seconds: the server keeps its answers for 48 hours.
KEPT_S: Final = 12 * 3600.0
#: Refusals that are not stored: they say nothing about a press that was sent before.
NOT_STORED: Final = frozenset({"not_signed_in", "csrf_failed"})

Words = dict[str, str]
Kind = Literal["done", "refused", "unconfirmed", "unsent", "ignored", "earlier"]


@dataclass(frozen=True)
class Outcome:
    """What came of a press.

    ``unconfirmed``: sent, and nobody answered. ``unsent``: the server could not be asked, nothing was sent.
    ``ignored``: the second half of a double press, or another press is under way. ``earlier``: an unanswered
    press was settled first (``settled``) and this one not sent, for the clerk did not know what it would be about.
    """

    kind: Kind
    command: str
    action: str = ""
    subject: str | None = None
    body: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    #: The server had done this press before; it answers what it said then.
    replayed: bool = False
    settled: "Outcome | None" = None


class Presser:
    """Presses of one desk. Safe beside other processes of the same desk."""

    def __init__(self, api: Api, memory: Memory) -> None:
        self._api, self._memory = api, memory

    def press(self, command: str, words: Words, look: Callable[[], View], at: float) -> Outcome:
        """Send one order; ``at`` is when the key went down, in seconds since 1970.

        ``look`` shows the window; it may raise UnreachableError and Refusal. It is not called when an
        unanswered press has to be settled.
        """
        with self._memory.hand() as mine:
            if not mine:
                return Outcome("ignored", command, error="under_way")
            pending = self._memory.press()
            if pending is not None:
                settled = self._settled_first(pending, command, words, at)
                if settled is not None:
                    return settled
            if self._memory.doubles(command, at):
                return Outcome("ignored", command, error="double_press")
            return self._fresh(command, words, look, at)

    def again(self) -> Outcome | None:
        """Send the unanswered press once more; None when there is none, or another process is at it."""
        with self._memory.hand() as mine:
            pending = self._memory.press() if mine else None
            return self._send(pending, doubtful=True) if pending is not None else None

    def _settled_first(self, pending: Press, command: str, words: Words, at: float) -> Outcome | None:
        age = at - pending.at
        if pending.is_same(command, words) and age < KEPT_S:
            return self._send(pending, doubtful=True)
        if age >= STILL_MEANT_S:
            self._memory.settle()
            return None
        settled = self._send(pending, doubtful=True)
        return settled if settled.kind == "unconfirmed" else Outcome("earlier", command, settled=settled)

    def _fresh(self, command: str, words: Words, look: Callable[[], View], at: float) -> Outcome:
        try:
            view = look()
        except UnreachableError:
            return Outcome("unsent", command, error="unreachable")
        except Refusal as refusal:
            return Outcome("refused", command, error=refusal.code, facts=refusal.facts)
        press = press_for(command, words, view, at)
        if isinstance(press, Outcome):
            return press
        self._memory.keep(press)
        return self._send(press, doubtful=False)

    def _send(self, press: Press, doubtful: bool) -> Outcome:
        try:
            answer = self._api.order("POST", press.path, press.body, press.key)
        except UnreachableError:
            return Outcome("unconfirmed", press.command, press.action, press.subject)
        except Refusal as refusal:
            if not (doubtful and refusal.code in NOT_STORED):
                self._memory.settle()
            return Outcome(
                "refused", press.command, press.action, press.subject, error=refusal.code, facts=refusal.facts
            )
        self._memory.settle()
        return _done(press, answer)


def _done(press: Press, answer: Answer) -> Outcome:
    return Outcome("done", press.command, press.action, press.subject, answer.body, replayed=answer.replayed)


def press_for(command: str, words: Words, view: View, at: float) -> Press | Outcome:
    """The order behind a command as the window now stands; an Outcome when there is nothing to order."""
    action = {"next": next_action(view), "missed": "miss"}.get(command, command)
    if view.window is None:
        return Outcome("refused", command, action, error="no_window")
    code, held = str(view.window["code"]), view.ticket
    if action in OF_WINDOW:
        body: dict[str, Any] = dict(words)
        if action == "finish_and_call" and held is not None:
            body["finishing"] = held["id"]
        subject = held["number"] if held else None
        return Press(command, words, action, f"/windows/{code}/{OF_WINDOW[action]}", body, subject, at)
    about = _about(view, words) if action == "call_back" else held
    if about is None:
        return Outcome("refused", command, action, error="no_ticket")
    body = {"window": code} if action == "call_back" else dict(words)
    return Press(command, words, action, f"/tickets/{about['id']}/{OF_TICKET[action]}", body, about["number"], at)


def _about(view: View, words: Words) -> dict[str, Any] | None:
    """The missed ticket that a number names."""
    return next((ticket for ticket in view.missed if ticket["number"] == words.get("number")), None)
