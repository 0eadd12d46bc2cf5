"""What was shown is proved; the figures of zones and screens."""

from typing import Any

import pytest

from queue_server.services import presence, voice
from queue_server.services.presence import Sign
from queue_server.store import people, tables
from tests.services.looking import events, faults, rows, types
from tests.services.zoned import call, called, here, start
from tests.support.halls import HALL, Bench

# -- shown -----------------------------------------------------------------------------------------


def proof(hall: Bench, seq: int) -> tuple[Any, ...]:
    row = call(hall, seq)
    return row["shown"], row["of"], row["shown_at"], row["unshown_at"]


def test_the_first_screen_and_the_last_are_told_in_one_event_for_all_calls(zoned: Bench) -> None:
    here(zoned, one={"shown": 0}, two={"shown": 0})
    first, second = called(zoned, "1"), called(zoned, "2")
    before = len(types(zoned.store))

    here(zoned, one={"shown": second}, two={"shown": first})
    assert (proof(zoned, first)[:2], proof(zoned, second)[:2]) == ((2, 2), (1, 2))
    here(zoned, one={"shown": second}, two={"shown": second})
    here(zoned, one={"shown": second}, two={"shown": second})

    assert types(zoned.store, before) == ["announcement.shown", "announcement.shown"]
    assert proof(zoned, second)[:2] == (2, 2)
    assert faults(zoned.store) == []


def test_what_was_drawn_of_another_history_proves_nothing(zoned: Bench) -> None:
    seq = called(zoned)

    here(zoned, one={"shown": seq, "epoch": "another"})
    assert proof(zoned, seq)[0] is None
    here(zoned, one={"shown": seq, "epoch": zoned_epoch(zoned)})
    assert proof(zoned, seq)[0] == 1


def zoned_epoch(hall: Bench) -> str:
    found: str = rows(hall.store, tables.hall_head)[0]["epoch"]
    return found


def unshown(hall: Bench) -> int:
    with hall.store.reading() as connection:
        wanted = presence.has_unshown(connection, HALL, hall.clock())
    with hall.uow() as uow:
        found = presence.report_unshown(uow)
    assert wanted is (found > 0)
    return found


def test_a_call_that_no_living_screen_draws_is_reported_once_and_may_still_be_shown(zoned: Bench) -> None:
    here(zoned, one={"shown": 0})
    seq = called(zoned)
    zoned.clock.forward(seconds=2.9)
    assert unshown(zoned) == 0
    zoned.clock.forward(seconds=0.1)

    assert unshown(zoned) == 1
    assert unshown(zoned) == 0
    assert events(zoned.store)[-1].type == "announcement.unshown"
    here(zoned, one={"shown": seq})
    assert proof(zoned, seq)[:2] == (1, 1)


def test_a_hall_without_screens_that_say_what_they_draw_reports_nothing(zoned: Bench) -> None:
    here(zoned, one={"sound": "ok"})
    called(zoned)
    zoned.clock.forward(seconds=10)

    assert unshown(zoned) == 0


@pytest.mark.parametrize(
    "told",
    [None, [], "x", {"shown": "5"}, {"shown": True}, {"shown": -1}, {"shown": 10**15}, {"sound": "loud"}, {"kind": 7}],
    ids=str,
)
def test_odd_signs_of_life_are_signs_of_life(told: Any) -> None:
    assert Sign.of(told) == Sign()
    assert Sign.of(told).says_nothing


# -- figures ---------------------------------------------------------------------------------------


def figures(hall: Bench) -> dict[str, Any]:
    with hall.store.reading() as connection:
        return voice.figures(connection, HALL, hall.clock())


def test_the_figures_of_zones_and_screens(zoned: Bench) -> None:
    with zoned.uow() as uow:
        for device in ("one", "two", "every"):
            people.update_device(uow.connection, device, enrolled_at=uow.real_now)
    here(zoned, one={"sound": "ok", "kind": "box", "shown": 0}, two={"stale": True, "sound": "none"})
    first, second = called(zoned, "1"), called(zoned, "2")
    zoned.clock.forward(seconds=21)
    here(zoned, one={"sound": "ok", "kind": "box", "shown": first})
    start(zoned, first, "one")

    shown = figures(zoned)

    by_zone = {zone["zone"]: zone for zone in shown["zones"]}
    assert by_zone["a"] == {
        **{"zone": "a", "announcer": "one", "sounding": True, "depth": 1, "oldest_s": 21.0},
        **{"p95_s": 21.0, "n": 1, "hint": "split_zone"},
    }
    assert by_zone["hall"] | {"zone": ""} == {
        **{"zone": "", "announcer": None, "sounding": False, "depth": 0, "oldest_s": None},
        **{"p95_s": None, "n": 0, "hint": None},
    }
    by_name = {one["id"]: one for one in shown["devices"]}
    assert {name: (one["state"], one["behind"]) for name, one in by_name.items()} == {
        "one": ("live", 1),
        "two": ("silent", None),
        "every": ("silent", None),
    }
    assert (by_name["one"]["kind"], by_name["one"]["shown_seq"]) == ("box", first)
    here(zoned, two={"stale": True})
    assert {one["id"]: one["state"] for one in figures(zoned)["devices"]}["two"] == "stale"
    zoned.clock.forward(minutes=61)
    assert figures(zoned)["zones"][0]["n"] == 0
    assert second
