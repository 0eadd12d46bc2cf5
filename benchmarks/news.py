"""Call → news: from the clerk's press until every screen has it, against a bare broadcaster.

The press is a whole order: HTTP, one transaction with its fsync, the answer; the baseline's is one
byte. Both servers and all their readers run at the same time and are asked in turn.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.hall import HALL, Clerk, Served, served
from benchmarks.processes import Bare, Crowd, cpu_s
from benchmarks.report import Row, median, percentile

#: Samples before those that count.
WARM_UP = 3
#: Calls while nobody listens, to know what the order alone costs.
ALONE = 15
CALLED, ISSUED = "ticket.called", "ticket.issued"
#: The bar for the call that reaches the last of 500 screens.
BAR_500 = 1.5


@dataclass
class Samples:
    """Milliseconds after the press, one of each for every call."""

    middle: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    #: Until the press was answered.
    answered: list[float] = field(default_factory=list)
    #: Calls a second when eight are pressed at once, until the last reader had the last.
    per_s: list[float] = field(default_factory=list)

    def add(self, pressed: int, arrivals: Sequence[int]) -> None:
        self.middle.append((arrivals[len(arrivals) // 2] - pressed) / 1e6)
        self.last.append((arrivals[-1] - pressed) / 1e6)

    def clear(self) -> None:
        for values in vars(self).values():
            values.clear()


class Contest:
    """One server and one bare broadcaster, each with the same number of readers."""

    def __init__(self, hall: Served, crowd: Crowd, bare: Bare, clerks: list[Clerk], readers: int, alone: float) -> None:
        self._hall, self._crowd, self._bare, self._clerks, self._readers = hall, crowd, bare, clerks, readers
        self.ours, self.base = Samples(), Samples()
        #: Milliseconds until a call is answered while nobody listens.
        self.alone = alone
        #: Processor ms of the server for a call and its news.
        self.cpu_ms: list[float] = []

    def one_call(self) -> None:
        clerk = self._clerks[0]
        request, used = clerk.call, cpu_s(self._hall.worker)
        self._crowd.expect("ours", CALLED)
        pressed = time.time_ns()
        clerk.http.send(request)
        ticket = clerk.answer()["ticket"]
        self.ours.answered.append((time.time_ns() - pressed) / 1e6)
        self.ours.add(pressed, self._crowd.arrivals(self._readers))
        self.cpu_ms.append((cpu_s(self._hall.worker) - used) * 1000)
        self._put_back([(clerk, ticket["id"])])

    def one_telling(self) -> None:
        self._crowd.expect("base", CALLED)
        pressed = time.time_ns()
        self._bare.tell()
        self._bare.told()
        self.base.answered.append((time.time_ns() - pressed) / 1e6)
        self.base.add(pressed, self._crowd.arrivals(self._readers))

    def eight_calls(self) -> None:
        requests = [(clerk, clerk.call) for clerk in self._clerks]
        self._crowd.expect("ours", CALLED, len(requests))
        pressed = time.time_ns()
        for clerk, request in requests:
            clerk.http.send(request)
        held = [(clerk, clerk.answer()["ticket"]["id"]) for clerk, _request in requests]
        self.ours.per_s.append(len(requests) * 1e9 / (self._crowd.arrivals(self._readers)[-1] - pressed))
        self._put_back(held)

    def eight_tellings(self) -> None:
        times = len(self._clerks)
        self._crowd.expect("base", CALLED, times)
        pressed = time.time_ns()
        self._bare.tell(times)
        self.base.per_s.append(times * 1e9 / (self._crowd.arrivals(self._readers)[-1] - pressed))
        self._bare.told(times)

    def _put_back(self, held: Sequence[tuple[Clerk, str]]) -> None:
        """Untimed: whoever was called leaves, another takes a number; then wait until all is quiet."""
        self._crowd.expect("ours", ISSUED, len(held))
        for clerk, ticket in held:
            clerk.press(f"/tickets/{ticket}/departures")
            clerk.http.send(clerk.issue)
            clerk.answer()
        self._crowd.arrivals(self._readers)


def measure(readers: int, samples: int, database_url: str, show: Callable[[], object]) -> Contest:
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), database_url) as hall, Crowd() as crowd:
        clerks = hall.clerks()
        alone = [_call_alone(clerks[0]) for _ in range(ALONE)]
        crowd.ask(do="connect", group="ours", port=hall.server.port, count=readers, hall=HALL)
        with Bare(_frame_of(crowd, clerks[0], readers)) as bare:
            crowd.ask(do="connect", group="base", port=bare.port, count=readers)
            contest = Contest(hall, crowd, bare, clerks, readers, median(alone))
            for _step in _alternate(contest, samples):
                show()
    return contest


def _call_alone(clerk: Clerk) -> float:
    request, pressed = clerk.call, time.time_ns()
    clerk.http.send(request)
    ticket = clerk.answer()["ticket"]
    took = (time.time_ns() - pressed) / 1e6
    clerk.press(f"/tickets/{ticket['id']}/departures")
    return took


def _frame_of(crowd: Crowd, clerk: Clerk, readers: int) -> bytes:
    """What the server writes to a reader for one call: the baseline writes the same bytes."""
    crowd.expect("ours", CALLED)
    ticket = clerk.press(f"/windows/{clerk.window}/calls")["ticket"]
    crowd.arrivals(readers)
    clerk.press(f"/tickets/{ticket['id']}/departures")
    return bytes.fromhex(crowd.ask(do="frame", group="ours")["frame"])


def _alternate(contest: Contest, samples: int) -> Iterator[None]:
    """Every call beside a telling, in changing order; the first few do not count."""
    for n in range(samples + WARM_UP):
        if n == WARM_UP:
            contest.ours.clear()
            contest.base.clear()
            contest.cpu_ms.clear()
        pair = [contest.one_call, contest.one_telling]
        if n % 4 == 0:
            pair += [contest.eight_calls, contest.eight_tellings]
        for step in pair if n % 2 else reversed(pair):
            step()
        yield


def rows(readers: int, contest: Contest) -> list[Row]:
    ours, base = contest.ours, contest.base
    name = f"call → news, {readers} readers"
    return [
        Row(f"{name}: middle reader, p50", median(ours.middle), "ms", median(base.middle)),
        Row(f"{name}: middle reader, p99", percentile(ours.middle, 99), "ms", percentile(base.middle, 99)),
        Row(
            f"{name}: last reader, p50",
            median(ours.last),
            "ms",
            median(base.last),
            BAR_500 if readers == 500 else None,
            of_ratio=True,
        ),
        Row(f"{name}: the same less the order alone", median(ours.last) - contest.alone, "ms", median(base.last)),
        Row(f"{name}: last reader, p99", percentile(ours.last, 99), "ms", percentile(base.last, 99)),
        Row(f"{name}: press answered, p50 (alone: {contest.alone:.1f})", median(ours.answered), "ms"),
        Row(f"{name}: eight at once", median(ours.per_s), "calls/s", median(base.per_s)),
        Row(f"{name}: processor, mean", sum(contest.cpu_ms) / len(contest.cpu_ms), "ms/call"),
    ]
