"""Clients that a network cuts off: they say so in time, and know everything soon after it heals.

A round lets four clients meet four faults at once. The whole matrix is ``python -m tests.faults.matrix``.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.faults.floor import Floor
from tests.faults.matrix import BLINK, floor, plans
from tests.faults.rounds import BLINK_S, HEADER, Round, Row
from tests.faults.sockets import leaves_handshakes_open

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180), leaves_handshakes_open]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Floor]:
    with floor(tmp_path_factory.mktemp("floor"), sqlite_template) as made:
        yield made


def test_everything_agrees_after_every_kind_of_fault(made: Floor) -> None:
    every = list(plans())
    # Silence that is not told, under load: the pages' hardest. Then a moment of it, idle, that kills connections.
    rows = Round(made, every[0], loaded=True).run()
    rows += Round(made, BLINK, loaded=False, lasts_s=BLINK_S).run()
    made.headless.rest()
    made.assert_each_order_happened_once()
    made.headless.go_on()
    assert_good(rows)


def assert_good(rows: list[Row]) -> None:
    print(f"\n{HEADER}", *rows, sep="\n")
    assert [str(row) for row in rows if row.faults] == []


def test_a_board_cut_off_for_a_minute_hides_its_numbers_and_shows_them_again(made: Floor) -> None:
    # A browser of its own, as far as connections go: those of the rounds before may have died unseen.
    page = made.browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN").new_page()
    page.clock.install()
    page.goto(f"{made.board.proxy.address}/board")
    expect(page.locator(".waiting")).to_be_visible(timeout=30_000)
    with made.board.proxy.broken("drop"):
        page.clock.fast_forward(10_000)
        expect(page.locator("body")).to_contain_text("信号中断")
        expect(page.locator(".waiting")).to_be_visible()
        page.clock.fast_forward(61_000)
        expect(page.locator("body")).to_contain_text("号码暂不显示")
        expect(page.locator(".latest-number, .call-number")).to_have_count(0)
    expect(page.locator(".waiting")).to_be_visible(timeout=15_000)
    expect(page.locator("body")).not_to_contain_text("信号中断", timeout=15_000)
    page.context.close()
