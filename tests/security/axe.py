"""axe in a page, brought in by evaluate: the page's own content policy stays as it is."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

from tests.security.long import LONG

SCRIPT = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RUN = "(given) => axe.run(given.within || document, {resultTypes: ['violations'], rules: given.rules})"
#: The second language stands in the same colours: their contrast, most of axe's work, is measured once in CI.
SAME_COLOURS = {} if LONG else {"color-contrast": {"enabled": False}}


@dataclass
class Axe:
    """Collects what axe finds, so that one failing test names every state at once."""

    rules: dict[str, Any] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)

    def look(self, page: Page, state: str, within: str | None = None) -> None:
        """Examine the page as it stands now, its movements at their end; or what is new ``within`` a part."""
        page.evaluate("() => Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => null)")
        self.looked.append(state)
        self.found += [f"{state}: {line}" for line in violations(page, within, self.rules)]


def violations(page: Page, within: str | None = None, rules: dict[str, Any] | None = None) -> list[str]:
    """Every violation as one line: rule, how bad, where."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SCRIPT)
    result: dict[str, Any] = page.evaluate(RUN, {"within": within, "rules": rules or {}})
    return [line(one, node) for one in result["violations"] for node in one["nodes"]]


def line(rule: dict[str, Any], node: dict[str, Any]) -> str:
    why = (node["any"] or node["all"] or node["none"])[0]["message"]
    return f"{rule['id']} ({rule['impact']}): {node['html'][:160]} — {why[:160]}"
