"""The whole keypad program against a real server: reconnecting for ever, and no press twice or lost in silence."""

import fcntl
import os
import signal
import struct
import subprocess
import sys
import termios
from collections import Counter
from pathlib import Path
from unittest.mock import Mock, patch

import pytest

from counter_client import keymap
from counter_client.keypad_program import Program
from counter_client.memory import Memory
from counter_client.news import News
from counter_client.sentences import Sentences
from tests.counter_client.desks import STARTED, Desk, issue, states
from tests.counter_client.test_serial_keypad import Plug
from tests.counter_client.thief import Thief
from tests.support.served import ServedHall
from tests.support.servers import ROOT, wait_until

pytestmark = pytest.mark.slow


def test_keys_are_orders_and_news_are_shown(hall: ServedHall, desk: Desk) -> None:
    keypad = desk.keypad()
    keypad.shows("1号窗口", "开放", "A 0")
    issue(hall, "A", "A")
    keypad.shows("A 2")
    keypad.press("\n")
    keypad.shows("A001 已叫号", "A 1", "已呼叫 A001。", "Enter = 开始办理")
    keypad.press("+")
    keypad.shows("已重呼 A001。")
    keypad.press("/1\n")
    keypad.shows("开放", "A001 已转移。")

    assert keypad.end() == 0
    assert states(hall) == {"A001": "waiting", "A002": "waiting"}


def test_the_server_goes_and_comes_back(hall: ServedHall, desk: Desk) -> None:
    issue(hall, "A")
    keypad = desk.keypad()
    keypad.shows("开放", "A 1", without="未连接")
    hall.server.kill()
    keypad.shows("未连接")
    keypad.press("\n")
    keypad.shows("未连接，没有发送。")
    hall.server.start()
    keypad.shows("1号窗口 | 开放", "A 1")
    assert states(hall) == {"A001": "waiting"}
    keypad.press("\n")
    keypad.shows("A001 已叫号")

    assert keypad.end() == 0


def test_an_answer_that_is_lost_is_asked_for_under_the_same_key(hall: ServedHall, road: Thief, tmp_path: Path) -> None:
    issue(hall, "A", "A")
    desk = Desk(tmp_path / "desk", road.address)
    desk.sign_in()
    keypad = desk.keypad()
    keypad.shows("开放", "A 2")  # by polling: no websocket passes this road
    road.steals, road.then = "/calls", hall.server.kill
    keypad.press("\n")
    keypad.shows("未确认")
    keypad.press("+-")
    hall.server.start()
    keypad.shows("上一次按键已经生效：已呼叫 A001。", "A001 已叫号")

    assert keypad.end() == 0
    assert len(road.keys("/calls")) >= 2
    assert len(set(road.keys("/calls"))) == 1
    assert road.keys("/recalls") == road.keys("/misses") == []
    assert Counter(states(hall).values()) == {"called": 1, "waiting": 1}


def test_a_keypad_and_a_hot_key_at_one_desk(hall: ServedHall, desk: Desk) -> None:
    issue(hall, "A", "A")
    keypad = desk.keypad()
    keypad.shows("A 2")
    assert desk.press("next").text == "已呼叫 A001。"
    keypad.shows("A001 已叫号")
    desk.settle()  # the same key at keypad and keyboard at once is one press, too
    keypad.press("\n")
    keypad.shows("A001 办理中")

    assert keypad.end() == 0


def test_signing_in_again_is_noticed(hall: ServedHall, desk: Desk) -> None:
    keypad = desk.keypad()
    keypad.shows("开放", without="未连接")
    desk.run("sign-out")
    keypad.shows("没有登录")
    desk.sign_in()
    keypad.shows("开放", without="没有登录")

    assert keypad.end() == 0


def test_a_serial_keypad_works_while_nobody_looks_at_the_terminal(hall: ServedHall, desk: Desk, tmp_path: Path) -> None:
    issue(hall, "A")
    plug = Plug(tmp_path)
    keypad = desk.keypad("--serial", str(plug.path))
    keypad.shows("A 1", "小键盘没有接上")
    plug.put_in()
    keypad.shows("A 1", without="小键盘没有接上")
    plug.send(b"\r\n")
    keypad.shows("A001 已叫号")
    plug.pull_out()
    keypad.shows("小键盘没有接上")

    keypad.process.send_signal(signal.SIGTERM)
    assert keypad.end() == 0


def test_in_a_terminal_the_display_comes_and_goes(hall: ServedHall, desk: Desk) -> None:
    issue(hall, "A")
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    before = termios.tcgetattr(theirs)
    os.set_blocking(ours, False)
    shown = bytearray()
    process = subprocess.Popen(
        [sys.executable, "-m", "counter_client", "keypad", "--state-dir", str(desk.folder), "--lang", "en"],
        cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True, text=True,
    )  # fmt: skip
    STARTED.append(process)

    def has(text: str) -> bool:
        try:
            shown.extend(os.read(ours, 65536))
        except BlockingIOError:
            return False
        return text.encode() in shown

    wait_until(lambda: has("Enter = Call next"), what="the display")
    os.write(ours, b"\x1bOM")
    wait_until(lambda: has("A001 called."), what="the answer")
    assert b"\x1b[7m  " in shown
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    has("")
    assert shown.startswith(b"\x1b[?1049h")
    assert bytes(shown).endswith(b"\x1b[?1049l")
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)


@pytest.mark.parametrize("words", [["--keys", "missing.toml"], ["--serial", "/dev/null", "--baud", "12345"]])
def test_what_cannot_be_used_is_told_before_anything_begins(tmp_path: Path, words: list[str]) -> None:
    process = Desk(tmp_path / "desk", "http://127.0.0.1:9").begin("keypad", *words)
    text, trouble = process.communicate(timeout=30)

    assert (process.returncode, text) == (2, "")
    assert words[-1] in trouble


def test_a_thread_that_fails_ends_the_program_instead_of_freezing_the_display(tmp_path: Path) -> None:
    program = Program(Memory(tmp_path), Sentences("en"), keymap.load(), None, 9600)
    broken = patch.object(News, "run", side_effect=RuntimeError("broken news"))
    # pytest's own input is not to be read.
    silent = patch("counter_client.terminal_keys.read", side_effect=lambda on_key, stopping: stopping.wait(20))
    with broken, silent, pytest.raises(RuntimeError, match="broken news"):
        program.run(Mock())


def test_a_keypad_where_nobody_is_signed_in_says_so(tmp_path: Path) -> None:
    process = Desk(tmp_path / "desk", "http://127.0.0.1:9").begin("keypad")
    _, trouble = process.communicate(timeout=30)

    assert process.returncode == 1
    assert "sign-in" in trouble
