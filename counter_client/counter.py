"""Headless use of one window: one command, one order."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from typing import Any, Final

from counter_client.api import Answer, Api

#: Reasons for a pause, as the server names them.
REASONS: Final = ("meal", "rest", "paperwork", "meeting", "equipment", "other")


class NoTicketError(Exception):
    """The window holds no ticket that the order could be about."""


class NoWindowError(Exception):
    """No --window was given and the clerk sits at none."""


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """``commands`` is what ``add_subparsers`` answered."""
    for name, (_, help_text) in COMMANDS.items():
        parser = commands.add_parser(name, help=help_text, parents=[common])
        parser.add_argument("--user", required=True)
        parser.add_argument("--window", help="default: where this clerk sits")
        if name == "pause":
            parser.add_argument("--reason", choices=REASONS, default="other")
        if name == "transfer":
            parser.add_argument("--line", required=True, help="letter of the line to hand on to")
            parser.add_argument("--note", help="for the next clerk; no personal data")
            parser.add_argument("--to-window", help="keep the ticket for this window")


def run(options: argparse.Namespace) -> int:
    """Sign in, press once, say what came of it, sign out."""
    password = os.environ.get("HALL_PASSWORD") or getpass.getpass(f"{options.user}: ")
    api = Api(options.server, options.hall)
    api.sign_in(options.user, password)
    try:
        code = options.window or api.get("/api/session").body.get("window")
        if not code:
            raise NoWindowError("no --window, and this clerk sits at none")
        answer = COMMANDS[options.command][0](api, str(code), options)
        _show(api, str(code), answer)
    finally:
        api.sign_out()
    return 0


def _at_window(api: Api, code: str) -> dict[str, Any] | None:
    """The ticket the window holds."""
    tickets = api.get("/snapshot", scope="staff").body["snapshot"]["tickets"].values()
    held = (t for t in tickets if t["window"] == code and t["state"] in ("called", "serving"))
    return next(held, None)


def _ticket(noun: str) -> "Command":
    """An order about the ticket at the window."""

    def press(api: Api, code: str, options: argparse.Namespace) -> Answer:
        held = _at_window(api, code)
        if held is None:
            raise NoTicketError(f"window {code} holds no ticket")
        return api.order("POST", f"/tickets/{held['id']}/{noun}", _body(options))

    return press


def _window(noun: str) -> "Command":
    def press(api: Api, code: str, options: argparse.Namespace) -> Answer:
        return api.order("POST", f"/windows/{code}/{noun}", _body(options))

    return press


def _body(options: argparse.Namespace) -> dict[str, str]:
    """What the order has to say, from the options that were given."""
    said = {"reason": "reason", "line": "line", "note": "note", "to_window": "window"}
    return {name: getattr(options, option) for option, name in said.items() if getattr(options, option, None)}


def _next(api: Api, code: str, options: argparse.Namespace) -> Answer:
    """Call the next; a ticket in service is finished in the same press."""
    held = _at_window(api, code)
    body = {"finishing": held["id"]} if held is not None and held["state"] == "serving" else {}
    return api.order("POST", f"/windows/{code}/calls", body)


def _status(api: Api, code: str, options: argparse.Namespace) -> None:
    return None


Command = Callable[[Api, str, argparse.Namespace], Answer | None]
COMMANDS: Final[dict[str, tuple[Command, str]]] = {
    "status": (_status, "the window, its ticket, and who waits"),
    "open": (_window("sessions"), "sit down and open the window"),
    "next": (_next, "call the next; finishes the ticket in service first"),
    "recall": (_ticket("recalls"), "call the same person again"),
    "start": (_ticket("starts"), "the person has arrived"),
    "finish": (_ticket("finishes"), "finish without calling"),
    "missed": (_ticket("misses"), "the person did not come"),
    "transfer": (_ticket("transfers"), "hand on to another line"),
    "pause": (_window("pauses"), "stop calling for a while"),
    "resume": (_window("resumptions"), "go on calling"),
    "close": (_window("closing"), "close the window"),
}


def _show(api: Api, code: str, answer: Answer | None) -> None:
    if answer is not None and "ticket" in answer.body and answer.body["ticket"] is None:
        print("nobody waits")
    snapshot = api.get("/snapshot", scope="staff").body["snapshot"]
    window = snapshot["windows"].get(code)
    if window is None:
        print(f"no window {code}", file=sys.stderr)
        return
    held = _at_window(api, code)
    lines = [*window["lines"], *window["secondary"]]
    tickets = snapshot["tickets"].values()
    waiting = {line: sum(t["line"] == line and t["state"] == "waiting" for t in tickets) for line in lines}
    print(f"window {code}: {window['state']}; ticket: {held['number'] + ' ' + held['state'] if held else 'none'}")
    print("waiting: " + "  ".join(f"{line} {count}" for line, count in waiting.items()))
