"""Settings, and the key that everything signed rests on."""

import subprocess
import sys
from pathlib import Path

import pytest

from queue_server.config import BadSetting, Settings
from queue_server.limits import connections_possible
from queue_server.parts import server_key
from tests.support.servers import ROOT


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HALL_PORT", "99999"),
        ("HALL_PORT", "²"),
        ("HALL_PORT", "0"),
        ("HALL_LOG_LEVEL", "LOUD"),
        ("HALL_ASYNC", "twisted"),
        ("HALL_SECURE_COOKIES", "yes"),
        ("HALL_DATABASE_URL", "mysql://user:secret@host/db"),
        ("HALL_DATABASE_URL", "nonsense"),
        ("HALL_COLOUR", "red"),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start(name: str, value: str) -> None:
    with pytest.raises(BadSetting) as refusal:
        Settings.from_env({name: value})
    assert name in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_other_programs_variables_are_left_alone() -> None:
    assert Settings.from_env({"HALL_PASSWORD": "x", "PATH": "/bin"}) == Settings()


@pytest.mark.parametrize("folder", ["a?b", "a#b", "a%20b", ""])
def test_a_folder_that_would_lead_elsewhere_is_refused(folder: str) -> None:
    with pytest.raises(BadSetting, match="HALL_DATA"):
        Settings.from_env({"HALL_DATA": folder})


def test_settings_are_read_without_anything_that_the_async_library_must_patch() -> None:
    """gunicorn reads them before the patch; what was imported by then keeps the unpatched parts."""
    code = "import sys, runpy; runpy.run_path('gunicorn.conf.py'); print(' '.join(sorted(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"sqlalchemy", "psycopg", "asyncio", "socket", "ssl", "selectors"} & set(loaded.stdout.split())


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    key = server_key(tmp_path)
    assert len(key) == 32
    assert server_key(tmp_path) == key
    assert (tmp_path / "server.key").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["server.key"]


@pytest.mark.parametrize("content", ["", "ab", "00" * 16])
def test_a_key_that_was_cut_short_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "server.key").write_text(content)
    with pytest.raises(BadSetting):
        server_key(tmp_path)


def test_no_more_connections_are_promised_than_the_system_gives() -> None:
    assert connections_possible(100) == 100
    assert connections_possible(10**9) < 10**9
