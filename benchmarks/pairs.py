"""Two clerks call 0.3 s apart, many times: are both numbers on the board, and are both spoken?

Run as ``python -m benchmarks.pairs [--pairs 100]``: a real server, the board's page in Chromium, and a real box that
keeps its waves. Exit code 1 when anything was lost. A pair takes about six seconds, as each call stands for five.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page
from tqdm import tqdm

from benchmarks import speaking
from benchmarks.hall import Clerk, Served, served
from tests.support.chromium import chromium
from tests.support.servers import wait_until

#: Between the two presses, in seconds.
APART_S = 0.3
#: Both numbers are on the board, and the box has spoken both, within this time. Generous: a machine may be busy.
WITHIN_S = 30.0
#: Notes every number that was ever in the large field, in order.
WATCH = """() => {
  globalThis.latest = [];
  const look = () => {
    const shown = document.querySelector(".latest-number");
    if (shown && globalThis.latest.at(-1) !== shown.textContent) globalThis.latest.push(shown.textContent);
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""
NUMBERS = "() => [...document.querySelectorAll('.latest-number, .call-number')].map((one) => one.textContent)"


@dataclass
class Outcome:
    """Numbers in the order in which they were called, were in the large field, and were spoken."""

    called: list[str] = field(default_factory=list)
    #: Pairs of which both numbers were on the board at the same time.
    together: int = 0
    latest: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        found = [] if 2 * self.together == len(self.called) else [f"{self.together} pairs seen together"]
        for what, numbers in (("in the large field", self.latest), ("spoken", self.spoken)):
            if numbers != self.called:
                found.append(f"{what}: {numbers} instead of {self.called}")
        return found


def measure(pairs: int, show: Callable[[], object] = lambda: None) -> Outcome | None:
    """None where Chromium is not installed."""
    with tempfile.TemporaryDirectory() as name, served(Path(name, "data")) as hall, chromium() as browser:
        if browser is None:
            return None
        waves = Path(name, "waves")
        waves.mkdir()
        page = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN").new_page()
        page.goto(f"{hall.server.address}/board")
        page.wait_for_selector(".nothing")
        page.evaluate(WATCH)
        with speaking.box(hall, Path(name), "none", f"dir:{waves}"), speaking.sitting(hall, "1", "2") as clerks:
            return _called(hall, clerks, page, waves, pairs, show)


def _called(
    hall: Served, clerks: list[Clerk], page: Page, waves: Path, pairs: int, show: Callable[[], object]
) -> Outcome:
    outcome = Outcome()
    for _ in range(pairs):
        tickets = _press(clerks)
        both = [ticket["number"] for ticket in tickets]
        outcome.called += both
        page.wait_for_function(
            f"(both) => both.every((one) => ({NUMBERS})().includes(one))", arg=both, timeout=WITHIN_S * 1000
        )
        outcome.together += 1
        page.wait_for_function("(last) => globalThis.latest.at(-1) === last", arg=both[-1], timeout=WITHIN_S * 1000)
        for clerk, ticket in zip(clerks, tickets, strict=True):
            _wait_for_end(hall, ticket["number"])
            speaking.leave(clerk, ticket["id"])
        page.wait_for_timeout(5000 if pairs > 1 else 0)  # the second one's own five seconds
        show()
    outcome.latest = page.evaluate("() => globalThis.latest")
    in_order = sorted(waves.iterdir(), key=lambda file: int(file.stem.partition("-")[0]))
    outcome.spoken = [file.stem.partition("-")[2] for file in in_order]
    return outcome


def _wait_for_end(hall: Served, number: str) -> None:
    wait_until(lambda: speaking.state(hall.server.address, number) == "ended", WITHIN_S, f"the end of {number}")


def _press(clerks: list[Clerk]) -> list[dict[str, str]]:
    """One press each, the second while the first may still be on its way; the tickets that were called."""
    for turn, clerk in enumerate(clerks):
        if turn:
            time.sleep(APART_S)  # what is measured: calls so far apart, whatever became of the first
        clerk.http.send(clerk.call)
    return [dict(clerk.answer()["ticket"]) for clerk in clerks]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pairs", description=__doc__)
    parser.add_argument("--pairs", type=int, default=100)
    asked = parser.parse_args()
    with tqdm(total=asked.pairs, desc="pairs", leave=False) as bar:
        outcome = measure(asked.pairs, bar.update)
    if outcome is None:
        sys.stderr.write("Chromium is not installed\n")
        return 2
    sys.stdout.write(
        "\n".join(outcome.faults or [f"{asked.pairs} pairs: all shown, all spoken, once, in order"]) + "\n"
    )
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
