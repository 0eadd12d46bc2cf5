"""The driver: order of the agenda, pace, and learning in the server's order."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from counter_client.api import Answer, Refusal
from counter_client.book import Book
from counter_client.desk import Desk
from counter_client.drive import Driver
from counter_client.floor import Agenda, Floor, Press
from counter_client.hall_clock import HallClock, day_to_drive, midnight
from counter_client.plan import Break, Person, Return, Shift, Stay

NINE = 9 * 3600
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Scripted:
    """Stands for everybody's Api: answers by the last word of the path, keeps what was pressed."""

    def __init__(self, **answers: dict | Refusal) -> None:
        self.answers, self.pressed = answers, []

    def order(self, method: str, path: str, body: dict) -> Answer:
        self.pressed.append((path, body))
        answer = self.answers.get(path.rsplit("/", 1)[-1], {"seq": 1})
        if isinstance(answer, Refusal):
            raise answer
        return Answer(201, answer)


class StillClock(HallClock):
    def __init__(self) -> None:
        self.steps = 0

    def go_to(self, when: float) -> None:
        self.steps += 1


@pytest.fixture
def agenda() -> Agenda:
    return Agenda()


def test_the_agenda_is_worked_off_by_time_and_then_in_the_order_of_entry(agenda):
    done = []
    for when, name in [(20, "c"), (10, "a"), (10, "b")]:
        agenda.at(when, lambda name=name: done.append(name))
    while due := agenda.due():
        for action in due:
            action()

    assert done == ["a", "b", "c"]


def test_what_is_past_is_done_next_and_never_before_the_present(agenda):
    agenda.at(50, lambda: None)
    agenda.due()
    agenda.at(10, lambda: None)

    assert agenda.next_time() == 50


def test_a_coarse_agenda_rounds_up_so_that_presses_meet():
    agenda = Agenda(grid_s=15)
    agenda.at(31, lambda: None)
    agenda.at(44, lambda: None)

    assert len(agenda.due()) == 2
    assert agenda.now == 45


@pytest.mark.parametrize("workers", [1, 4])
def test_answers_are_learned_in_the_order_of_the_log(agenda, workers):
    learned = []
    for seq in (1, 2, 3) if workers == 1 else (3, 1, 2):
        api = Scripted(x={"seq": seq})
        agenda.at(1, lambda api=api: Press(api, "/x", {}, lambda answer: learned.append(answer.seq)))
    driver = Driver(Floor(agenda, Book(), Scripted(), []), [], StillClock(), workers)
    driver.run(10, lambda when: None)
    driver.shut()

    assert learned == [1, 2, 3]
    assert driver.orders == 3


def test_nobody_waits_is_learned_after_the_event_it_comes_after(agenda):
    learned = []
    for body in ({"seq": 4, "ticket": None, "finished": None}, {"seq": 4, "ticket": {}}):
        api = Scripted(x=body)
        agenda.at(1, lambda api=api: Press(api, "/x", {}, lambda answer: learned.append(answer.body["ticket"])))
    driver = Driver(Floor(agenda, Book(), Scripted(), []), [], StillClock(), 2)
    driver.run(10, lambda when: None)
    driver.shut()

    assert learned == [{}, None]


def test_a_refusal_is_counted_and_told_to_who_pressed(agenda):
    told = []
    api = Scripted(x=Refusal("window_busy", {}, 409))
    agenda.at(1, lambda: Press(api, "/x", {}, lambda answer: None, told.append))
    floor = Floor(agenda, Book(), Scripted(), [])
    Driver(floor, [], StillClock(), 1).run(10, lambda when: None)

    assert floor.refusals == {"window_busy": 1}
    assert [refusal.code for refusal in told] == ["window_busy"]


# A desk.


def view(number: str, **more: str) -> dict:
    times = dict.fromkeys(("issued_at", "reference_at", "joined_at"), "2026-11-24T01:00:00.000000Z")
    now = dict.fromkeys(("called_at", "started_at", "ended_at"), "2026-11-24T01:10:00.000000Z")
    return {"id": f"id-{number}", "number": number, "line": "A", "state": "-", **times, **now, **more}


ONE = {"ticket": view("A001"), "seq": 2}
CALLED = {"ticket": view("A001"), "finished": None, "seq": 3}
NOBODY = {"ticket": None, "finished": view("A001"), "seq": 9}


def floor_with(agenda: Agenda, stay: Stay) -> Floor:
    kiosk = Scripted(tickets=ONE)
    floor = Floor(agenda, Book(), Scripted(reinstatements=ONE), [kiosk])
    agenda.at(NINE, lambda: floor.arrive(Person(0, NINE, False, (stay,))))
    return floor


def drive(floor: Floor, clerk: Scripted, until: float, shift: Shift | None = None) -> list[str]:
    """Run one desk for line A; answers the last words of what its clerk pressed."""
    desk = Desk(floor, clerk, "1", ["A"], shift or Shift(NINE - 60, ()), 10 * 3600)
    floor.agenda.at(NINE - 60, desk.open)
    Driver(floor, [desk], StillClock(), 1).run(until, lambda when: None)
    return [path.rsplit("/", 1)[-1] for path, _ in clerk.pressed]


def stay(**changes: object) -> Stay:
    usual = {
        "line": "A", "arrival": "comes", "walk_s": 30, "handling_s": 300, "ending": "finish", "one_press": True,
    }  # fmt: skip
    return Stay(**(usual | changes))


def test_an_idle_window_calls_when_somebody_comes_and_starts_when_they_have_walked(agenda):
    clerk = Scripted(calls=CALLED, starts=ONE)

    assert drive(floor_with(agenda, stay()), clerk, NINE + 29) == ["sessions", "calls"]
    assert drive(floor_with(Agenda(), stay()), Scripted(calls=CALLED, starts=ONE), NINE + 30)[-1] == "starts"


def test_finishing_and_calling_are_one_press_and_a_window_that_hears_nobody_waits_rests(agenda):
    clerk = Scripted(calls=CALLED, starts=ONE)
    floor = floor_with(agenda, stay())
    agenda.at(NINE + 200, lambda: clerk.answers.update(calls=NOBODY))

    assert drive(floor, clerk, NINE + 3000) == ["sessions", "calls", "starts", "calls"]
    assert clerk.pressed[-1] == ("/windows/1/calls", {"finishing": "id-A001"})
    assert floor.book.served == 1
    assert floor.book.surprises == []


def test_who_does_not_come_is_recalled_once_then_missed_and_put_back_when_they_return(agenda):
    clerk = Scripted(calls=CALLED, recalls=ONE, misses=ONE, starts=ONE, **{"direct-calls": CALLED})
    floor = floor_with(agenda, stay(arrival="misses", back=Return(600, straight=True)))

    pressed = drive(floor, clerk, NINE + 900)
    assert pressed == ["sessions", "calls", "recalls", "misses", "direct-calls", "starts"]
    assert floor.book.surprises == []


def test_who_gives_up_at_the_desk_departs(agenda):
    clerk = Scripted(calls=CALLED, departures=ONE)

    assert drive(floor_with(agenda, stay(arrival="gives_up")), clerk, NINE + 900) == ["sessions", "calls", "departures"]


def test_a_break_begins_after_the_ticket_in_hand(agenda):
    meal = Break(NINE + 100, NINE + 1000, "meal")
    clerk = Scripted(calls=CALLED, starts=ONE, finishes=ONE)

    pressed = drive(floor_with(agenda, stay()), clerk, NINE + 1200, Shift(NINE - 60, (meal,)))
    assert pressed == ["sessions", "calls", "starts", "finishes", "pauses", "resumptions"]
    assert ("/windows/1/pauses", {"reason": "meal"}) in clerk.pressed


def test_an_idle_window_goes_home_when_the_hall_is_empty_after_hours(agenda):
    floor, clerk = Floor(agenda, Book(), Scripted(), []), Scripted()

    assert drive(floor, clerk, 10 * 3600 + 1) == ["sessions", "closing"]


def test_a_window_whose_day_is_over_presses_no_more(agenda):
    clerk = Scripted(calls=Refusal("day_not_open", {}, 409))

    assert drive(floor_with(agenda, stay()), clerk, NINE + 5000) == ["sessions", "calls"]


# The clock.


class Supervisor:
    def __init__(self, *answers: dict | Refusal) -> None:
        self.answers, self.steps = list(answers), []

    def order(self, method: str, path: str, body: dict) -> Answer:
        self.steps.append(body["to"])
        answer = self.answers.pop(0)
        if isinstance(answer, Refusal):
            raise answer
        return Answer(201, answer)


MIDNIGHT = midnight(date(2026, 11, 24), "Asia/Shanghai")


def test_a_step_is_asked_for_in_utc_and_the_answer_is_the_time(agenda):
    supervisor = Supervisor({"now": "2026-11-24T01:00:00.000000Z"})
    clock = HallClock(supervisor, MIDNIGHT, speed=0, real=lambda: 5.0)
    clock.go_to(NINE)

    assert supervisor.steps == ["2026-11-24T01:00:00.000000Z"]
    assert clock.now() == NINE


def test_no_step_is_asked_for_when_the_hall_is_past_it():
    supervisor = Supervisor()
    clock = HallClock(supervisor, MIDNIGHT, speed=0, real=lambda: 5.0)
    clock.heard("2026-11-24T01:00:10.000000Z")
    clock.go_to(NINE)

    assert supervisor.steps == []


def test_a_hall_that_is_further_than_thought_is_believed():
    supervisor = Supervisor(Refusal("clock_backwards", {"now": "2026-11-24T01:30:00.000000Z"}, 409))
    clock = HallClock(supervisor, MIDNIGHT, speed=0, real=lambda: 5.0)
    clock.go_to(NINE)

    assert clock.now() == NINE + 1800


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 24, 8, 9, tzinfo=SHANGHAI), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 8, 20, tzinfo=SHANGHAI), date(2026, 11, 25)),
        (datetime(2026, 11, 27, 19, 0, tzinfo=SHANGHAI), date(2026, 11, 30)),
        (datetime(2026, 11, 28, 7, 0, tzinfo=SHANGHAI), date(2026, 11, 30)),
    ],
    ids=["early today", "already begun", "friday evening", "saturday"],
)
def test_the_day_is_today_when_it_is_early_and_else_the_next_working_day(now, day):
    assert day_to_drive(now, [1, 2, 3, 4, 5], 8 * 3600 + 600) == day


def test_a_day_begins_at_the_halls_midnight():
    assert datetime(2026, 11, 23, 16, tzinfo=UTC) == MIDNIGHT
