"""Signing in at a desk, and out. The password is never an argument: arguments are for everybody to see."""

import argparse
import getpass
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from counter_client.api import Api, Patience, Refusal, UnreachableError
from counter_client.memory import Memory, Seat
from counter_client.sentences import Sentences

#: Signing in and out may take longer than a press: the clerk stands by.
PATIENCE: Final = Patience(deadline_s=15.0)

Told = tuple[int, dict[str, Any]]


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--server", type=_address, default="http://127.0.0.1:8000", help="default: %(default)s")
    parser.add_argument("--hall", default="demo")
    parser.add_argument("--username", required=True)
    parser.add_argument("--window", required=True, help="code of the window: 3, Z1")
    parser.add_argument("--password-file", type=Path, help="its first line; else HALL_PASSWORD, a prompt, or a pipe")


def _address(text: str) -> str:
    if urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).hostname:
        raise argparse.ArgumentTypeError("http://host:port")
    return text.rstrip("/")


def sign_in(options: argparse.Namespace, memory: Memory, say: Sentences) -> Told:
    """Sign in, keep the session, sit down. Raises Refusal and UnreachableError when signing in fails."""
    password = _password(options, say)
    if not password:
        return 2, {"outcome": "refused", "error": "no_password", "text": say("desk.no_password")}
    api = Api(options.server, options.hall, PATIENCE)
    member, before = api.sign_in(options.username, password), memory.seat()
    identity = api.identity()
    memory.sit(
        Seat(
            options.server, options.hall, options.username, str(member["id"]), options.window,
            identity.cookie, identity.csrf,
        )
    )  # fmt: skip
    if before is not None:
        _end(before)
    if member.get("must_change_password"):
        return _not_seated(say, member, Refusal("must_change_password", {}, 403))
    return _seated(api, options.window, member, say)


def _seated(api: Api, code: str, member: dict[str, Any], say: Sentences) -> Told:
    """Open the window, unless this clerk sits there already: then it stays as it is, open or paused."""
    try:
        if api.get("/api/session").body.get("window") != code:
            api.order("POST", f"/windows/{code}/sessions", {})
        window = api.get("/snapshot", scope="staff").body["snapshot"]["windows"][code]
    except Refusal as refusal:
        return _not_seated(say, member, refusal)
    text = say("desk.signed_in", name=member["name"], window=say.window(window))
    return 0, {"outcome": "done", "command": "sign-in", "window": code, "state": window["state"], "text": text}


def _not_seated(say: Sentences, member: dict[str, Any], refusal: Refusal) -> Told:
    why = say.refusal(refusal.code, refusal.facts)
    text = say("desk.signed_in_not_seated", name=member["name"], text=why)
    return 1, {"outcome": "refused", "command": "sign-in", "error": refusal.code, "facts": refusal.facts, "text": text}


def sign_out(options: argparse.Namespace, memory: Memory, say: Sentences) -> Told:
    """Forget the session here in any case, and end it at the server."""
    seat = memory.seat()
    ended = _end(seat) if seat is not None else True
    memory.leave()
    text = say("desk.signed_out" if ended else "desk.signed_out_alone")
    return (0, {"outcome": "done", "text": text}) if ended else (3, {"outcome": "unconfirmed", "text": text})


def _end(seat: Seat) -> bool:
    """End a session at the server; False when it did not answer."""
    api = Api(seat.server, seat.hall, Patience(deadline_s=3.0))
    api.go_on_as(seat.identity)
    with suppress(Refusal):  # it has ended already
        try:
            api.sign_out()
        except UnreachableError:
            return False
    return True


def _password(options: argparse.Namespace, say: Sentences) -> str:
    if options.password_file is not None:
        with suppress(OSError):
            return str(options.password_file.read_text(encoding="utf-8")).partition("\n")[0].rstrip("\r")
        return ""
    if os.environ.get("HALL_PASSWORD"):
        return os.environ["HALL_PASSWORD"]
    if sys.stdin.isatty():
        return getpass.getpass(say("desk.password", name=options.username))
    return sys.stdin.readline().rstrip("\r\n")
