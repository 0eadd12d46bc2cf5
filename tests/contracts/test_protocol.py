"""docs/protocol.md names every route and every event there is."""

import re

import pytest

import queue_server.app
from queue_server import protocol
from queue_server.web.orders import ROUTES, Route
from tests.contracts.sources import PROTOCOL, ROOT, words

assert queue_server.app, "importing the app fills ROUTES"


def documented() -> set[tuple[str, str]]:
    """Method and path of every route on the page, path values without their names."""
    found = re.findall(r"`(GET|POST|PUT|DELETE) (/[^`\s?]*)", PROTOCOL)
    return {(method, re.sub("<[^>]+>", "<>", path)) for method, path in found}


def short(route: Route) -> tuple[str, str]:
    path = route.rule.removeprefix("/api/halls/<hall:hall>")
    return route.method, re.sub("<[^>]+>", "<>", path)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.rule}")
def test_every_route_is_in_the_protocol(route: Route) -> None:
    assert short(route) in documented()


def test_every_route_of_the_protocol_exists() -> None:
    elsewhere = {("GET", "/healthz"), ("GET", "/openapi.json")}

    assert documented() - {short(route) for route in ROUTES} - elsewhere == set()


def recorded() -> set[str]:
    """Event types in every file that records; some are chosen before they are recorded, so all literals count."""
    recording = [path.read_text() for path in (ROOT / "queue_server").rglob("*.py")]
    text = "\n".join(source for source in recording if ".record(" in source)
    assert text.count(".record(") > 20
    direct = set(re.findall(r'\.record\(\s*"([^"]+)"', text))
    nouns = "|".join(sorted({name.split(".")[0] for name in direct}))
    return direct | set(re.findall(rf'"((?:{nouns})\.[a-z_]+)"', text))


@pytest.mark.parametrize("event_type", sorted(recorded()))
def test_every_event_type_is_in_the_protocol(event_type: str) -> None:
    assert event_type in words(PROTOCOL.split("### Event types")[1].split("## Report")[0])


def test_the_wire_s_figures_are_those_of_the_protocol() -> None:
    assert "`hello {v, epoch, seq, hash, oldest, build, now}`" in PROTOCOL
    assert (protocol.TICK_EVERY_S, protocol.STALE_AFTER_S, protocol.HIDE_AFTER_S) == (2.0, 6.0, 60.0)
    assert protocol.ANNOUNCEMENTS_KEPT == 30
    assert {protocol.IDEMPOTENCY_HEADER, protocol.CSRF_HEADER} <= words(PROTOCOL)
