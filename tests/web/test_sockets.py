"""The news feed's door: versions, halls, odd messages, sessions that ended."""

from typing import Any

import pytest

from queue_server.protocol import NAMESPACE
from queue_server.store import tables
from queue_server.store.engine import Busy
from tests.services.looking import rows
from tests.support.halls import HALL
from tests.support.servers import wait_until
from tests.web.visitors import Site, Visitor

ODD: list[Any] = [
    None,
    [],
    "x",
    {"seq": "1"},
    {"seq": -1},
    {"seq": True},
    {"seq": 10**30},
    {"epoch": {"a": 1}},
    {"hash": "\x00"},
]


def connect(site: Site, visitor: Visitor | None = None, **auth: Any) -> Any:
    given = {"v": 1, "hall": HALL, "scope": "public"} | auth
    return site.socketio.test_client(
        site.app, namespace=NAMESPACE, auth=given, flask_test_client=(visitor or site.visitor()).client
    )


def greeting(socket: Any) -> dict[str, Any]:
    """The ``hello``, which is sent beside the connection."""
    received: list[dict[str, Any]] = []

    def greeted() -> bool:
        received.extend(socket.get_received(NAMESPACE))
        return bool(received)

    wait_until(greeted, what="the greeting")
    assert [message["name"] for message in received] == ["hello"]
    hello: dict[str, Any] = received[0]["args"][0]
    return hello


def test_a_reader_is_greeted_with_where_the_log_stands(shared_site: Site) -> None:
    hello = greeting(connect(shared_site))

    assert hello.keys() == {"v", "epoch", "seq", "hash", "oldest", "build", "now"}
    assert (hello["v"], hello["seq"]) == (1, shared_site.seq)


@pytest.mark.parametrize("auth", [{"v": 2}, {"v": "1"}, {"v": None}, {"hall": "nowhere"}, {"hall": None}, {"hall": 7}])
def test_another_version_or_hall_is_refused_at_the_door(shared_site: Site, auth: dict[str, Any]) -> None:
    assert not connect(shared_site, **auth).is_connected(NAMESPACE)


@pytest.mark.parametrize("has", ODD, ids=str)
def test_an_odd_position_is_answered_with_a_snapshot(shared_site: Site, has: Any) -> None:
    socket = connect(shared_site)
    epoch = greeting(socket)["epoch"]
    asked = {"epoch": epoch} | has if isinstance(has, dict) else has

    assert socket.emit("sync", asked, namespace=NAMESPACE, callback=True)["mode"] == "snapshot"


def test_a_position_that_is_known_is_answered_with_what_is_missing(site: Site) -> None:
    socket = connect(site)
    hello = greeting(socket)
    site.bench.issue()

    synced = socket.emit("sync", hello, namespace=NAMESPACE, callback=True)

    assert (synced["mode"], [event["type"] for event in synced["events"]]) == ("replay", ["ticket.issued"])
    forged = socket.emit("sync", hello | {"hash": "0" * 16}, namespace=NAMESPACE, callback=True)
    assert forged["mode"] == "snapshot", "another history"


def test_a_program_connects_with_its_token_and_its_heartbeat_is_noted(site: Site) -> None:
    socket = connect(site, token=site.add_device("screen"))
    assert rows(site.parts.store, tables.devices)[0]["last_seen_at"] is None
    before = site.seq

    socket.emit("here", {}, namespace=NAMESPACE)
    site.app.extensions["readers"].presence.write()

    assert rows(site.parts.store, tables.devices)[0]["last_seen_at"] == site.bench.clock.now
    assert site.seq == before, "a heartbeat is no event"


def test_a_citizen_s_heartbeat_changes_nothing(site: Site) -> None:
    site.add_device("screen")
    connect(site).emit("here", {}, namespace=NAMESPACE)
    site.app.extensions["readers"].presence.write()

    assert rows(site.parts.store, tables.devices)[0]["last_seen_at"] is None


def test_the_public_scope_never_says_who_has_care_or_what_turn(site: Site) -> None:
    site.visitor("clerk").order("/tickets", {"line": "A", "class": "care"})
    site.visitor("clerk").order("/windows/1/calls")
    synced = connect(site).emit("sync", {}, namespace=NAMESPACE, callback=True)

    assert synced["snapshot"]["tickets"] == {
        "VA001": {"number": "VA001", "line": "A", "state": "called", "window": "1"}
    }
    shown = {name for name, value in synced["snapshot"]["windows"]["1"].items() if value is not None}
    assert shown == {"code", "kind", "number", "area", "state", "lines", "secondary"}


def test_a_session_that_ended_hears_no_more_staff_news(site: Site) -> None:
    browser = site.visitor()
    browser.sign_in("manager")
    socket = connect(site, browser, scope="staff")
    browser.send("DELETE", "/api/session")

    synced = socket.emit("sync", {}, namespace=NAMESPACE, callback=True) if socket.is_connected(NAMESPACE) else None

    assert not synced or "clerk" not in synced["snapshot"]["windows"]["1"]


def test_a_reader_is_told_at_the_door_when_the_database_is_away(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> Any:
        raise Busy

    with monkeypatch.context() as patch:
        patch.setattr(site.parts.store, "reading", away)
        turned_away = connect(site)
        assert not turned_away.is_connected(NAMESPACE)
    assert greeting(connect(site))["v"] == 1


def test_a_question_in_trouble_is_answered_with_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    socket = connect(site)
    greeting(socket)

    def away(*_: Any, **__: Any) -> Any:
        raise Busy

    monkeypatch.setattr(site.parts.answers, "sync", away)
    assert socket.emit("sync", {"epoch": "", "seq": 0, "hash": ""}, namespace=NAMESPACE, callback=True) == {}
