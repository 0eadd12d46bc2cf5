"""The one-time notice over HTTP: papers are named as the catalogue names them, guides are images of their addresses."""

from typing import Any

import pytest

from tests.support.halls import HALL
from tests.web.visitors import Site, Visitor, error

ROOT = f"/api/halls/{HALL}"


@pytest.fixture
def zero(site: Site) -> Site:
    site.bench.add_services()
    return site


def told(zero: Site, clerk: Visitor, missing: dict[str, list[str]]) -> Any:
    """A consultation at the zero window that ends with a notice."""
    clerk.order("/windows/Z1/sessions", {"leave": True})
    ticket = clerk.order("/tickets", {"line": "Z"}).json["ticket"]  # type: ignore[index]
    clerk.order("/windows/Z1/calls")
    clerk.order(f"/tickets/{ticket['id']}/starts")
    found = {"outcome": "notice", "services": ["B01", "A01"], "missing": missing, "minutes": 30}
    return clerk.order(f"/tickets/{ticket['id']}/consultations", found)


def test_a_notice_names_papers_by_the_catalogue_s_codes_and_shows_the_guide_as_an_image(zero: Site) -> None:
    clerk = zero.visitor("clerk")
    answer = told(zero, clerk, {"A01": ["id-card"]})
    assert answer.status_code == 201, answer.json
    about = f"{ROOT}/consultations/{answer.json['consultation']['id']}"

    notice = clerk.get(f"{about}/notice").json
    assert notice is not None
    assert [(one["code"], one["missing"]) for one in notice["services"]] == [("B01", []), ("A01", ["id-card"])], (
        "as they came for it"
    )

    image = clerk.get(f"{about}/guide.svg?service=A01")
    assert (image.status_code, image.mimetype) == (200, "image/svg+xml")
    assert image.headers["X-Content-Type-Options"] == "nosniff"
    assert b"<script" not in image.data
    for unnamed in ("X99", ""):
        assert error(clerk.get(f"{about}/guide.svg?service={unnamed}"))[1] == "unknown_service"
    assert error(clerk.get(f"{ROOT}/consultations/{'f' * 32}/guide.svg?service=A01"))[1] == "unknown_consultation"


def test_a_paper_that_the_service_does_not_ask_for_is_refused(zero: Site) -> None:
    assert error(told(zero, zero.visitor("clerk"), {"A01": ["passport"]})) == (404, "unknown_service")


def test_a_supervisor_steps_in_at_another_s_window_and_takes_up_a_case_there(zero: Site) -> None:
    clerk, supervisor = zero.visitor("clerk"), zero.visitor("supervisor")
    clerk.order("/windows/Z1/sessions", {"leave": True})
    for path, body in (("consultations", {"outcome": "answered"}), ("blocked-cases", {"service": "A01"})):
        ticket = clerk.order("/tickets", {"line": "Z"}).json["ticket"]  # type: ignore[index]
        clerk.order("/windows/Z1/calls")
        clerk.order(f"/tickets/{ticket['id']}/starts")
        answer = supervisor.order(f"/tickets/{ticket['id']}/{path}", body)
        assert (answer.status_code, answer.json["ticket"]["state"]) == (201, "done"), answer.json  # type: ignore[index]
