"""The screen of the box: a page of the hall in a kiosk browser, as this device, opened again whenever it ends.

The page needs the device's token as a cookie. It is given through the browser's pipe, never on a command line, in a
log or in an address; where the browser keeps it, its profile, only this program's user can look.
"""

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from display_client.orders import DEVICE_COOKIE
from display_client.pipe import Pipe, PipeBroken
from display_client.reducer import State

logger = logging.getLogger(__name__)

#: Names that Debian, UOS, Kylin and Google give it.
PROGRAMS = ("chromium", "chromium-browser", "uos-browser-stable", "google-chrome", "google-chrome-stable")
#: A month: a screen that hangs in a hall is not told of new releases of the browser.
CHECK_FOR_UPDATE_S = 31 * 24 * 3600
FLAGS = (
    "--kiosk", "--noerrdialogs", "--disable-session-crashed-bubble", "--autoplay-policy=no-user-gesture-required",
    f"--check-for-update-interval={CHECK_FOR_UPDATE_S}", "--no-first-run", "--no-default-browser-check",
    "--disable-component-update", "--disable-translate", "--disable-infobars", "--password-store=basic",
    "--overscroll-history-navigation=0", "--disable-pinch", "--remote-debugging-pipe",
)  # fmt: skip
#: Pause before the next start: doubled each time it ends soon, in seconds.
PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
#: A browser that ran so long had started well, in seconds.
WELL_AFTER_S = 60.0
#: How long it may take to end when it is told to, in seconds.
ENDS_WITHIN_S = 5.0
LOOK_EVERY_S = 0.25
#: Becomes the browser, with the two given descriptors as 3 and 4. A program of its own, as nothing may be done between
#: fork and exec in a process with threads.
INTO_PLACE = """
import fcntl, os, sys
read, write = (fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3])
os.dup2(read, 3)
os.dup2(write, 4)
os.closerange(5, 256)
os.execvp(sys.argv[3], sys.argv[3:])
"""
#: The page of a screen whose process died: only the browser's own sad face is left.
CRASHES = frozenset({"Target.targetCrashed", "Inspector.targetCrashed"})


class NoBrowser(Exception):
    """There is no browser to open; the text tells what to do."""


def found(named: str | None) -> list[str]:
    """The browser's command: the one named (with its own options, apart by spaces), or the first that is installed.

    Raises NoBrowser.
    """
    if named:
        command = named.split()
        if shutil.which(command[0]) is None:
            raise NoBrowser(f"no such program: {command[0]}")
        return command
    for program in PROGRAMS:
        if shutil.which(program):
            return [program]
    raise NoBrowser("no browser is installed: apt-get install chromium, or name one with --browser")


class Screen:
    """Keeps the browser open until told to stop."""

    def __init__(self, command: Sequence[str], server: str, path: str, token: str, state_dir: Path) -> None:
        self._server, self._token = server, token
        # The page knows by the mark that the box speaks for it (docs/protocol.md, Signs of life).
        self._url = f"{server}/{path.lstrip('/')}#box=1"
        self._profile = state_dir / "browser"
        self._command = [*command, *FLAGS, f"--user-data-dir={self._profile}", "about:blank"]

    def show(self, state: State, stale: bool) -> None:
        """The page follows the news by itself."""

    def run(self, stopping: threading.Event) -> None:
        """Open it; when it ends or its page crashes, open it again, later each time it did not last."""
        self._profile.mkdir(mode=0o700, parents=True, exist_ok=True)
        failures = 0
        while not stopping.is_set():
            began = time.monotonic()
            why = self._show(stopping)
            if stopping.is_set():
                return
            failures = 0 if time.monotonic() - began >= WELL_AFTER_S else failures + 1
            pause_s = pause_after(failures)
            logger.error("the screen's browser %s; opening it again in %.0f s", why, pause_s)
            stopping.wait(pause_s)

    def _show(self, stopping: threading.Event) -> str:
        """One browser, from its start to its end; returns why it ended."""
        self._forget_crash()
        pipe = Pipe()
        try:
            browser = started(self._command, pipe)
        except OSError as error:
            pipe.close()
            return f"does not start ({error.strerror})"
        pipe.started()
        try:
            self._open_page(pipe)
            return self._watch(browser, pipe, stopping)
        except PipeBroken as trouble:
            return f"broke off ({trouble})"
        finally:
            pipe.close()
            end(browser)

    def _open_page(self, pipe: Pipe) -> None:
        """Make the browser this device, then show the page."""
        pipe.ask("Storage.setCookies", cookies=[self._cookie()])
        pipe.ask("Target.setDiscoverTargets", discover=True)
        targets = pipe.ask("Target.getTargets")["targetInfos"]
        page = next((target["targetId"] for target in targets if target["type"] == "page"), None)
        if page is None:
            page = pipe.ask("Target.createTarget", url="about:blank")["targetId"]
        session = pipe.ask("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        pipe.ask("Page.navigate", session, url=self._url)
        logger.info("the screen shows %s", urlsplit(self._url).path)

    def _cookie(self) -> dict[str, Any]:
        kept = {"name": DEVICE_COOKIE, "value": self._token, "url": self._server, "httpOnly": True}
        secure = urlsplit(self._server).scheme == "https"
        return kept | {"secure": secure, "sameSite": "Strict"}

    @staticmethod
    def _watch(browser: "subprocess.Popen[bytes]", pipe: Pipe, stopping: threading.Event) -> str:
        while not stopping.wait(LOOK_EVERY_S):
            if browser.poll() is not None:
                return f"ended with {browser.returncode}"
            while not pipe.events.empty():
                if pipe.events.get() in CRASHES:
                    return "lost its page"
        return "is no longer wanted"

    def _forget_crash(self) -> None:
        """A browser that was killed leaves a lock behind that names a process which is gone."""
        for name in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
            with contextlib.suppress(OSError):
                (self._profile / name).unlink(missing_ok=True)


def pause_after(failures: int) -> float:
    """Seconds until the next start after so many browsers in a row that did not last."""
    return float(min(PAUSE_S * 2 ** min(max(failures - 1, 0), 16), LONGEST_PAUSE_S))


def started(command: Sequence[str], pipe: Pipe) -> "subprocess.Popen[bytes]":
    """The browser with its ends of the pipe at 3 and 4, as leader of a group that is ended with it. Raises OSError."""
    taken, given = pipe.theirs
    starting = [sys.executable, "-I", "-c", INTO_PLACE, str(taken), str(given), *command]
    return subprocess.Popen(  # noqa: S603 - the operator's browser
        starting, pass_fds=(taken, given), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def end(browser: "subprocess.Popen[bytes]") -> None:
    """The browser and all its processes, asked first and then not."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(browser.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            browser.wait(ENDS_WITHIN_S)
            if number == signal.SIGKILL:
                return
