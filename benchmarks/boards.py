"""Real board pages in Chromium, and what their JavaScript holds."""

import time
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from playwright.sync_api import CDPSession, Page

from benchmarks.pages import chromium


@dataclass(frozen=True)
class Heap:
    """Of all pages together, after a forced collection."""

    used_mb: float
    nodes: int


class Boards:
    """So many board pages, open until the block ends; none without Chromium."""

    def __init__(self, address: str, count: int) -> None:
        self._address, self._count = address, count
        self._stack = ExitStack()
        self._pages: list[tuple[Page, CDPSession]] = []

    def __enter__(self) -> Self:
        browser = self._stack.enter_context(chromium()) if self._count else None
        for _ in range(self._count if browser else 0):
            assert browser is not None
            page = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN").new_page()
            page.goto(f"{self._address}/board")
            wire = page.context.new_cdp_session(page)
            for domain in ("Performance.enable", "HeapProfiler.enable"):
                wire.send(domain)
            self._pages.append((page, wire))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def wait(self, seconds: float) -> None:
        """Let time pass, and the browser tell what it has to."""
        if self._pages:
            self._pages[0][0].wait_for_timeout(seconds * 1000)
        else:
            time.sleep(seconds)

    def heap(self) -> Heap:
        """Collect what is not used any more, and look at the rest."""
        used, nodes = 0.0, 0
        for _page, wire in self._pages:
            wire.send("HeapProfiler.collectGarbage")
            metrics = {one["name"]: one["value"] for one in wire.send("Performance.getMetrics")["metrics"]}
            used, nodes = used + metrics["JSHeapUsedSize"], nodes + int(metrics["Nodes"])
        return Heap(used / 2**20, nodes)
