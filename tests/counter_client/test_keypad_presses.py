"""Presses that come too often, too early, or without a connection: none is doubled, and none waits to be sent."""

import pytest

from counter_client.keypad import CATCH_UP_S
from counter_client.repeats import FIRST_REPEAT_S, NEXT_REPEAT_S
from tests.counter_client.keypads import CALLED, Desk, ticket


@pytest.fixture
def desk() -> Desk:
    return Desk().hears(ticket("A001", "waiting"), ticket("B001", "waiting"))


@pytest.mark.parametrize("state", ["away", "signed_out"])
def test_a_press_without_a_connection_is_answered_at_once_and_never_sent(desk, state):
    desk.hears(CALLED, link=state).types("enter", "+")
    assert desk.sent == []
    expected = {"away": "未连接，没有发送。", "signed_out": "还没有登录，或登录已失效。请运行 sign-in 重新登录。"}
    assert (desk.sees.said, desk.sees.tone) == (expected[state], "bad")

    desk.hears(CALLED)
    desk.keypad.pass_time(desk.now + 5)
    assert desk.sent == []


def test_a_question_that_was_open_when_the_network_went_orders_nothing(desk):
    desk.types("*").hears(link="away").types("1", "enter")

    assert desk.sent == []
    assert desk.sees.said == "未连接，没有发送。"


def test_the_network_s_state_is_shown_beside_what_was_known(desk):
    assert desk.hears(CALLED, link="away").sees.trouble == "未连接"
    assert desk.hears(CALLED, link="away", stale=True).sees.trouble == "未连接，显示的可能已过时"
    assert desk.sees.number == "A003"
    assert desk.hears(CALLED, link="signed_out").sees.trouble == "没有登录"
    desk.hears(CALLED).keypad.plugged(False)
    assert desk.sees.trouble == "小键盘没有接上"


def test_presses_while_one_is_under_way_are_swallowed(desk):
    desk.types("enter", "+", "-")

    assert desk.sent == [("next", {})]
    assert desk.sees.said == "上一次按键还在等答复，这一次没有发送。"


def test_an_unconfirmed_press_stays_shown_until_it_is_settled(desk):
    desk.types("enter")
    desk.keypad.busy(unconfirmed=True)
    desk.types("enter")
    assert (desk.sent, desk.sees.tone) == ([("next", {})], "warn")
    assert "未确认" in desk.sees.said

    desk.gets(replayed=True)
    assert desk.sees.said == "上一次按键已经生效：已呼叫 A003。"


def test_a_press_given_up_says_that_nobody_knows(desk):
    desk.types("enter").gets("unconfirmed")

    assert "不知道是否成功" in desk.sees.said
    assert desk.types("+").sent[-1] == ("recall", {})


def test_the_next_press_waits_for_the_news_of_the_last(desk):
    desk.types("enter").gets(seq=9).types("enter", pause_s=0.0)
    desk.now += 1.5
    desk.types("+", pause_s=0.0)
    assert desk.sent == [("next", {})]
    desk.hears(CALLED, seq=9).types("+")
    assert desk.sent[-1] == ("recall", {})


def test_news_that_never_come_do_not_stop_the_desk(desk):
    desk.types("enter").gets(seq=9).types("+", pause_s=CATCH_UP_S)

    assert desk.sent[-1] == ("recall", {})


def test_a_key_held_down_is_one_press(desk):
    times = [0.0, *(0.5 + 0.03 * n for n in range(60))]
    start = desk.now
    for at in times:
        desk.keypad.press("enter", start + at)
        desk.keypad.pass_time(start + at)
        if desk.sent:
            desk.gets()
    desk.keypad.pass_time(start + 10)

    assert desk.sent == [("next", {})]


def test_a_key_pressed_again_soon_is_taken_a_moment_later(desk):
    desk.types("enter").gets().types("enter", pause_s=0.6)
    assert len(desk.sent) == 1
    desk.keypad.pass_time(desk.now + NEXT_REPEAT_S)
    assert len(desk.sent) == 2
    desk.gets().types("enter", pause_s=FIRST_REPEAT_S)
    assert len(desk.sent) == 3


def test_a_key_after_another_was_let_go_in_between(desk):
    desk.types("*", "2", "enter", pause_s=0.05)
    desk.gets().types("*", "3", "enter", pause_s=0.05)

    assert [words["reason"] for _, words in desk.sent] == ["rest", "paperwork"]


def test_a_double_press_is_one(desk):
    desk.types("enter").gets().types("enter", pause_s=0.2)
    desk.keypad.pass_time(desk.now + 1)

    assert len(desk.sent) == 1
