"""The kiosk and the floor's page in Chromium: a kiosk at home, one at which somebody presses, and a supervisor."""

from playwright.sync_api import Browser, expect

from tests.browser.conftest import sign_in
from tests.faults.pages import WatchedPage
from tests.faults.proxy import FaultProxy
from tests.support.served import PASSWORD
from tests.support.servers import wait_until

#: Keeps every number that was shown, for nobody looks at the page at the right moment.
NUMBERS = """
globalThis.numbers = [];
setInterval(() => {
  const given = document.querySelector(".given-number");
  if (given && numbers.at(-1) !== given.textContent) numbers.push(given.textContent);
}, 50);
"""
#: A touch sooner after a screen came is taken for the second half of a double one, in ms, and a little more.
NOT_YET_MS = 600


class Kiosk(WatchedPage):
    """A kiosk at home: it offers no number while it is cut off."""

    stale_words = ("取号机暂时连不上",)
    doubt = "正在确认您的号码"

    def __init__(self, browser: Browser, proxy: FaultProxy, code: str, name: str = "kiosk") -> None:
        super().__init__(name, browser, proxy, f"/kiosk#code={code}")
        self.page.add_init_script(NUMBERS)
        # Once enrolled it is the same kiosk after every reload.
        expect(self.page.locator("button.line").first).to_be_visible(timeout=30_000)
        self.page.reload()
        expect(self.page.locator("button.line").first).to_be_visible(timeout=30_000)


class PressedKiosk(Kiosk):
    """A kiosk at which a person stands: while the press is in doubt, the screen says that and nothing else."""

    stale_words = (*Kiosk.stale_words, Kiosk.doubt)

    def __init__(self, browser: Browser, proxy: FaultProxy, code: str) -> None:
        super().__init__(browser, proxy, code, "kiosk, pressed")
        self.presses = 0

    def numbers(self) -> list[str]:
        """Every number that was shown."""
        shown: list[str] = self.page.evaluate("numbers")
        return shown

    def choose(self) -> None:
        """The first tap: a person has chosen a line, and the next screen takes touches."""
        if self.page.locator("section.given").count():
            self.page.locator("button.back").click()
        self.page.locator("button.line").first.click()
        expect(self.page.locator("button.take").first).to_be_visible()
        now = self.page.evaluate("performance.now()")
        wait_until(
            lambda: self.page.evaluate("performance.now()") > now + NOT_YET_MS, what="a screen that takes touches"
        )

    def press(self) -> None:
        """The second tap, by an impatient hand: a double one."""
        self.presses += 1
        self.page.locator("button.take").first.dblclick()

    def settled(self) -> bool:
        """Every press of this kiosk has shown a number."""
        return len(self.numbers()) >= self.presses and super().settled()


class FloorPage(WatchedPage):
    """The supervisor's page with every window, its tables and the figures of the day."""

    scope = "staff"

    def __init__(self, browser: Browser, proxy: FaultProxy) -> None:
        super().__init__("floor page", browser, proxy, "/manager")
        sign_in(self.page, "supervisor", PASSWORD)
        expect(self.page.locator(".tile").first).to_be_visible(timeout=30_000)

    def up_to_date(self) -> bool:
        """The figures say for which record of the log they stand."""
        seq = self.page.evaluate("Number((document.querySelector('.as-of [data-seq]') || {dataset: {}}).dataset.seq)")
        return bool(seq == self.heard()["seq"])
