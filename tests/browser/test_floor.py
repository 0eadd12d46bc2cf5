"""The floor: what a supervisor does with windows, lines and people, and a manager with the hall's rules."""

from collections.abc import Callable

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.browser.staff import Ask, member
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(150)]

SignedIn = Callable[[str], Page]


@pytest.fixture
def floor(open_page: OpenPage, password: str) -> SignedIn:
    def floor(username: str) -> Page:
        page = open_page("/manager", 1440, 900)
        sign_in(page, username, password)
        expect(page.locator(".tile").first).to_be_visible()
        return page

    return floor


@pytest.fixture
def clerk(server: Server) -> Ask:
    ask = member(server, "clerk01")
    ask("/windows/1/sessions")
    return ask


def said(page: Page) -> None:
    expect(page.locator("dialog[open] .said")).to_have_attribute("data-tone", "good")


def close(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_a_supervisor_releases_a_window_and_changes_its_lines(clerk: Ask, floor: SignedIn) -> None:
    clerk("/tickets", line="A")
    ticket = clerk("/windows/1/calls")["ticket"]["id"]
    clerk(f"/tickets/{ticket}/starts")
    page = floor("supervisor")
    tile = page.locator(".tile[data-window='1']")
    tile.locator("button").click()
    expect(page.locator("dialog[open]")).to_contain_text("窗口员01")
    page.locator("[data-action=release]").click()
    page.locator("[data-action=release-now]").click()
    expect(tile).to_contain_text("无人在窗")

    page.locator("dialog[open] li[data-line=G] [data-kind=secondary]").check()
    page.locator("[data-action=save-lines]").click()
    said(page)
    windows = member_snapshot(clerk)["windows"]
    assert (windows["1"]["lines"], windows["1"]["secondary"], windows["1"]["state"]) == (["A"], ["G"], "closed")


def test_a_supervisor_opens_a_window_for_a_clerk_and_closes_it(clerk: Ask, floor: SignedIn) -> None:
    page = floor("supervisor")
    tile = page.locator(".tile[data-window='2']")
    tile.locator("button").click()
    names = page.get_by_label("替谁开窗").locator("option").all_inner_texts()
    assert "窗口员02" in names
    assert "窗口员01" not in names, "who sits at a window is not offered"
    page.get_by_label("替谁开窗").select_option(label="窗口员02")
    page.locator("[data-action=open-window]").click()
    said(page)
    expect(page.locator("dialog[open]")).to_contain_text("窗口员02")
    assert member_snapshot(clerk)["windows"]["2"]["state"] == "open"

    page.locator("[data-action=close-window]").click()
    expect(page.locator("[data-action=open-window]")).to_be_visible()
    assert member_snapshot(clerk)["windows"]["2"]["state"] == "closed"


def member_snapshot(ask: Ask) -> dict[str, dict[str, dict[str, object]]]:
    snapshot: dict[str, dict[str, dict[str, object]]] = ask("/snapshot?scope=staff", "GET")["snapshot"]
    return snapshot


def test_a_supervisor_moves_everybody_who_waits_and_closes_the_line(clerk: Ask, floor: SignedIn) -> None:
    for _ in range(45):  # more than one order moves
        clerk("/tickets", line="A")
    page = floor("supervisor")
    page.locator("button[data-line=A]").click()
    page.get_by_label("转到哪个队列").select_option("G")
    page.locator("[data-action=move-line]").click()
    expect(page.locator("dialog[open] .said")).to_contain_text("45 人已转到别的队列")

    page.locator("[data-action=close-line]").click()
    expect(page.locator("[data-action=open-line]")).to_be_visible()
    state = member_snapshot(clerk)
    assert {ticket["line"] for ticket in state["tickets"].values()} == {"G"}
    assert state["lines"]["A"]["open"] is False
    close(page)
    expect(page.locator("button[data-line=A]")).to_contain_text("已停止取号")


def test_a_promoted_ticket_says_so_where_it_is_called(
    clerk: Ask, floor: SignedIn, open_page: OpenPage, password: str
) -> None:
    for _ in range(3):
        clerk("/tickets", line="A")
    page = floor("supervisor")
    page.locator("button[data-line=A]").click()
    page.locator("[data-choices=ticket] [data-choice=A003]").click()
    page.locator("[data-choices=reason] [data-choice=illness]").click()
    page.locator("[data-action=promote]").click()
    said(page)

    called = clerk("/windows/1/calls")["ticket"]
    assert called["number"] == "A003"
    counter = open_page("/counter", 1280, 800)
    sign_in(counter, "clerk01", password)
    expect(counter.locator(".why")).to_contain_text("主管置顶：身体不适")


def test_a_supervisor_says_what_a_clerk_may_serve(clerk: Ask, floor: SignedIn) -> None:
    page = floor("supervisor")
    row = page.locator(".staff tbody tr", has_text="窗口员01")
    expect(row).to_contain_text("1号窗口")
    expect(row).to_contain_text("全部队列")
    row.locator("[data-action=edit-skills]").click()
    page.locator("input[name=every]").uncheck()
    page.locator(".skills [data-choice=B] input").check()
    page.locator("dialog[open] button[type=submit]").click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(row).to_contain_text("不动产")
    expect(row).not_to_contain_text("全部队列")


def test_the_rules_are_the_manager_s(server: Server, floor: SignedIn) -> None:
    page = floor("manager")
    assert page.locator(".tile button, button[data-line], [data-action=edit-skills]").count() == 0
    page.locator(".rules input[name=choose]").check()
    page.locator(".rules input[name=recalls]").fill("5")
    page.locator("[data-action=save-rules]").click()
    expect(page.locator(".rules .said")).to_have_attribute("data-tone", "good")
    expect(page.locator("[data-action=save-rules]")).to_be_disabled()
    rules = member(server, "manager")("/snapshot?scope=staff", "GET")["snapshot"]["hall"]["rules"]
    assert rules == {"choose": True, "recalls": 5}
    assert floor("supervisor").locator(".rules").count() == 0


def test_a_call_for_help_is_on_the_floor_and_a_supervisor_goes(clerk: Ask, floor: SignedIn) -> None:
    manager, supervisor = floor("manager"), floor("supervisor")
    clerk("/windows/1/alarms")
    for page in (manager, supervisor):
        expect(page.locator(".alarm")).to_contain_text("1号窗口需要帮助")
        expect(page.locator(".tile[data-window='1']")).to_have_attribute("data-alarm", "true")
        expect(page).to_have_title("求助：1号窗口 · 大厅管理")
    assert manager.locator("[data-action=accept]").count() == 0

    supervisor.locator("[data-action=accept]").click()
    expect(manager.locator(".alarm")).to_contain_text("值班主管已经过去")
    supervisor.locator("[data-action=end-alarm]").click()
    expect(manager.locator(".alarm")).to_have_count(0)


def test_a_manager_makes_a_zone_and_places_a_window_and_a_screen_in_it(
    server: Server, clerk: Ask, floor: SignedIn
) -> None:
    code = server.run("device", "screen", "东大屏").stdout.split()[0]
    assert requests.post(f"{server.address}/api/enrolments", json={"code": code}, timeout=9).ok
    page = floor("manager")
    page.locator("[data-action=places]").click()
    form = page.locator("[data-form=new_zone]")
    form.locator("[name=code]").fill("east")
    form.locator("[name=name]").fill("东区")
    form.locator("[name=name_en]").fill("East area")
    form.locator("[data-action=new_zone]").click()
    expect(form.locator(".said")).to_have_attribute("data-tone", "good")

    form = page.locator("[data-form=place_window]")
    form.locator("[name=window]").select_option("1")
    form.locator("[name=zone]").select_option("east")
    form.locator("[name=direction]").select_option("right")
    form.locator("[name=place]").fill("2楼")
    form.locator("[data-action=place_window]").click()
    expect(form.locator(".said")).to_have_attribute("data-tone", "good")
    form = page.locator("[data-form=place_screen]")
    form.locator("[name=screen]").select_option(label="东大屏")
    form.locator("[name=zone]").select_option("east")
    form.locator("[data-action=place_screen]").click()
    expect(form.locator(".said")).to_have_attribute("data-tone", "good")

    close(page)
    expect(page.locator(".voice-zones [data-zone=east]")).to_contain_text("东区")
    expect(page.locator(".voice-screens li", has_text="东大屏")).to_contain_text("东区", timeout=10_000)
    window = member_snapshot(clerk)["windows"]["1"]
    assert (window["zone"], window["direction"], window["place"]) == ("east", "right", "2楼")
