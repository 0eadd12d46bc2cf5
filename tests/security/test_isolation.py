"""Two halls in one database: nobody of the one reaches anything of the other, on any path."""

from collections.abc import Iterator
from typing import Any

import pytest

from queue_server.protocol import NAMESPACE
from queue_server.services import access
from queue_server.store.unit_of_work import UnitOfWork
from queue_server.web import orders
from queue_server.web.access import authorise
from queue_server.web.orders import ROUTES, Route
from tests.security.actions import TABLE, body_of, path_of
from tests.security.second_hall import ELSEWHERE, OTHER, SERVICE, SecondHall, contents
from tests.support.halls import HALL
from tests.web.conftest import closed, opened
from tests.web.visitors import DEVICES, STAFF, Site, Visitor, error

OF_A_HALL = [route for route in ROUTES if "<hall:hall>" in route.rule]
#: Routes that name something of a hall beside the hall itself.
OF_A_THING = [route for route in OF_A_HALL if route.rule.count("<") > 1]
THINGS = ("missed", "noted", "called", "waiting")
PEOPLE = (*STAFF, *DEVICES)


def route_id(route: Route) -> str:
    return f"{route.method} {route.rule.removeprefix('/api/halls/<hall:hall>')}"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Any) -> Iterator[SecondHall]:
    folder = tmp_path_factory.mktemp("two")
    (folder / "hall.db").write_bytes(sqlite_template.read_bytes())
    site = opened(folder, f"sqlite:///{folder / 'hall.db'}")
    # Whoever works at the second hall's window works in the first hall at the window of that code, too.
    yield SecondHall(site).found()
    closed(site)


@pytest.fixture(scope="module")
def visitors(two: SecondHall) -> dict[str, Visitor]:
    return {role: two.site.visitor(role) for role in PEOPLE}


def sent(visitor: Visitor, route: Route, **values: str) -> Any:
    path = path_of(route, **values)
    return visitor.get(path) if route.method == "GET" else visitor.send(route.method, path, body_of(route))


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("route", OF_A_HALL, ids=route_id)
def test_another_hall_is_closed_on_every_route(
    two: SecondHall, visitors: dict[str, Visitor], route: Route, role: str
) -> None:
    before = contents(two.site)
    given = {"hall": OTHER, "code": ELSEWHERE, "zone": ELSEWHERE, "device": two.ids["device"], "seq": two.ids["seq"]}

    answer = sent(visitors[role], route, **given, service=SERVICE, ticket=two.ids["called"])

    if route.action == "read_public":
        # The second hall has no code to scan on its board.
        assert answer.status_code == (404 if route.rule.endswith("/board-qr.svg") else 200)
        shown = answer.get_data(as_text=True).replace('"clerk":"hidden"', "")
        assert "clerk" not in shown, "as anybody in the street may see it"
    elif route.action == "rate_by_link":
        assert error(answer) == (404, "unknown_ticket"), "without the link's mark"
    else:
        assert error(answer) == (403, "forbidden")
    assert contents(two.site) == before


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("route", OF_A_THING, ids=route_id)
def test_a_thing_of_another_hall_does_not_exist_in_one_s_own(
    two: SecondHall, visitors: dict[str, Visitor], route: Route, thing: str
) -> None:
    given = {
        "code": ELSEWHERE,
        "zone": ELSEWHERE,
        "device": two.ids["device"],
        "seq": two.ids["seq"],
        "ticket": two.ids[thing],
    }
    given |= {"line": "X", "service": SERVICE}
    for role in sorted(TABLE[route.action] & set(PEOPLE)):
        before = contents(two.site, frozenset({"sessions", "idempotency"}))
        answer = sent(visitors[role], route, **given)

        status, code = error(answer)
        assert (status, code.split("_")[0]) == (404, "unknown"), f"{role}: {code}"
        assert contents(two.site, frozenset({"sessions", "idempotency"})) == before


@pytest.mark.parametrize(
    ("path", "body", "refusal"),
    [
        ("/windows/1/calls", {"finishing": "called"}, "unknown_ticket"),
        ("/tickets/{own}/transfers", {"line": "B", "window": ELSEWHERE}, "unknown_window"),
        ("/tickets/{missed_own}/direct-calls", {"window": ELSEWHERE}, "unknown_window"),
    ],
)
def test_a_thing_of_another_hall_cannot_be_named_in_a_body(
    site: Site, path: str, body: dict[str, str], refusal: str
) -> None:
    second, clerk = SecondHall(site).found(), site.visitor("clerk")
    for _ in range(2):
        clerk.order("/tickets", {"line": "A"})
    missed = clerk.order("/windows/1/calls").json["ticket"]["id"]
    clerk.order(f"/tickets/{missed}/misses")
    own = clerk.order("/windows/1/calls").json["ticket"]["id"]
    clerk.order(f"/tickets/{own}/starts")
    before = contents(site, frozenset({"sessions", "idempotency"}))
    named = {key: second.ids.get(value, value) for key, value in body.items()}

    assert error(clerk.order(path.format(own=own, missed_own=missed), named)) == (404, refusal)
    assert contents(site, frozenset({"sessions", "idempotency"})) == before


@pytest.mark.parametrize("role", PEOPLE)
def test_the_staff_s_scope_of_another_hall_is_closed(two: SecondHall, visitors: dict[str, Visitor], role: str) -> None:
    for path in ("/snapshot?scope=staff", "/news?scope=staff", "/news?scope=staff&epoch=&seq=1&hash="):
        assert error(visitors[role].get(f"/api/halls/{OTHER}{path}")) == (403, "forbidden")
    auth = {"v": 1, "hall": OTHER, "scope": "staff"}
    socket = two.site.socketio.test_client(
        two.site.app, namespace=NAMESPACE, auth=auth, flask_test_client=visitors[role].client
    )
    assert not socket.is_connected(NAMESPACE)


def test_one_hall_s_news_hold_nothing_of_the_other(two: SecondHall, visitors: dict[str, Visitor]) -> None:
    marks = [*two.ids.values(), "别处", "Elsewhere", f'"{ELSEWHERE}"']
    shown = "".join(
        visitors["supervisor"].get(f"/api/halls/{HALL}{path}").get_data(as_text=True)
        for path in ("/snapshot?scope=staff", "/news?scope=staff", "/devices", "/report", "/services")
    )

    # The seq of an announcement is a small number and stands for something else there.
    assert [mark for mark in marks if mark in shown and mark != two.ids["seq"]] == []
    theirs = two.site.visitor().get(f"/api/halls/{OTHER}/snapshot").get_data(as_text=True)
    assert "Elsewhere" in theirs, "the marks are such as would be found"


def test_a_code_of_another_hall_enrols_there_and_not_here(site: Site) -> None:
    second = SecondHall(site).found()
    made = second.do(lambda uow: _prepared(site, uow))
    kiosk = site.visitor()

    assert kiosk.client.post("/api/enrolments", json={"code": made}).json["device"]["hall"] == OTHER
    assert error(kiosk.order("/tickets", {"line": "A"})) == (403, "forbidden")


def test_these_tests_would_find_a_server_that_forgets_the_hall(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each guard is taken away in turn, and the stranger gets through."""
    second = SecondHall(site).found()
    clerk, path = site.visitor("clerk"), f"/tickets/{second.ids['missed']}/reinstatements"
    assert error(clerk.order(path)) == (404, "unknown_ticket")
    with monkeypatch.context() as patch:
        patch.setattr(orders, "authorise", lambda asking, action, hall: authorise(asking, action, None))
        assert clerk.send("POST", f"/api/halls/{OTHER}/tickets", {"line": "A"}).status_code == 201
    with monkeypatch.context() as patch:
        patch.setattr(UnitOfWork, "_scoped", lambda self, table, key: key)
        assert clerk.order(path).json.get("error") != "unknown_ticket"


def _prepared(site: Site, uow: Any) -> str:
    return access.prepare_device(uow, "kiosk", "别处的取号机", site.parts.sign)
