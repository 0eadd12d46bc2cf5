"""The box with the loudspeaker and the headless counter, each behind a proxy of its own, and watched."""

import threading
import time
from pathlib import Path
from typing import Any

from counter_client.api import Answer, Api
from display_client.link import Link
from display_client.orders import Orders
from display_client.program import Program
from display_client.renderer import Wave
from tests.faults.looks import LOOK_EVERY_S, Acknowledged, Look
from tests.faults.proxy import FaultProxy
from tests.faults.sockets import collect_handshakes
from tests.support.halls import HALL
from tests.support.served import PASSWORD
from tests.support.servers import wait_until

#: Pause between two presses of the headless clerk, in seconds.
PRESS_EVERY_S = 0.5


class Silence:
    """Renders and plays nothing, at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.played: list[str] = []

    def trouble(self) -> str | None:
        return None

    def render(self, seq: int, words: dict[str, Any]) -> Wave:
        path = self._folder / f"{seq}.wav"
        path.touch()
        return Wave(path, 0)

    def play(self, wave: Wave, name: str) -> None:
        self.played.append(name)

    def stand_by(self) -> None:
        pass

    def close(self) -> None:
        pass


class Box:
    """The real program of the box in threads of this process; only its loudspeaker is none."""

    name, scope = "display_client", "public"

    def __init__(self, proxy: FaultProxy, token: str, folder: Path) -> None:
        self.proxy = proxy
        self._stopping = threading.Event()
        self.silence = Silence(folder)
        orders = Orders(proxy.address, HALL, token, self._stopping)
        link = Link(proxy.address, HALL, token)
        self._program = Program(link, orders, self.silence, self.silence, self._stopping)
        self._looks: list[Look] = []
        self._beats: list[float] = []
        self._beat_at: float | None = None
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._program.run, self._look)]
        for thread in self._threads:
            thread.start()

    def _look(self) -> None:
        while not self._stopping.wait(LOOK_EVERY_S):
            seen = self._seen()
            # Another thread may be in the middle of an answer: what holds for a moment is what it shows.
            while not self._stopping.wait(0.005) and seen != (seen := self._seen()):
                pass
            self._looks.append(Look(time.time(), *seen))
            if (beat_at := self._program._feed._beat_at) != self._beat_at:
                self._beat_at = beat_at
                self._beats.append(time.time())

    def _seen(self) -> tuple[bool, int]:
        feed = self._program._feed
        return feed.stale(time.monotonic()) or not feed.in_step, feed.seq

    def looks(self) -> list[Look]:
        return list(self._looks)

    def beats(self) -> list[float]:
        """When the server was heard of over the socket, as long as there is one."""
        return list(self._beats) if self._program._connected else []

    def heard(self) -> dict[str, Any]:
        """What the box knows, of one moment: read again when news came in between."""
        feed = self._program._feed
        while True:
            try:
                seq, heard = feed.seq, {"seq": feed.seq, "epoch": feed.epoch, "state": _copied(feed.state)}
            except RuntimeError:  # it grew under our hands
                continue
            if feed.seq == seq:
                return heard

    def settled(self) -> bool:
        return True

    def close(self) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(20)
        collect_handshakes()


def _copied(state: Any) -> Any:
    if isinstance(state, dict):
        return {key: _copied(value) for key, value in state.items()}
    return [_copied(value) for value in state] if isinstance(state, list) else state


class HeadlessCounter:
    """Clerk 2 at window 2 through ``counter_client``: call, finish and call, twice a second, for ever."""

    name, scope = "counter_client", "staff"

    def __init__(self, proxy: FaultProxy, acknowledged: Acknowledged) -> None:
        self.proxy, self._acknowledged = proxy, acknowledged
        self._api = Api(proxy.address, HALL)
        self.staff = self._api.sign_in("clerk2", PASSWORD)["id"]
        self._api.order("POST", "/windows/2/sessions", {})
        self._over, self._working = threading.Event(), threading.Event()
        self._working.set()
        self.failures: list[BaseException] = []
        self.asked = {"called": 0, "started": 0, "finished": 0}
        self._held = ""
        #: Since when the press in hand waits for its answer; 0 while none does.
        self.waits_since = 0.0
        self._thread = threading.Thread(target=self._press_for_ever, daemon=True)
        self._thread.start()

    def _press_for_ever(self) -> None:
        try:
            while not self._over.wait(PRESS_EVERY_S):
                if self._working.is_set():
                    self._press()
        except BaseException as error:
            self.failures.append(error)
        self.waits_since = 0.0

    def _press(self) -> None:
        """Start who was called; else finish who is there and call the next."""
        if self.asked["started"] < self.asked["called"]:
            self._order(f"/tickets/{self._held}/starts", {})
            self.asked["started"] += 1
            return
        answer = self._order("/windows/2/calls", {"finishing": self._held} if self._held else {})
        self.asked["finished"] += bool(self._held)
        self.asked["called"] += 1
        self._held = answer.body["ticket"]["id"]

    def _order(self, path: str, body: dict[str, str]) -> Answer:
        self.waits_since = time.time()
        answer = self._api.order("POST", path, body)
        self.waits_since = 0.0
        self._acknowledged.note(answer.seq)
        return answer

    def rest(self) -> None:
        """Press no more until ``go_on``; the press in hand is waited for."""
        self._working.clear()
        wait_until(lambda: not self.waits_since, what="the answer to the press in hand")

    def go_on(self) -> None:
        self._working.set()

    def settled_since(self, moment: float) -> bool:
        """No press of before ``moment`` waits for its answer any more."""
        return not 0 < self.waits_since < moment

    def close(self) -> None:
        self._over.set()
        self._thread.join(60)
        assert not self._thread.is_alive(), "a press was never answered"
