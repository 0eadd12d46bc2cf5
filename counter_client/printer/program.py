"""``python -m counter_client printer``: the program beside a ticket printer, for as long as the hall stands."""

import argparse
import logging
import os
import queue
import signal
import sys
import threading
import time
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from counter_client.api import Api, Patience, Refusal, UnreachableError
from counter_client.news import pause
from counter_client.printer.agent import FINAL, Agent
from counter_client.printer.device import SHEET_S, Opener, TicketPrinter, opener
from counter_client.printer.escpos_bytes import COLUMNS
from display_client.enrolment import NotEnrolled, token_for
from display_client.link import DOWN, REFUSED, Link, Message
from display_client.orders import Unreachable
from queue_server.protocol import EVENT, HELLO, OTHER, STALE_AFTER_S, TICK, TICK_EVERY_S

logger = logging.getLogger(__name__)
#: How often timers are looked at when nothing is heard, in seconds.
LOOK_UP_S: Final = 0.1
#: How often jobs are asked for while the news come, in seconds: they say when there is one.
ASK_EVERY_S: Final = 10.0
#: One order is tried for so long before the program looks whether it is to stop, in seconds.
PATIENCE: Final = Patience(deadline_s=5.0, most_s=0.5, reading_s=(1.0, 3.0))


class Exit(IntEnum):
    """How the program ends, as display_client does."""

    STOPPED = 0
    USAGE = 2
    #: No token, a used code, or a token that was revoked: somebody must enrol the printer.
    NOT_ENROLLED = 3
    #: The server has no such hall.
    WRONG_SERVER = 4


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--server", type=_address, required=True, help="http://host:port")
    parser.add_argument("--hall", default="demo")
    parser.add_argument("--code", help="one-time code of a device of kind printer; only needed once")
    where = "tcp:HOST:9100, serial:/dev/ttyUSB0:9600, usb:04b8:0e15 or file:/dev/usb/lp0"
    parser.add_argument("--device", type=_device, required=True, help=where)
    parser.add_argument("--paper", type=int, choices=sorted(COLUMNS), default=80, help="its width in mm")
    kept = "keeps the token, one folder for each printer (default: %(default)s)"
    parser.add_argument("--state-dir", type=Path, default=_state_dir(), help=kept)


def _address(text: str) -> str:
    if urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).hostname:
        raise argparse.ArgumentTypeError("http://host:port")
    return text.rstrip("/")


def _device(text: str) -> Opener:
    try:
        return opener(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _state_dir() -> Path:
    """systemd's StateDirectory= where there is one, else the user's."""
    given = os.environ.get("STATE_DIRECTORY")
    return Path(given) if given else Path.home() / ".local" / "state" / "window-zero-printer"


def run(options: argparse.Namespace) -> int:
    """Until Ctrl-C or SIGTERM, or until the hall lets this printer in no more."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    try:
        options.state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        token = token_for(options.server, options.hall, options.code, options.state_dir, stopping, "printer")
    except NotEnrolled as advice:
        logger.error("%s", advice)
        return Exit.NOT_ENROLLED
    except Unreachable:  # told to stop while it waited for the server
        return Exit.STOPPED
    api = Api(options.server, options.hall, PATIENCE)
    api.use_token(token)
    agent = Agent(api, TicketPrinter(options.device), stopping.is_set, options.paper)
    return Program(agent, Link(options.server, options.hall, token, pause=pause), stopping).run()


class Program:
    """One thread hears the news and says that the printer is alive; one works, also while a sheet takes long."""

    def __init__(self, agent: Agent, link: Link, stopping: threading.Event) -> None:
        self._agent, self._link, self._stopping = agent, link, stopping
        self._asked, self._refusal = threading.Event(), ""
        self._connected, self._heard_at, self._alone = False, 0.0, True
        self._due = {"here": 0.0, "ask": 0.0}

    def run(self) -> int:
        working = threading.Thread(target=self._work, name="printing", daemon=True)
        linking = threading.Thread(target=self._link.run, args=(self._stopping,), name="link", daemon=True)
        working.start()
        linking.start()
        while not self._stopping.is_set():
            self._hear()
            self._keep_time(time.monotonic())
        self._asked.set()
        working.join(SHEET_S)
        self._link.close()
        if not self._refusal:
            return Exit.STOPPED
        logger.error("the hall lets this printer in no more (%s): add it anew, start with --code CODE", self._refusal)
        return Exit.WRONG_SERVER if self._refusal == "unknown_hall" else Exit.NOT_ENROLLED

    def _work(self) -> None:
        """Ask for jobs whenever there may be one."""
        while not self._stopping.is_set():
            self._asked.wait()
            self._asked.clear()
            if self._stopping.is_set():
                return
            try:
                self._agent.work(self._alone)
            except UnreachableError as error:
                logger.info("the server does not answer: %s", error)
            except Refusal as refusal:
                if refusal.code in FINAL:
                    self._end_because(refusal.code)
                else:
                    logger.error("refused: %s", refusal)

    def _end_because(self, code: str) -> None:
        self._refusal = code
        self._stopping.set()

    def _hear(self) -> None:
        """Take in what has come, at least one message or a short pause."""
        with suppress(queue.Empty):
            self._take_in(self._link.inbox.get(timeout=LOOK_UP_S))
            while True:
                self._take_in(self._link.inbox.get_nowait())

    def _take_in(self, message: Message) -> None:
        if message.name in (EVENT, TICK, HELLO):
            self._heard_at = time.monotonic()
        if message.name == HELLO:
            self._say_connection(True)
            self._asked.set()
        elif message.name == EVENT and message.data["type"] == OTHER:
            # What is told to nobody else may be a job.
            self._asked.set()
        elif message.name == DOWN:
            self._say_connection(False)
        elif message.name == REFUSED and message.data in FINAL:
            self._end_because(message.data)

    def _say_connection(self, connected: bool) -> None:
        if connected != self._connected:
            logger.info("connected" if connected else "the server is gone; trying again for ever")
        self._connected = connected

    def _keep_time(self, now: float) -> None:
        self._alone = not self._connected or now - self._heard_at > STALE_AFTER_S
        if now >= self._due["here"]:
            self._due["here"] = now + TICK_EVERY_S
            self._link.here()
        if now >= self._due["ask"]:
            self._due["ask"] = now + (TICK_EVERY_S if self._alone else ASK_EVERY_S)
            self._asked.set()
