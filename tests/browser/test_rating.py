"""The rating pad at a window and the page behind a rating link: one tap, once, and never without one."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.staff import Ask, member
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(150)]


@pytest.fixture
def clerk(server: Server) -> Ask:
    """The clerk of window 1, who sits there; two people wait."""
    ask = member(server, "clerk01")
    ask("/windows/1/sessions")
    ask("/tickets", line="A")
    ask("/tickets", line="A")
    return ask


@pytest.fixture
def pad(server: Server, open_page: OpenPage) -> Page:
    made = member(server, "admin")("/devices", kind="pad", name="1号窗口评价器", window="1")
    page = open_page(f"/pad#code={made['code']}", 1280, 800)
    expect(page.locator("[data-idle]")).to_be_visible()
    return page


def serve(clerk: Ask) -> str:
    ticket = str(clerk("/windows/1/calls")["ticket"]["id"])
    clerk(f"/tickets/{ticket}/starts")
    return ticket


def answer_to(page: Page, act: Callable[[], None]) -> tuple[int, Any]:
    """What the server says to the rating that a tap sends, and what was sent."""
    with page.expect_response("**/ratings**") as caught:
        act()
    return caught.value.status, caught.value.request.post_data_json


def test_a_pad_asks_who_is_served_takes_one_tap_and_rests(clerk: Ask, pad: Page) -> None:
    ticket = serve(clerk)
    expect(pad.locator(".pad-number")).to_have_text("A001")
    assert pad.locator(".face-button").count() == 5
    expect(pad.locator("[data-level='3']")).to_have_text("基本满意")

    assert answer_to(pad, pad.locator("[data-level='5']").click) == (201, {"number": "A001", "level": 5})
    expect(pad.locator("[data-told=thanks]")).to_be_visible()
    expect(pad.locator("[data-idle]")).to_be_visible()

    clerk(f"/tickets/{ticket}/finishes")
    serve(clerk)
    expect(pad.locator(".pad-number")).to_have_text("A002")


def test_a_bad_rating_may_say_why_and_needs_not(clerk: Ask, pad: Page) -> None:
    ticket = serve(clerk)
    expect(pad.locator(".pad-number")).to_have_text("A001")
    pad.locator("[data-level='2']").click()
    pad.locator("[data-reason=waiting]").click()
    sent = answer_to(pad, pad.locator(".why-send").click)
    assert sent == (201, {"number": "A001", "level": 2, "reasons": ["waiting"]})

    clerk(f"/tickets/{ticket}/finishes")
    other = serve(clerk)
    expect(pad.locator(".pad-number")).to_have_text("A002")
    clerk(f"/tickets/{other}/finishes")
    pad.clock.install()
    pad.locator("[data-level='1']").click()
    expect(pad.locator(".why-bad")).to_be_visible()
    sent = answer_to(pad, lambda: pad.clock.fast_forward(21_000))
    assert sent == (201, {"number": "A002", "level": 1})


def test_a_tap_counts_when_the_next_is_called_over_the_reasons(clerk: Ask, pad: Page) -> None:
    ticket = serve(clerk)
    expect(pad.locator(".pad-number")).to_have_text("A001")
    clerk(f"/tickets/{ticket}/finishes")
    pad.locator("[data-level='1']").click()
    expect(pad.locator(".why-bad")).to_be_visible()

    sent = answer_to(pad, lambda: void(clerk("/windows/1/calls")))

    assert sent == (201, {"number": "A001", "level": 1})
    expect(pad.locator("[data-idle]")).to_be_visible()


def void(answer: dict[str, Any]) -> None:
    assert answer


def test_nothing_is_sent_without_a_tap(clerk: Ask, pad: Page) -> None:
    sent: list[str] = []
    pad.on("request", lambda request: sent.append(request.url) if "ratings" in request.url else None)
    ticket = serve(clerk)
    expect(pad.locator(".pad-number")).to_have_text("A001")
    clerk(f"/tickets/{ticket}/finishes")
    pad.clock.install()
    pad.clock.fast_forward(130_000)
    expect(pad.locator(".pad-number")).to_have_count(0)
    assert sent == []


def test_a_link_rates_once(clerk: Ask, open_page: OpenPage) -> None:
    ticket = serve(clerk)
    path = clerk(f"/tickets/{ticket}/rating-link", "GET")["path"]
    phone = open_page(path, 390, 844)
    assert answer_to(phone, phone.locator("[data-level='4']").click) == (201, {"level": 4})
    expect(phone.locator("[data-told=thanks]")).to_be_visible()

    again = open_page(path, 390, 844)
    again.locator("[data-level='1']").click()
    again.locator(".why-send").click()
    expect(again.locator("[data-told=refused]")).to_contain_text("已经评价过了")
