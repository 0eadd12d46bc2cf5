"""Zones over HTTP: settings, announcers, places, figures."""

from typing import Any

import pytest

from queue_server.services import presence
from queue_server.services.presence import Sign
from queue_server.store import tables
from tests.services.looking import rows
from tests.support.halls import HALL
from tests.web.visitors import Site, error

ROOT = f"/api/halls/{HALL}"


def test_a_manager_makes_a_zone_and_changes_its_settings(site: Site) -> None:
    manager = site.visitor("manager")
    assert error(manager.send("PUT", f"{ROOT}/zones/2f", {"chime": False})) == (404, "unknown_zone")

    made: Any = manager.send("PUT", f"{ROOT}/zones/2f", {"name": "二楼", "name_en": "Level 2"})
    settings = {"quiet": [["12:00", "13:30"]], "volumes": [["08:00", 0.8]], "languages": ["zh"], "chime": False}
    changed: Any = manager.send("PUT", f"{ROOT}/zones/2f", settings)

    assert (made.status_code, changed.status_code) == (200, 200)
    assert changed.json["zone"] == made.json["zone"] | settings
    snapshot = manager.get(f"{ROOT}/snapshot").json["snapshot"]
    assert snapshot["zones"]["2f"] == changed.json["zone"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"languages": []}, "languages"),
        ({"languages": ["zh", "zh"]}, "body"),
        ({"languages": ["fr"]}, "languages"),
        ({"quiet": [["12:00", "12:00"]]}, "quiet"),
        ({"quiet": [["12:00"]]}, "quiet"),
        ({"quiet": [["24:00", "25:00"]]}, "quiet"),
        ({"volumes": [["08:00", 1.1]]}, "volumes"),
        ({"volumes": [["08:00", 1], ["08:00", 0.5]]}, "body"),
        ({"announcer": "f" * 32}, "announcer"),
    ],
    ids=str,
)
def test_odd_settings_are_refused(shared_site: Site, body: dict[str, Any], field: str) -> None:
    answer = shared_site.visitor("manager").send("PUT", f"{ROOT}/zones/hall", body)

    assert error(answer) == (400, "bad_request")
    assert str(answer.json["facts"]["field"]).split(".")[0] == field  # type: ignore[index]


def test_a_window_s_place_keeps_what_is_not_named(site: Site) -> None:
    manager = site.visitor("manager")
    manager.send("PUT", f"{ROOT}/windows/1/place", {"direction": "up", "place": "二楼", "place_en": "Level 2"})
    answer = manager.send("PUT", f"{ROOT}/windows/1/place", {"direction": None, "zone": "hall"})

    shown = answer.json["window"]  # type: ignore[index]
    assert [shown[name] for name in ("direction", "place", "place_en", "zone")] == [None, "二楼", "Level 2", "hall"]


def test_two_screens_and_one_announcer(site: Site) -> None:
    first = site.visitor("screen")
    one = site.devices["screen"]
    second = site.visitor("screen")
    two = site.devices["screen"]

    assert first.order("/zones/hall/announcer").status_code == 201
    assert first.order("/zones/hall/announcer").status_code == 200
    refused = second.order("/zones/hall/announcer")
    assert (error(refused), refused.json["facts"]) == (  # type: ignore[index]
        (409, "not_announcer"),
        {"zone": "hall", "device": one},
    )
    site.bench.clock.forward(seconds=6.5)
    assert second.order("/zones/hall/announcer").json["zone"]["announcer"] == two  # type: ignore[index]
    assert error(second.order("/zones/none/announcer")) == (404, "unknown_zone")


def test_a_device_is_moved_to_a_zone_and_knows_it(site: Site) -> None:
    screen, manager = site.visitor("screen"), site.visitor("manager")
    moved = manager.send("PUT", f"{ROOT}/devices/{site.devices['screen']}/zone", {"zone": "hall"})

    assert moved.json["device"] == {"id": site.devices["screen"], "zone": "hall"}  # type: ignore[index]
    assert screen.who()["device"]["zone"] == "hall"
    assert manager.get(f"{ROOT}/devices").json["devices"][0]["zone"] == "hall"  # type: ignore[index]


def test_the_proof_of_a_call_reaches_the_clerk_and_not_the_public(site: Site) -> None:
    site.visitor("screen")
    clerk = site.visitor("clerk")
    clerk.order("/tickets", {"line": "A", "lang": "en"})
    clerk.order("/windows/1/calls")
    [seq] = [row["seq"] for row in rows(site.parts.store, tables.announcements)]
    with site.parts.uow(HALL) as uow:
        presence.note(uow, {site.devices["screen"]: Sign(shown=seq)})

    [staff] = clerk.get(f"{ROOT}/snapshot?scope=staff").json["snapshot"]["announcements"]  # type: ignore[index]
    [public] = clerk.get(f"{ROOT}/snapshot").json["snapshot"]["announcements"]  # type: ignore[index]

    assert (staff["shown"], staff["of"], staff["lang"]) == (1, 1, "en")
    assert set(staff) - set(public) == {"shown", "of", "shown_at", "unshown_at"}


def test_the_figures_name_zones_and_screens(site: Site) -> None:
    site.visitor("screen")

    shown = site.visitor("supervisor").get(f"{ROOT}/voice").json

    assert shown is not None
    assert [zone["zone"] for zone in shown["zones"]] == ["hall"]
    assert [(one["name"], one["state"]) for one in shown["devices"]] == [("screen", "silent")]
