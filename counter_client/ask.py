"""Questions of the keypad: a list of choices, each with the figures that name it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from counter_client.presser import Words
from counter_client.sentences import Sentences
from counter_client.window_view import Row, View

#: Reasons for a pause, as the server names them, in the order of their figures.
REASONS: Final = ("meal", "rest", "paperwork", "meeting", "equipment", "other")


@dataclass(frozen=True)
class Order:
    """What a choice comes to: the command to send."""

    command: str
    words: Words


@dataclass(frozen=True)
class Ask:
    """One question. What is chosen is an order, or another question."""

    #: Key of its sentence, and the facts besides ``typed``.
    title: str
    facts: dict[str, Any]
    #: By the figures to type: what to show, and what it means. An empty one is taken without figures.
    choices: dict[str, tuple[str, "Order | Callable[[], Ask | Order]"]]
    #: Id of the ticket that it is about: with it goes the question.
    ticket: str | None = None

    def choose(self, typed: str) -> "Ask | Order | None":
        """None when there is no such choice."""
        found = self.choices.get(typed)
        if found is None:
            return None
        return found[1] if isinstance(found[1], Order) else found[1]()

    def listed(self, say: Sentences) -> tuple[str, ...]:
        return tuple(say("keypad.choice", n=n or "0", text=text) for n, (text, _) in self.choices.items() if n != "0")


def reasons(say: Sentences) -> Ask:
    named = {
        str(n): (say(f"pause.{reason}"), Order("pause", {"reason": reason})) for n, reason in enumerate(REASONS, 1)
    }
    return Ask("keypad.why", {}, dict(named))


def lines(view: View, say: Sentences) -> Ask | None:
    """Where to hand the ticket at the window on to; None without a ticket, or another line."""
    others = view.other_lines()
    if view.ticket is None or not others:
        return None
    choices = {str(n): (say.line(line), _to(view, line, say)) for n, line in enumerate(others, 1)}
    return Ask("keypad.line", {"ticket": view.ticket["number"]}, dict(choices), view.ticket["id"])


def _to(view: View, line: Row, say: Sentences) -> "Callable[[], Ask | Order]":
    """The line is chosen: ask for the window, where there is one to choose."""
    any_window = Order("transfer", {"line": line["letter"]})

    def ask() -> Ask | Order:
        serving = {_figures(w): w for w in view.windows_of(line["letter"]) if w["code"] != _code(view)}
        if not serving:
            return any_window
        ticket = view.ticket["id"] if view.ticket else None
        named = {
            n: (say.window(w), Order("transfer", {"line": line["letter"], "window": str(w["code"])}))
            for n, w in serving.items()
        }
        anywhere = (say("keypad.any_window"), any_window)
        return Ask("keypad.to_window", {"line": say.line(line)}, {"": anywhere, "0": anywhere, **named}, ticket)

    return ask


def missed(view: View, typed: str) -> Sequence[str]:
    """Missed numbers that end in the figures typed: 12 is A012 and VA012."""
    numbers = [str(ticket["number"]) for ticket in view.missed]
    return sorted(number for number in numbers if _serial(number) == int(typed))


def which(numbers: Sequence[str]) -> Ask | Order:
    orders = [Order("call_back", {"number": number}) for number in numbers]
    if len(orders) == 1:
        return orders[0]
    return Ask("keypad.which", {}, {str(n): (order.words["number"], order) for n, order in enumerate(orders, 1)})


def _serial(number: str) -> int:
    figures = number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(figures) if figures.isdecimal() else -1


def _figures(window: Row) -> str:
    """What to type for a window: its number; a zero window's desk has a zero before it."""
    return f"0{window['number']}" if window.get("kind") == "zero" else str(window["number"])


def _code(view: View) -> str:
    return str(view.window["code"]) if view.window else ""
