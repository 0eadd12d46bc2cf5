"""Pages in Chromium, each behind a proxy of its own, and watched: what they have in common, board and counter."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import sign_in
from tests.faults.looks import Look
from tests.faults.proxy import FaultProxy
from tests.support.chromium import NEXT_PRESS_MS, chromium
from tests.support.served import PASSWORD
from tests.support.servers import ROOT, wait_until

#: The page's own news, as it hands them to what is drawn.
FOLLOWS = "const news = new News(options);"
#: Where it hears of the server over its socket; an answer over HTTP comes another way.
BEATS = ("#hello(hello) {", "#tick(tick) {")
FOLLOWS_AND_SHOWS = """
  const { onState } = options;
  const news = new News({ ...options, onState: (state, meta) => {
    globalThis.heard = { state, seq: meta.seq, epoch: meta.epoch };
    onState(state, meta);
  } });
  globalThis.connected = () => news.meta.connected;
"""
#: ``%s``: the texts by which this page says that it is out of date, and that a press is in doubt.
WATCH = """
const [STALE, DOUBT] = %s;
globalThis.looks = [];
globalThis.beats = [];
globalThis.connected = () => false;
setInterval(() => {
  const text = document.body ? document.body.textContent : "";
  const doubted = text.includes(DOUBT);
  const stale = STALE.some((words) => text.includes(words));
  const apart = document.querySelector("section.given") !== null;
  looks.push([Date.now() / 1000, stale, globalThis.heard ? heard.seq : 0, doubted, apart]);
  if (looks.length > 4000) looks.splice(0, 2000);
  if (beats.length > 400) beats.splice(0, 200);
}, 100);
"""


@contextmanager
def needed_chromium() -> Iterator[Browser]:
    with chromium() as browser:
        if browser is None:
            pytest.skip("Chromium is not installed (apt-get install chromium fonts-noto-cjk)")
        yield browser


class WatchedPage:
    """A page whose state can be read and whose face is looked at ten times a second."""

    scope = "public"
    #: Any of these says that the page is out of date.
    stale_words: tuple[str, ...] = ("信号中断",)
    #: This says that a press has not been answered.
    doubt = "未确认"

    def __init__(self, name: str, browser: Browser, proxy: FaultProxy, path: str) -> None:
        self.name, self.proxy = name, proxy
        self.page: Page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN").new_page()
        self.page.route("**/static/lib/news.js", _open_up)
        self.page.add_init_script(WATCH % json.dumps([self.stale_words, self.doubt]))
        self.page.goto(f"{proxy.address}{path}")

    def looks(self) -> list[Look]:
        return [Look(*look) for look in self.page.evaluate("looks")]

    def heard(self) -> dict[str, Any]:
        """What the page has been told: ``seq``, ``epoch`` and the state."""
        heard: dict[str, Any] | None = self.page.evaluate("globalThis.heard || null")
        return heard or {"seq": 0, "epoch": "", "state": {}}

    def beats(self) -> list[float]:
        """When the server was heard of over the socket, as long as there is one."""
        times: list[float] = self.page.evaluate("connected() ? beats : []")
        return times

    def settled(self) -> bool:
        return not self.page.evaluate("(doubt) => document.body.textContent.includes(doubt)", self.doubt)

    def up_to_date(self) -> bool:
        """What the page reads beside the news is as new as they are."""
        return True

    def close(self) -> None:
        self.page.context.close()


def _open_up(route: Route) -> None:
    """Let the test see what the page is told; nothing else of it is changed."""
    # From the disk: the proxy's connections may be dead, and this is not what is tested.
    source = (ROOT / "static" / "lib" / "news.js").read_text(encoding="utf-8")
    assert all(source.count(known) == 1 for known in (FOLLOWS, *BEATS)), "news.js is not what this test knows"
    source = source.replace(FOLLOWS, FOLLOWS_AND_SHOWS)
    for beat in BEATS:
        source = source.replace(beat, f"{beat} beats.push(Date.now() / 1000);")
    route.fulfill(body=source, content_type="text/javascript; charset=utf-8")


class Board(WatchedPage):
    def __init__(self, browser: Browser, proxy: FaultProxy) -> None:
        super().__init__("board", browser, proxy, "/board")
        expect(self.page.locator(".waiting")).to_be_visible(timeout=30_000)


class CounterPage(WatchedPage):
    """Clerk 1 at window 1; every press of the space bar is counted by what it asks for."""

    scope = "staff"

    def __init__(self, browser: Browser, proxy: FaultProxy) -> None:
        super().__init__("counter page", browser, proxy, "/counter")
        sign_in(self.page, "clerk1", PASSWORD)
        self.page.locator("[data-window='1']").click(timeout=30_000)
        self.page.keyboard.press("Space")
        expect(self.page.locator("main.desk[data-state='open']")).to_be_visible(timeout=30_000)
        self.asked = {"called": 0, "started": 0, "finished": 0}
        self._pressed_at = self.page.evaluate("performance.now()")

    def stage(self) -> tuple[str, str]:
        """State and number of the ticket at the window, as the clerk sees them."""
        stage = self.page.locator(".stage")
        if not stage.count():
            return "", ""
        return str(stage.get_attribute("data-state")), str(stage.get_attribute("data-ticket"))

    def press(self) -> str:
        """One press of the space bar; what it asks for."""
        state, _ = self.stage()
        ready = self._pressed_at + NEXT_PRESS_MS
        wait_until(lambda: self.page.evaluate("performance.now()") > ready, what="the end of the double click")
        self.page.keyboard.press("Space")
        self._pressed_at = self.page.evaluate("performance.now()")
        asks = {"": ["called"], "called": ["started"], "serving": ["finished", "called"]}[state]
        for what in asks:
            self.asked[what] += 1
        return asks[-1]
