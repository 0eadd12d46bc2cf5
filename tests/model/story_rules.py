"""Orders that mean something only one after another: what pressing at random would hardly ever do in a row."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.model.desk_rules import SOME
from tests.model.journeys import stop
from tests.model.papers import MINUTE, SECOND, Ticket, Window
from tests.model.work_rules import SEATS, WorkRules


class StoryRules(WorkRules):
    @rule(code=SEATS, minutes=st.sampled_from([0, 9, 11, 45]), others=st.integers(0, 2))
    def fetches_papers(self, code: str, minutes: int, others: int) -> None:
        """Somebody is set aside, others come, and the person is back."""
        window = self.hall.windows[code]
        held = self.serving_here(window)
        if held is None:
            return
        self.park(self.mostly(held, "serving"), "own", None, False)
        for _ in range(others):
            self.issue(held.line, "ordinary", "staff")
        self.hall.real += minutes * MINUTE
        self.come_back(self.mostly(held, "parked"))

    @rule(
        code=SEATS, calls=st.booleans(), sits=st.sampled_from([False, False, True]), late=st.sampled_from([0, 10, 11])
    )
    def takes_a_finish_back(self, code: str, calls: bool, sits: bool, late: int) -> None:
        """At once, too late, after the next was called, or by who has sat down anew."""
        window = self.hall.windows[code]
        held = self.serving_here(window)
        if held is None or not window.served_lines:
            return
        self.issue(window.served_lines[0], "ordinary", "staff")
        if calls:
            self.finish_and_call(self.mostly(held, "serving"), code)
        else:
            self.finish(self.mostly(held, "serving"), "own")
        if sits:
            clerk = window.clerk or ""
            self.close_window(code, "own")
            self.open_window(code, clerk)
        self.hall.real += late * SECOND
        if held.state == "done":
            self.take_back(held, "own")

    @rule(code=SEATS, others=st.integers(0, 2), after=st.sampled_from([0, 4, 5, 40]), calls=st.booleans(), asks=SOME)
    def serves_without_arrivals(self, code: str, others: int, after: int, calls: bool, asks: int) -> None:
        """One press a person: who was called is finished, perhaps too soon, and the next one is called."""
        window = self.hall.windows[code]
        if not self.hall.is_open or window.state != "open":
            return self.work(asks, code)
        self.decide({"arrival": asks % 8 == 0})
        for _ in range(1 + others):
            held = self._called_here(window)
            if held is None:
                break
            self.hall.real += after * SECOND
            if calls:
                self._call(code, window.clerk or "", held, True)
            else:
                self.finish(8 * self.hall.in_state("called").index(held) + 1, "own")
        self.decide({"arrival": asks % 3 > 0})

    @rule(code=SEATS, name=st.sampled_from(["wang", "li"]), letters=st.sampled_from(["A", "B", None]), n=SOME)
    def works_by_skill(self, code: str, name: str, letters: str | None, n: int) -> None:
        """A clerk who may serve only some lines sits down, and people of every line wait."""
        if not self.hall.is_open:
            return
        self.set_skills(name, letters)
        self.release_window(code, name, True)
        self.people_come("AB", False)
        self.work(n, code)

    @rule(code=SEATS, closes=st.booleans(), n=SOME)
    def goes_there_and_back(self, code: str, closes: bool, n: int) -> None:
        """To another line and back to the window that sent the person, which may have closed meanwhile."""
        held = self.serving_here(self.hall.windows[code])
        there = self.hall.windows["2" if code == "3" else "3"]
        if held is None or there.clerk is None:
            return
        line = (there.served_lines or ["B"])[n % len(there.served_lines or "B")]
        self.hand_on(held, "own", [stop(line, there.code if line != held.line or n % 2 else None)], False, True, False)
        if closes:
            self.close_window(code, "own")
        if self.hall.at(there.code) is None:
            self.call(there.code, "own")
            self.work(0, there.code)
        if (sent := self.hall.at(there.code)) is not None and sent.state == "serving":
            if n % 4 == 0:
                # Of the service here, though the next has begun.
                self.rate_here(code, code, held.number, 2, [])
            self.finish(self.mostly(sent, "serving"), "own")

    @rule(line=st.sampled_from("AB"), care=st.booleans(), to=st.sampled_from("ABZ"), n=SOME)
    def line_is_emptied(self, line: str, care: bool, to: str, n: int) -> None:
        """Some of those who wait are put first; then all go on waiting in another line."""
        if not self.hall.is_open:
            return
        self.people_come(line * 2, care)
        if waiting := self.hall.line_up(line):
            self.promote(self.mostly(waiting[-1], "waiting"), "illness", False)
        if n % 2:
            self.move_waiting(line, to)

    def serving_here(self, window: Window) -> Ticket | None:
        """Whoever is in service at the window, after the presses that bring somebody there."""
        for _ in range(4):
            held = self.hall.at(window.code)
            if held is not None and held.state == "serving":
                return held
            if not self.hall.is_open or window.state != "open":
                self.work(0, window.code)
            elif held is None:
                self._next(0, window)
            else:
                self.start(self.mostly(held, "called"), "own")
        return None

    def mostly(self, ticket: Ticket, state: str) -> int:
        """The number by which ``pick`` takes this ticket."""
        return 8 * self.hall.in_state(state).index(ticket) + 2
