"""Seats and days."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.domain.window import PauseReason
from queue_server.services import days, seats
from tests.model.desk_rules import WHO, WINDOWS
from tests.model.hall import ZONE
from tests.model.machine import PORTION
from tests.model.papers import DAY, SECOND
from tests.model.print_rules import PrintRules

#: Who sits where in the morning; two are on the staff and may be given skills.
SEATED = {"Z1": "clerk-Z1", "1": "clerk-1", "2": "wang", "3": "li"}
CLERKS = st.sampled_from([*SEATED.values(), "clerk-5"])
#: Only so many presses after an opening may the day end again, or nobody would ever be served.
A_DAY = 30


def late(machine: "FloorRules") -> bool:
    return machine.presses >= machine.last_opening + A_DAY


class FloorRules(PrintRules):
    #: How many presses there had been when the day was opened.
    last_opening = 0

    def morning(self) -> None:
        super().morning()
        for code, clerk in SEATED.items():
            self.open_window(code, clerk)

    # -- seats -------------------------------------------------------------------------------

    @rule(code=WINDOWS, clerk=CLERKS, leave=st.booleans())
    def sit_down(self, code: str, clerk: str, leave: bool) -> None:
        """At a window, perhaps from another, which is left."""
        self.open_window(code, clerk, leave)

    def open_window(self, code: str, clerk: str, leave: bool = False) -> None:
        who, model = self.who(clerk), self.hall.open_window
        self.press(
            f"open {code}",
            clerk,
            lambda uow: seats.open_window(uow, code, who, leave),
            lambda: model(code, who, leave),
            body=str(leave),
        )

    @rule(code=WINDOWS, clerk=st.sampled_from(["wang", "li", "wang", "li", "clerk-1"]), empty=st.booleans())
    def open_for(self, code: str, clerk: str, empty: bool) -> None:
        """A supervisor opens a window for a clerk, often one that was closed just before."""
        if empty:
            self.close_window(code, "supervisor")
        who, model = self.who(clerk), self.hall.open_for
        self.press(
            f"open {code} for",
            "supervisor",
            lambda uow: seats.open_for(uow, code, who, "supervisor"),
            lambda: model(code, who),
            body=who,
        )

    @rule(code=WINDOWS, clerk=CLERKS, comes=st.booleans())
    def release_window(self, code: str, clerk: str, comes: bool) -> None:
        """A supervisor takes an abandoned window; often another sits down and goes on with who is there."""
        model = self.hall.release_window
        self.press(f"release {code}", "supervisor", lambda uow: seats.release_window(uow, code), lambda: model(code))
        if comes:
            self.open_window(code, clerk, leave=True)

    @rule(code=WINDOWS, who=WHO)
    def close_window(self, code: str, who: str) -> None:
        clerk, model = self.clerk_of(code, who), self.hall.close_window
        order = seats.close_window
        self.press(f"close {code}", str(clerk), lambda uow: order(uow, code, clerk), lambda: model(code, clerk), 200)

    @rule(code=WINDOWS, clerk=CLERKS, leave=st.booleans())
    def take_over_on_the_spot(self, code: str, clerk: str, leave: bool) -> None:
        who, model = self.who(clerk), self.hall.take_over
        self.press(
            f"take over {code}",
            clerk,
            lambda uow: seats.take_over(uow, code, who, "supervisor", leave),
            lambda: model(code, who, leave),
            body=str(leave),
        )

    @rule(code=WINDOWS, clerk=st.sampled_from(["wang", "li", "clerk-5"]))
    def take_over(self, code: str, clerk: str) -> None:
        """The supervisor closes a window whose clerk is gone, and another sits down."""
        self.close_window(code, "supervisor")
        self.open_window(code, clerk, leave=True)

    @rule(code=WINDOWS, who=WHO, reason=st.sampled_from(list(PauseReason)))
    def pause(self, code: str, who: str, reason: PauseReason) -> None:
        clerk, model = self.clerk_of(code, who), self.hall.pause
        self.press(
            f"pause {code}",
            str(clerk),
            lambda uow: seats.pause(uow, code, clerk, reason),
            lambda: model(code, clerk, reason.value),
            body=reason,
        )

    @rule(code=WINDOWS, who=WHO)
    def resume(self, code: str, who: str) -> None:
        clerk, model = self.clerk_of(code, who), self.hall.resume
        self.press(f"resume {code}", str(clerk), lambda uow: seats.resume(uow, code, clerk), lambda: model(code, clerk))

    # -- days --------------------------------------------------------------------------------

    @rule()
    def open_day(self) -> None:
        self.press("open day", "supervisor", days.open_day, self.hall.open_day)

    @precondition(late)
    @rule(force=st.sampled_from([False, False, True]), goes_on=st.sampled_from([True, True, False]))
    def close_day(self, force: bool, goes_on: bool) -> None:
        """By hand. The close that follows may be cut off, and is taken up again later."""
        order, model = days.begin_close, self.hall.begin_close
        self.press("close day", "supervisor", lambda uow: order(uow, force), lambda: model(force), body=str(force))
        if goes_on:
            self.finish_close()

    @precondition(lambda self: self.hall.today.state == "closing")
    @rule()
    def close_a_portion(self) -> None:
        def some() -> bool:
            with self.uow() as uow:
                return days.close_some(uow)

        self.by_itself("close some", some, lambda: self.hall.close_some(PORTION))

    @precondition(lambda self: self.hall.today.state == "closing")
    @rule()
    def finish_close(self) -> None:
        self.by_itself("finish close", lambda: days.finish_close(self.uow), self._closed)

    def _closed(self) -> None:
        while not self.hall.close_some(PORTION):
            pass

    @precondition(lambda self: self.hall.begin() or self.hall.due())
    @rule()
    def keep_timetable(self) -> None:
        self.by_itself("timetable", lambda: days.keep_timetable(self.uow), self._as_timetabled)

    def _as_timetabled(self) -> None:
        hall = self.hall
        while (due := hall.due()) is not None:
            if due == "open":
                hall.open_day(False)
                return
            if hall.is_open:
                hall.begin_close(True)
            self._closed()

    def clock_to_midnight(self, after: int) -> None:
        """The clock goes to ``after`` seconds past the next midnight of the hall."""
        hall = self.hall
        now = max(hall.real + hall.offset, hall.last_at)
        hall.real += ((now + ZONE) // DAY + 1) * DAY - ZONE + after * SECOND - now
