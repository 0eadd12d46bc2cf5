"""The notice on a ticket printer, as the zero window's page shows it."""

from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.staff import member
from tests.browser.test_hall import settle
from tests.browser.test_zero import add, begin, issue, zero_window
from tests.security.axe import SAME_COLOURS, Axe
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(150)]


class Printer:
    """An enrolled printer whose program does as it is told."""

    def __init__(self, server: Server, code: str) -> None:
        self._server = server
        answer = requests.post(f"{server.address}/api/enrolments", json={"code": code}, timeout=9)
        self._headers = {"Authorization": f"Bearer {answer.json()['token']}"}
        self._keys = iter(range(1000))

    def jobs(self) -> list[Any]:
        path = f"{self._server.address}/api/halls/demo/prints"
        found: list[Any] = requests.get(path, headers=self._headers, timeout=9).json()["jobs"]
        return found

    def here(self) -> None:
        """A sign of life, as of a program that no websocket reaches."""
        self._post("here")

    def order(self, what: str, **body: str) -> None:
        [job] = self.jobs()
        self._post(f"{job['id']}/{what}", **body)

    def _post(self, what: str, **body: str) -> None:
        headers = self._headers | {"Idempotency-Key": f"printer-{next(self._keys):08}"}
        path = f"{self._server.address}/api/halls/demo/prints/{what}"
        answer = requests.post(path, json=body, headers=headers, timeout=9)
        assert answer.ok, answer.text


def noticed(page: Page) -> None:
    """A consultation that ends with a missing paper; the notice is open."""
    begin(page)
    add(page, "shbzksl")
    page.keyboard.press("a")
    page.locator("[data-code=A01] [data-paper=photo] input").click()
    page.keyboard.press("5")
    page.locator("dialog [data-minutes='30']").press("1")
    expect(page.locator(".a4")).to_be_visible()


def test_a_manager_adds_a_printer_and_the_zero_window_follows_its_sheets(
    server: Server, open_page: OpenPage, password: str
) -> None:
    axe, axe_en = Axe({}), Axe(SAME_COLOURS)
    manager = open_page("/manager", 1280, 900)
    sign_in(manager, "manager", password)
    manager.get_by_label("设备种类").select_option("printer")
    manager.get_by_label("设备名称").fill("零号窗小票")
    manager.get_by_label("放在哪个窗口").select_option("Z1")
    manager.locator(".new-device button[type=submit]").click()
    printer = Printer(server, manager.locator(".code-text").inner_text())
    issue(server)
    page = zero_window(open_page, password)
    noticed(page)
    slip = page.locator(".notice-slip")
    expect(slip).to_contain_text("小票打印机未连接")
    printer.here()
    page.reload()
    page.goto(page.url.split("/zero")[0] + f"/zero?notice={consultation(server)}")
    expect(slip.locator("button")).to_be_enabled()
    expect(manager.locator("[data-state=alive]", has_text="零号窗小票")).to_be_visible()

    page.keyboard.press("p")
    expect(slip).to_have_attribute("data-state", "queued")
    expect(slip.locator("button")).to_be_disabled()
    printer.order("starts")
    expect(slip).to_have_attribute("data-state", "printing")
    printer.order("ends")
    expect(slip.locator("[role=status]")).to_have_text("小票已打印")
    settle(page)
    axe.look(page, "notice with a printed ticket")
    page.keyboard.press("p")
    expect(slip).to_have_attribute("data-state", "queued")
    printer.order("failures", reason="paper")
    expect(slip.locator("[role=status]")).to_have_text("小票没有打出：缺纸")
    page.goto(page.url + "&lang=en")
    expect(slip.locator("[role=status]")).to_have_text("Slip not printed: out of paper")
    settle(page)
    axe_en.look(page, "notice whose ticket failed")
    assert axe.found == axe_en.found == []


def consultation(server: Server) -> str:
    """Id of the only consultation so far."""
    tickets = member(server, "supervisor")("/snapshot?scope=staff", "GET")["snapshot"]["tickets"]
    [found] = [one["brings"]["consultation"] for one in tickets.values() if one.get("brings")]
    return str(found)
