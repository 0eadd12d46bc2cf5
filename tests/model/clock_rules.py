"""Time: it passes, is set back, is stepped; midnight comes."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.domain.events import moment
from queue_server.services import days
from tests.model.desk_rules import SOME
from tests.model.floor_rules import late
from tests.model.papers import DAY, HOUR, MINUTE, SECOND
from tests.model.story_rules import StoryRules
from tests.model.work_rules import SEATS

SHORT = st.sampled_from([1, 20, 60, 300])


class ClockRules(StoryRules):
    @rule(seconds=SHORT, n=SOME, code=SEATS)
    def time_passes(self, seconds: int, n: int, code: str) -> None:
        self.hall.real += seconds * SECOND
        self.work(n, code)

    @rule(minutes=st.sampled_from([9, 10, 15, 31]), n=SOME, code=SEATS)
    def long_time_passes(self, minutes: int, n: int, code: str) -> None:
        self.hall.real += minutes * MINUTE
        self.work(n, code)

    @precondition(late)
    @rule(hours=st.sampled_from([4, 9, 49]))
    def hours_pass(self, hours: int) -> None:
        """More than 48: answers are forgotten."""
        self.hall.real += hours * HOUR

    @precondition(late)
    @rule(after=st.sampled_from([-1, 0, 1, 8 * 3600]))
    def midnight(self, after: int) -> None:
        """The clock goes to a moment around the next midnight of the hall, or to the next morning."""
        self.clock_to_midnight(after)

    @rule(back=st.sampled_from([SECOND, 10 * MINUTE, 3 * HOUR]), n=SOME, code=SEATS)
    def clock_is_set_back(self, back: int, n: int, code: str) -> None:
        """By an administrator or by the network; the hall's time stands until the clock has caught up."""
        self.hall.real -= back
        self.work(n, code)

    @rule(by=st.sampled_from([0, SECOND, 20 * MINUTE, 9 * HOUR, 32 * DAY, -1, -HOUR]), then=st.booleans())
    def step_clock(self, by: int, then: bool) -> None:
        """A demonstration's clock: forward as far as a month, backwards never."""
        hall = self.hall
        now = max(hall.real + hall.offset, hall.last_at)
        by = by if late(self) or not HOUR < by < 31 * DAY else MINUTE
        to = now + by
        self._step(to)
        if then:
            self.keep_timetable()

    def _step(self, to: int) -> None:
        order, model = days.step_clock, self.hall.step_clock
        self.press("step clock", "supervisor", lambda uow: order(uow, moment(to)), lambda: model(to), body=str(to))
