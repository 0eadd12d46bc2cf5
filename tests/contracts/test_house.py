"""The rules of the house: limits, locks, layers, settings."""

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from queue_server.config import Settings
from tests.contracts.sources import ROOT, functions, locked, python_files

#: Security floors of the design.
FLOORS = {
    "python-socketio": (5, 16, 4),
    "python-engineio": (4, 13, 2),
    "eventlet": (0, 40, 3),
    "werkzeug": (3, 1, 6),
    "flask": (3, 1, 3),
}


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_within_the_limits(path: Path) -> None:
    too_long = {name: lines for name, lines in functions(path) if lines > 40}

    assert not too_long
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_package_is_locked_with_its_hashes(name: str) -> None:
    packages = locked(name)
    text = (ROOT / name).read_text()

    assert len(packages) == text.count("==") >= 30
    assert {package for package, (_, hashes) in packages.items() if not hashes} == set()
    assert "http" not in "".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))


def test_both_locks_agree_on_every_package_they_share() -> None:
    runtime, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    shared = runtime.keys() & dev.keys()

    assert shared
    assert {name for name in shared if runtime[name] != dev[name]} == set()
    assert runtime.keys() <= dev.keys(), "tests must run against what production runs"


@pytest.mark.parametrize(("package", "floor"), FLOORS.items())
def test_the_lock_is_above_the_security_floors(package: str, floor: tuple[int, ...]) -> None:
    version = locked("requirements.lock")[package][0]

    assert tuple(map(int, version.split("."))) >= floor


def test_imports_point_one_way() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stdout
    assert "0 broken" in checked.stdout


def variable(name: str) -> str:
    return "HALL_ASYNC" if name == "async_mode" else f"HALL_{name.upper()}"


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_is_in_the_operations_page(name: str) -> None:
    assert f"`{variable(name)}`" in (ROOT / "docs" / "operations.md").read_text()


def test_the_settings_of_the_page_are_those_of_the_program() -> None:
    given = {variable(field.name): str(getattr(Settings(), field.name)) for field in fields(Settings)}
    given |= {"HALL_ASYNC": "gevent", "HALL_SECURE_COOKIES": "1"}
    read = Settings.from_env({name: value for name, value in given.items() if value})

    assert (read.async_mode, read.secure_cookies, read.port) == ("gevent", True, Settings().port)
