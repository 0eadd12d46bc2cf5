"""The driver: steps the hall's clock through the agenda, sends the presses, learns the answers."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from counter_client.api import Answer, Refusal
from counter_client.desk import Desk
from counter_client.figures import nearest_rank
from counter_client.floor import Action, Floor, Press
from counter_client.hall_clock import HallClock

Outcome = Answer | Refusal


class Sent(NamedTuple):
    press: Press
    outcome: Outcome
    #: Real microseconds from the first attempt to the answer.
    took: int


class Driver:
    """Runs a floor's agenda. With one worker a press is sent after the answer to the one before.

    With more, everything due at one time is decided first, sent at once, and learned in the order
    in which the server did it.
    """

    def __init__(self, floor: Floor, desks: Sequence[Desk], clock: HallClock, workers: int) -> None:
        self._floor, self._desks, self._clock = floor, desks, clock
        self._workers = workers
        self._pool = ThreadPoolExecutor(workers) if workers > 1 else None
        self._took: list[int] = []
        self.orders = self.retries = self.replays = 0

    def run(self, until_s: float, show: Callable[[float], None]) -> None:
        """Work the agenda off until ``until_s``; ``show`` is told every time of day."""
        agenda = self._floor.agenda
        while (when := agenda.next_time()) is not None and when <= until_s:
            self._clock.go_to(when)
            self._do(agenda.due())
            self._wake()
            show(when)
        self._clock.go_to(until_s)
        show(until_s)

    def shut(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def latency(self) -> dict[str, float]:
        """Real milliseconds an order took, retries included."""
        ascending = sorted(self._took) or [0]
        ranks = {f"p{percent}_ms": nearest_rank(ascending, percent) / 1000 for percent in (50, 95, 99)}
        return ranks | {"max_ms": ascending[-1] / 1000}

    def _do(self, actions: Iterable[Action]) -> None:
        if self._pool is None:
            for action in actions:
                press = action()
                if press is not None:
                    self._learn(_send(press))
            return
        presses = [press for action in actions if (press := action()) is not None]
        for sent in sorted(self._pool.map(_send, presses), key=_order):
            self._learn(sent)

    def _learn(self, sent: Sent) -> None:
        press, outcome, took = sent
        self.orders += 1
        self._took.append(took)
        if isinstance(outcome, Refusal):
            self._floor.refusals[outcome.code] += 1
            press.refused(outcome)
            return
        self.retries += outcome.attempts - 1
        self.replays += outcome.replayed
        press.learn(outcome)

    def _wake(self) -> None:
        """Idle windows call when somebody waits, the longest idle first; the evening's idle go home."""
        spoken_for: dict[str, int] = {}
        for desk in sorted(self._desks, key=lambda desk: desk.idle_since):
            waiting = sum(self._floor.book.waiting[line] - spoken_for.get(line, 0) for line in desk.lines)
            if desk.wants() and waiting > 0:
                line = max(desk.lines, key=lambda line: self._floor.book.waiting[line] - spoken_for.get(line, 0))
                spoken_for[line] = spoken_for.get(line, 0) + 1
                desk.wake()
            else:
                desk.release()


def _send(press: Press) -> Sent:
    begun = time.monotonic_ns()
    try:
        outcome: Outcome = press.api.order(press.method, press.path, press.body)
    except Refusal as refusal:
        outcome = refusal
    return Sent(press, outcome, (time.monotonic_ns() - begun) // 1000)


def _order(sent: Sent) -> tuple[int, bool]:
    """By position in the log. "Nobody waits" has the position of the event it comes after."""
    if isinstance(sent.outcome, Refusal):
        return 0, False
    body: dict[str, Any] = sent.outcome.body
    return sent.outcome.seq, "ticket" in body and body["ticket"] is None and not body.get("finished")
