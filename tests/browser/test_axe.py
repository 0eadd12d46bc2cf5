"""axe finds nothing on any page, in either language, in the states people see; and finds what was planted."""

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page, expect

from queue_server.cli.demo import credentials
from tests.browser.conftest import sign_in
from tests.browser.test_hall import settle
from tests.security.axe import SAME_COLOURS, Axe, violations
from tests.support.chromium import press_button, press_space
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(150)]
LANGUAGES = ("zh-CN", "en")
PLANTED = Path(__file__).resolve().parents[1] / "security" / "canaries" / "page.html"
_keys = itertools.count(1)


@dataclass
class Hall:
    """The demonstration hall behind the real server, and a browser to look at it."""

    server: Server
    browser: Browser

    def page(self, path: str, lang: str, width: int, height: int) -> Page:
        context = self.context(width, height)
        page = context.new_page()
        mark = "&" if "?" in path else "?"
        page.goto(f"{self.server.address}{path}{mark}lang={lang}")
        page.wait_for_load_state("networkidle")
        return page

    def context(self, width: int, height: int) -> BrowserContext:
        context = self.browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        context.set_default_timeout(15_000)
        return context

    def order(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """An order of the demonstration's own kiosk."""
        headers = {"Authorization": f"Bearer {credentials(self.server.data)['kiosk_token']}"}
        headers["Idempotency-Key"] = f"key-axe-{next(_keys)}"
        answer = requests.post(f"{self.server.address}/api/halls/demo{path}", json=body, headers=headers, timeout=9)
        assert answer.ok, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def password(self) -> str:
        return str(credentials(self.server.data)["staff"][0]["password"])


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, demo_data: Path, browser: Browser) -> Iterator[Hall]:
    data = tmp_path_factory.mktemp("axe") / "hall"
    shutil.copytree(demo_data, data)
    server = Server(data).start()
    yield Hall(server, browser)
    server.kill()


@pytest.fixture
def axe(request: pytest.FixtureRequest) -> Iterator[Axe]:
    second = "lang" in request.fixturenames and request.getfixturevalue("lang") == LANGUAGES[1]
    axe = Axe(SAME_COLOURS if second else {})
    yield axe
    assert axe.looked
    assert axe.found == []


def signed_in(hall: Hall, path: str, lang: str, username: str, width: int, height: int) -> Page:
    page = hall.page(path, "zh-CN", width, height)
    sign_in(page, username, hall.password())
    page.wait_for_url(f"**{path}*")
    page.goto(f"{hall.server.address}{path}?lang={lang}")
    return page


def test_axe_finds_what_was_planted(hall: Hall) -> None:
    page = hall.context(1280, 800).new_page()
    page.goto(f"{hall.server.address}/sign-in")
    page.wait_for_load_state("networkidle")
    before = violations(page)
    page.evaluate("(html) => { document.body.innerHTML = html; }", PLANTED.read_text())

    found = {line.split(" ")[0] for line in violations(page)}

    assert {"image-alt", "button-name", "label", "color-contrast", "link-name", "aria-required-attr"} <= found
    assert before == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_home_and_sign_in(hall: Hall, axe: Axe, lang: str) -> None:
    axe.look(hall.page("/", lang, 1280, 800), "home")
    axe.look(hall.page("/", lang, 390, 844), "home on a phone")
    page = hall.page("/sign-in", lang, 1280, 800)
    axe.look(page, "sign-in")
    page.locator("input[name=username]").fill("nobody")
    page.locator("input[name=password]").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.locator(".notice, [role=alert]").first).not_to_be_empty()
    axe.look(page, "sign-in refused")
    axe.look(hall.page("/sign-in", lang, 390, 844), "sign-in on a phone")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_kiosk(hall: Hall, axe: Axe, lang: str) -> None:
    page = hall.page("/kiosk", lang, 1080, 1920)
    expect(page.locator("#code")).to_be_visible()
    axe.look(page, "kiosk not enrolled")
    page.locator("#code").fill("WRONG234")
    page.keyboard.press("Enter")
    expect(page.locator("#problem")).not_to_be_empty()
    axe.look(page, "kiosk with a wrong code")
    code = hall.server.run("device", "kiosk", f"取号机 {lang}").stdout.split()[0]
    page.goto(f"{hall.server.address}/kiosk?lang={lang}#code={code}")
    page.reload()
    expect(page.locator("button.zero")).to_be_visible()
    axe.look(page, "kiosk lines")
    page.locator("button.line").first.click()
    expect(page.locator("button.take").first).to_be_visible()
    axe.look(page, "kiosk take")
    settle(page)
    page.locator("button.take").last.click()
    expect(page.locator(".given-number")).to_be_visible()
    axe.look(page, "kiosk number")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1080, 1920)])
def test_board(hall: Hall, axe: Axe, lang: str, width: int, height: int) -> None:
    page = hall.context(width, height).new_page()
    page.clock.install()
    # Without a socket the board polls, and polling can be cut off here.
    page.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    page.goto(f"{hall.server.address}/board?lang={lang}")
    expect(page.locator("main, section").first).to_be_visible()
    expect(page.locator(".hidden-numbers")).to_have_count(0, timeout=20_000)
    axe.look(page, f"board {width} × {height}")
    page.route("**/api/**", lambda route: route.abort())
    page.clock.fast_forward(10_000)
    expect(page.locator(".stale")).to_be_visible()
    axe.look(page, "board without news")
    page.clock.fast_forward(70_000)
    expect(page.locator(".hidden-numbers")).to_be_visible()
    axe.look(page, "board with its numbers hidden")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_counter(hall: Hall, axe: Axe, lang: str) -> None:
    window = {"zh-CN": "1", "en": "2"}[lang]
    page = signed_in(hall, "/counter", lang, f"clerk0{window}", 1280, 800)
    expect(page.locator(f"[data-window='{window}']")).to_be_visible()
    axe.look(page, "counter, choosing a window")
    page.locator(f"[data-window='{window}']").click()
    expect(page.locator("button.next")).to_be_visible()
    axe.look(page, "counter closed")
    stage = page.locator(".stage")
    press_space(page)
    expect(page.locator("[data-action=pause]")).to_be_enabled()
    letter = page.locator(".loads li").first.get_attribute("data-line")
    for kind in ("ordinary", "care", "ordinary", "care"):
        hall.order("/tickets", {"line": letter, "class": kind})
    expect(page.locator(".upcoming li")).not_to_have_count(0)
    axe.look(page, "counter open, people waiting")
    look_at_dialog(page, axe, "pause")
    press_space(page)
    expect(stage).to_have_attribute("data-state", "called")
    axe.look(page, "counter called")
    press_button(page, "miss")
    expect(page.locator(".missed li")).not_to_have_count(0)
    axe.look(page, "counter missed")
    press_space(page)
    expect(stage).to_have_attribute("data-state", "called")
    press_space(page)
    expect(stage).to_have_attribute("data-state", "serving")
    axe.look(page, "counter serving")
    look_at_dialog(page, axe, "transfer")
    page.set_viewport_size({"width": 1024, "height": 768})
    axe.look(page, "counter on a small screen")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_counter_at_320_pixels_with_its_questions(hall: Hall, axe: Axe, lang: str) -> None:
    window = {"zh-CN": "3", "en": "4"}[lang]
    page = signed_in(hall, "/counter", lang, f"clerk0{window}", 320, 900)
    page.locator(f"[data-window='{window}']").click()
    press_space(page)
    expect(page.locator("[data-action=pause]")).to_be_visible()
    look_at_dialog(page, axe, "issue")
    hall.order("/tickets", {"line": "A", "class": "care"})
    expect(page.locator(".upcoming li")).not_to_have_count(0)
    press_space(page)
    expect(page.locator("[data-action=miss_as]")).to_be_visible()
    look_at_dialog(page, axe, "miss_as")
    press_space(page)
    expect(page.locator("[data-action=park]")).to_be_visible()
    look_at_dialog(page, axe, "finish_as")
    look_at_dialog(page, axe, "park")
    page.locator("[data-action=transfer]").click()
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("b")
    page.locator("[data-action=add-stop]").click()
    axe.look(page, "transfer with a stop", "dialog[open]")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("F9")
    expect(page.locator(".alarm").first).to_be_visible()
    axe.look(page, "counter, narrow, with a call for help")
    press_button(page, "finish")
    expect(page.locator("[data-action=undo]")).to_be_visible()
    axe.look(page, "a finish that may be undone", ".deck")


def look_at_dialog(page: Page, axe: Axe, action: str) -> None:
    page.locator(f"[data-action={action}]").click()
    expect(page.locator("dialog[open]")).to_be_visible()
    axe.look(page, f"{action} dialog", "dialog[open]")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rating(hall: Hall, axe: Axe, lang: str) -> None:
    axe.look(hall.page("/pad", lang, 1280, 800), "pad not enrolled")
    link = f"/rate/demo/{'a' * 32}/{'b' * 32}"
    page = hall.page(link, lang, 390, 844)
    expect(page.locator(".face-button")).to_have_count(5)
    axe.look(page, "five faces on a phone")
    page.locator("[data-level='1']").click()
    page.locator("[data-reason=speed]").click()
    axe.look(page, "reasons on a phone")
    page.locator(".why-send").click()
    expect(page.locator("[data-told]")).to_be_visible()
    axe.look(page, "a rating that was not taken")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_manager(hall: Hall, axe: Axe, lang: str) -> None:
    page = signed_in(hall, "/manager", lang, "manager", 1440, 900)
    expect(page.locator("table").first).to_be_visible()
    expect(page.locator(".device-list li").first).to_be_visible()
    axe.look(page, "manager")
    look_at_dialog(page, axe, "close-day")
    page.locator(".new-device input").fill(f"大屏 {lang}")
    page.locator(".new-device button[type=submit]").click()
    expect(page.locator(".code-text")).to_be_visible()
    axe.look(page, "a new device's code", ".devices")
    page.locator(".device-list button.link").first.click()
    expect(page.locator("dialog[open]")).to_be_visible()
    axe.look(page, "revoke dialog", "dialog[open]")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_supervisor(hall: Hall, axe: Axe, lang: str) -> None:
    page = signed_in(hall, "/manager", lang, "supervisor", 1440, 900)
    expect(page.locator(".staff tbody tr").first).to_be_visible()
    hall.order("/tickets", {"line": "T"})
    axe.look(page, "supervisor's floor")
    page.locator(".tile button").first.click()
    axe.look(page, "a window's dialog", "dialog[open]")
    page.keyboard.press("Escape")
    page.locator("button[data-line=T]").click()
    expect(page.locator("[data-choices=ticket] label").first).to_be_visible()
    axe.look(page, "a line's dialog", "dialog[open]")
    page.keyboard.press("Escape")
    page.locator("[data-action=edit-skills]").first.click()
    axe.look(page, "a clerk's skills", "dialog[open]")
    page.locator("input[name=every]").uncheck()
    axe.look(page, "some skills", "dialog[open]")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_zero(hall: Hall, axe: Axe, lang: str) -> None:
    window = {"zh-CN": "Z1", "en": "Z2"}[lang]
    page = signed_in(hall, "/counter", lang, f"zero{window[1]}", 1280, 800)
    page.locator(f"[data-window='{window}']").click()
    press_space(page)
    expect(page.locator("[data-action=pause]")).to_be_enabled()
    hall.order("/tickets", {"line": "Z", "class": "care"})
    page.goto(f"{hall.server.address}/zero?lang={lang}")
    expect(page.locator("#found [role=option]").first).to_be_visible()
    axe.look(page, "zero window, somebody waits")
    for state in ("called", "serving"):
        press_space(page)
        expect(page.locator(".strip")).to_have_attribute("data-ticket-state", state)
    page.locator("[data-code=A01]").click()
    page.locator("[data-code=B01]").click()
    expect(page.locator(".service")).to_have_count(2)
    axe.look(page, "zero window, the sheet")
    for outcome in ("ready", "blocked", "notice"):
        page.locator(f"[data-outcome={outcome}]").click()
        expect(page.locator("dialog[open]")).to_be_visible()
        axe.look(page, f"{outcome} dialog", "dialog[open]")
        page.keyboard.press("Escape" if outcome != "notice" else "1")
    expect(page.locator(".a4")).to_be_visible()
    axe.look(page, "one-time notice")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_desks_of_the_zero_window(hall: Hall, axe: Axe, lang: str) -> None:
    hall.order("/tickets", {"line": "Z"})
    page = signed_in(hall, "/zero", lang, "greeter", 1280, 800)
    page.locator(".person").first.click()
    axe.look(page, "floor")
    page.set_viewport_size({"width": 390, "height": 844})
    axe.look(page, "floor on a phone")
    page.goto(f"{hall.server.address}/zero?desk=phone&lang={lang}")
    page.locator("#question").fill("要带什么？")
    page.locator(".phone button[type=submit]").click()
    page.locator("[data-reply]").first.click()
    axe.look(page, "phone desk with a reply")
    page.goto(f"{hall.server.address}/zero?desk=cases&lang={lang}")
    expect(page.locator(".cases .soft, .case").first).to_be_visible()
    axe.look(page, "register of blocked cases")
    manager = signed_in(hall, "/zero", lang, "manager", 1280, 800)
    manager.goto(f"{hall.server.address}/zero?desk=figures&lang={lang}")
    expect(manager.locator(".tile").first).to_be_visible()
    axe.look(manager, "figures of the zero window")


def arranged(hall: Hall) -> None:
    """Boards in the other themes, with everything that a layout may have."""
    with requests.Session() as session:
        account = {"username": "manager", "password": hall.password()}
        csrf = session.post(f"{hall.server.address}/api/sessions", json=account, timeout=9).json()["csrf"]
        board = {"second": "en", "qr": {"url": "https://hall.example/"}, "notices": [{"text": "今天下午系统维护。"}]}
        board |= {"places": {"A区": {"direction": "left", "floor": "2"}}, "media": [{"kind": "text", "text": "请排队"}]}
        boards = {"main": {}, "light": board | {"theme": "light"}, "contrast": board | {"theme": "contrast"}}
        headers = {"X-CSRF-Token": csrf, "Idempotency-Key": f"key-axe-{next(_keys)}"}
        url = f"{hall.server.address}/api/halls/demo/board-layout"
        assert session.put(url, json={"boards": boards}, headers=headers, timeout=9).ok


@pytest.mark.parametrize("lang", LANGUAGES)
def test_screens(hall: Hall, axe: Axe, lang: str) -> None:
    arranged(hall)
    window = {"zh-CN": "7", "en": "8"}[lang]
    clerk = signed_in(hall, "/counter", lang, f"clerk{int(window):02d}", 1280, 800)
    clerk.locator(f"[data-window='{window}']").click()
    display = hall.page(f"/window/{window}", lang, 800, 480)
    axe.look(display, "display of a closed window")
    press_space(clerk)
    expect(display.locator(".desk.wait")).to_be_visible()
    axe.look(display, "display of an open window")
    hall.order("/tickets", {"line": "B", "class": "care"})
    expect(clerk.locator(".upcoming li")).not_to_have_count(0)
    press_space(clerk)
    expect(display.locator(".desk.come")).to_be_visible()
    axe.look(display, "display of a window that calls")
    for board in ("light", "contrast"):
        for size in ((1920, 1080), (1080, 1920)):
            page = hall.page(f"/board?board={board}", lang, *size)
            expect(page.locator(".latest-number")).to_be_visible()
            axe.look(page, f"{board} board {size}")
    for size in ((1920, 1080), (1080, 1920)):
        axe.look(hall.page("/window/zero", lang, *size), f"zero window's display {size}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_arranging_the_screens(hall: Hall, axe: Axe, lang: str) -> None:
    arranged(hall)
    page = signed_in(hall, "/board/preview", lang, "manager", 1440, 900)
    expect(page.frame_locator("iframe").locator(".latest-number")).to_be_visible()
    page.locator("[data-action=add-notice]").click()
    axe.look(page, "layout of the screens")
    page.locator("select").first.select_option("light")
    axe.look(page, "layout of another board")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_recording_the_voice(hall: Hall, axe: Axe, lang: str) -> None:
    page = signed_in(hall, "/manager/voice", lang, "manager", 1280, 900)
    expect(page.locator(".phrases li").first).to_be_visible()
    axe.look(page, "phrases to record")
