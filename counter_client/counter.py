"""Headless use of one window: one command, one order, one line about what came of it."""

import argparse
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from counter_client import signing
from counter_client.api import Api, Patience, Refusal, UnreachableError
from counter_client.ask import REASONS
from counter_client.memory import Memory, Seat, default_folder
from counter_client.moment import pressed_at
from counter_client.presser import Presser, Words
from counter_client.seats import READING_S, NotSignedIn, desk
from counter_client.sentences import LANGUAGES, Sentences, own_language
from counter_client.telling import EXIT, record, view_record
from counter_client.window_view import View, view_of

#: How long a hot key goes on trying before it says that nothing is confirmed, in seconds.
HURRY_S: Final = 8.0

COMMANDS: Final = {
    "open": "sit down and open the window",
    "close": "close the window",
    "pause": "stop calling for a while",
    "resume": "go on calling",
    "next": "the next right thing: call, start, or finish and call",
    "call": "call the next",
    "recall": "call the same person again",
    "start": "the person has arrived",
    "finish": "finish without calling",
    "missed": "the person did not come",
    "transfer": "hand on to another line",
}

Command = Callable[[argparse.Namespace, Memory, Sentences], signing.Told]


def add_commands(commands: Any, common: argparse.ArgumentParser) -> None:
    """``commands`` is what ``add_subparsers`` answered, ``common`` what ``desk_options`` did."""
    # No abbreviations: --password would be --password-file, and the password seen by everybody.
    entering = commands.add_parser("sign-in", help="sign in and sit at a window", parents=[common], allow_abbrev=False)
    signing.add_options(entering)
    commands.add_parser("sign-out", help="sign out; the window stays as it is", parents=[common])
    commands.add_parser("status", help="the window, its ticket, and who waits", parents=[common])
    for name, help_text in COMMANDS.items():
        parser = commands.add_parser(name, help=help_text, parents=[common])
        if name == "pause":
            parser.add_argument("reason", nargs="?", choices=REASONS, default="other")
        if name == "transfer":
            parser.add_argument("line", type=str.upper, help="letter of the line to hand on to")
            parser.add_argument("--note", help="for the next clerk; no personal data")
            parser.add_argument("--window", help="keep the ticket for this window")


def desk_options() -> argparse.ArgumentParser:
    """What every command of the desk takes."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=LANGUAGES, default=own_language())
    common.add_argument("--json", action="store_true", help="one line of JSON instead of a sentence")
    common.add_argument(
        "--state-dir", type=Path, default=default_folder(), help="keeps the sign-in (default: %(default)s)"
    )
    common.add_argument(
        "--patience", type=float, default=HURRY_S, metavar="S", help="seconds to go on trying (default: %(default)s)"
    )
    return common


def run(options: argparse.Namespace) -> int:
    """Do one command; answers the exit code."""
    memory, say = Memory(options.state_dir), Sentences(options.lang)
    others: dict[str, Command] = {"sign-in": signing.sign_in, "sign-out": signing.sign_out, "status": _status}
    try:
        code, answer = others.get(options.command, _order)(options, memory, say)
    except NotSignedIn:
        code, answer = 1, failed("refused", "not_signed_in", say.refusal("not_signed_in", {}))
    except Refusal as refusal:
        code, answer = 1, failed("refused", refusal.code, say.refusal(refusal.code, refusal.facts))
    except UnreachableError:
        code, answer = 3, failed("unsent", "unreachable", say("error.unreachable"))
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Chinese letters still tells the rest
    print(json.dumps(answer, ensure_ascii=False) if options.json else answer["text"])
    return code


def failed(outcome: str, error: str, text: str) -> dict[str, Any]:
    return {"outcome": outcome, "error": error, "text": text}


def _patience(options: argparse.Namespace) -> Patience:
    return Patience(options.patience, reading_s=READING_S)


def look(api: Api, seat: Seat) -> View:
    """The window as the server has it now."""
    return view_of(api.get("/snapshot", scope="staff").body["snapshot"], seat.staff, seat.window)


def _status(options: argparse.Namespace, memory: Memory, say: Sentences) -> signing.Told:
    api, seat = desk(memory, _patience(options))
    answer = view_record(look(api, seat), memory.press() is not None, say)
    if answer["unconfirmed"]:
        answer["text"] += say("desk.pending")
    return 0, answer


def _order(options: argparse.Namespace, memory: Memory, say: Sentences) -> signing.Told:
    api, seat = desk(memory, _patience(options))
    outcome = Presser(api, memory).press(options.command, words_of(options), lambda: look(api, seat), pressed_at())
    return EXIT[outcome.kind], record(outcome, say)


def words_of(options: argparse.Namespace) -> Words:
    """What the clerk said with the command."""
    return {name: value for name in ("reason", "line", "note", "window") if (value := getattr(options, name, None))}
