"""Two server processes that hear of one another over Redis, and screens at both."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from queue_server.protocol import STALE_AFTER_S
from tests.faults.database import RECOVERS_WITHIN_S
from tests.faults.floor import Clerk, Load
from tests.faults.looks import LOOK_EVERY_S, Acknowledged, Look, lateness
from tests.faults.proxy import Fault, FaultProxy
from tests.faults.redis_server import PrivateRedis
from tests.news.live import LiveReader
from tests.support.served import hall_on
from tests.support.servers import wait_until

SCREENS = 6
#: How long a fault of Redis lasts: its silence is noticed after five seconds.
LASTS_S = 6.0


class Screen(LiveReader):
    """Counts as stale what the protocol calls so: no tick for six seconds."""

    def __init__(self, address: str, over: threading.Event) -> None:
        super().__init__(address)
        self.looks: list[Look] = []
        self._over = over
        threading.Thread(target=self._look, daemon=True).start()

    def _tick(self, tick: dict[str, Any]) -> None:
        super()._tick(tick)
        if tick["seq"] > self.position["seq"]:
            self.ask(self.position)

    def _look(self) -> None:
        while not self._over.wait(LOOK_EVERY_S):
            quiet = time.monotonic() - self.ticks[-1] if self.ticks else STALE_AFTER_S
            self.looks.append(Look(time.time(), quiet >= STALE_AFTER_S, self.position["seq"]))


class Crowd:
    def __init__(self, url: str, folder: Path) -> None:
        self.redis = PrivateRedis(folder).start()
        self.proxy = FaultProxy(self.redis.port)
        settings = {"HALL_WORKERS": "2", "HALL_REDIS_URL": f"redis://127.0.0.1:{self.proxy.port}/0"}
        self.hall = hall_on(url, folder, **settings)
        self.hall.server.start()
        self.acknowledged, self._over = Acknowledged(), threading.Event()
        self.kiosk, self.clerk = self.hall.client(token=self.hall.kiosk), Clerk(self.hall)
        self.screens = [Screen(self.hall.server.address, self._over) for _ in range(SCREENS)]
        for screen in self.screens:
            screen.connect()
        wait_until(lambda: all(screen.ticks and screen.synced for screen in self.screens), what="the first ticks")

    def round(self, name: Fault, loaded: bool) -> list[str]:
        """A fault between the servers and Redis; what was not as promised."""
        self.proxy.set(name)
        return self._judged(name, loaded, self.proxy.heal)

    def death(self, loaded: bool) -> list[str]:
        """Redis is killed, and comes back empty."""
        self.redis.kill()
        return self._judged("kill", loaded, self.redis.start)

    def _judged(self, name: str, loaded: bool, heal: Any) -> list[str]:
        began = time.time()
        load = Load(self.kiosk, self.clerk, self.acknowledged) if loaded else None
        wait_until(lambda: time.time() > began + LASTS_S, what="the end of the fault")
        heal()
        healed = time.time()
        wait_until(lambda: time.time() > healed + 1, what="a moment more")
        if load is not None:
            load.close()
            assert load.failures == []
        pressed = time.time()
        head = self.kiosk.order("/tickets", line="A", **{"class": "ordinary"}).answer["seq"]
        wait_until(lambda: all(screen.position["seq"] >= head for screen in self.screens), 30, "the news")
        return self._faults(name, loaded, began, time.time() - pressed)

    def _faults(self, name: str, loaded: bool, began: float, agreed: float) -> list[str]:
        broken = []
        late = max(lateness([look for look in screen.looks if look.at > began]) for screen in self.screens)
        for screen in self.screens:
            looks = [look for look in screen.looks if look.at > began]
            if any(look.stale for look in looks):
                broken.append("a screen went out of date: ticks come from the database, not from Redis")
            if self.acknowledged.shown_as_fresh_though_old(looks, late):
                broken.append("old numbers shown as fresh")
        if agreed > RECOVERS_WITHIN_S + late:
            broken.append("the news came too late after the healing")
        load = "5/s" if loaded else "idle"
        print(f"{'redis':16} {name:8} {load:6} agreed {agreed:.2f}, late {late:.2f}", flush=True)
        return [f"{name} {load}: {what}" for what in sorted(set(broken))]

    def close(self) -> None:
        self._over.set()
        for screen in self.screens:
            screen.leave()
        self.hall.server.kill()
        self.proxy.close()
        self.redis.kill()


@contextmanager
def crowd(url: str, folder: Path) -> Iterator[Crowd]:
    made = Crowd(url, folder)
    try:
        yield made
    finally:
        made.close()
