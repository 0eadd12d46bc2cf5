"""A hall of one's own, from a plan."""

import json
from pathlib import Path
from typing import Any

import pytest

from queue_server.cli.plan import BadPlan, read
from tests.support.servers import ROOT, Server

EXAMPLE = ROOT / "deploy" / "hall.example.json"


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
    ],
)
def test_a_plan_that_does_not_fit_is_refused_with_its_place(tmp_path: Path, values: dict[str, Any], says: str) -> None:
    with pytest.raises(BadPlan, match=says):
        read(changed(tmp_path, **values))


def test_a_plan_that_is_no_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("{")
    with pytest.raises(BadPlan, match="not JSON"):
        read(path)
