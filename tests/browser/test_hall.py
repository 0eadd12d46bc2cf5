"""Kiosk, counter and board in three browsers; the server is killed and restarted in the middle."""

import pytest
from playwright.sync_api import Page, expect

from queue_server.cli.demo import credentials
from tests.browser.conftest import OpenPage, sign_in
from tests.support.chromium import press_space
from tests.support.servers import Server, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(150)]

STALE_MS = 9_000
BACK_MS = 20_000


def take_number(kiosk: Page, line: str) -> str:
    """Two taps: the line, then the class."""
    kiosk.locator("button.line", has_text=line).click()
    expect(kiosk.locator("button.take").first).to_be_visible()
    settle(kiosk)
    kiosk.locator("button.take").first.click()
    number = kiosk.locator(".given-number")
    expect(number).to_be_visible()
    return number.inner_text()


def settle(page: Page) -> None:
    """A screen takes no touch in its first half second: it may be the second tap of a double tap."""
    now = page.evaluate("performance.now()")
    wait_until(lambda: page.evaluate("performance.now()") > now + 600, what="half a second")


def enrolled_kiosk(server: Server, open_page: OpenPage) -> Page:
    code = server.run("device", "kiosk", "测试取号机").stdout.split()[0]
    kiosk = open_page(f"/kiosk#code={code}", 1080, 1920)
    expect(kiosk.locator("button.zero")).to_be_visible()
    return kiosk


def seated_clerk(open_page: OpenPage, password: str) -> Page:
    counter = open_page("/counter", 1280, 800)
    sign_in(counter, "clerk01", password)
    counter.locator("[data-window='1']").click()
    press_space(counter)
    expect(counter.locator("body")).to_contain_text("呼叫下一位")
    return counter


def test_who_takes_a_number_in_english_is_called_in_english_first(server: Server, open_page: OpenPage) -> None:
    kiosk = enrolled_kiosk(server, open_page)
    with kiosk.expect_request("**/tickets") as asked:
        take_number(kiosk, "社保医保")
    assert "lang" not in asked.value.post_data_json
    kiosk.goto(f"{server.address}/kiosk?lang=en")
    expect(kiosk.locator("button.zero")).to_be_visible()

    with kiosk.expect_request("**/tickets") as asked:
        take_number(kiosk, "Social")

    assert asked.value.post_data_json["lang"] == "en"
    assert asked.value.response().status == 201


def test_a_number_goes_from_kiosk_to_counter_to_board_and_survives_a_killed_server(
    server: Server, open_page: OpenPage, password: str
) -> None:
    kiosk, board = enrolled_kiosk(server, open_page), open_page("/board", 1920, 1080)
    counter = seated_clerk(open_page, password)
    assert take_number(kiosk, "社保医保") == "A001"

    press_space(counter)
    expect(board.locator(".latest")).to_contain_text("A001")
    expect(board.locator(".latest")).to_contain_text("1号窗口")
    expect(counter.locator("[data-spoken]")).to_contain_text("语音未播出", timeout=9_000)

    server.kill()
    expect(board.locator("body")).to_contain_text("信号中断", timeout=STALE_MS)
    press_space(counter)
    expect(counter.locator("body")).to_contain_text("未确认")

    server.start()
    expect(counter.locator(".stage")).to_have_attribute("data-state", "serving", timeout=15_000)
    expect(board.locator("body")).not_to_contain_text("信号中断", timeout=BACK_MS)
    expect(board.locator(".latest")).to_contain_text("A001")
    kiosk.reload()
    check_next_call(server, kiosk, counter, board)


def check_next_call(server: Server, kiosk: Page, counter: Page, board: Page) -> None:
    expect(kiosk.locator("button.line").first).to_be_visible(timeout=BACK_MS)
    assert take_number(kiosk, "社保医保") == "A002"
    press_space(counter)
    expect(board.locator(".latest")).to_contain_text("A002", timeout=BACK_MS)
    expect(board.locator(".previous")).to_contain_text("A001")
    assert "whole" in server.run("verify").stdout


def test_a_double_press_makes_one_ticket_and_never_one_unseen(server: Server, open_page: OpenPage) -> None:
    kiosk = enrolled_kiosk(server, open_page)
    # The second tap falls where the next screen has its button.
    kiosk.locator("button.line", has_text="户籍身份证").dblclick()
    expect(kiosk.locator("button.take").first).to_be_enabled()
    settle(kiosk)
    expect(kiosk.locator(".given-number")).to_have_count(0)
    kiosk.locator("button.take").first.dblclick()
    expect(kiosk.locator(".given-number")).to_have_text("H001")
    kiosk.reload()
    assert take_number(kiosk, "户籍身份证") == "H002"


def test_a_board_hides_its_numbers_after_a_minute_without_news(server: Server, open_page: OpenPage) -> None:
    board = open_page("/board", 1920, 1080)
    board.clock.install()
    board.reload()
    expect(board.locator("body")).to_contain_text("等候")
    server.kill()
    board.clock.fast_forward(10_000)
    expect(board.locator("body")).to_contain_text("信号中断")
    board.clock.fast_forward(61_000)
    expect(board.locator("body")).to_contain_text("号码暂不显示")
    server.start()
    expect(board.locator("body")).not_to_contain_text("号码暂不显示", timeout=BACK_MS)


def test_the_manager_sees_what_was_done(server: Server, open_page: OpenPage, password: str) -> None:
    kiosk, counter = enrolled_kiosk(server, open_page), seated_clerk(open_page, password)
    take_number(kiosk, "社保医保")
    press_space(counter)
    expect(counter.locator(".stage")).to_have_attribute("data-state", "called")
    manager = open_page("/manager", 1440, 900)
    sign_in(manager, "manager", password)
    row = manager.locator("table tr", has_text="社保医保").first
    # Waiting, longest, in service, issued, joined, called, served.
    expect(row.locator("td").nth(3)).to_have_text("1")
    assert row.locator("td").all_inner_texts()[:7] == ["0", "—", "1", "1", "1", "1", "0"]
    expect(manager.locator("body")).to_contain_text("A001")


@pytest.mark.parametrize(
    ("path", "width", "height"), [("/board", 1080, 1920), ("/kiosk", 1920, 1080), ("/", 1280, 800)]
)
def test_pages_speak_english(server: Server, open_page: OpenPage, path: str, width: int, height: int) -> None:
    page = open_page(f"{path}?lang=en", width, height)
    page.wait_for_load_state("networkidle")
    wait_until(lambda: "Model District" in page.content() or "enrol" in page.content().lower(), what="English")
    chinese = page.evaluate("() => (document.body.innerText.match(/[\\u4e00-\\u9fff]+/g) || []).join(' ')")
    assert chinese.replace("中文", "") in ("", "零号窗")


def test_the_password_is_on_no_page(server: Server) -> None:
    kept = credentials(server.data)
    assert kept["staff"][0]["password"] not in (server.data / "server.log").read_text()
