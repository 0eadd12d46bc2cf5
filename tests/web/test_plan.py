"""A hall of one's own, from a plan."""

import json
from pathlib import Path
from typing import Any

import pytest

from queue_server.cli.plan import BadPlan, read
from tests.support.servers import ROOT, Server

EXAMPLE = ROOT / "deploy" / "hall.example.json"


SERVICE = {"code": "A01", "line": "A", "name": "重庆户籍迁入", "name_en": "Moving in", "owner": "公安局"}
PAPER = {"code": "photo", "name": "照片", "name_en": "Photograph"}


def changed(tmp_path: Path, **values: Any) -> Path:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(json.loads(EXAMPLE.read_text()) | values))
    return path


def test_a_hall_is_founded_from_the_example_and_its_people_change_their_passwords(tmp_path: Path) -> None:
    server = Server(tmp_path, hall="main")
    made = server.run("init", str(EXAMPLE), "--password", "first-password")
    assert made.returncode == 0, made.stderr
    assert "whole" in server.run("verify").stdout
    again = server.run("init", str(EXAMPLE), "--password", "first-password")
    assert "exists" in again.stderr
    assert "main: 0 services" in server.run("services", str(EXAMPLE)).stdout
    assert "main: 1 services" in server.run("services", str(changed(tmp_path, services=[SERVICE]))).stdout


def test_the_screens_layout_is_a_file_and_a_wrong_one_changes_nothing(tmp_path: Path) -> None:
    server = Server(tmp_path, hall="main")
    server.run("init", str(EXAMPLE), "--password", "first-password")
    printed = server.run("layout").stdout
    layout, path = json.loads(printed), tmp_path / "layout.json"
    layout["boards"]["main"]["theme"] = "light"
    path.write_text(json.dumps(layout))
    assert "main: its screens follow" in server.run("layout", str(path)).stdout
    assert json.loads(server.run("layout").stdout) == layout
    path.write_text('{"boards": {"main": {"theme": "pink"}}}')
    refused = server.run("layout", str(path))
    assert refused.returncode == 1
    assert "boards.main.theme" in refused.stderr
    assert json.loads(server.run("layout").stdout) == layout


def test_a_taken_user_name_founds_nothing(tmp_path: Path) -> None:
    server = Server(tmp_path, hall="main")
    server.run("init", str(EXAMPLE), "--password", "first-password")
    other = server.run("init", str(changed(tmp_path, id="second")), "--password", "first-password")
    assert "admin is taken" in other.stderr
    assert "unknown_hall" in Server(tmp_path, hall="second").run("device", "kiosk", "x").stderr


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"windows": [{"code": "1", "number": 1, "lines": ["K"]}]}, "not there: K"),
        ({"accounts": [{"username": "a", "name": "a", "role": "clerk"}]}, "administrator"),
        ({"lines": [{"letter": "I", "name": "x", "name_en": "x"}]}, "letter"),
        ({"issue_from": "29:00"}, "hour"),
        ({"colour": "red"}, "colour"),
        ({"services": [SERVICE, SERVICE]}, "service code given twice: A01"),
        ({"services": [SERVICE | {"line": "K"}]}, r"lines that are not there: A01 \(K\)"),
        ({"services": [SERVICE, SERVICE | {"code": "A02", "legal_days": -1}]}, r"services\.1 \(A02\)\.legal_days: "),
        ({"services": [SERVICE | {"guide_url": "javascript:x"}]}, r"services\.0 \(A01\)\.guide_url: "),
        ({"services": [SERVICE | {"channels": ["fax"]}]}, r"services\.0 \(A01\)\.channels\.0: .*machine"),
        ({"services": [SERVICE | {"papers": [PAPER, PAPER]}]}, r"services\.0 \(A01\)\.papers: .*twice: photo"),
        ({"services": [SERVICE | {"papers": [PAPER | {"copies": 99}]}]}, r"papers\.0 \(photo\)\.copies"),
        ({"services": [SERVICE | {"name": "番禺区迁入"}]}, r"services\.0 \(A01\): .*initials must be given, .* 禺"),
        ({"services": [{"line": "A"}]}, r"services\.0\.code: "),
        ({"services": "none"}, r"services: "),
    ],
)
def test_a_plan_that_does_not_fit_is_refused_with_its_place(tmp_path: Path, values: dict[str, Any], says: str) -> None:
    with pytest.raises(BadPlan, match=says):
        read(changed(tmp_path, **values))


def test_services_have_what_their_entry_does_not_say(tmp_path: Path) -> None:
    others = [SERVICE | {"code": "A02", "popular": 7, "initials": "xx", "area": "户籍", "papers": [PAPER]}]
    first, second = read(changed(tmp_path, services=[SERVICE, *others])).hall_services()

    assert (first.initials, first.area, first.popular, first.active) == ("cqhjqr", "社保医保", 1, True)
    assert (first.papers, first.channels, first.guide_url, first.legal_days) == ([], ["window"], None, None)
    assert (second.initials, second.area, second.popular) == ("xx", "户籍", 7)
    assert second.papers == [PAPER | {"required": True, "copies": 0}]


def test_the_example_founds_a_hall_with_its_services(tmp_path: Path) -> None:
    assert [service.line for service in read(EXAMPLE).hall_services()] == ["A", "B"]


def test_a_plan_that_is_no_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("{")
    with pytest.raises(BadPlan, match="not JSON"):
        read(path)
