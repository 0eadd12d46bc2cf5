"""The clerk's page: what one press does, setting aside, handing on, taking back, calling for help."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Seat, sign_in
from tests.browser.desk import issue, serve_next, submit
from tests.browser.staff import member
from tests.support.chromium import press_button, press_key, press_space
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(150)]


def later(server: Server, seconds: int) -> None:
    """The hall's clock goes on; the test does not wait for it."""
    ask = member(server, "supervisor")
    now = ask("/report", "GET")["now"]
    to = datetime.fromisoformat(now) + timedelta(seconds=seconds)
    ask("/clock/steps", to=to.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))


def presses_for(page: Page, server: Server, numbers: list[str], arrival: bool) -> int:
    """How often Space is pressed until everybody is served and nobody is called any more."""
    stage, presses = page.locator(".stage"), 1
    press_space(page)
    for number in numbers:
        expect(stage).to_have_attribute("data-ticket", number)
        if arrival:
            press_space(page)
            expect(stage).to_have_attribute("data-state", "serving")
            presses += 1
        later(server, 120)
        press_space(page)
        presses += 1
        expect(page.locator(f".stage[data-ticket={number}]")).to_have_count(0)
    return presses


def test_with_arrivals_a_person_takes_two_presses(server: Server, seat: Seat) -> None:
    """Here, done: the finish of one is the call of the next."""
    numbers = issue(server, "A", 4)
    page = seat("1")

    assert presses_for(page, server, numbers, arrival=True) == 2 * len(numbers) + 1
    expect(page.locator(".served")).to_contain_text(f"本次已办 {len(numbers)} 人")


def test_without_arrivals_a_person_takes_one_press(server: Server, seat: Seat) -> None:
    member(server, "manager")("/rules", "PUT", arrival=False)
    numbers = issue(server, "A", 4)
    page = seat("1")

    assert presses_for(page, server, numbers, arrival=False) == len(numbers) + 1
    expect(page.locator(".served")).to_contain_text(f"本次已办 {len(numbers)} 人 · 平均 2")


def test_a_double_press_never_finishes_the_person_it_called(server: Server, seat: Seat) -> None:
    member(server, "manager")("/rules", "PUT", arrival=False)
    first, second = issue(server, "A", 2)
    page = seat("1")
    press_space(page)
    expect(page.locator(".stage")).to_have_attribute("data-ticket", first)

    press_space(page)

    expect(page.locator("[role=status].outcome")).to_contain_text(f"{first} 刚刚叫到")
    expect(page.locator(".stage")).to_have_attribute("data-ticket", first)
    press_key(page, "s")
    expect(page.locator(".stage")).to_have_attribute("data-state", "serving")
    press_space(page)
    expect(page.locator(".stage")).to_have_attribute("data-ticket", second)


def test_the_rating_code_stands_beside_the_work_while_the_next_is_called(server: Server, seat: Seat) -> None:
    first, second, _ = issue(server, "A", 3)
    page = seat("1")
    serve_next(page)
    press_key(page, "e")
    code = page.locator(".rating-code img")
    expect(code).to_be_visible()
    page.wait_for_function("() => document.querySelector('.rating-code img').naturalWidth > 0")

    press_space(page)

    expect(page.locator(".stage")).to_have_attribute("data-ticket", second)
    expect(page.locator(".rating-code")).to_have_attribute("data-ticket", first)
    expect(code).to_be_visible()
    press_space(page)
    expect(page.locator(".rating-code")).to_have_attribute("data-ticket", second)
    expect(code).to_have_count(0)
    member(server, "manager")("/rules", "PUT", rating=False)
    expect(page.locator(".rating-code")).to_have_count(0)


def test_the_count_of_cases_outlives_a_reload(server: Server, seat: Seat) -> None:
    issue(server, "A", 1)
    page = seat("1")
    serve_next(page)
    press_key(page, "+")
    expect(page.locator("[data-cases='2']")).to_be_visible()

    page.reload()

    expect(page.locator("[data-cases='2']")).to_be_visible()


def test_a_taken_window_is_handed_over_by_a_supervisor_on_the_spot(
    server: Server, seat: Seat, open_page: OpenPage, password: str
) -> None:
    issue(server, "A", 1)
    seat("1")
    page = open_page("/counter", 1280, 900)
    sign_in(page, "clerk02", password)
    page.locator("[data-window='1']").click()
    page.keyboard.type("supervisor")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.locator("dialog [role=alert]")).to_contain_text("什么都没有改变")
    expect(page.locator("dialog input[type=password]")).to_have_value("")

    page.keyboard.type(password)
    page.keyboard.press("Enter")

    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator(".desk[data-window='1'][data-state=open]")).to_be_visible()
    expect(page.locator(".bar-who")).to_have_text("窗口员02")
    expect(page.locator("[data-action=pause]")).to_be_visible()


def test_who_goes_on_at_another_computer_ends_the_other_session_with_one_press(
    seat: Seat, open_page: OpenPage, password: str
) -> None:
    there = seat("1")
    here = open_page("/counter", 1280, 900)
    sign_in(here, "clerk01", password)
    expect(here.locator(".desk[data-window='1'][data-state=open]")).to_be_visible()

    here.locator("[data-action=end-others]").click()

    expect(here.locator(".elsewhere")).to_have_count(0)
    there.keyboard.press("Space")  # and no more: the page is left while the press is answered
    expect(there).to_have_url(re.compile("/sign-in"))
    expect(here.locator(".desk[data-window='1'][data-state=open]")).to_be_visible()


def test_the_key_of_the_parked_shows_where_it_went(server: Server, seat: Seat) -> None:
    issue(server, "A", 1)
    page = seat("1")
    serve_next(page)
    page.locator("[data-action=park]").click()
    submit(page)
    expect(page.locator(".parked li")).to_have_count(1)

    press_key(page, "b")

    button = page.locator(".parked button")
    expect(button).to_be_focused()
    assert button.evaluate("one => one.matches(':focus-visible') && getComputedStyle(one).outlineStyle !== 'none'")
    room = "one => one.closest('ul').getBoundingClientRect().right - one.getBoundingClientRect().right"
    assert button.evaluate(room) >= 6, "the ring is not cut off"


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
    expect(page.locator("[role=status].outcome")).to_contain_text("A001 回来了")
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
    expect(here.locator("[role=status].outcome")).to_contain_text("A001 已转移")

    assert serve_next(there) == "A001"
    expect(there.locator(".stops-ahead")).to_contain_text("社保医保（1号窗口）")
    press_button(there, "finish")
    expect(there.locator("[role=status].outcome")).to_contain_text("已去下一站")
    expect(here.locator(".upcoming li[data-ticket=A001]")).to_contain_text("指定")
    assert serve_next(here) == "A001"
    expect(here.locator(".stage-facts")).to_contain_text("进入本队")
    earlier = here.locator(".history li")
    expect(earlier).to_have_count(2)
    expect(earlier.first).to_contain_text("1号窗口")
    expect(earlier.first).to_contain_text("窗口员01")
    expect(earlier.last).to_contain_text("7号窗口")
    expect(earlier.last).to_contain_text("转到下一处")


def test_a_finish_is_taken_back_until_the_next_is_called(server: Server, seat: Seat) -> None:
    issue(server, "A", 2)
    page = seat("1")
    serve_next(page)
    press_key(page, "g")
    page.keyboard.press("3")
    expect(page.locator("[data-action=undo]")).to_contain_text("秒")
    press_key(page, "u")
    expect(page.locator(".stage")).to_have_attribute("data-state", "serving")
    expect(page.locator("[role=status].outcome")).to_contain_text("已撤销")

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
    # Who pressed after the news had come asked for another window: the list of them says it as well.
    told = ".quiet[data-state=taken], main.picker"
    expect(first.locator(f"{won}, {told}")).to_be_visible()
    expect(second.locator(f"{won}, {told}")).to_be_visible()
    assert sum(page.locator(won).count() for page in (first, second)) == 1
    assert sum(page.locator(told).count() for page in (first, second)) == 1
    loser = first if first.locator(told).count() else second
    expect(loser.locator("button.next[data-next=choose], .picker [data-window='1']")).to_be_visible()


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
    expect(page.locator("[role=status].outcome")).to_contain_text("已取号 B001")


def test_the_counter_is_whole_at_320_pixels(server: Server, seat: Seat) -> None:
    issue(server, "A", 1)
    page = seat("1", width=320)
    serve_next(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    button = page.locator("button.next").bounding_box()
    assert button is not None
    assert button["y"] + button["height"] < 900


def test_a_zero_window_leads_to_its_own_page(seat: Seat) -> None:
    page = seat("Z1", clerk="clerk02")
    page.get_by_role("link", name="打开咨询页").click()

    expect(page).to_have_url(re.compile("/zero$"))
    expect(page.locator("button.next")).to_be_visible()


def test_the_clerk_sees_on_how_many_screens_a_call_was_shown(server: Server, seat: Seat, open_page: OpenPage) -> None:
    issue(server, "A", 1)
    code = member(server, "admin")("/devices", kind="screen", name="一楼大屏")["code"]
    screen = open_page("/board", 1920, 1080)
    assert screen.context.request.post(f"{server.address}/api/enrolments", data={"code": code}).ok
    screen.reload()
    expect(screen.locator(".header")).to_be_visible()
    page = seat("1")

    press_space(page)

    expect(page.locator(".proof [data-shown='1']")).to_have_text("已显示 1/1 屏")
    expect(page.locator(".proof [data-spoken]")).to_be_visible()
    press_space(page)
    expect(page.locator(".stage")).to_have_attribute("data-state", "serving")
    expect(page.locator(".proof")).to_have_count(0)
