"""Screens of the hall: bursts, zones, layout, windows' displays, proof, and months of news."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, expect

from queue_server.cli.demo import credentials
from tests.browser.conftest import OpenPage, sign_in
from tests.support.fake_news import EVENT_APART, NINE, FakeNews, iso, snapshot, working_day
from tests.support.servers import Server, wait_until

#: How many changes the memory of a screen is judged over; SCREEN_DELTAS=20000 is the long form.
DELTAS = int(os.environ.get("SCREEN_DELTAS", "2000"))
pytestmark = [pytest.mark.browser, pytest.mark.timeout(240 + DELTAS // 5)]
#: What a screen may have grown by after them, in bytes.
MOST_GROWTH = 5_000_000
BURST = 100
EARLIER = "2026-11-23T00:59:00Z"


class Fake:
    """A page whose news are made up here; its files come from the real server."""

    def __init__(self, browser: Browser, server: Server, path: str, width: int = 1920, height: int = 1080) -> None:
        self.page = browser.new_context(viewport={"width": width, "height": height}).new_page()
        self.news = FakeNews(self.page)
        self.page.goto(f"{server.address}{path}")
        expect(self.page.locator(".header")).to_be_visible()

    def call(self, number: str, window: str, **more: Any) -> None:
        called = {"number": number, "line": number[-4], "window": window}
        at = iso(self.news.now + EVENT_APART)
        one = called | {"seq": self.news.seq + 1, "repeat": False, "state": "queued", "at": at} | more
        ticket = called | {"state": "called"}
        self.news.send(iter([("ticket.called", {"tickets": [ticket], "announcements": [one]})]), 1)

    def numbers(self) -> set[str]:
        return set(self.page.locator(".latest-number, .call-number").all_inner_texts())


@pytest.mark.parametrize("path", ["/board", "/window/7", "/window/zero"])
def test_a_screen_does_not_grow_over_months(browser: Browser, server: Server, path: str) -> None:
    fake = Fake(browser, server, path)
    heap = fake.page.context.new_cdp_session(fake.page)
    deltas = working_day(lambda: fake.news.seq)

    def grown() -> tuple[int, int]:
        fake.page.evaluate("() => 0")
        heap.send("HeapProfiler.collectGarbage")
        used = heap.send("Runtime.getHeapUsage")["usedSize"]
        nodes = fake.page.evaluate("() => document.querySelectorAll('*').length")
        return int(used), int(nodes)

    def live(how_many: int) -> None:
        for _ in range(how_many // BURST):
            fake.news.send(deltas, BURST)
            fake.news.tick()
            # An answer from the page: it has taken what was sent.
            fake.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done(0)))")

    live(600)
    before, nodes_before = grown()
    live(DELTAS)
    after, nodes_after = grown()
    print(f"{path}: {DELTAS} deltas, heap {before} + {after - before} bytes, {nodes_before} → {nodes_after} nodes")

    assert after - before < MOST_GROWTH
    # A tag or an arrow more or less depends on what stands there at the moment.
    assert abs(nodes_after - nodes_before) <= 24


def test_two_calls_at_once_are_both_seen_at_once_and_each_stands_five_seconds(browser: Browser, server: Server) -> None:
    fake = Fake(browser, server, "/board")
    fake.page.clock.install(time=NINE)
    fake.page.reload()
    expect(fake.page.locator(".nothing")).to_be_visible()
    # From here on no time passes by itself, however slow the machine is.
    fake.page.clock.pause_at(NINE + timedelta(hours=1))
    fake.news.tick()
    expect(fake.page.locator(".stale")).to_have_count(0)
    for pair in range(5):
        first, second = f"A{pair:03d}", f"B{pair:03d}"
        fake.call(first, "3")
        fake.page.clock.run_for(300)
        fake.call(second, "12")
        expect(fake.page.locator(".call-number", has_text=second)).to_be_visible()
        assert {first, second} <= fake.numbers()
        expect(fake.page.locator(".latest-number")).to_have_text(first)
        fake.page.clock.run_for(4_400)
        expect(fake.page.locator(".latest-number")).to_have_text(first)
        fake.page.clock.run_for(500)
        expect(fake.page.locator(".latest-number")).to_have_text(second)
        assert {first, second} <= fake.numbers()
        fake.news.tick()
        fake.page.clock.run_for(5_100)


def test_a_board_of_a_zone_shows_its_windows_and_lines_only(browser: Browser, server: Server) -> None:
    page = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
    zoned = snapshot(w3="a", w4="a")
    zoned["zones"] = {"a": {"code": "a", "name": "东区", "name_en": "East"}, "hall": {"code": "hall", "name": "全厅"}}
    page.route("**/news?*", lambda route: route.fulfill(json=answer(zoned)))
    page.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    calls = [("A001", "3", 1), ("B001", "12", 2)]
    zoned["announcements"] = [
        {"seq": seq, "number": number, "line": number[0], "window": window, "state": "ended", "at": EARLIER}
        for number, window, seq in reversed(calls)
    ]  # fmt: skip
    page.goto(f"{server.address}/board?zone=a")

    expect(page.locator(".latest-number")).to_have_text("A001")
    expect(page.locator(".call")).to_have_count(0)
    expect(page.locator(".hall-name")).to_contain_text("东区")
    assert page.locator(".waiting-line").count() == 2


def answer(state: dict[str, Any]) -> dict[str, Any]:
    position = {"epoch": "e1", "seq": 9, "hash": "h9", "now": "2026-11-23T01:00:00.000000Z"}
    return {"mode": "snapshot", "snapshot": state} | position


def test_a_screen_says_what_it_has_drawn_until_the_server_knows(browser: Browser, server: Server) -> None:
    code = server.run("device", "screen", "大屏").stdout.split()[0]
    fake = Fake(browser, server, f"/board#code={code}")
    fake.page.reload()
    expect(fake.page.locator(".nothing")).to_be_visible()

    def said() -> list[int]:
        return [body.get("shown", 0) for name, *given in fake.news.heard if name == "here" for body in given]

    fake.call("A001", "3")
    wanted = fake.news.seq
    wait_until(lambda: fake.page.evaluate("() => 1") and said()[-1:] == [wanted], 10, "the proof")
    before = len(said())
    wait_until(lambda: fake.page.evaluate("() => 1") and len(said()) > before, 10, "the proof once more")
    assert said()[-1] == wanted
    last = [body for name, *given in fake.news.heard if name == "here" for body in given][-1]
    assert last.items() >= {"kind": "page", "sound": "none", "stale": False, "epoch": "e1"}.items()


def test_the_server_counts_the_boards_that_have_drawn_a_call_and_no_window_s_display(
    server: Server, open_page: OpenPage
) -> None:
    for path, name in (("/board", "大屏"), ("/window/1", "窗口屏")):
        code = server.run("device", "screen", name).stdout.split()[0]
        page = open_page(f"{path}#code={code}", 1280, 720)
        expect(page.locator(".latest, .desk")).to_be_visible()
    clerk = member(server, "clerk01")
    clerk("/windows/1/sessions")
    member(server, "supervisor")("/tickets", {"line": "A"})
    clerk("/windows/1/calls")

    def told() -> dict[str, Any]:
        call: dict[str, Any] = clerk("/snapshot?scope=staff", method="GET").json()["snapshot"]["announcements"][0]
        return call

    wait_until(lambda: told().get("shown") == 1, 20, "the proof")
    assert told()["of"] == 1


def member(server: Server, username: str) -> Callable[..., requests.Response]:
    """Orders of a signed-in member of the demonstration's staff."""
    session = requests.Session()
    word = credentials(server.data)["staff"][0]["password"]
    body = {"username": username, "password": word}
    csrf = session.post(f"{server.address}/api/sessions", json=body, timeout=9).json()["csrf"]

    def order(path: str, body: dict[str, Any] | None = None, method: str = "POST") -> requests.Response:
        headers = {"X-CSRF-Token": csrf, "Idempotency-Key": f"key-{os.urandom(6).hex()}"}
        url = f"{server.address}/api/halls/demo{path}"
        answer = session.request(method, url, json=body or {}, headers=headers, timeout=9)
        assert answer.ok, answer.text
        return answer

    return order


def test_a_saved_layout_is_on_every_screen_at_once_and_broken_media_hide(server: Server, open_page: OpenPage) -> None:
    board, display = open_page("/board", 1920, 1080), open_page("/window/1", 800, 480)
    expect(board.locator(".nothing")).to_be_visible()
    expect(display.locator(".desk")).to_be_visible()
    media = [{"kind": "video", "file": "none.mp4"}, {"kind": "text", "text": "请带好身份证"}]
    qr = {"url": "https://hall.example/"}
    main = {"theme": "light", "waiting": False, "media": media, "qr": qr, "notices": [{"text": "下午停电检修"}]}
    member(server, "manager")("/board-layout", {"boards": {"main": main}}, "PUT")

    for page in (board, display):
        expect(page.locator("html")).to_have_attribute("data-theme", "light")
    # The film is not there: the next in turn stands in its place, and the calls in theirs.
    expect(board.locator(".medium-text")).to_have_text("请带好身份证")
    expect(board.locator(".ticker")).to_contain_text("下午停电检修", timeout=60_000)
    wait_until(lambda: board.evaluate("document.querySelector('.code-picture').naturalWidth > 0"), what="the code")


def test_a_window_s_display_follows_its_window(server: Server, open_page: OpenPage) -> None:
    display = open_page("/window/1", 800, 480)
    expect(display.locator(".desk")).to_contain_text("窗口未开放")
    clerk, manager = member(server, "clerk01"), member(server, "manager")
    clerk("/windows/1/sessions")
    expect(display.locator(".desk")).to_contain_text("请稍候")
    supervisor = member(server, "supervisor")
    supervisor("/tickets", {"line": "A"})
    ticket = clerk("/windows/1/calls").json()["ticket"]["id"]
    expect(display.locator(".desk.come.flashing .desk-number")).to_have_text("A001")
    expect(display).to_have_title("A001 → 1号窗口")
    expect(display.locator(".window-clerk")).to_have_count(0)
    clerk(f"/tickets/{ticket}/starts")
    expect(display.locator(".desk.serving .desk-number")).to_have_text("A001")
    clerk(f"/tickets/{ticket}/finishes")
    clerk("/windows/1/pauses", {"reason": "rest"})
    expect(display.locator(".desk")).to_contain_text("暂停服务")
    manager("/board-layout", {"clerk": "name"}, "PUT")
    name = next(one["name"] for one in credentials(server.data)["staff"] if one["username"] == "clerk01")
    expect(display.locator(".window-clerk")).to_contain_text(name)


def test_a_window_s_display_says_within_six_seconds_that_it_has_lost_the_server(
    server: Server, open_page: OpenPage
) -> None:
    display = open_page("/window/1", 1920, 1080)
    expect(display.locator(".desk")).to_be_visible()
    server.kill()
    expect(display.locator(".stale")).to_be_visible(timeout=9_000)
    display.clock.install()
    display.clock.fast_forward(61_000)
    expect(display.locator(".hidden-numbers")).to_be_visible()
    expect(display.locator(".desk")).to_have_count(0)
    server.start()
    expect(display.locator(".desk")).to_be_visible(timeout=20_000)


def test_a_manager_sees_a_draft_before_it_is_saved(server: Server, open_page: OpenPage, password: str) -> None:
    page = open_page("/board/preview", 1440, 900)
    sign_in(page, "manager", password)
    frame = page.frame_locator("iframe")
    expect(frame.locator(".latest-number")).to_be_visible()
    page.locator("select[name=theme]").select_option("contrast")
    page.locator("[data-action=add-notice]").click()
    page.locator("input[name=notice_0]").fill("今天下午系统维护")
    expect(frame.locator("html")).to_have_attribute("data-theme", "contrast")
    assert layout(server)["theme"] == "deep"
    page.locator("[data-action=save-layout]").click()
    expect(page.locator(".save .said")).to_have_attribute("data-tone", "good")
    assert layout(server)["theme"] == "contrast"
    page.locator("input[name=qr]").fill("javascript:alert(1)")
    page.locator("[data-action=save-layout]").click()
    expect(page.locator(".save .said")).to_contain_text("boards.main.qr.url")
    assert layout(server)["qr"] is None


def layout(server: Server) -> dict[str, Any]:
    read = requests.get(f"{server.address}/api/halls/demo/board-layout", timeout=9).json()
    main: dict[str, Any] = read["layout"]["boards"]["main"]
    return main


def test_nobody_s_page_but_ours_may_tell_a_screen_what_to_draw(server: Server, open_page: OpenPage) -> None:
    board = open_page("/board?preview=1", 1920, 1080)
    expect(board.locator(".nothing")).to_be_visible()
    draft = json.dumps({"draft": {"layout": {"boards": {"main": {"theme": "light"}}}, "sample": True}})
    board.evaluate(f"window.postMessage({draft}, '*')")
    board.evaluate("() => new Promise((done) => requestAnimationFrame(() => done(0)))")

    assert board.locator("html").get_attribute("data-theme") == "deep"
