"""Debian's Chromium, started as every test and benchmark here starts it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.servers import wait_until

FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
needs_chromium = pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
#: A second press within this time counts as a double press, in ms (static/counter/presses.js), and a little more.
NEXT_PRESS_MS = 400
#: An order that nobody has answered yet: the page swallows every press until then.
UNDER_WAY = "main [aria-busy=true]"


@contextmanager
def chromium(*flags: str) -> Iterator[Browser | None]:
    """A browser of one's own; None where Chromium is not installed."""
    program = shutil.which("chromium")
    if program is None:
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS, *flags])
        yield browser
        browser.close()


def press_space(page: Page) -> None:
    """The space bar of a counter, as a new press and not as the second half of a double one."""
    settle(page)
    page.keyboard.press("Space")
    page.evaluate("globalThis.pressedAt = performance.now()")


def press_key(page: Page, key: str) -> None:
    """A key of a counter, as a new press."""
    settle(page)
    page.keyboard.press(key)
    page.evaluate("globalThis.pressedAt = performance.now()")


def press_button(page: Page, action: str) -> None:
    """A button of a counter, by its action; as a new press."""
    settle(page)
    page.locator(f"[data-action={action}]").click()
    page.evaluate("globalThis.pressedAt = performance.now()")


def settle(page: Page) -> None:
    """Wait until the last press is answered and can no longer be doubled.

    News may show what a press did before its own answer is back; until then a counter takes no other.
    """
    over = f"performance.now() > (globalThis.pressedAt || 0) + {NEXT_PRESS_MS}"
    answered = f"!document.querySelector('{UNDER_WAY}')"
    wait_until(lambda: page.evaluate(f"{over} && {answered}"), what="the answer to the last press")
