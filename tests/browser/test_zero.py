"""The zero window's page: found, ticked, handed on, printed; the phone desk and the register of blocked cases."""

import itertools
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from queue_server.cli.demo import credentials
from tests.browser.conftest import OpenPage, sign_in
from tests.browser.staff import member
from tests.browser.test_hall import settle
from tests.support.chromium import press_key, press_space
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(150)]
_keys = itertools.count(1)

#: From a letter in the box to the results in the page, in ms; the list is watched, not the clock.
TIME_OF_SEARCH = """(text) => new Promise((done) => {
  const started = performance.now();
  const watch = new MutationObserver(() => { watch.disconnect(); done(performance.now() - started); });
  const list = document.getElementById("found");
  watch.observe(list, {childList: true, subtree: true, attributes: true, characterData: true});
  const box = document.getElementById("find");
  box.value = text;
  box.dispatchEvent(new Event("input", {bubbles: true}));
})"""
TICKET = """(number) => fetch("/api/halls/demo/snapshot?scope=staff").then((answer) => answer.json())
  .then(({snapshot}) => snapshot.tickets[number])"""


def issue(server: Server, line: str = "Z") -> str:
    """A number, as the demonstration's own kiosk gives it."""
    headers = {"Authorization": f"Bearer {credentials(server.data)['kiosk_token']}"}
    headers["Idempotency-Key"] = f"key-zero-{next(_keys):04d}"
    answer = requests.post(f"{server.address}/api/halls/demo/tickets", json={"line": line}, headers=headers, timeout=9)
    assert answer.ok, answer.text
    return str(answer.json()["ticket"]["number"])


def seated(open_page: OpenPage, password: str, user: str, window: str) -> Page:
    page = open_page("/counter", 1280, 800)
    sign_in(page, user, password)
    page.locator(f"[data-window='{window}']").click()
    press_space(page)
    expect(page.locator("[data-action=pause]")).to_be_enabled()
    return page


def zero_window(open_page: OpenPage, password: str) -> Page:
    page = seated(open_page, password, "zero1", "Z1")
    page.goto(page.url.split("/counter")[0] + "/zero")
    expect(page.locator("#found [role=option]").first).to_be_visible()
    return page


def begin(page: Page) -> None:
    """Call the next person, who is there."""
    press_space(page)
    expect(page.locator(".strip")).to_have_attribute("data-ticket-state", "called")
    press_space(page)
    expect(page.locator(".strip")).to_have_attribute("data-ticket-state", "serving")
    settle(page)


def add(page: Page, *texts: str) -> None:
    """Services by what a clerk types, without the mouse."""
    page.keyboard.press("/")
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def test_search_two_services_a_missing_paper_and_the_notice_to_print(
    server: Server, open_page: OpenPage, password: str
) -> None:
    number = issue(server)
    page = zero_window(open_page, password)
    begin(page)
    add(page, "clfzydj", "Social security card: first")

    assert [card.get_attribute("data-code") for card in page.locator(".service").all()] == ["B01", "A01"]
    page.keyboard.press("a")
    expect(page.locator(".papers-count")).to_have_text("材料齐全")
    page.locator("[data-code=A01] [data-paper=photo] input").click()
    expect(page.locator(".papers-count")).to_have_text("缺 1 份材料")
    page.keyboard.press("5")
    page.locator("dialog [data-minutes='30']").press("1")

    notice = page.locator(".a4")
    expect(notice).to_contain_text("一次性告知单")
    expect(notice).to_contain_text(number)
    assert [one.get_attribute("data-paper") for one in notice.locator("[data-paper]").all()] == ["photo"]
    codes = page.locator(".a4-code")
    expect(codes).to_have_count(2)
    assert page.evaluate("() => Promise.all([...document.images].map((one) => one.decode())).then(() => true)")
    page.emulate_media(media="print")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator(".notice-tools")).to_be_hidden()
    page.emulate_media(media="screen")
    page.keyboard.press("Escape")
    expect(page.locator(".aside")).to_contain_text(number)


def test_several_stops_lead_through_the_hall_with_what_was_found_out(
    server: Server, open_page: OpenPage, password: str
) -> None:
    number = issue(server)
    first, second = seated(open_page, password, "clerk01", "1"), seated(open_page, password, "clerk07", "7")
    page = zero_window(open_page, password)
    begin(page)
    add(page, "shbzksl", "clfzydj")
    page.keyboard.press("a")
    page.keyboard.press("4")
    expect(page.locator(".strip .outcome")).to_contain_text(f"{number} 已转到社保医保")

    expect(first.locator(f"[data-ticket={number}]").first).to_be_visible()
    known: dict[str, Any] = first.evaluate(TICKET, number)
    assert known["brings"]["services"] == ["A01", "B01"]
    assert [stop["line"] for stop in known["stops"]] == ["B"]
    press_space(first)
    expect(first.locator(".stage")).to_have_attribute("data-state", "called")
    expect(first.locator("[data-brings='A01 B01']")).to_contain_text("社会保障卡申领、存量房转移登记")
    press_space(first)
    expect(first.locator(".stage")).to_have_attribute("data-state", "serving")
    press_space(first)
    expect(second.locator(f"[data-ticket={number}]").first).to_be_visible()


def test_a_question_by_phone_is_promised_and_answered(server: Server, open_page: OpenPage, password: str) -> None:
    page = open_page("/zero?desk=phone", 1280, 800)
    sign_in(page, "zero1", password)
    page.locator("#question").fill("补社保卡要带什么？")
    page.locator("#caller").fill("0571-0000000")
    page.locator(".phone button[type=submit]").click()
    row = page.locator("[data-question]")
    expect(row).to_contain_text("补社保卡要带什么？")
    expect(row).to_contain_text("还有 30 分钟")
    expect(page.locator("#question")).to_have_value("")
    settle(page)

    row.locator("[data-reply]").click()
    page.locator("#reply-text").fill("带身份证")
    page.locator(".reply button[type=submit]").click()

    expect(row).to_have_count(0)
    expect(page.locator(".phone .outcome")).to_have_text("已答复。")


def test_a_blocked_case_takes_its_steps(server: Server, open_page: OpenPage, password: str) -> None:
    issue(server)
    page = zero_window(open_page, password)
    begin(page)
    add(page, "B06")
    page.keyboard.press("9")
    expect(page.locator("#blocked-owner")).to_have_value("自然资源和规划局")
    page.locator("#blocked-text").fill("档案缺页")
    page.locator("dialog button[type=submit]").click()
    expect(page.locator(".strip .outcome")).to_contain_text("已登记办不成事")

    page.locator(".desks a[href*='desk=cases']").click()
    case = page.locator(".case")
    expect(case).to_contain_text("档案缺页")
    case.get_by_label("做了什么").fill("查过档案室")
    case.locator("[data-step-to=sorted]").click()
    expect(case).to_have_attribute("data-step", "sorted")
    expect(case).to_contain_text("查过档案室")
    settle(page)
    case.locator("[data-step-to=assigned]").click()
    expect(case).to_have_attribute("data-step", "assigned")
    expect(case.locator("[data-step-to=settled]")).to_be_visible()


def test_what_was_typed_stays_when_news_arrive(server: Server, open_page: OpenPage, password: str) -> None:
    """Others take numbers, windows open, and the catalogue changes while a question stands open."""
    issue(server)
    page = zero_window(open_page, password)
    begin(page)
    add(page, "B06")
    page.locator("#zero-note").fill("老人一个人来")
    page.locator(".bar").click()
    page.keyboard.press("9")
    page.locator("#blocked-owner").fill("档案馆")
    page.locator("#blocked-text").fill("档案缺页，")
    read_again = page.expect_response(lambda answer: answer.url.endswith("/services"))

    with read_again:
        member(server, "manager")("/services/A01", "PUT", guide_url=None)
    number = issue(server)
    expect(page.locator(".aside")).to_contain_text(number)
    page.locator("#blocked-text").press_sequentially("要查")

    expect(page.locator("#blocked-owner")).to_have_value("档案馆")
    expect(page.locator("#blocked-text")).to_have_value("档案缺页，要查")
    page.keyboard.press("Escape")
    expect(page.locator(".service")).to_have_attribute("data-code", "B06")
    expect(page.locator("#zero-note")).to_have_value("老人一个人来")


def test_a_refused_order_keeps_its_question_open_with_what_was_filled_in(
    server: Server, open_page: OpenPage, password: str
) -> None:
    """A line is closed while somebody is about to be handed on to it."""
    number = issue(server)
    seated(open_page, password, "clerk01", "1")
    page = zero_window(open_page, password)
    begin(page)
    add(page, "shbzksl", "clfzydj")
    press_key(page, "a")
    page.keyboard.press("w")
    page.locator("dialog select[aria-label*='社保医保']").select_option("1")
    member(server, "supervisor")("/lines/B/closing")

    page.locator("dialog button[type=submit]").click()
    page.evaluate("globalThis.pressedAt = performance.now()")

    expect(page.locator("dialog [role=alert]")).to_contain_text("今天不受理")
    assert [stop.get_attribute("data-line") for stop in page.locator("dialog [data-line]").all()] == ["A", "B"]
    expect(page.locator("dialog select[aria-label*='社保医保']")).to_have_value("1")
    settle(page)
    page.locator("dialog [data-line=B] .link").click()
    page.locator("dialog button[type=submit]").click()
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator(".strip .outcome")).to_contain_text(f"{number} 已转到社保医保")


def test_a_search_takes_less_than_a_tenth_of_a_second(server: Server, open_page: OpenPage, password: str) -> None:
    page = zero_window(open_page, password)
    for text in ("s", "sh", "shbz", "公积金", "registration", "zz"):
        assert page.evaluate(TIME_OF_SEARCH, text) < 100, text


def test_a_greeter_sends_somebody_who_waits_to_the_right_line(
    server: Server, open_page: OpenPage, password: str
) -> None:
    number = issue(server)
    page = open_page("/zero", 1280, 800)
    sign_in(page, "greeter", password)
    expect(page.locator("#found [role=option]").first).to_be_visible()
    page.locator(f".person[data-ticket={number}]").click()
    add(page, "shbzksl")
    expect(page.locator(".service")).to_have_count(1)
    page.keyboard.press("a")
    settle(page)
    page.keyboard.press("4")
    expect(page.locator(".floor-who .outcome")).to_contain_text(f"{number} 已转到社保医保，前面 0 人")
    settle(page)
    page.locator("[data-class=care]").click()
    expect(page.locator(".floor-who .outcome")).to_contain_text("已取号")
