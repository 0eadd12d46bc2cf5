"""``python -m display_client --server URL --hall HALL [--code CODE]``: speaks the hall's calls on this machine."""

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

from display_client.enrolment import NotEnrolled, token_for
from display_client.link import Link
from display_client.orders import Orders, Refused, Unreachable
from display_client.player import Player, player_for
from display_client.program import Program
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
        return _refused(refusal.code, options.hall)
    except Unreachable:  # told to stop while it waited for the server
        return Exit.STOPPED


def _run(options: argparse.Namespace, player: Player, stopping: threading.Event) -> int:
    folder: Path = options.state_dir / "waves"
    folder.mkdir(parents=True, exist_ok=True)
    renderer = Renderer(folder)
    logger.info("voice: %s", renderer.check())
    trouble = player.trouble()
    if trouble is not None:
        logger.error("NOTHING WILL SOUND: %s", trouble)
    token = token_for(options.server, options.hall, options.code, options.state_dir, stopping)
    orders = Orders(options.server, options.hall, token, stopping)
    orders.check_token()
    program = Program(Link(options.server, options.hall, token), orders, renderer, player, stopping)
    program.run()
    return Exit.STOPPED if program.refusal is None else _refused(program.refusal, options.hall)


def _refused(code: str, hall: str) -> int:
    exit_code, advice = ADVICE.get(code, (Exit.WRONG_SERVER, f"the server refuses: {code}"))
    return _leave(exit_code, advice.format(hall=hall))


def _leave(code: Exit, why: str) -> int:
    logger.error("%s", why)
    return code


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="display_client", description=(__doc__ or "").strip())
    parser.add_argument("--server", required=True, type=lambda url: url.rstrip("/"), help="http://host:port")
    parser.add_argument("--hall", required=True)
    parser.add_argument("--code", help="one-time code of a device of kind screen; only needed once")
    parser.add_argument("--state-dir", type=Path, default=_state_dir(), help="keeps the token (default: %(default)s)")
    parser.add_argument("--play", type=_player, default="aplay", metavar="aplay|none|dir:PATH")
    return parser.parse_args(arguments)


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
