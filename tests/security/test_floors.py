"""The design's floors for security: what is asked for, locked, installed and copied is not older."""

import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from flask_socketio import SocketIO

from queue_server.store.engine import LAST_UNSOUND_SQLITE, sqlite_module
from tests.contracts.sources import ROOT, STATIC, locked
from tests.web.visitors import Site

#: Package → first version without the faults that are known.
FLOORS = {
    "python-socketio": (5, 16, 4),
    "python-engineio": (4, 13, 2),
    "eventlet": (0, 40, 3),
    "werkzeug": (3, 1, 6),
    "flask": (3, 1, 3),
    "gunicorn": (26,),
}
LOCKS = ("requirements.lock", "requirements-dev.lock")
#: socket.io-parser comes inside socket.io-client; 4.2.6 is the release that counts attachments.
JAVASCRIPT_FLOORS = {"socket.io-client": (4, 8, 4), "preact": (11,), "htm": (3, 1, 1)}
PARSER_S_GUARD = 'throw new Error("too many attachments")'


def parts(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def too_old(versions: dict[str, str], floors: dict[str, tuple[int, ...]]) -> list[str]:
    """What is below its floor, or is not there at all."""
    return [
        f"{package} {versions.get(package, 'is missing')}, not {floor}"
        for package, floor in floors.items()
        if package not in versions or parts(versions[package]) < floor
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_the_locks_are_above_the_floors(lock: str) -> None:
    assert too_old({package: found for package, (found, _) in locked(lock).items()}, FLOORS) == []


def test_what_is_installed_is_above_the_floors_and_is_what_is_locked() -> None:
    installed = {package: version(package) for package in FLOORS}

    assert too_old(installed, FLOORS) == []
    assert installed == {package: locked("requirements-dev.lock")[package][0] for package in FLOORS}


def test_no_looser_version_is_asked_for_than_the_floor() -> None:
    asked = re.findall(r'^  "([a-z-]+)>=([0-9.]+)', (ROOT / "pyproject.toml").read_text(), re.M)

    assert too_old(dict(asked), FLOORS) == []


def test_the_copied_libraries_are_above_the_floors() -> None:
    vendor = STATIC / "vendor"
    manifest = json.loads((vendor / "MANIFEST.json").read_text())

    assert too_old({entry["package"]: entry["version"] for entry in manifest.values()}, JAVASCRIPT_FLOORS) == []
    client = next(name for name in manifest if name.startswith("socket.io-") and name.endswith(".js"))
    assert PARSER_S_GUARD in (vendor / client).read_text(), "socket.io-parser is older than 4.2.6"


def test_sqlite_is_free_of_the_bug_that_corrupts_files() -> None:
    assert parts(sqlite_module().sqlite_version) > LAST_UNSOUND_SQLITE


def test_the_tools_of_the_security_step_are_locked_with_their_hashes() -> None:
    packages = locked("requirements-security.lock")
    text = (ROOT / "requirements-security.lock").read_text()

    assert "semgrep" in packages
    assert {package for package, (_, hashes) in packages.items() if not hashes} == set()
    assert "://" not in text, "a lock names no host"


def test_a_version_below_its_floor_is_found() -> None:
    assert too_old({"flask": "3.1.2", "werkzeug": "3.1.6"}, {"flask": (3, 1, 3), "werkzeug": (3, 1, 6)}) == [
        "flask 3.1.2, not (3, 1, 3)"
    ]
    assert too_old({}, {"flask": (3,)}) == ["flask is missing, not (3,)"]
    assert too_old({"flask": "3.1.10"}, {"flask": (3, 1, 9)}) == [], "figures, not letters"


def test_sockets_speak_json_to_the_own_origin_only(shared_site: Site) -> None:
    socketio: Any = shared_site.socketio
    assert isinstance(socketio, SocketIO)
    engine = socketio.server.eio

    assert engine.cors_allowed_origins is None, "the own origin"
    assert engine.transports == ["websocket"]
    assert socketio.server.packet_class.json is not None
    assert "pickle" not in repr(socketio.server.packet_class.json) + repr(socketio.server.manager.__dict__)
    assert engine.max_http_buffer_size <= 16 * 1024


@pytest.mark.parametrize("word", ["pickle", "cPickle", "marshal", 'cors_allowed_origins="*"', "msgpack"])
def test_no_file_of_the_server_names_what_is_forbidden(word: str) -> None:
    files = [*(ROOT / "queue_server").rglob("*.py"), *(ROOT / "display_client").rglob("*.py"), ROOT / "wsgi.py"]
    named: list[Path] = [path for path in files if re.search(rf"^[^#]*{re.escape(word)}", path.read_text(), re.M)]

    assert len(files) > 60
    assert named == []
