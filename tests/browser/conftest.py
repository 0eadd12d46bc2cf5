"""A demonstration hall behind the real server, and Debian's Chromium."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.cli.demo import credentials
from tests.support.chromium import chromium, press_space
from tests.support.servers import Server

OpenPage = Callable[..., Page]
Seat = Callable[..., Page]
# For what is not about time: a busy machine may need a while to draw a page.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration hall, set up once: 55 passwords take seconds to hash."""
    data = tmp_path_factory.mktemp("demo")
    made = Server(data).run("demo", "--set-up-only")
    assert made.returncode == 0, made.stderr
    return data


@pytest.fixture
def server(tmp_path: Path, demo_data: Path) -> Iterator[Server]:
    data = tmp_path / "hall"
    shutil.copytree(demo_data, data)
    server = Server(data).start()
    yield server
    server.kill()


@pytest.fixture
def password(server: Server) -> str:
    return str(credentials(server.data)["staff"][0]["password"])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for the tests of a file; each page has a context, and so cookies and storage, of its own."""
    with chromium() as browser:
        if browser is None:
            pytest.skip("Chromium is not installed (apt-get install chromium fonts-noto-cjk)")
        yield browser


@pytest.fixture
def open_page(browser: Browser, server: Server) -> Iterator[OpenPage]:
    """A page in a browser context of its own; fails the test when it asks any other host for anything
    or reports an error of its own."""
    problems: list[str] = []

    def open_page(path: str, width: int, height: int, lang: str = "zh-CN") -> Page:
        page = browser.new_context(viewport={"width": width, "height": height}, locale=lang).new_page()
        page.on("request", lambda request: _check_host(request.url, server.address, problems))
        page.on("pageerror", lambda error: problems.append(f"{path}: {error}"))
        page.on("console", lambda message: _check_console(message.text, path, problems))
        page.goto(f"{server.address}{path}")
        return page

    yield open_page
    for context in browser.contexts:
        context.close()
    assert problems == []


def _check_host(url: str, address: str, problems: list[str]) -> None:
    if not url.startswith((address, address.replace("http", "ws"), "data:")):
        problems.append(f"asked another host: {url}")


def _check_console(text: str, path: str, problems: list[str]) -> None:
    if "Content Security Policy" in text:
        problems.append(f"{path}: {text}")


def sign_in(page: Page, username: str, password: str) -> None:
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    page.keyboard.press("Enter")


@pytest.fixture
def seat(open_page: OpenPage, password: str) -> Seat:
    """A clerk signs in and opens a window."""

    def seat(window: str, clerk: str = "", width: int = 1280, opens: bool = True) -> Page:
        page = open_page("/counter", width, 900)
        sign_in(page, clerk or f"clerk0{window}", password)
        page.locator(f"[data-window='{window}']").click()
        expect(page.locator("button.next")).to_be_visible()
        if opens:
            press_space(page)
            expect(page.locator("[data-action=pause]")).to_be_visible()
        return page

    return seat
