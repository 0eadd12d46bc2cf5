"""The LED strip: its texts as a table, its bytes, and a pseudo-terminal in place of the strip."""

import os
import pty
import select
import threading
import tty

import pytest

from display_client import led
from display_client.led import Strip, frame, text_for
from display_client.reducer import nothing
from tests.support.servers import wait_until


def hall(window_state="open", ticket=None, window="3", kind="specialist", number=3):
    windows = {window: {"code": window, "kind": kind, "number": number, "state": window_state}}
    tickets = {"X": {"number": ticket[0], "state": ticket[1], "window": window}} if ticket else {}
    return {**nothing(), "windows": windows, "tickets": tickets}


@pytest.mark.parametrize(
    ("state", "columns", "text"),
    [
        (hall(ticket=("A001", "called")), 8, "A001   3"),
        (hall(ticket=("A001", "serving")), 8, "A001   3"),
        (hall(ticket=("A001", "called")), 12, "A001   3号窗"),
        (hall(ticket=("VA1234", "called"), number=12), 8, "VA1234"),
        (hall(ticket=("VA1234", "called"), number=12), 12, "VA1234    12"),
        (hall(ticket=("A001", "called"), kind="zero", number=1), 8, "A001零号"),
        (hall(ticket=("Z012", "called"), kind="zero", number=1), 12, "Z012  零号窗"),
        (hall(ticket=("A001", "missed")), 8, "请稍候"),
        (hall(), 12, "请稍候"),
        (hall("paused"), 8, "暂停"),
        (hall("paused", ticket=("A001", "called")), 8, "暂停"),
        (hall("closed"), 8, ""),
        (nothing(), 8, "请稍候"),
    ],
)
def test_what_a_strip_shows(state, columns, text):
    assert text_for(state, "3", columns, stale=False) == text


def test_a_strip_with_old_news_names_nobody():
    assert text_for(hall(ticket=("A001", "called")), "3", 8, stale=True) == "请稍候"


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("A001   3", 8, b"A001   3"),
        ("暂停", 8, b"  \xd4\xdd\xcd\xa3  "),
        ("", 12, b" " * 12),
        ("A00111119", 8, b"A0011111"),
    ],
)
def test_a_frame_has_its_columns_and_its_check(text, columns, shown):
    sent = frame(text, columns)
    check = 0
    for byte in sent[1:-3]:
        check ^= byte

    assert sent[:2] == b"\x02T"
    assert sent[2:-4] == shown
    assert sent[-4:] == b"\x03" + f"{check:02X}".encode() + b"\r"


class Line:
    """A pseudo-terminal: the test reads what the strip would."""

    def __init__(self):
        self.strip, self._box = pty.openpty()
        tty.setraw(self._box)
        self.port, self.got = os.ttyname(self._box), b""

    def heard(self):
        while select.select([self.strip], [], [], 0)[0]:
            try:
                self.got += os.read(self.strip, 4096)
            except OSError:
                break
        return self.got

    def close(self):
        os.close(self.strip)
        os.close(self._box)


@pytest.fixture
def running(monkeypatch, tmp_path):
    monkeypatch.setattr(led, "REPEAT_S", 0.05)
    stopping, threads = threading.Event(), []
    port = tmp_path / "ttyUSB0"

    def run(columns=8):
        strip = Strip(port, "3", columns)
        threads.append(threading.Thread(target=strip.run, args=(stopping,)))
        threads[-1].start()
        return strip

    yield run, port, stopping
    stopping.set()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def test_a_strip_follows_the_news_and_goes_dark_at_the_end(running):
    run, port, stopping = running
    line = Line()
    port.symlink_to(line.port)
    strip = run()
    wait_until(lambda: frame("请稍候", 8) in line.heard(), what="the first frame")
    strip.show(hall(ticket=("A001", "called")), False)
    wait_until(lambda: line.heard().count(frame("A001   3", 8)) >= 2, what="the number, and again")
    stopping.set()

    wait_until(lambda: line.heard().endswith(frame("", 8)), what="the dark strip")
    line.close()


def test_a_strip_that_is_plugged_in_later_or_again_is_found(running, caplog):
    run, port, _ = running
    strip = run(12)
    strip.show(hall("paused"), False)
    wait_until(lambda: "is away" in caplog.text, what="the word that it is away")
    for _ in range(2):
        line = Line()
        port.symlink_to(line.port)
        wait_until(lambda line=line: frame("暂停", 12) in line.heard(), what="the frame")
        port.unlink()
        line.close()
        wait_until(lambda: "is away" in caplog.text.splitlines()[-1], what="the word that it is away again")
