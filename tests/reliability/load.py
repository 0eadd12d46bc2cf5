"""Clients that press as fast as they are answered, over HTTP, and keep trying."""

import random
import threading
from typing import Any

from tests.support.served import CLERKS, Client, Sent, ServedHall
from tests.support.servers import wait_until

#: How long a press is repeated before the test gives up, in seconds.
PATIENCE_S = 60.0


def issue_for_ever(kiosk: Client, over: threading.Event) -> None:
    while not over.is_set():
        kiosk.order("/tickets", line=random.choice("AAB"), **{"class": "ordinary"})


def serve_for_ever(clerk: Client, window: str, over: threading.Event) -> None:
    held: dict[str, Any] | None = None
    while not over.is_set():
        call = clerk.order(f"/windows/{window}/calls", **({"finishing": held["id"]} if held else {}))
        held = call.answer["ticket"]
        if held:
            clerk.order(f"/tickets/{held['id']}/starts")


class Load:
    """Two kiosks and three clerks who press as fast as they are answered."""

    def __init__(self, hall: ServedHall) -> None:
        self.over = threading.Event()
        self.failures: list[BaseException] = []
        kiosks = [hall.client(token=hall.kiosk) for _ in range(2)]
        clerks = [hall.seated(window) for window in CLERKS]
        self.clients = [*kiosks, *clerks]
        for client in self.clients:
            client.patience_s = PATIENCE_S
        jobs: list[tuple[Any, tuple[Any, ...]]] = [(issue_for_ever, (kiosk, self.over)) for kiosk in kiosks]
        jobs += [(serve_for_ever, (clerk, window, self.over)) for clerk, window in zip(clerks, CLERKS, strict=True)]
        self.threads = [threading.Thread(target=self._guard, args=job) for job in jobs]
        for thread in self.threads:
            thread.start()

    def _guard(self, work: Any, arguments: tuple[Any, ...]) -> None:
        try:
            work(*arguments)
        except BaseException as error:
            self.failures.append(error)

    @property
    def presses(self) -> list[Sent]:
        return [sent for client in self.clients for sent in list(client.presses)]

    @property
    def answered(self) -> int:
        return sum(1 for sent in self.presses if sent.status)

    def more(self, count: int) -> None:
        """Wait until so many more presses have been answered."""
        wanted = self.answered + count
        wait_until(lambda: self.answered >= wanted or self.failures, what=f"{count} more answers")

    def end(self) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join(PATIENCE_S)
        assert not any(thread.is_alive() for thread in self.threads)
