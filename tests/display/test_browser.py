"""The kiosk browser: started, given its token, watched, opened again. A stand-in speaks the browser's side."""

import json
import logging
import os
import sys
import threading
from pathlib import Path

import pytest

from display_client import browser
from display_client.browser import NoBrowser, Screen, found, pause_after
from tests.support.servers import wait_until

STAND_IN = [sys.executable, str(Path(__file__).with_name("stand_in_browser.py"))]
TOKEN = "secret-token-of-the-device"


class Hung:
    """A screen in a thread, as the program runs it."""

    def __init__(self, folder, path):
        self.kept, self.stopping = folder / "kept", threading.Event()
        self.kept.mkdir()
        os.environ["STAND_IN_KEEPS"] = str(self.kept)
        screen = Screen(STAND_IN, "http://hall:8000", path, TOKEN, folder / "state")
        self._thread = threading.Thread(target=screen.run, args=(self.stopping,))
        self._thread.start()

    def lines(self, name):
        file = self.kept / name
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def asked(self, method):
        return [message["params"] for message in self.lines("asked") if message["method"] == method]

    def stop(self):
        self.stopping.set()
        self._thread.join(20)
        assert not self._thread.is_alive()


@pytest.fixture
def hang(tmp_path, monkeypatch):
    monkeypatch.setattr(browser, "LOOK_EVERY_S", 0.02)
    monkeypatch.setattr(browser, "PAUSE_S", 0.02)
    monkeypatch.setenv("STAND_IN_KEEPS", "")
    hung = []

    def hang(path):
        hung.append(Hung(tmp_path, path))
        return hung[-1]

    yield hang
    for one in hung:
        one.stop()


def is_gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_the_page_is_opened_as_this_device_and_the_token_is_in_no_command_line(hang, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    screen = hang("/board?zone=a")
    wait_until(lambda: screen.asked("Page.navigate"), what="the page")
    (cookie,) = screen.asked("Storage.setCookies")[0]["cookies"]
    (start,) = screen.lines("starts")

    assert (cookie["name"], cookie["value"], cookie["httpOnly"]) == ("hall_device", TOKEN, True)
    assert screen.asked("Page.navigate") == [{"url": "http://hall:8000/board?zone=a#box=1"}]
    assert {"--kiosk", "--noerrdialogs", "--autoplay-policy=no-user-gesture-required"} <= set(start["arguments"])
    assert f"--user-data-dir={tmp_path / 'state' / 'browser'}" in start["arguments"]
    assert TOKEN not in json.dumps(start)
    assert TOKEN not in caplog.text
    assert (tmp_path / "state" / "browser").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("path", ["/die", "/crash"])
def test_a_browser_or_page_that_ends_is_opened_again(hang, path):
    screen = hang(path)

    wait_until(lambda: len(screen.asked("Page.navigate")) >= 3, what="the third opening")


def test_at_the_end_no_browser_is_left(hang):
    screen = hang("/board")
    wait_until(lambda: screen.asked("Page.navigate"), what="the page")
    screen.stop()

    assert all(is_gone(start["pid"]) for start in screen.lines("starts"))


def test_a_browser_that_does_not_start_is_tried_again(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(browser, "PAUSE_S", 0.01)
    stopping = threading.Event()
    screen = Screen([str(tmp_path / "none")], "http://hall", "/board", TOKEN, tmp_path)
    thread = threading.Thread(target=screen.run, args=(stopping,))
    thread.start()
    wait_until(lambda: caplog.text.count("opening it again") >= 2, what="two tries")
    stopping.set()
    thread.join(20)


def test_the_pause_grows_to_a_minute():
    assert [pause_after(n) for n in (0, 1, 2, 3, 7, 500)] == [1, 1, 2, 4, 60, 60]


def test_a_browser_is_named_or_found(monkeypatch, tmp_path):
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert found(None) == ["chromium"]
    assert found(f"{program} --no-sandbox") == [str(program), "--no-sandbox"]
    with pytest.raises(NoBrowser, match="no such program"):
        found("nowhere --kiosk")
    program.unlink()
    with pytest.raises(NoBrowser, match="apt-get install chromium"):
        found(None)
