"""What the keys of a keypad do, and what the display shows; the screen only keeps what it is shown."""

import pytest

from counter_client import keymap
from counter_client.keypad import FORGET_S
from counter_client.news import LONGEST_PAUSE_S, pause
from tests.counter_client.keypads import CALLED, SERVING, Desk, ticket


@pytest.fixture
def desk() -> Desk:
    return Desk().hears(ticket("A001", "waiting"), ticket("B001", "waiting"))


@pytest.mark.parametrize(
    ("key", "command"), [("enter", "next"), ("+", "recall"), ("-", "missed")], ids=["enter", "plus", "minus"]
)
def test_a_key_is_one_order(desk, key, command):
    assert desk.hears(CALLED).types(key).sent == [(command, {})]


def test_the_display_shows_ticket_window_waiting_and_what_enter_does(desk):
    picture = desk.hears(CALLED, ticket("A001", "waiting"), ticket("B001", "waiting")).sees

    assert (picture.number, picture.state, picture.window) == ("A003", "已叫号", "3号窗口")
    assert picture.waiting == "等候  A 1    B 1"
    assert picture.next == "Enter = 开始办理"
    assert picture.trouble == ""
    assert "+ 重呼" in picture.help


def test_a_window_that_somebody_else_has_is_shown_as_theirs(desk):
    assert desk.hears(clerk="8").sees.trouble == "本窗口正由其他工作人员使用"


@pytest.mark.parametrize(
    ("tickets", "mine", "shown"),
    [
        ([], {}, "呼叫下一位"),
        ([SERVING], {}, "办结并叫下一位"),
        ([], {"state": "paused"}, "恢复"),
        ([], {"state": "closed", "clerk": None}, "开窗"),
    ],
)
def test_enter_is_named_for_what_it_would_do(desk, tickets, mine, shown):
    assert desk.hears(*tickets, **mine).sees.next == f"Enter = {shown}"


def test_pause_asks_for_the_reason_and_resumes_when_paused(desk):
    desk.types("*")
    assert desk.sent == []
    assert desk.sees.choices[0] == "1  用餐"
    assert len(desk.sees.choices) == 6
    assert desk.types("2", "enter").sent == [("pause", {"reason": "rest"})]
    assert desk.sees.choices == ()
    assert desk.gets().hears(state="paused").types("*").sent[-1] == ("resume", {})


def test_transfer_goes_by_lists_of_lines_and_of_windows(desk):
    desk.hears(SERVING).types("/")
    assert desk.sees.choices == ("1  B 不动产", "2  C 出入境")
    assert "A003" in desk.sees.asked
    desk.types("1", "enter")
    assert desk.sees.choices == ("0  任意窗口", "8  8号窗口", "01  零号窗1号台")
    assert desk.sent == []

    assert desk.types("8", "enter").sent == [("transfer", {"line": "B", "window": "8"})]


@pytest.mark.parametrize("keys", [["enter"], ["0", "enter"]])
def test_any_window_will_do(desk, keys):
    desk.hears(SERVING).types("/", "1", "enter", *keys)

    assert desk.sent == [("transfer", {"line": "B"})]


def test_a_line_that_nobody_serves_now_asks_for_no_window(desk):
    assert desk.hears(SERVING).types("/", "2", "enter").sent == [("transfer", {"line": "C"})]


def test_without_a_ticket_there_is_nothing_to_transfer(desk):
    desk.types("/")

    assert desk.sees.choices == ()
    assert "没有可以操作的号票" in desk.sees.said


def test_figures_call_a_missed_person_back(desk):
    desk.hears(ticket("A012", "missed"), ticket("B013", "missed"), ticket("VA013", "missed"))

    assert desk.types("1", "2", pause_s=0.1).sees.asked == "补叫过号：12"
    assert desk.types("enter").sent == [("call_back", {"number": "A012"})]
    desk.gets().types("1", "3", "enter")
    assert desk.sees.choices == ("1  B013", "2  VA013")
    assert desk.types("2", "enter").sent[-1] == ("call_back", {"number": "VA013"})
    desk.gets().types("9", "enter")
    assert desk.sees.said == "没有过号的 9。"
    assert len(desk.sent) == 2


def test_a_wrong_choice_is_told_and_the_question_stays(desk):
    desk.types("*", "9", "enter")

    assert desk.sees.said == "没有 9 这个选择。"
    assert desk.types("1", "enter").sent == [("pause", {"reason": "meal"})]


def test_clear_takes_back_a_figure_and_then_leaves_the_question(desk):
    desk.types("*", "1", "2", ".", "enter")
    assert desk.sent == [("pause", {"reason": "meal"})]

    other = Desk().hears().types("*", ".")
    assert (other.sees.asked, other.sees.said) == ("", "已取消。")


def test_a_key_that_means_something_else_leaves_the_question_and_orders_nothing(desk):
    desk.hears(SERVING).types("/", "-")

    assert (desk.sent, desk.sees.asked) == ([], "")


def test_a_ticket_that_is_gone_takes_its_question_with_it(desk):
    desk.hears(SERVING).types("/").hears(ticket("A004", "called", "3"))

    assert desk.sees.asked == ""


def test_figures_and_questions_that_nobody_goes_on_with_are_forgotten(desk):
    desk.types("5")
    desk.keypad.pass_time(desk.now + FORGET_S + 1)
    desk.now += FORGET_S + 1

    assert desk.types("enter").sent == [("next", {})]


def test_a_hall_s_own_keys(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text('[keys]\n"7" = "start"\n"+" = "nothing"\n')
    desk = Desk(keys=keymap.load(path)).hears(CALLED)

    assert desk.types("7", "+", "8").sent == [("start", {})]


def test_the_display_speaks_english_too():
    picture = Desk("en").hears(CALLED).sees

    assert picture.next == "Enter = Start"
    assert "keypad." not in "".join([picture.window, picture.waiting, picture.next, picture.help])


def test_the_pause_between_two_attempts_grows_differs_and_has_an_end():
    longest = [pause(failures, lambda low, high: high) for failures in range(12)]
    shortest = [pause(failures, lambda low, high: low) for failures in range(12)]

    assert longest[0] == 0.5
    assert longest[:5] == sorted(set(longest[:5]))
    assert longest[-1] == LONGEST_PAUSE_S
    assert all(low < high for low, high in zip(shortest, longest, strict=True))
