"""Which calls are spoken, and in which order."""

from datetime import timedelta

import pytest

from display_client.calls import CallQueue
from display_client.duty import Me
from display_client.reducer import apply, nothing
from tests.display.halls import EPOCH, NINE, called, iso, windows, zones

ME = Me("box-1", None)


class Box:
    """A queue and the hall's state it follows."""

    def __init__(self):
        self.clock = 0.0
        self.state, self.queue = {**nothing(), "windows": windows()}, CallQueue(lambda: self.clock)

    def stand(self, me=ME, **settings):
        """In a hall with these zones, as this device."""
        self.queue.me, self.state["zones"] = me, zones(**settings)

    def hear(self, *changes, after_s=0.0, epoch=EPOCH):
        for data in changes:
            apply(self.state, data)
        self.queue.update(self.state, epoch, NINE + timedelta(seconds=after_s))

    def take_all(self):
        taken = []
        while turn := self.queue.take(0):
            taken.append((turn.call.seq, turn.call.number))
        return taken

    def take(self):
        return self.queue.take(0).call


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
    first = box.take()
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

    assert box.take().words()["window"] == {"kind": "zero", "number": number}


def test_a_call_of_another_announcers_zone_is_left_to_it_for_three_seconds(box):
    box.stand(hall={"announcer": "box-2"})
    box.hear(called(5, "A001"))
    assert box.take_all() == []

    box.clock = 3.0
    assert box.take_all() == [(5, "A001")]


def test_the_three_seconds_begin_when_the_announcer_last_came_to_an_end(box):
    box.stand(hall={"announcer": "box-2"})
    box.hear(called(4, "A000"), called(5, "A001", "4"))
    box.hear({"announcements": [{"seq": 4, "state": "ended", "ended_at": iso(5)}]}, after_s=7)
    assert box.take_all() == []

    box.clock = 1.0
    assert box.take_all() == [(5, "A001")]


def test_after_a_cut_the_announcer_has_three_seconds_as_well(box):
    box.stand(hall={"announcer": "box-2"})
    box.hear(called(5, "A001"), after_s=20)
    assert box.take_all() == []

    box.clock = 3.0
    assert box.take_all() == [(5, "A001")]


def test_what_was_refused_stays_and_is_tried_again_after_its_pause(box):
    box.stand(hall={"announcer": None})
    box.hear(called(5, "A001"), called(6, "B001", "4"))
    first = box.take()
    box.queue.put_back(first, 1.5)

    assert box.queue.take(0) is None, "what follows in the zone does not overtake it"
    box.clock = 1.5
    assert box.take_all() == [(5, "A001"), (6, "B001")]


def test_what_was_settled_meanwhile_is_not_put_back(box):
    box.hear(called(5, "A001"))
    call = box.take()
    box.hear({"announcements": [{"seq": 5, "state": "started"}]})
    box.queue.put_back(call, 0.0)

    assert box.take_all() == []


def test_a_box_speaks_for_its_own_zone_only(box):
    box.stand(Me("box-1", "a"), a={"announcer": "box-1"}, b={})
    box.hear(called(5, "A001", zone="b"), called(6, "B001", "4", zone="a"))

    assert box.take_all() == [(6, "B001")]


def test_a_box_of_the_whole_hall_speaks_for_all_zones_in_order(box):
    box.stand(a={"announcer": "box-1"}, b={"announcer": "box-1"}, c={"announcer": "box-2"})
    box.hear(called(5, "A001", zone="c"), called(6, "B001", "4", zone="a"), called(7, "C001", "5", zone="b"))

    assert box.take_all() == [(6, "B001"), (7, "C001")]


def test_calls_to_one_window_are_one_announcement(box):
    box.stand(hall={"announcer": "box-1"})
    box.hear(called(5, "A001"), called(6, "A002"), called(7, "A003"), called(8, "A004"), called(9, "B001", "4"))

    assert box.take().words()["also"] == ["A002", "A003"]
    assert box.take_all() == [(8, "A004"), (9, "B001")]


def test_only_neighbours_of_one_language_and_no_recalls_are_put_together(box):
    box.stand(hall={"announcer": "box-1"})
    box.hear(called(5, "A001"), called(6, "B001", "4"), called(7, "A002"), called(8, "A003", lang="en"))
    box.hear(called(9, "A004", repeat=True, lang="en"))

    assert [seq for seq, _ in box.take_all()] == [5, 6, 7, 8, 9]


def test_the_more_wait_the_less_is_said(box):
    box.stand(hall={"announcer": "box-1"})
    box.hear(*(called(5 + n, f"A00{n}", str(n % 5 + 1)) for n in range(5)))
    said = []
    while turn := box.queue.take(0):
        said.append((turn.script.langs, turn.script.chime))

    assert said == [
        (("zh",), "short"),
        (("zh",), "short"),
        (("zh",), "long"),
        (("zh", "en"), "long"),
        (("zh", "zh", "en"), "long"),
    ]


def test_in_quiet_hours_nothing_is_taken_and_nothing_is_made_up_for_afterwards(box):
    # NINE is 01:00 UTC: nine o'clock in the hall.
    box.stand(hall={"announcer": "box-1", "quiet": [["08:55", "09:05"]]})
    box.hear(called(5, "A001"))
    assert box.take_all() == []
    box.hear(called(6, "B001", "4", after_s=285), after_s=290)
    assert box.take_all() == []

    box.hear(after_s=301)
    assert box.take_all() == [(6, "B001")]
    assert len(box.queue) == 0


@pytest.mark.parametrize(("after_s", "taken"), [(0.0, []), (5.9, []), (6.0, [(5, "A001")])])
def test_a_mute_box_waits_whether_somebody_else_speaks(box, after_s, taken):
    box.stand(hall={"announcer": None})
    box.queue.audible = False
    box.hear(called(5, "A001"))
    box.clock = after_s

    assert box.take_all() == taken


def test_a_mute_box_leaves_the_zone_of_another_alone(box):
    box.stand(hall={"announcer": "box-2"})
    box.queue.audible = False
    box.hear(called(5, "A001"))
    box.clock = 20.0

    assert box.take_all() == []


def test_zones_that_nobody_holds_are_named_first(box):
    box.stand(a={"announcer": "box-2"}, b={}, c={"announcer": "box-1"})
    box.hear()

    assert box.queue.unheld() == ["b", "a"]
