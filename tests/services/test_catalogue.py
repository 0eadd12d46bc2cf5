"""The hall's services: set up with the hall, changed one at a time, all of it in the log."""

import json
from dataclasses import fields
from typing import Any

import pytest
import sqlalchemy as sa

from queue_server.cli import demo
from queue_server.domain.errors import UnknownHall, UnknownLine, UnknownService
from queue_server.domain.service import Service
from queue_server.services import catalogue, maintenance, setup
from queue_server.services.catalogue import Catalogues
from queue_server.services.views import SERVICE
from queue_server.store import tables
from queue_server.store.engine import Store
from tests.services.looking import events, faults, refused, rows, seq, types
from tests.support.halls import HALL, Bench, Clock, service

PAPERS = [{"code": "photo", "name": "照片", "name_en": "Photograph", "required": False, "copies": 2}]


@pytest.fixture
def stocked(bench: Bench) -> Bench:
    bench.add_services()
    return bench


def read(catalogues: Catalogues, store: Store, text: str | None = None) -> dict[str, Any]:
    with store.reading() as connection:
        loaded: dict[str, Any] = json.loads(catalogues.read(connection, HALL, text).text)
    return loaded


def version(store: Store) -> Any:
    return rows(store, tables.halls, id=HALL)[0]["services_version"]


def test_the_demonstration_s_hall_is_founded_with_its_hundred_services(store: Store) -> None:
    planned = demo.services()
    setup.found(store, Clock(), demo.hall(), demo.lines(), list(demo.windows()), services=planned)

    kept = rows(store, tables.services)
    assert len(kept) == 100
    assert {row["line"] for row in kept} == {line.letter for line in demo.lines() if line.kind == "specialist"}
    assert sorted(row["popular"] for row in kept) == list(range(1, 101))
    assert all(2 <= len(row["papers"]) <= 6 for row in kept)
    with store.reading() as connection:
        assert list(maintenance.verify(connection)) == []


def test_a_hall_without_services_is_founded_as_before(bench: Bench) -> None:
    assert types(bench.store) == ["hall.created"]
    assert version(bench.store) is None
    assert read(Catalogues(), bench.store) == {"version": None, "services": []}


def test_adding_services_is_one_event_and_another_version(stocked: Bench) -> None:
    assert types(stocked.store)[-1] == "services.changed"
    assert [row["code"] for row in rows(stocked.store, tables.services)] == ["A01", "B01"]
    assert version(stocked.store).endswith(f"-{seq(stocked.store)}")
    assert faults(stocked.store) == []


@pytest.mark.parametrize(
    "wanted",
    [
        {"active": False},
        {"guide_url": None},
        {"guide_url": "https://guide.example/other"},
        {"fee": "20元/证", "fee_en": "20 yuan"},
        {"papers": PAPERS},
        {"papers": []},
    ],
    ids=str,
)
def test_a_change_says_what_changed_and_nothing_else(stocked: Bench, wanted: dict[str, Any]) -> None:
    before = version(stocked.store)
    answer = stocked.do(catalogue.change, "A01", wanted)

    assert answer["service"].items() >= wanted.items()
    told = events(stocked.store)[-1].content()["changes"]
    assert told["services"] == [{"code": "A01"} | wanted]
    assert told["halls"] == [{"id": HALL, "services_version": version(stocked.store)}]
    assert version(stocked.store) != before
    assert faults(stocked.store) == []


def test_without_a_difference_nothing_is_recorded(stocked: Bench) -> None:
    before, kept = seq(stocked.store), version(stocked.store)
    for wanted in ({}, {"active": True}, {"fee": "不收费", "papers": service().papers}):
        assert stocked.do(catalogue.change, "A01", wanted)["service"]["code"] == "A01"

    assert (seq(stocked.store), version(stocked.store)) == (before, kept)


def test_a_service_that_is_not_there_is_refused(stocked: Bench) -> None:
    with refused(stocked, UnknownService, service="A99"):
        stocked.do(catalogue.change, "A99", {"active": False})


def put(bench: Bench, *services: Service) -> int:
    with bench.uow() as uow:
        return catalogue.put(uow, services)


def test_a_plan_adds_what_is_new_and_changes_what_differs(stocked: Bench) -> None:
    stocked.do(catalogue.change, "A01", {"active": False})
    before = seq(stocked.store)

    assert put(stocked, service(fee="1元", place="B区"), service("B02", line="B")) == 2
    assert seq(stocked.store) == before + 1
    kept = {row["code"]: row for row in rows(stocked.store, tables.services)}
    assert kept.keys() == {"A01", "B01", "B02"}
    assert (kept["A01"]["fee"], kept["A01"]["place"], kept["A01"]["active"]) == ("1元", "B区", False)
    assert faults(stocked.store) == []
    assert put(stocked, service(fee="1元", place="B区"), service("B02", line="B")) == 0
    assert seq(stocked.store) == before + 1


def test_a_plan_of_lines_that_the_hall_does_not_have_is_refused(stocked: Bench) -> None:
    with refused(stocked, UnknownLine, line="K"):
        put(stocked, service("A02"), service("K01", line="K"))


def test_a_code_is_given_once(stocked: Bench) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        stocked.do(catalogue.add, [service()])
    assert faults(stocked.store) == []


def test_the_reading_has_every_column_and_follows_each_change(stocked: Bench) -> None:
    catalogues = Catalogues()
    first = read(catalogues, stocked.store)
    stocked.do(catalogue.change, "B01", {"active": False})
    second = read(catalogues, stocked.store)

    assert [one["code"] for one in first["services"]] == ["A01", "B01"]
    assert {column.name for column in fields(Service)} - {"hall_id"} == set(SERVICE) == set(first["services"][0])
    assert second["version"] == version(stocked.store) != first["version"]
    assert [one["active"] for one in second["services"]] == [True, False]


def test_the_reading_is_made_once_for_a_version(stocked: Bench) -> None:
    catalogues = Catalogues()
    with stocked.store.reading() as connection:
        once, again = (catalogues.read(connection, HALL) for _ in range(2))
    assert once is again


def test_a_search_is_read_like_the_whole(stocked: Bench) -> None:
    found = read(Catalogues(), stocked.store, "clf")

    assert [one["code"] for one in found["services"]] == ["B01"]
    assert found["version"] == version(stocked.store)


def test_a_hall_that_is_not_there_has_no_catalogue(bench: Bench) -> None:
    with bench.store.reading() as connection, pytest.raises(UnknownHall):
        Catalogues().read(connection, "nowhere")


def test_a_service_changed_behind_the_log_is_found(stocked: Bench) -> None:
    with stocked.store.writer.begin() as connection:
        connection.execute(tables.services.update().where(tables.services.c.code == "A01").values(fee="1元"))

    assert faults(stocked.store) == ["services A01 is not what the log amounts to"]
