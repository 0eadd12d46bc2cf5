"""What a bad network does to the readers, and what they do in it."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.model.desk_rules import SOME
from tests.model.network import NAMES, Line
from tests.model.server_side import ServerSide
from tests.model.work_rules import SEATS

WHO = st.sampled_from(NAMES)
#: Whose questions over HTTP may stay unanswered for a while; the box waits for each.
PAGE = st.sampled_from(NAMES[:2])
N = st.integers(0, 63)
PRESSES = st.lists(st.tuples(SOME, SEATS), min_size=2, max_size=6)


class NetworkRules(ServerSide):
    def line(self, name: str) -> Line:
        return self.network.lines[name]

    @rule(presses=PRESSES)
    def a_busy_minute(self, presses: list[tuple[int, str]]) -> None:
        for n, code in presses:
            self.work(n, code)

    @rule(n=N)
    def deliver_to_all(self, n: int) -> None:
        for name in NAMES:
            self.deliver(name, n)

    @rule()
    def heal(self) -> None:
        self.settle()

    @rule(name=WHO, n=N)
    def deliver(self, name: str, n: int) -> None:
        for message in [self.line(name).coming.pop(0) for _ in range(min(n % 8 + 1, len(self.line(name).coming)))]:
            self.network.hear(name, message)

    @rule(name=WHO, n=N, keep=st.booleans())
    def deliver_out_of_order(self, name: str, n: int, keep: bool) -> None:
        """One that overtakes others; or one that comes now and again later."""
        coming = self.line(name).coming
        if coming:
            message = coming[n % len(coming)] if keep else coming.pop(n % len(coming))
            self.network.hear(name, message)

    @rule(name=WHO, n=N)
    def drop(self, name: str, n: int) -> None:
        coming = self.line(name).coming
        if coming:
            coming.pop(n % len(coming))

    @rule(name=WHO, n=N, arrives=st.booleans())
    def answer(self, name: str, n: int, arrives: bool) -> None:
        self.network.answer(self.line(name), n)
        if arrives:
            self.network.arrive(self.line(name), n)

    @rule(name=WHO, n=N, lost=st.sampled_from([False, False, True]))
    def late_answer(self, name: str, n: int, lost: bool) -> None:
        line = self.line(name)
        self.network.lose_answer(line, n) if lost else self.network.arrive(line, n)

    @rule()
    def tick(self) -> None:
        self.network.send(None, "tick", self.tick_now())

    @rule(ms=st.sampled_from([50, 300, 1000, 2000, 6000]))
    def forward(self, ms: int) -> None:
        self.network.forward(ms)

    @rule(name=WHO)
    def connect(self, name: str) -> None:
        if not self.line(name).up:
            self.network.connect(name, self.hello)

    @rule(name=WHO, presses=PRESSES)
    def connect_while_orders_are_made(self, name: str, presses: list[tuple[int, str]]) -> None:
        if not self.line(name).up:
            self.network.connect(name, self.hello, lambda: self.a_busy_minute(presses))

    @rule(name=WHO)
    def disconnect(self, name: str) -> None:
        if self.line(name).up:
            self.network.disconnect(name)

    @rule(name=PAGE, n=N)
    def poll(self, name: str, n: int) -> None:
        """Without a socket; the answer stays on its way, while polling goes on, until another move delivers it."""
        self.disconnect(name)
        self.network.forward(2000)
        self.network.answer(self.line(name), n)

    @rule(name=PAGE)
    def poll_only(self, name: str) -> None:
        """The socket is blocked and HTTP works: four rounds later the page has what the server has."""
        self.disconnect(name)
        for _ in range(4):
            self.network.forward(2000)
            self.network.deliver_everything(self.line(name))
        self.require_up_to_date(name)
