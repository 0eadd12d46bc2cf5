"""What a page weighs and when it is first seen: Chromium with an empty cache, on this machine."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from benchmarks.hall import Demo, served_demo
from benchmarks.processes import Hello
from benchmarks.report import Row, median
from tests.support.chromium import chromium

PAGES = ("kiosk", "board", "counter", "manager", "zero")
#: Something that is there only when the page shows the hall.
SHOWN = {"kiosk": "button.line", "board": "main.content", "counter": "[data-window]", "manager": "main", "zero": "main"}
WIDTH, HEIGHT = 1280, 800
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@dataclass
class Seen:
    """Of one page: bytes over the wire with their headers, requests, and milliseconds."""

    size: list[int] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)
    painted: list[float] = field(default_factory=list)
    #: Until the hall itself is on it.
    shown: list[float] = field(default_factory=list)


def measure(rounds: int, show: Callable[[], object]) -> dict[str, Seen]:
    """By page; ``hello`` is the baseline. Empty without Chromium."""
    seen = {name: Seen() for name in (*PAGES, "hello")}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        if browser is None:
            return {}
        with served_demo(Path(folder)) as hall, Hello() as hello:
            cookies = _cookies(browser, hall)
            for _ in range(rounds):
                for name in PAGES:
                    _open(browser, f"{hall.server.address}/{name}", seen[name], cookies[name], SHOWN[name])
                    _open(browser, f"http://127.0.0.1:{hello.port}/", seen["hello"], [], "p")
                    show()
    return seen


def _cookies(browser: Browser, hall: Demo) -> dict[str, list[Any]]:
    """For every page, those of a browser that may use it."""
    signed_in = {"counter": "clerk01", "manager": "manager", "zero": "greeter"}
    found: dict[str, list[Any]] = {"board": []}
    for page in ("kiosk", *signed_in):
        context = browser.new_context()
        path, body = "/api/enrolments", {"code": hall.kiosk_code}
        if page in signed_in:
            path, body = "/api/sessions", {"username": signed_in[page], "password": hall.password}
        answer = context.request.post(f"{hall.server.address}{path}", data=body)
        if not answer.ok:
            raise RuntimeError(f"{page}: {answer.status} {answer.text()}")
        found[page] = list(context.cookies())
        context.close()
    return found


def _open(browser: Browser, url: str, seen: Seen, cookies: list[Any], selector: str) -> None:
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN")
    if cookies:
        context.add_cookies(cookies)
    try:
        _look(context, url, seen, selector)
    finally:
        context.close()


def _look(context: BrowserContext, url: str, seen: Seen, selector: str) -> None:
    page, sizes = context.new_page(), list[int]()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    page.goto(url, wait_until="load")
    page.locator(selector).first.wait_for()
    seen.shown.append(page.evaluate("performance.now()"))
    page.wait_for_function(FIRST_PAINT)
    seen.painted.append(page.evaluate(FIRST_PAINT))
    seen.size.append(sum(sizes))
    seen.requests.append(len(sizes))


def rows(seen: dict[str, Seen]) -> list[Row]:
    if not seen:
        return []
    hello, found = seen["hello"], list[Row]()
    for name in PAGES:
        page = seen[name]
        found += [
            Row(f"page {name}: over the wire, {median(page.requests):.0f} requests", median(page.size) / 1000, "kB"),
            Row(f"page {name}: first paint", median(page.painted), "ms", median(hello.painted)),
            Row(f"page {name}: the hall is on it", median(page.shown), "ms", median(hello.shown)),
        ]
    return found
