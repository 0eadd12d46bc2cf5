"""Which calls are spoken, and in which order."""

from datetime import timedelta

import pytest

from display_client.calls import CallQueue
from display_client.reducer import apply, nothing
from tests.display.halls import EPOCH, NINE, called, windows


class Box:
    """A queue and the hall's state it follows."""

    def __init__(self):
        self.state, self.queue = {**nothing(), "windows": windows()}, CallQueue()

    def hear(self, *changes, after_s=0.0, epoch=EPOCH):
        for data in changes:
            apply(self.state, data)
        self.queue.update(self.state, epoch, NINE + timedelta(seconds=after_s))

    def take_all(self):
        taken = []
        while call := self.queue.take(0):
            taken.append((call.seq, call.number))
        return taken


@pytest.fixture
def box():
    return Box()


def test_first_called_is_first_spoken_and_each_once(box):
    box.hear(called(5, "A001"), called(6, "B001", "4"))
    box.hear()

    assert box.take_all() == [(5, "A001"), (6, "B001")]
    box.hear()
    assert box.take_all() == []


def test_a_recall_takes_the_place_of_its_own_queued_call(box):
    box.hear(called(5, "A001"), called(6, "B001", "4"))
    box.hear(called(7, "A001", repeat=True))

    assert box.take_all() == [(7, "A001"), (6, "B001")]


def test_a_recall_of_a_call_already_spoken_goes_to_the_end(box):
    box.hear(called(5, "A001"))
    assert box.take_all() == [(5, "A001")]
    box.hear({"announcements": [{"seq": 5, "state": "ended"}]}, called(6, "B001", "4"), called(7, "A001", repeat=True))

    assert box.take_all() == [(6, "B001"), (7, "A001")]


@pytest.mark.parametrize("state", ["started", "ended", "failed", "replaced"])
def test_what_is_settled_elsewhere_leaves_the_queue(box, state):
    box.hear(called(5, "A001"))
    box.hear({"announcements": [{"seq": 5, "state": state}]})

    assert box.take_all() == []


def test_what_nobody_has_spoken_yet_is_still_to_be_spoken(box):
    box.hear(called(5, "A001"))
    box.hear({"announcements": [{"seq": 5, "state": "unspoken"}]}, after_s=46)

    assert box.take_all() == [(5, "A001")]


@pytest.mark.parametrize(
    "change", [{"state": "serving"}, {"state": "missed"}, {"state": "done"}, {"window": "5"}], ids=str
)
def test_a_ticket_that_is_no_longer_called_there_is_not_spoken(box, change):
    box.hear(called(5, "A001"), called(6, "B001", "4"))
    first = box.queue.take(0)
    box.hear({"tickets": [{"number": "A001", **change}]}, {"tickets": [{"number": "B001", **change}]})

    assert not box.queue.still_wanted(first)
    assert box.take_all() == []


@pytest.mark.parametrize(("age_s", "spoken"), [(29.9, [(5, "A001")]), (30.0, [])])
def test_after_a_reconnect_only_calls_younger_than_thirty_seconds_are_spoken(box, age_s, spoken):
    box.hear(called(5, "A001"), after_s=1)
    box.queue.forget()
    assert box.take_all() == []

    box.hear(after_s=age_s)

    assert box.take_all() == spoken


def test_a_call_too_old_when_met_never_becomes_young(box):
    box.hear(called(5, "A001"), after_s=31)
    box.hear(after_s=2)

    assert box.take_all() == []


def test_another_history_may_use_the_same_numbers_for_other_calls(box):
    box.hear(called(5, "A001"))
    assert box.take_all() == [(5, "A001")]
    box.state = {**nothing(), "windows": windows()}
    box.hear(called(5, "B007"), epoch="epoch-2")

    assert box.take_all() == [(5, "B007")]


@pytest.mark.parametrize(("zero_windows", "number"), [(1, None), (2, 1)])
def test_the_only_zero_window_has_no_desk_number(box, zero_windows, number):
    box.state["windows"] = windows(zero_windows)
    box.hear(called(5, "Z001", "Z1"))

    assert box.queue.take(0).words()["window"] == {"kind": "zero", "number": number}
