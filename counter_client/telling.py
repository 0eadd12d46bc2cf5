"""One clear line about a press or a window, for people and for programs."""

from typing import Any, Final

from counter_client.presser import Outcome
from counter_client.sentences import Sentences
from counter_client.window_view import View

#: Exit codes of a command, by what came of it. 2 is for wrong options.
EXIT: Final = {"done": 0, "refused": 1, "ignored": 1, "earlier": 1, "unconfirmed": 3, "unsent": 3}


def told(outcome: Outcome, say: Sentences) -> str:
    """What came of a press, as a sentence."""
    if outcome.kind == "done":
        text = _done(outcome, say)
        return say("desk.replayed", text=text) if outcome.replayed else text
    if outcome.kind == "earlier" and outcome.settled is not None:
        return say("desk.earlier", text=told(outcome.settled, say))
    if outcome.kind == "unconfirmed":
        return say("desk.unconfirmed")
    if outcome.kind == "ignored":
        return say(f"desk.{outcome.error}")
    return say.refusal(outcome.error, outcome.facts)


def _done(outcome: Outcome, say: Sentences) -> str:
    """The page's own sentences (static/counter/presses.js)."""
    calling = outcome.action in ("call", "finish_and_call")
    ticket, finished = outcome.body.get("ticket"), outcome.body.get("finished")
    if calling and not ticket:
        if finished:
            return say("counter.outcome.finished_nobody", ticket=finished["number"])
        return say("counter.outcome.nobody")
    name = "call" if outcome.action == "finish_and_call" else outcome.action
    return say(f"counter.outcome.{name}", ticket=ticket["number"] if ticket else outcome.subject)


def record(outcome: Outcome, say: Sentences) -> dict[str, Any]:
    """The same for a program: fields are only ever added."""
    about = outcome.settled or outcome
    ticket, finished = about.body.get("ticket"), about.body.get("finished")
    return {
        "outcome": outcome.kind,
        "command": outcome.command,
        "action": about.action or None,
        "ticket": ticket["number"] if ticket else None,
        "finished": finished["number"] if finished else None,
        "subject": about.subject,
        "seq": about.body.get("seq"),
        "error": about.error or None,
        "facts": about.facts,
        "replayed": about.replayed,
        "text": told(outcome, say),
    }


def described(view: View, say: Sentences) -> str:
    """A window, its ticket and who waits, in one line."""
    if view.window is None:
        return say("error.no_window")
    window, waiting = say.window(view.window), say("desk.waiting", lines=waiting_text(view, say))
    if view.taken:
        waiting += say("desk.taken")
    if view.ticket is None:
        return say("desk.status", window=window, state=say(f"window.state.{view.state}"), waiting=waiting)
    state = say(f"ticket.state.{view.ticket['state']}")
    return say("desk.status_ticket", window=window, number=view.ticket["number"], state=state, waiting=waiting)


def waiting_text(view: View, say: Sentences) -> str:
    counts = [say("desk.waiting_line", letter=letter, n=n) for letter, n in view.waiting.items()]
    return say("desk.joint").join(counts)


def view_record(view: View, pending: bool, say: Sentences) -> dict[str, Any]:
    """A window for a program."""
    ticket = view.ticket and {name: view.ticket.get(name) for name in ("number", "line", "state", "class")}
    return {
        "window": view.window["code"] if view.window else None,
        "state": view.state if view.window else None,
        "taken": view.taken,
        "ticket": ticket,
        "waiting": view.waiting,
        "unconfirmed": pending,
        "text": described(view, say),
    }
