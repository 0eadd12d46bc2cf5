"""Headless commands against a real server: one press is one order, whatever becomes of its answer."""

import stat
from collections import Counter
from pathlib import Path

import pytest

from counter_client.memory import Memory
from tests.counter_client.desks import Desk, issue, states, tickets
from tests.counter_client.thief import Thief
from tests.support.served import ServedHall

pytestmark = pytest.mark.slow


def test_the_orders_of_a_morning(hall: ServedHall, desk: Desk) -> None:
    issue(hall, "A", "A", "A", "A")

    morning = [
        ("next", "已呼叫 A001。"),
        ("recall", "已重呼 A001。"),
        ("next", "A001 开始办理。"),
        ("next", "已呼叫 A002。"),
        ("missed", "A002 已过号。"),
        ("call", "已呼叫 A003。"),
        ("start", "A003 开始办理。"),
        ("transfer b --note 缺复印件", "A003 已转移。"),
        ("next", "已呼叫 A004。"),
        ("start", "A004 开始办理。"),
        ("finish", "A004 已办结。"),
        ("next", "现在没有人在等候。"),
        ("pause meal", "已暂停。"),
        ("next", "已恢复。"),
        ("close", "已关窗。"),
        ("next", "已开窗。"),
    ]
    heard = [(words, desk.press(*words.split())) for words, _ in morning]

    assert [(words, said.text) for words, said in heard] == morning
    assert {said.code for _, said in heard} == {0}
    assert tickets(hall)["A003"]["line"] == "B"
    assert desk.run("status").text == "1号窗口：开放。等候：A 0。"


def test_a_refusal_is_a_sentence_and_an_exit_code(hall: ServedHall, desk: Desk) -> None:
    issue(hall, "A", "A")
    desk.press("next")

    busy, nothing = desk.run("call", "--json"), desk.run("resume", "--lang", "en")
    assert (busy.code, busy.json["outcome"], busy.json["error"]) == (1, "refused", "window_busy")
    assert busy.json["facts"] == {"window": "1", "ticket": "A001"}
    assert nothing.code == 1
    assert "not paused" in nothing.text.lower()
    desk.press("missed")
    assert "没有可以操作的号票" in desk.run("recall").text


def test_signing_in_keeps_no_password_and_what_it_keeps_is_private(hall: ServedHall, desk: Desk) -> None:
    kept = [path for path in desk.folder.iterdir() if path.name != "lock"]

    assert kept
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    assert stat.S_IMODE(desk.folder.stat().st_mode) == 0o700
    assert "a password" not in "".join(path.read_text() for path in kept)
    assert desk.run("sign-out").code == 0
    assert [path.name for path in desk.folder.iterdir()] == ["lock"] or not list(desk.folder.iterdir())
    refused = desk.press("next", "--json")
    assert (refused.code, refused.json["error"]) == (1, "not_signed_in")


def test_a_password_from_a_file_and_a_wrong_one(hall: ServedHall, tmp_path: Path) -> None:
    desk, file = Desk(tmp_path / "second", hall.server.address, "2"), tmp_path / "password"
    file.write_text("wrong\n")

    refused = desk.sign_in("--password-file", str(file), "--json")
    assert (refused.code, refused.json["error"]) == (1, "bad_credentials")
    assert desk.run("status").code == 1
    assert desk.sign_in("--password-file", str(tmp_path / "missing")).code == 2


def test_signing_in_again_leaves_a_window_that_is_paused_as_it_is(hall: ServedHall, desk: Desk) -> None:
    desk.run("pause", "rest")

    assert desk.sign_in("--json").json["state"] == "paused"
    assert desk.press("next").text == "已恢复。"


def test_a_first_password_is_changed_on_the_page(hall: ServedHall, tmp_path: Path) -> None:
    with hall.database() as store, store.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE staff SET must_change_password = 1 WHERE username = 'clerk2'")
    refused = Desk(tmp_path / "second", hall.server.address, "2").sign_in("--json")

    assert (refused.code, refused.json["error"]) == (1, "must_change_password")
    assert "网页" in refused.json["text"]


def test_a_window_that_somebody_has_is_told_and_the_sign_in_kept(hall: ServedHall, desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other", hall.server.address, "2")
    other.window = "2"
    taken = other.run(
        "sign-in", "--server", hall.server.address, "--hall", "test", "--username", "clerk2", "--window", "1",
        given="a password for tests\n",
    )  # fmt: skip

    assert taken.code == 1
    assert "已有其他人" in taken.text
    assert other.run("status").text == "1号窗口：开放。等候：A 0。现在由别人使用。"


def test_a_server_that_dies_between_order_and_answer_is_asked_again_under_the_same_key(
    hall: ServedHall, road: Thief, tmp_path: Path
) -> None:
    issue(hall, "A", "A", "A")
    desk = Desk(tmp_path / "desk", road.address)
    desk.sign_in()
    road.steals, road.then = "/calls", hall.server.kill
    lost = desk.press("next")
    assert (lost.code, lost.text[:4]) == (3, "未确认：")
    assert Memory(desk.folder).press() is not None
    hall.server.start()
    assert desk.run("status").text.endswith("上一次按键未确认。")
    settled = desk.press("next", "--json")

    assert (settled.code, settled.json["ticket"], settled.json["replayed"]) == (0, "A001", True)
    assert len(set(road.keys("/calls"))) == 1
    assert Counter(states(hall).values()) == {"called": 1, "waiting": 2}
    assert desk.folder.joinpath("press.json").exists() is False


def test_another_key_first_learns_what_became_of_the_last(hall: ServedHall, road: Thief, tmp_path: Path) -> None:
    issue(hall, "A", "A")
    desk = Desk(tmp_path / "desk", road.address)
    desk.sign_in()
    road.steals, road.then = "/calls", hall.server.kill
    desk.press("next")
    hall.server.start()
    told = desk.press("missed", "--json")

    assert (told.code, told.json["outcome"], told.json["ticket"]) == (1, "earlier", "A001")
    assert states(hall) == {"A001": "called", "A002": "waiting"}


def test_without_a_server_nothing_is_sent_and_nothing_waits_to_be_sent(hall: ServedHall, desk: Desk) -> None:
    issue(hall, "A")
    hall.server.kill()
    away = desk.press("next")

    assert (away.code, away.text) == (3, "未连接，没有发送。")
    assert Memory(desk.folder).press() is None
    hall.server.start()
    assert states(hall) == {"A001": "waiting"}


def test_two_hot_keys_at_one_moment_are_one_order(hall: ServedHall, desk: Desk) -> None:
    issue(hall, "A", "A", "A", "A")
    both = [desk.begin("next", "--json") for _ in range(2)]
    said = [desk.end(process) for process in both]

    assert sorted(one.json["outcome"] for one in said) == ["done", "ignored"]
    assert sorted(one.code for one in said) == [0, 1]
    assert Counter(states(hall).values()) == {"called": 1, "waiting": 3}
    assert desk.press("next").text == "A001 开始办理。"
