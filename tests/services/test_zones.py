"""One announcer a zone: the lease is taken, kept, lost and taken over; what was shown is proved."""

import pytest

from queue_server.domain.device_errors import (
    AlreadyStarted,
    DeviceMute,
    NotAnnouncer,
    NotYourZone,
    UnknownDevice,
    UnknownZone,
)
from queue_server.domain.numbering import TicketClass
from queue_server.services import announcements, counters, intake, zones
from queue_server.store import tables
from tests.services.looking import faults, refused, rows, types
from tests.services.zoned import AREA, announcer, call, called, here, speak, start
from tests.support.halls import Bench

# -- the lease -------------------------------------------------------------------------------------


def test_the_first_that_starts_a_call_becomes_the_announcer_and_the_next_is_refused(zoned: Bench) -> None:
    here(zoned, one={"sound": "ok"}, two={"sound": "ok"})
    first, second = called(zoned, "1"), called(zoned, "2")

    start(zoned, first, "one")
    assert announcer(zoned) == "one"
    assert types(zoned.store)[-2:] == ["zone.announcer_changed", "announcement.started"]
    with refused(zoned, NotAnnouncer, zone="a", device="one"):
        start(zoned, second, "two")
    with refused(zoned, AlreadyStarted):
        start(zoned, first, "two")

    zoned.do(announcements.end, first, "one")
    start(zoned, second, "one")
    assert types(zoned.store)[-2:] == ["announcement.ended", "announcement.started"], "no second change"
    assert faults(zoned.store) == []


def test_a_dead_announcer_s_zone_is_the_next_one_s_at_once(zoned: Bench) -> None:
    here(zoned, one={"sound": "ok"})
    speak(zoned, called(zoned), "one")
    zoned.clock.forward(seconds=6.5)
    seq = called(zoned, "2")

    start(zoned, seq, "two")

    assert announcer(zoned) == "two"
    with refused(zoned, NotAnnouncer, device="two"):
        zoned.do(zones.ask, "a", "one")


def test_a_living_announcer_that_leaves_the_head_alone_loses_the_zone_after_three_seconds(zoned: Bench) -> None:
    here(zoned, one={"sound": "ok"}, two={"sound": "ok"})
    zoned.do(zones.ask, "a", "one")
    seq = called(zoned)
    zoned.clock.forward(seconds=2.9)
    with refused(zoned, NotAnnouncer):
        start(zoned, seq, "two")
    zoned.clock.forward(seconds=0.1)

    start(zoned, seq, "two")

    assert announcer(zoned) == "two"


def test_an_announcer_that_is_speaking_or_has_just_ended_is_left_its_queue(zoned: Bench) -> None:
    here(zoned, one={"sound": "ok"}, two={"sound": "ok"})
    first, second = called(zoned, "1"), called(zoned, "2")
    start(zoned, first, "one")
    zoned.clock.forward(seconds=5)
    with refused(zoned, NotAnnouncer):
        start(zoned, second, "two")
    zoned.do(announcements.end, first, "one")
    zoned.clock.forward(seconds=0.9)
    with refused(zoned, NotAnnouncer):
        start(zoned, second, "two")


def test_one_zone_s_announcer_speaks_beside_the_other_s(zoned: Bench) -> None:
    here(zoned, one={"sound": "ok"}, **{"else": {"sound": "ok"}})
    first, other = called(zoned, "1"), called(zoned, "3")
    assert (call(zoned, first)["zone"], call(zoned, other)["zone"]) == ("a", "hall")

    start(zoned, first, "one")
    start(zoned, other, "else")

    assert (announcer(zoned, "a"), announcer(zoned, "hall")) == ("one", "else")


def test_a_device_of_another_zone_is_refused_and_one_of_the_whole_hall_may_hold_several(zoned: Bench) -> None:
    here(zoned, every={"sound": "ok"})
    first, other = called(zoned, "1"), called(zoned, "3")
    with refused(zoned, NotYourZone, zone="a"):
        start(zoned, first, "else")

    speak(zoned, first, "every")
    speak(zoned, other, "every")

    assert (announcer(zoned, "a"), announcer(zoned, "hall")) == ("every", "every")


@pytest.mark.parametrize("reason", ["device", "player"])
def test_a_device_without_sound_holds_nothing_until_it_is_heard_again(zoned: Bench, reason: str) -> None:
    here(zoned, every={"sound": "ok"})
    first, other = called(zoned, "1"), called(zoned, "3")
    speak(zoned, other, "every")
    start(zoned, first, "every")

    zoned.do(announcements.fail, first, "every", reason)

    assert (announcer(zoned, "a"), announcer(zoned, "hall")) == (None, None)
    with refused(zoned, DeviceMute, sound="failed"):
        zoned.do(zones.ask, "a", "every")
    here(zoned, every={"sound": "ok"})
    zoned.do(zones.ask, "a", "every")
    assert announcer(zoned) == "every"
    assert faults(zoned.store) == []


def test_a_failed_rendering_says_nothing_of_the_loudspeaker(zoned: Bench) -> None:
    here(zoned, one={"sound": "ok"})
    seq = called(zoned)
    start(zoned, seq, "one")
    zoned.do(announcements.fail, seq, "one", "render")

    assert announcer(zoned) == "one"


def test_who_is_known_to_be_mute_may_try_where_nobody_else_can_and_is_heard_again(zoned: Bench) -> None:
    here(zoned, one={"sound": "failed"})
    speak(zoned, called(zoned), "one")

    assert rows(zoned.store, tables.devices, id="one")[0]["sound"] == "ok"
    zoned.do(zones.ask, "a", "one")


def test_asking_before_there_is_a_call(zoned: Bench) -> None:
    here(zoned, one={"sound": "ok", "kind": "page"}, two={"sound": "ok", "kind": "box"})
    answer = zoned.do(zones.ask, "a", "one")
    assert (answer["zone"]["announcer"], answer["_nothing"]) == ("one", False)
    assert zoned.do(zones.ask, "a", "one")["_nothing"], "it has it"

    zoned.do(zones.ask, "a", "two")

    assert announcer(zoned) == "two", "a box comes before a page"
    with refused(zoned, NotAnnouncer, device="two"):
        zoned.do(zones.ask, "a", "one")
    with refused(zoned, NotYourZone):
        zoned.do(zones.ask, "a", "else")
    with refused(zoned, UnknownZone):
        zoned.do(zones.ask, "nowhere", "one")
    with refused(zoned, UnknownDevice):
        zoned.do(zones.ask, "a", "nobody")


def test_a_device_that_is_moved_gives_up_what_it_held(zoned: Bench) -> None:
    here(zoned, every={"sound": "ok"})
    for zone in ("a", "b"):
        zoned.do(zones.ask, zone, "every")

    zoned.do(zones.place_device, "every", "b")

    assert (announcer(zoned, "a"), announcer(zoned, "b")) == (None, "every")
    with refused(zoned, UnknownDevice):
        zoned.do(zones.place_device, "f" * 32, "b")
    with refused(zoned, UnknownZone):
        zoned.do(zones.place_device, "every", "nowhere")
    assert faults(zoned.store) == []


# -- silence ---------------------------------------------------------------------------------------


def silence(hall: Bench) -> int:
    with hall.uow() as uow:
        return announcements.report_silence(uow)


def test_a_zone_without_a_device_is_silent_though_another_has_one(zoned: Bench) -> None:
    zoned.clock.forward(seconds=1)
    there, here_ = called(zoned, "1"), called(zoned, "3")
    zoned.clock.forward(seconds=3)
    here(zoned, **{"else": {"sound": "ok"}, "one": {"sound": "muted"}})

    assert silence(zoned) == 1
    assert (call(zoned, there)["state"], call(zoned, here_)["state"]) == ("unspoken", "queued")


def test_in_quiet_hours_the_clerk_is_told_at_once(zoned: Bench) -> None:
    zoned.do(zones.put, "a", {"quiet": [["09:00", "09:30"]]})
    called(zoned, "1")
    zoned.clock.forward(seconds=3)
    here(zoned, one={"sound": "ok"})

    assert silence(zoned) == 1


# -- settings --------------------------------------------------------------------------------------


def test_a_zone_is_made_by_its_names_and_what_is_not_named_stays(hall: Bench) -> None:
    with refused(hall, UnknownZone):
        hall.do(zones.put, "a", {"chime": False})
    made = hall.do(zones.put, "a", AREA)["zone"]
    assert (made["position"], made["languages"], made["chime"]) == (1, ["zh", "en"], True)

    changed = hall.do(zones.put, "a", {"languages": ["zh"], "volumes": [["08:00", 0.5]]})["zone"]

    assert changed == made | {"languages": ["zh"], "volumes": [["08:00", 0.5]]}
    assert types(hall.store)[-2:] == ["zone.created", "zone.changed"]
    assert faults(hall.store) == []


def test_every_hall_has_the_zone_of_windows_that_name_none(hall: Bench) -> None:
    assert [row["code"] for row in rows(hall.store, tables.zones)] == ["hall"]
    seq = called(hall, "1")
    assert call(hall, seq)["zone"] == "hall"


def test_a_window_s_place_and_way(hall: Bench) -> None:
    hall.do(zones.place_window, "1", {"direction": "up", "place": "二楼", "place_en": "Level 2"})
    with refused(hall, UnknownZone):
        hall.do(zones.place_window, "1", {"zone": "nowhere"})
    shown = hall.do(zones.place_window, "1", {"direction": None})["window"]

    assert (shown["direction"], shown["place"], shown["place_en"]) == (None, "二楼", "Level 2")


def test_a_call_carries_the_language_that_the_ticket_was_asked_for(hall: Bench) -> None:
    hall.do(intake.issue, "A", TicketClass.ORDINARY, "kiosk", "en")
    hall.call("1")
    ticket = hall.do(counters.recall, rows(hall.store, tables.tickets)[0]["id"], "clerk-1")

    assert [row["lang"] for row in rows(hall.store, tables.announcements)] == ["en", "en"]
    assert ticket["ticket"]["lang"] == "en"
