"""A hall at work: what a sensible clerk presses next. Pressing at random alone hardly ever serves anybody."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.model.desk_rules import SOME
from tests.model.floor_rules import SEATED, FloorRules
from tests.model.journeys import stop
from tests.model.papers import MINUTE, SECOND, Ticket, Window
from tests.model.zero_desk import Found

SEATS = st.sampled_from(["1", "2", "3", "Z1"])


class WorkRules(FloorRules):
    @rule(n=SOME, code=SEATS)
    def work(self, n: int, code: str) -> None:
        window = self.hall.windows[code]
        held = self.hall.at(code)
        if not self.hall.is_open:
            self._next_morning()
        elif window.state != "open":
            self._man(window)
        elif held is None:
            self._next(n, window)
        elif held.state == "called":
            self._receive(n, held, window)
        else:
            self._serve(n, held, window)

    @rule(n=SOME, code=SEATS)
    def work_on(self, n: int, code: str) -> None:
        self.work(n, code)

    @rule(n=SOME, code=SEATS)
    def work_further(self, n: int, code: str) -> None:
        self.work(n // 3, code)

    @rule(n=SOME, code=SEATS, pause=st.sampled_from([0, 5, 90]))
    def work_with_pauses(self, n: int, code: str, pause: int) -> None:
        self.hall.real += pause * SECOND
        self.work(n, code)

    @rule(lines=st.text("ABZ", min_size=1, max_size=3), care=st.booleans())
    def people_come(self, lines: str, care: bool) -> None:
        if not self.hall.is_open:
            self._next_morning()
        for line in lines:
            self.issue(line, "care" if care else "ordinary", "staff")

    @precondition(lambda self: self.hall.in_state("missed"))
    @rule(n=st.integers(0, 31))
    def somebody_is_back(self, n: int) -> None:
        """In line, or directly at a window that is free."""
        missed = self.hall.in_state("missed")
        ticket = missed[n // 2 % len(missed)]
        free = [w.code for w in self.hall.windows.values() if w.state == "open" and not self.hall.at(w.code)]
        if n % 2 and free:
            self.call_directly(8 * self.hall.in_state("missed").index(ticket) + 1, free[n % len(free)])
        else:
            self.reinstate(8 * missed.index(ticket) + 1)

    @rule(code=SEATS, times=st.integers(1, 3), directly=st.booleans(), minutes=st.sampled_from([0, 1, 30, 31]))
    def does_not_come_when_called(self, code: str, times: int, directly: bool, minutes: int) -> None:
        """Somebody is missed and comes back, again and again; there are limits to how often and how late."""
        window = self.hall.windows[code]
        if not self.hall.is_open or window.state != "open":
            return self.work(1, code)
        for _ in range(times):
            held = self._called_here(window)
            if held is None:
                return
            self.miss(8 * self.hall.in_state("called").index(held) + 1, "own")
            self.hall.real += minutes * MINUTE
            back = 8 * self.hall.in_state("missed").index(held) + 1
            if directly:
                self.call_directly(back, code)
            else:
                self.reinstate(back)

    def _called_here(self, window: Window) -> Ticket | None:
        """Whoever is called to the window; with others behind in the line, so that a place in it means something."""
        held = self.hall.at(window.code)
        if held is not None:
            return held if held.state == "called" else None
        for _ in range(4 - min(4, len(self.hall.candidates(window)))):
            self.issue((window.served_lines or ["A"])[0], "ordinary", "staff")
        self.call(window.code, "own")
        return self.hall.at(window.code)

    def _next_morning(self) -> None:
        """The day is closed: it is opened again, or the timetable opens the next."""
        self.finish_close()
        if self.hall.is_open or self.presses % 2:
            self.open_day()
        else:
            self.clock_to_midnight(8 * 3600 + 60)
            self.keep_timetable()
        self.last_opening = self.presses

    def _man(self, window: Window) -> None:
        if window.state == "paused":
            self.resume(window.code, "own")
        else:
            self.open_window(window.code, SEATED[window.code], leave=True)

    def _next(self, n: int, window: Window) -> None:
        if self.hall.candidates(window) or n % 8 == 7:
            self.call(window.code, "own")
        else:
            lines = window.served_lines or ["A"]
            self.issue(lines[n % len(lines)], "care" if n % 5 == 4 else "ordinary", "kiosk" if n % 2 else "staff")

    def _receive(self, n: int, held: Ticket, window: Window) -> None:
        here = 8 * self.hall.in_state("called").index(held) + 1
        if n % 16 < 8:
            self.start(here, "own")
        elif n % 16 < 12:
            self.miss(here, "own")
        elif n % 16 < 13:
            self.recall(here, "supervisor" if n % 3 else "own")
        elif n % 16 < 14:
            self.leave(8 * self.hall.in_state("waiting", "missed", "called").index(held) + 1, "own")
        else:
            self._hand_on(n, held, window)

    def _serve(self, n: int, held: Ticket, window: Window) -> None:
        here = 8 * self.hall.in_state("serving").index(held) + 2
        if n % 16 < 7:
            self.finish_and_call(here, window.code)
        elif n % 16 < 10:
            self.finish(here, "own")
            if n % 3 == 0:
                self.undo_finish(1, "own")
        elif n % 16 < 11:
            self.park(here, "own", None, n % 3 == 0)
        elif n % 16 < 12 and window.code.startswith("Z"):
            self.consult_about(held, "own", Found("ready", ["A01"], stops=[stop("A")], come_back=n % 3 == 0))
        else:
            self._hand_on(n, held, window)

    def _hand_on(self, n: int, held: Ticket, window: Window) -> None:
        target = [None, None, "1", "2", "3"][n % 5]
        line = "B" if target == "3" else "A" if target else "ABZ"[n % 3]
        then = [stop("B"), stop("A", "1")][: n // 16 % 3]
        self.hand_on(held, "own", [stop(line, target), *then], n % 2 == 0, n % 7 == 0, False)
