"""The clerk's page: what one press does, setting aside, handing on, taking back, calling for help."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.staff import member
from tests.support.chromium import press_button, press_key, press_space
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(150)]

Seat = Callable[..., Page]


@pytest.fixture
def seat(open_page: OpenPage, password: str) -> Seat:
    """A clerk signs in and opens a window."""

    def seat(window: str, clerk: str = "", width: int = 1280, opens: bool = True) -> Page:
        page = open_page("/counter", width, 900)
        sign_in(page, clerk or f"clerk0{window}", password)
        page.locator(f"[data-window='{window}']").click()
        expect(page.locator("button.next")).to_be_visible()
        if opens:
            press_space(page)
            expect(page.locator("[data-action=pause]")).to_be_visible()
        return page

    return seat


def issue(server: Server, line: str, count: int) -> list[str]:
    """Numbers given by the greeter at the door."""
    greeter = member(server, "greeter")
    return [greeter("/tickets", line=line)["ticket"]["number"] for _ in range(count)]


def serve_next(page: Page) -> str:
    """Call and start; the number."""
    press_space(page)
    expect(page.locator(".stage")).to_have_attribute("data-state", "called")
    press_space(page)
    expect(page.locator(".stage")).to_have_attribute("data-state", "serving")
    return str(page.locator(".stage").get_attribute("data-ticket"))


def submit(page: Page) -> None:
    page.locator("dialog[open] button[type=submit]").click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.evaluate("globalThis.pressedAt = performance.now()")


def test_one_key_serves_everybody_and_a_call_costs_no_press_of_its_own(server: Server, seat: Seat) -> None:
    """Here, done: the finish of one is the call of the next."""
    numbers = issue(server, "A", 4)
    page, presses = seat("1"), 0
    stage = page.locator(".stage")
    press_space(page)
    for number in numbers:
        expect(stage).to_have_attribute("data-ticket", number)
        press_space(page)
        expect(stage).to_have_attribute("data-state", "serving")
        press_space(page)
        presses += 2
        expect(page.locator(f".stage[data-ticket={number}]")).to_have_count(0)
    assert presses == 2 * len(numbers)
    expect(page.locator(".served")).to_contain_text(f"本次已办 {len(numbers)} 人")


def test_somebody_set_aside_comes_back_before_those_who_came_later(server: Server, seat: Seat) -> None:
    issue(server, "A", 2)
    page = seat("1")
    assert serve_next(page) == "A001"
    press_key(page, "h")
    page.keyboard.press("3")
    page.locator("[data-choices=minutes] [data-choice='20']").click()
    page.locator("#note").fill("缺一份复印件")
    submit(page)
    parked = page.locator(".parked li[data-ticket=A001]")
    expect(parked).to_contain_text("回")

    page.keyboard.press("b")
    press_key(page, "Enter")
    expect(page.locator(".outcome")).to_contain_text("A001 回来了")
    expect(parked).to_have_count(0)
    assert serve_next(page) == "A001"
    expect(page.locator(".notes")).to_contain_text("缺一份复印件")


def test_a_person_handed_on_with_a_way_back_returns_under_the_same_number(server: Server, seat: Seat) -> None:
    issue(server, "A", 1)
    here, there = seat("1"), seat("7")
    serve_next(here)
    press_key(here, "t")
    here.keyboard.press("b")
    here.locator("#keep").select_option("window:7")
    here.locator("input[name=back]").check()
    submit(here)
    expect(here.locator(".outcome")).to_contain_text("A001 已转移")

    assert serve_next(there) == "A001"
    expect(there.locator(".stops-ahead")).to_contain_text("社保医保（1号窗口）")
    press_button(there, "finish")
    expect(there.locator(".outcome")).to_contain_text("已去下一站")
    expect(here.locator(".upcoming li[data-ticket=A001]")).to_contain_text("指定")
    assert serve_next(here) == "A001"
    expect(here.locator(".stage-facts")).to_contain_text("进入本队")


def test_a_finish_is_taken_back_until_the_next_is_called(server: Server, seat: Seat) -> None:
    issue(server, "A", 2)
    page = seat("1")
    serve_next(page)
    press_key(page, "g")
    page.keyboard.press("3")
    expect(page.locator("[data-action=undo]")).to_contain_text("秒")
    press_key(page, "u")
    expect(page.locator(".stage")).to_have_attribute("data-state", "serving")
    expect(page.locator(".outcome")).to_contain_text("已撤销")

    press_button(page, "finish")
    expect(page.locator("[data-action=undo]")).to_be_visible()
    press_space(page)
    expect(page.locator(".stage")).to_have_attribute("data-ticket", "A002")
    expect(page.locator("[data-action=undo]")).to_have_count(0)


def test_a_silent_call_for_help_reaches_colleagues_and_one_of_them_goes(seat: Seat) -> None:
    caller, colleague, third = seat("1"), seat("7"), seat("8")
    caller.keyboard.press("F9")
    expect(caller.locator(".alarm")).to_have_attribute("data-stand", "mine")
    expect(colleague.locator(".alarm")).to_contain_text("1号窗口需要帮助")
    expect(colleague).to_have_title("求助：1号窗口 · 空闲 · 7号窗口")
    expect(caller).to_have_title("空闲 · 1号窗口")

    colleague.keyboard.press("y")
    expect(caller.locator(".alarm")).to_contain_text("7号窗口的同事正在过来")
    expect(third.locator(".alarm")).to_have_attribute("data-stand", "theirs_accepted")
    caller.locator("[data-action=end-alarm]").click()
    for page in (caller, colleague, third):
        expect(page.locator(".alarm")).to_have_count(0)


def test_two_at_one_window_one_wins_and_the_other_is_told(seat: Seat) -> None:
    first, second = seat("1", opens=False), seat("1", clerk="clerk02", opens=False)
    first.keyboard.press("Space")
    second.keyboard.press("Space")
    won = ".desk:has([data-action=pause])"
    told = ".quiet[data-state=taken]"
    expect(first.locator(f"{won}, {told}")).to_be_visible()
    expect(second.locator(f"{won}, {told}")).to_be_visible()
    assert sum(page.locator(won).count() for page in (first, second)) == 1
    assert sum(page.locator(told).count() for page in (first, second)) == 1
    loser = first if first.locator(told).count() else second
    expect(loser.locator("button.next")).to_have_attribute("data-next", "choose")


def test_a_released_window_says_whose_ticket_it_holds(server: Server, seat: Seat) -> None:
    issue(server, "A", 1)
    page = seat("1")
    serve_next(page)
    member(server, "supervisor")("/windows/1/releases")

    expect(page.locator("[data-left=closed]")).to_contain_text("A001 还留在本窗口")
    press_space(page)
    expect(page.locator("[data-left]")).to_have_count(0)
    expect(page.locator("[data-action=park]")).to_be_visible()


def test_a_clerk_moves_to_another_window_after_a_question(seat: Seat) -> None:
    page = seat("1")
    press_key(page, "w")
    page.locator("[data-window='2']").click()
    expect(page.locator("dialog[open]")).to_contain_text("离开1号窗口，坐到2号窗口")
    page.keyboard.press("Enter")
    expect(page.locator("main.desk")).to_have_attribute("data-window", "2")
    expect(page.locator("[data-action=pause]")).to_be_visible()


def test_a_number_is_issued_at_the_counter_by_keys_alone(seat: Seat) -> None:
    page = seat("1")
    press_key(page, "i")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    expect(page.locator(".outcome")).to_contain_text("已取号 B001")


def test_the_counter_is_whole_at_320_pixels(server: Server, seat: Seat) -> None:
    issue(server, "A", 1)
    page = seat("1", width=320)
    serve_next(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    button = page.locator("button.next").bounding_box()
    assert button is not None
    assert button["y"] + button["height"] < 900
