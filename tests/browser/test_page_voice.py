"""A page that speaks: a real server, a tiny bank, Chromium's own sound with a made-up device behind it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from queue_server.voice.library import Library
from queue_server.voice.matched import Decoder
from tests.security.axe import violations
from tests.support.chromium import chromium
from tests.support.servers import wait_until
from tests.support.sites import Site
from tests.voice import banks

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
#: No sound card is needed: the browser's own stand-in runs in real time.
FLAGS = ("--use-fake-device-for-media-stream",)
KEYS = ["zh/letter/A", "zh/digit/0", *(f"zh/tail/{tail:02d}" for tail in range(4)), "zh/window/1"]
#: Notes every wave that the page has sounded. A page must be touched before it may sound: whatever a test looks at
#: counts as a touch for the browser, so that rule is stood in for.
LISTEN = """
let touched = false;
addEventListener("pointerdown", () => { touched = true; }, true);
globalThis.AudioContext = class extends AudioContext {
  get state() { return touched ? super.state : "suspended"; }
  resume() { return touched ? super.resume() : new Promise(() => {}); }
};
globalThis.heard = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (...when) {
  globalThis.heard.push(Array.from(this.buffer.getChannelData(0), (value) => Math.round(32767 * value)));
  return start.apply(this, when);
};
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    try:
        site.server.start()
        yield site
    finally:
        site.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium(*FLAGS) as browser:
        if browser is None:
            pytest.skip("Chromium is not installed")
        yield browser


def opened(browser: Browser, site: Site, name: str, bank: Path, path: str = "/board?sound=1") -> Page:
    """An enrolled screen's page, beside a server that has this bank."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.add_init_script(LISTEN)
    page.route("**/static/sound/bank/*", lambda route: serve(route, bank))
    page.goto(f"{site.server.address}{path}#code={site.code(name)}")
    return page


def serve(route: Route, bank: Path) -> None:
    """As the server does, parts of archives too."""
    file = bank / route.request.url.rpartition("/")[2]
    if not file.exists():
        return route.fulfill(status=404)
    data, wanted = file.read_bytes(), re.match(r"bytes=(\d+)-(\d+)", route.request.headers.get("range", ""))
    if wanted is None:
        return route.fulfill(status=200, body=data)
    first, last = int(wanted[1]), int(wanted[2])
    return route.fulfill(status=206, body=data[first : last + 1])


def until(page: Page, true: Callable[[], bool], what: str) -> None:
    """The page's questions for clips are answered by this process: it must not sleep through them."""
    wait_until(lambda: page.title() is not None and true(), timeout_s=90, what=what)


def sound_of(site: Site, name: str) -> str | None:
    (device,) = [row for row in site.devices() if row["name"] == name]
    return device["sound"]


def test_a_touched_page_holds_the_zone_and_speaks_each_call_once_until_a_box_comes(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    bank = banks.write(tmp_path / "bank", KEYS)
    page = opened(browser, site, "page", bank)

    hint = page.get_by_role("button", name="已静音")
    expect(hint).to_be_visible()
    assert violations(page) == []
    until(page, lambda: sound_of(site, "page") == "muted", what="the word that the page is muted")
    hint.click()
    expect(hint).to_have_count(0)
    until(page, lambda: site.announcer() == "page", what="the page's zone")
    number = site.call()["number"]
    until(page, lambda: site.states()[number] == "ended", what=f"the end of {number}")

    (heard,) = page.evaluate("globalThis.heard")
    phrase = ["zh/letter/A", "zh/digit/0", "zh/tail/01", "zh/window/1"]
    assert list(Decoder(Library([bank])).decode(heard).keys) == phrase * 2
    assert abs(len(heard) / 24 - (1000 + 2 * (4 * 500 + 30 + 30 + 120) + 350)) < 12
    assert sound_of(site, "page") == "ok"

    loudspeaker = tmp_path / "loudspeaker"
    loudspeaker.mkdir()
    site.box(tmp_path / "box", f"dir:{loudspeaker}")
    until(page, lambda: site.announcer() == "box", what="the box's zone")
    later = site.call("Z", "Z1")["number"]
    until(page, lambda: site.states()[later] == "ended", what=f"the end of {later}")
    assert len(page.evaluate("globalThis.heard")) == 1
    assert [file.stem.partition("-")[2] for file in loudspeaker.iterdir()] == [later]


def test_what_the_bank_lacks_is_failed_and_never_sounds(browser: Browser, site: Site, tmp_path: Path) -> None:
    page = opened(browser, site, "page", banks.write(tmp_path / "bank", KEYS[:-1]))
    page.get_by_role("button", name="已静音").click()
    until(page, lambda: site.announcer() == "page", what="the page's zone")

    number = site.call()["number"]

    until(page, lambda: site.states()[number] == "failed", what=f"the failure of {number}")
    assert page.evaluate("globalThis.heard") == []


def test_a_page_without_sound_fetches_nothing_of_it(browser: Browser, site: Site, tmp_path: Path) -> None:
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.server.address}/board#code={site.code('silent')}")
    until(page, lambda: sound_of(site, "silent") == "none", what="the page's sign of life")

    assert [url for url in asked if "voice" in url or "sound" in url] == []
