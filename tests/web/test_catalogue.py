"""The catalogue over HTTP: read by everybody and kept by browsers, changed by those who run the hall."""

import gzip
from typing import Any

import pytest

from tests.support.halls import HALL
from tests.web.visitors import Site, error

SERVICES = f"/api/halls/{HALL}/services"
PAPER = {"code": "photo", "name": "照片", "name_en": "Photograph", "required": True, "copies": 2}


@pytest.fixture
def stocked(site: Site) -> Site:
    site.bench.add_services()
    return site


def test_anybody_reads_the_catalogue_and_is_not_sent_the_same_twice(stocked: Site) -> None:
    citizen = stocked.visitor()
    whole = citizen.get(SERVICES)

    assert [one["code"] for one in whole.json["services"]] == ["A01", "B01"]  # type: ignore[index]
    assert whole.headers["Cache-Control"] == "no-cache"
    again = citizen.get(SERVICES, headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", whole.headers["ETag"])
    other = citizen.get(SERVICES, headers={"If-None-Match": '"another"'})
    assert (other.status_code, other.data) == (200, whole.data)


def test_the_catalogue_is_packed_for_who_takes_it_so(stocked: Site) -> None:
    citizen = stocked.visitor()
    packed = citizen.get(SERVICES, headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(packed.data) == citizen.get(SERVICES).data
    again = citizen.get(SERVICES, headers={"If-None-Match": packed.headers["ETag"], "Accept-Encoding": "gzip"})
    assert (again.status_code, again.data) == (304, b"")


def test_a_change_gives_another_tag_and_news_of_another_version(stocked: Site) -> None:
    manager = stocked.visitor("manager")
    before = manager.get(SERVICES)
    changed = manager.send("PUT", f"{SERVICES}/A01", {"active": False, "fee": "20元/证"})

    assert changed.status_code == 200
    assert changed.json["service"].items() >= {"code": "A01", "active": False, "fee": "20元/证"}.items()  # type: ignore[index]
    after = manager.get(SERVICES, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    hall = manager.get(f"/api/halls/{HALL}/snapshot").json["snapshot"]["hall"]  # type: ignore[index]
    assert hall["services_version"] == after.json["version"] != before.json["version"]  # type: ignore[index]


def test_a_search_finds_what_is_active(stocked: Site) -> None:
    def found(text: str) -> list[str]:
        answer = stocked.visitor().get(SERVICES, query_string={"text": text})
        return [one["code"] for one in answer.json["services"]]  # type: ignore[index]

    assert (found("clf"), found(""), found("没有")) == (["B01"], ["A01", "B01"], [])
    stocked.visitor("manager").send("PUT", f"{SERVICES}/B01", {"active": False})
    assert found("clf") == []


@pytest.mark.parametrize(("length", "status"), [(40, 200), (41, 400)])
def test_a_text_that_nobody_types_is_refused(stocked: Site, length: int, status: int) -> None:
    assert stocked.visitor().get(SERVICES, query_string={"text": "税" * length}).status_code == status


def test_the_same_press_changes_once_and_is_in_the_log(stocked: Site) -> None:
    manager = stocked.visitor("administrator")
    first = manager.send("PUT", f"{SERVICES}/A01", {"papers": [PAPER]}, Idempotency_Key="one-press")
    before = stocked.seq
    again = manager.send("PUT", f"{SERVICES}/A01", {"papers": [PAPER]}, Idempotency_Key="one-press")

    assert first.json == again.json
    assert again.headers["Idempotent-Replay"] == "true"
    assert stocked.seq == before == first.json["seq"]  # type: ignore[index]
    assert f"staff:{stocked.staff['administrator']}" in stocked.log().splitlines()[-1]


def test_papers_have_what_is_not_given(stocked: Site) -> None:
    short = {name: PAPER[name] for name in ("code", "name", "name_en")}
    answer = stocked.visitor("manager").send("PUT", f"{SERVICES}/A01", {"papers": [short]})

    assert answer.json["service"]["papers"] == [short | {"required": True, "copies": 0}]  # type: ignore[index]


@pytest.mark.parametrize(
    "body",
    [
        {"guide_url": "javascript:alert(1)"},
        {"guide_url": "https://guide.example/a b"},
        {"guide_url": "//guide.example/a"},
        {"guide_url": "https://guide.example/" + "a" * 300},
        {"fee": "1" * 121},
        {"fee": None},
        {"active": None},
        {"active": "no"},
        {"name": "另一个名字"},
        {"papers": [PAPER | {"copies": 10}]},
        {"papers": [PAPER | {"copies": -1}]},
        {"papers": [PAPER | {"code": "Bad Code"}]},
        {"papers": [PAPER, PAPER]},
        {"papers": [{"code": "photo"}]},
        {"papers": [PAPER | {"code": f"p{n}"} for n in range(21)]},
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_and_changes_nothing(stocked: Site, body: dict[str, Any]) -> None:
    before = stocked.seq
    assert error(stocked.visitor("manager").send("PUT", f"{SERVICES}/A01", body)) == (400, "bad_request")
    assert stocked.seq == before


def test_a_guide_may_be_taken_away(stocked: Site) -> None:
    answer = stocked.visitor("manager").send("PUT", f"{SERVICES}/A01", {"guide_url": None})

    assert answer.json["service"]["guide_url"] is None  # type: ignore[index]


@pytest.mark.parametrize(("code", "kind"), [("A99", "unknown_service"), ("a01", "not_found"), ("A" * 13, "not_found")])
def test_a_code_that_is_not_there_is_refused(stocked: Site, code: str, kind: str) -> None:
    assert error(stocked.visitor("manager").send("PUT", f"{SERVICES}/{code}", {})) == (404, kind)
