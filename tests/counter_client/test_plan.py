"""What the plan of a day promises."""

import statistics
from collections import Counter
from itertools import pairwise
from random import Random

import pytest

from counter_client import demand, plan
from counter_client.demand import LINES, MINUTE, ZERO, seconds_of

HOURS = [["08:30", "12:00"], ["14:00", "17:30"]]
#: Large enough for shares to be close to what they should be.
CROWD = 13_000


@pytest.fixture(scope="module")
def day() -> list[plan.Person]:
    return plan.people(1, 1300)


@pytest.fixture(scope="module")
def crowd() -> list[plan.Person]:
    return plan.people(7, CROWD)


def rate(people: list[plan.Person], begins: str, ends: str) -> float:
    """Arrivals a minute."""
    first, last = seconds_of(begins), seconds_of(ends)
    return sum(first <= person.at_s < last for person in people) / ((last - first) / MINUTE)


@pytest.mark.parametrize("tickets", [0, 1, 7, 100, 1300, 1308, 2000])
def test_the_lines_share_exactly_the_tickets_asked_for(tickets):
    people = plan.people(1, tickets)

    assert len(people) == tickets
    assert Counter(person.stays[0].line for person in people) == Counter(demand.counts(tickets))


def test_each_line_gets_its_share_to_the_nearest_ticket():
    counted = demand.counts(1300)

    assert all(abs(counted[letter] - 1300 * LINES[letter].tickets / 1308) < 1 for letter in LINES)


def test_everybody_comes_between_ten_past_eight_and_a_quarter_past_five_in_order(day):
    times = [person.at_s for person in day]

    assert times == sorted(times)
    assert seconds_of("08:10") <= times[0]
    assert times[-1] < seconds_of("17:15")


def test_people_burst_in_at_both_openings_and_noon_is_thin(crowd):
    assert rate(crowd, "08:30", "08:45") > 1.5 * rate(crowd, "08:10", "08:30")
    assert rate(crowd, "14:00", "14:20") > 1.5 * rate(crowd, "14:20", "16:00")
    assert rate(crowd, "12:00", "14:00") < 0.3 * rate(crowd, "11:00", "12:00")


def test_the_peak_is_the_middle_of_the_morning(crowd):
    peak = rate(crowd, "09:30", "11:00")

    assert all(peak > rate(crowd, begins, ends) for begins, ends in [("08:45", "09:30"), ("11:00", "12:00")])


@pytest.mark.parametrize("line", ["A", "B", ZERO])
def test_handling_has_the_mean_of_its_line_and_varies_by_seven_tenths(line):
    chance = Random(3)
    drawn = [demand.handling_s(chance, line) for _ in range(20_000)]
    mean = statistics.fmean(drawn)

    assert mean == pytest.approx(LINES[line].minutes * MINUTE, rel=0.03)
    assert statistics.pstdev(drawn) / mean == pytest.approx(0.7, abs=0.04)


def test_the_same_seed_gives_the_same_day_and_another_another(day):
    assert plan.people(1, 1300) == day
    assert plan.people(2, 1300) != day
    assert plan.shift(1, "3", False, HOURS) == plan.shift(1, "3", False, HOURS)


def test_the_shares_are_those_of_the_design(crowd):
    first = [person.stays[0] for person in crowd]
    arrivals = Counter(stay.arrival for stay in first)
    handed_on = [stay.ending == "hand_on" for stay in first if stay.line == ZERO and stay.arrival == "comes"]

    assert sum(person.care for person in crowd) / CROWD == pytest.approx(0.12, abs=0.01)
    assert arrivals["misses"] / CROWD == pytest.approx(0.04, abs=0.007)
    assert arrivals["vanishes"] / CROWD == pytest.approx(0.02, abs=0.005)
    assert arrivals["gives_up"] / CROWD == pytest.approx(0.01, abs=0.004)
    assert statistics.fmean(handed_on) == pytest.approx(0.25, abs=0.03)


def test_only_the_missed_come_back_and_within_half_an_hour(crowd):
    stays = [stay for person in crowd for stay in person.stays]
    missed = [stay for stay in stays if stay.arrival == "misses"]

    assert all(stay.back is None for stay in stays if stay.arrival != "misses")
    assert all(stay.back.after_s < 30 * MINUTE for stay in missed if stay.back)
    assert sum(stay.back is not None for stay in missed) / len(missed) == pytest.approx(0.6, abs=0.08)


def test_a_journey_ends_after_at_most_three_lines_and_never_goes_from_a_line_to_itself(crowd):
    for person in crowd:
        assert len(person.stays) <= plan.MOST_STAYS
        assert [stay.ending == "finish" for stay in person.stays] == [*[False] * (len(person.stays) - 1), True]
        assert all(before.line != after.line for before, after in pairwise(person.stays))


def test_windows_open_at_half_past_eight_or_a_little_late():
    opened = [plan.shift(1, str(code), False, HOURS).opens_s - seconds_of("08:30") for code in range(1, 51)]

    assert opened.count(0) > 35
    assert all(0 <= late < 12 * MINUTE for late in opened)


def test_a_meal_ends_with_the_noon_hour_and_a_rest_lasts_its_length():
    shift = plan.shift(1, "3", False, HOURS)
    meal = next(pause for pause in shift.breaks if pause.reason == "meal")
    rest = next(pause for pause in shift.breaks if pause.reason == "rest")

    assert meal.until(seconds_of("12:20")) == seconds_of("14:00")
    assert rest.until(rest.starts_s + 300) == rest.ends_s + 300


def test_a_window_that_stays_through_noon_has_no_meal():
    assert all(pause.reason == "rest" for pause in plan.shift(1, "Z1", True, HOURS).breaks)
