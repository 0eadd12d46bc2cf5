"""What tests of the clerk's page do again and again."""

from playwright.sync_api import Page, expect

from tests.browser.staff import member
from tests.support.chromium import press_space, settle
from tests.support.servers import Server


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
    settle(page)
    page.locator("dialog[open] button[type=submit]").click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.evaluate("globalThis.pressedAt = performance.now()")
