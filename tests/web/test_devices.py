"""Enrolling and revoking devices."""

from queue_server.web.access import DEVICE_COOKIE
from tests.support.halls import HALL
from tests.web.visitors import Site, error


def code_for(site: Site, kind: str = "kiosk") -> tuple[str, str]:
    """Prepare a device; its id and its code."""
    answer = site.visitor("manager").order("/devices", {"kind": kind, "name": "取号机 1"})
    assert answer.status_code == 201
    return answer.json["device"]["id"], answer.json["code"]


def test_a_code_enrols_one_device_once(site: Site) -> None:
    device, code = code_for(site)
    kiosk = site.visitor()

    answer = kiosk.client.post("/api/enrolments", json={"code": code.lower()})

    assert answer.status_code == 201
    assert answer.json["device"] == {
        "id": device,
        "kind": "kiosk",
        "name": "取号机 1",
        "window": None,
        "zone": None,
        "hall": HALL,
    }
    assert kiosk.who()["device"]["id"] == device
    assert answer.json["csrf"] == kiosk.csrf()
    assert kiosk.order("/tickets", {"line": "A"}).status_code == 201
    assert error(site.visitor().client.post("/api/enrolments", json={"code": code})) == (403, "bad_code")


def test_the_device_s_cookie_is_out_of_reach_of_scripts(site: Site) -> None:
    _, code = code_for(site)
    cookie = site.visitor().client.post("/api/enrolments", json={"code": code}).headers["Set-Cookie"]

    assert cookie.startswith(f"{DEVICE_COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_a_code_is_good_for_fifteen_minutes(site: Site) -> None:
    _, code = code_for(site)
    site.bench.clock.forward(minutes=15)

    assert error(site.visitor().client.post("/api/enrolments", json={"code": code})) == (403, "bad_code")


def test_a_retry_of_the_preparation_repeats_the_code_and_nothing_stores_it(site: Site) -> None:
    manager, key = site.visitor("manager"), "key-enrolment"
    first = manager.order("/devices", {"kind": "screen", "name": "大屏"}, Idempotency_Key=key)
    again = manager.order("/devices", {"kind": "screen", "name": "大屏"}, Idempotency_Key=key)

    assert again.json == first.json
    assert again.headers["Idempotent-Replay"] == "true"
    path = site.parts.store.path
    stored = path.read_bytes() + path.with_name("hall.db-wal").read_bytes()
    assert first.json["code"].encode() not in stored
    assert "大屏" not in site.log()


def test_a_revoked_token_and_a_revoked_code_are_dead_at_once(site: Site) -> None:
    kiosk = site.visitor("kiosk")
    device, code = code_for(site)
    manager = site.visitor("manager")
    assert kiosk.order("/tickets", {"line": "A"}).status_code == 201

    for dead in (site.devices["kiosk"], device):
        assert manager.send("DELETE", f"/api/halls/{HALL}/devices/{dead}").status_code == 200

    assert kiosk.who()["device"] is None
    assert error(kiosk.order("/tickets", {"line": "A"})) == (401, "not_signed_in")
    assert error(site.visitor().client.post("/api/enrolments", json={"code": code})) == (403, "bad_code")


def test_an_unknown_device_cannot_be_revoked(site: Site) -> None:
    answer = site.visitor("manager").send("DELETE", f"/api/halls/{HALL}/devices/{'f' * 32}")

    assert error(answer) == (404, "unknown_device")


def test_managers_see_which_devices_are_enrolled_revoked_and_silent(site: Site) -> None:
    site.visitor("kiosk")
    code_for(site, "screen")

    shown = site.visitor("supervisor").get(f"/api/halls/{HALL}/devices").json["devices"]

    assert [(one["kind"], one["enrolled"], one["revoked"], one["last_seen_at"]) for one in shown] == [
        ("kiosk", True, False, None),
        ("screen", False, False, None),
    ]
    assert not any("token" in name or "code" in name for one in shown for name in one)
