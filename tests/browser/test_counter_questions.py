"""The questions of the clerk's page: their keys, and that they stay until their order is done."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Seat
from tests.browser.desk import issue, serve_next, submit
from tests.browser.staff import member
from tests.support.chromium import press_key
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(150)]


def test_letters_choose_a_line_also_after_a_box_was_ticked(server: Server, seat: Seat) -> None:
    issue(server, "A", 1)
    page = seat("1")
    serve_next(page)
    press_key(page, "t")
    page.locator("dialog input[name=back]").click()

    page.keyboard.press("b")

    expect(page.locator("dialog [data-choice=B]")).to_have_attribute("data-chosen", "true")
    page.locator("dialog #note").fill("abc")
    page.locator("dialog #note").press("c")
    expect(page.locator("dialog [data-choice=B]")).to_have_attribute("data-chosen", "true")


def test_a_refused_transfer_keeps_its_question_open_with_what_was_filled_in(server: Server, seat: Seat) -> None:
    number = issue(server, "A", 1)[0]
    page = seat("1")
    serve_next(page)
    press_key(page, "t")
    page.keyboard.press("b")
    page.locator("dialog #note").fill("带齐了，只差照片")
    member(server, "supervisor")("/lines/B/closing")

    page.locator("dialog button[type=submit]").click()
    page.evaluate("globalThis.pressedAt = performance.now()")

    expect(page.locator("dialog [role=alert]")).to_contain_text("今天不受理")
    expect(page.locator("dialog #note")).to_have_value("带齐了，只差照片")
    page.locator("dialog [data-choice=C]").click()
    submit(page)
    expect(page.locator(f".stage[data-ticket={number}]")).to_have_count(0)


def test_beside_another_program_a_refusal_is_in_sight_and_every_line_fits_its_box(server: Server, seat: Seat) -> None:
    issue(server, "A", 1)
    page = seat("1", width=320)
    page.set_viewport_size({"width": 320, "height": 700})
    page.get_by_role("button", name="English").click()
    serve_next(page)
    press_key(page, "t")
    overflowing = "(boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.innerText)"
    assert page.locator("dialog [data-choice]").evaluate_all(overflowing) == []
    page.keyboard.press("b")
    member(server, "supervisor")("/lines/B/closing")

    page.locator("dialog #note").press("Tab")
    page.locator("dialog button[type=submit]").click()

    expect(page.locator("dialog [role=alert]")).to_contain_text("takes nobody today")
    expect(page.locator("dialog [role=alert]")).to_be_in_viewport(ratio=1)
