"""``python -m display_client --server URL [--code CODE] [--screen PATH] [--led PORT]``: a box of the hall.

It speaks the calls of its zone, and shows a page of the hall and an LED strip where it is told to.
"""

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

from display_client.browser import NoBrowser, Screen, found
from display_client.enrolment import NotEnrolled, token_for
from display_client.link import Link
from display_client.orders import Orders, Refused, Unreachable, hall_of
from display_client.player import Player, Silent, player_for
from display_client.program import Beside, Program
from display_client.renderer import Renderer, RenderFailed

logger = logging.getLogger("display_client")


class Exit(IntEnum):
    """How the box's program ends; deploy/display-client.service knows these."""

    STOPPED = 0
    #: Wrong options (argparse's own code).
    USAGE = 2
    #: No token, a used code, or a token that was revoked: somebody must enrol the box.
    NOT_ENROLLED = 3
    #: The server has no such hall, or speaks another version of the protocol.
    WRONG_SERVER = 4
    #: The voice cannot be used on this machine.
    NO_VOICE = 5
    #: ``--screen`` without a browser on this machine.
    NO_BROWSER = 6


ADVICE = {
    "unknown_hall": (Exit.WRONG_SERVER, "the server has no hall {hall!r}: check --hall and --server"),
    "unknown_version": (Exit.WRONG_SERVER, "the server speaks another version: install its release here"),
    "not_signed_in": (Exit.NOT_ENROLLED, "this box was struck off: let a manager add a screen, start with --code CODE"),
    "forbidden": (Exit.NOT_ENROLLED, "this token may not announce: enrol a device of kind screen in hall {hall!r}"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    try:
        return _run(options, options.play, stopping)
    except RenderFailed as failure:
        return _leave(Exit.NO_VOICE, f"the voice cannot be used: {failure}")
    except NotEnrolled as advice:
        return _leave(Exit.NOT_ENROLLED, str(advice))
    except Refused as refusal:
        return _refused(refusal.code, options.hall or "")
    except NoBrowser as advice:
        return _leave(Exit.NO_BROWSER, str(advice))
    except Unreachable:  # told to stop while it waited for the server
        return Exit.STOPPED


def _run(options: argparse.Namespace, player: Player, stopping: threading.Event) -> int:
    folder: Path = options.state_dir / "waves"
    folder.mkdir(parents=True, exist_ok=True)
    renderer, speaks = Renderer(folder), not isinstance(player, Silent)
    if speaks:
        logger.info("voice: %s", renderer.check())
    if options.screen:
        found(options.browser)
    options.hall = options.hall or hall_of(options.server, stopping)
    token = token_for(options.server, options.hall, options.code, options.state_dir, stopping)
    orders = Orders(options.server, options.hall, token, stopping)
    orders.check_token()
    link = Link(options.server, options.hall, token)
    program = Program(link, orders, renderer, player, stopping, _beside(options, token), speaks)
    program.run()
    return Exit.STOPPED if program.refusal is None else _refused(program.refusal, options.hall)


def _beside(options: argparse.Namespace, token: str) -> list[Beside]:
    """The screen and the strip, where there are any. Raises NoBrowser."""
    beside: list[Beside] = []
    if options.screen:
        command = found(options.browser)
        beside.append(Screen(command, options.server, options.screen, token, options.state_dir))
    if options.led:
        from display_client.led import Strip  # serial lines as Linux has them

        beside.append(Strip(options.led, options.window, options.chars))
    return beside


def _refused(code: str, hall: str) -> int:
    exit_code, advice = ADVICE.get(code, (Exit.WRONG_SERVER, f"the server refuses: {code}"))
    return _leave(exit_code, advice.format(hall=hall))


def _leave(code: Exit, why: str) -> int:
    logger.error("%s", why)
    return code


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="display_client", description=(__doc__ or "").strip())
    parser.add_argument("--server", required=True, type=lambda url: url.rstrip("/"), help="http://host:port")
    parser.add_argument("--hall", help="default: the server's own")
    parser.add_argument("--code", help="one-time code of a device of kind screen; only needed once")
    parser.add_argument("--state-dir", type=Path, default=_state_dir(), help="keeps the token (default: %(default)s)")
    parser.add_argument("--play", type=_player, default="aplay", metavar="aplay|none|off|dir:PATH")
    parser.add_argument("--screen", metavar="PATH", help="page to show in a kiosk browser, as /board?zone=a")
    parser.add_argument("--browser", metavar="COMMAND", help="default: Chromium or a relative that is installed")
    parser.add_argument("--led", type=Path, metavar="PORT", help="serial port of an LED strip, as /dev/ttyUSB0")
    parser.add_argument("--window", help="the strip's window")
    parser.add_argument("--chars", type=int, choices=(8, 12), default=8, help="columns of the strip")
    options = parser.parse_args(arguments)
    if options.led and not options.window:
        parser.error("--led needs --window")
    return options


def _player(how: str) -> Player:
    try:
        return player_for(how)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _state_dir() -> Path:
    """systemd's StateDirectory= where there is one, else the user's."""
    given = os.environ.get("STATE_DIRECTORY")
    return Path(given) if given else Path.home() / ".local" / "state" / "window-zero-display"


if __name__ == "__main__":
    sys.exit(main())
