"""What deploy/ ships starts a hall: the unit as systemd would run it, the compose file's settings and commands."""

import os
import re
import shlex
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from queue_server.config import Settings
from tests.support.postgres import free_port
from tests.support.servers import ROOT, wait_until

UNIT = (ROOT / "deploy/window-zero.service").read_text()


def entries(name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", UNIT, re.MULTILINE)


def seconds(name: str) -> float:
    return float(entries(name)[0])


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The unit's, with its folder and address moved to the test's."""
    given = dict(part.split("=", 1) for line in entries("Environment") for part in shlex.split(line))
    moved = {"HALL_DATA": str(tmp_path / "data"), "HALL_HOST": "127.0.0.1", "HALL_PORT": str(free_port())}
    assert given.keys() >= {"HALL_DATA", "HALL_HOST", "HALL_HALL"}
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HALL_")}
    return plain | given | moved


def command(name: str) -> list[str]:
    line = entries(name)[0]
    assert line.startswith("/opt/window-zero/")
    return shlex.split(line.replace("/opt/window-zero", str(ROOT)))


@pytest.mark.slow
def test_the_unit_s_commands_set_up_serve_and_stop_a_hall(environment: dict[str, str], tmp_path: Path) -> None:
    plan = str(ROOT / "deploy/hall.example.json")
    first = environment | {"HALL_PASSWORD": "a first password"}
    subprocess.run([str(ROOT / "bin/hall"), "init", plan], env=first, check=True, capture_output=True, cwd=tmp_path)
    subprocess.run(command("ExecStartPre"), env=environment, check=True, capture_output=True, cwd=tmp_path)
    server = subprocess.Popen(command("ExecStart"), env=environment, cwd=tmp_path, start_new_session=True)
    try:
        address = f"http://127.0.0.1:{environment['HALL_PORT']}"
        wait_until(lambda: answers(f"{address}/healthz"), what="the unit's server")
        assert requests.get(f"{address}/api/halls/main/snapshot", timeout=10).json()["snapshot"]["hall"]["id"] == "main"
        # KillMode=mixed: TERM goes to the main process alone.
        server.terminate()
        assert server.wait(seconds("TimeoutStopSec")) == 0
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=2).ok
    except requests.RequestException:
        return False


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())
    return loaded


@pytest.mark.parametrize("service", ["hall", "migrate"])
def test_the_server_takes_the_compose_file_s_settings(service: str, tmp_path: Path) -> None:
    given = {name: value for name, value in compose()["services"][service]["environment"].items()}
    settings = Settings.from_env(given | {"HALL_DATA": str(tmp_path)})
    assert settings.workers > 1
    assert settings.url.startswith("postgresql+psycopg://")
    assert settings.redis_url


def test_the_compose_file_s_services_know_one_another() -> None:
    services = compose()["services"]
    settings = services["hall"]["environment"]
    assert "@database:5432/" in settings["HALL_DATABASE_URL"]
    assert settings["HALL_REDIS_URL"].startswith("redis://news:")
    assert {"database", "news", "proxy"} <= services.keys()
    addresses = {name: services[name]["networks"]["default"]["ipv4_address"] for name in ("hall", "proxy")}
    # The proxy goes where the server is, and the server believes the proxy and nobody else.
    change = re.search(r"sed s/(\S+?)/(\S+?)/ /site.conf", services["proxy"]["command"][-1])
    assert change is not None
    assert (ROOT / "deploy/nginx.conf").read_text().count(f"server {change[1]};") == 1
    assert change[2] == f"{addresses['hall']}:8000"
    assert settings["HALL_PROXY"] == addresses["proxy"]
    assert settings["HALL_HOST"] == "0.0.0.0"
    # Only nginx is open to the network.
    assert services["hall"]["ports"] == ["127.0.0.1:8000:8000"]


def test_the_image_starts_the_server_as_the_other_ways_do() -> None:
    shipped = (ROOT / "deploy/Dockerfile").read_text()
    assert '"gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"' in shipped
    assert "--require-hashes -r requirements.lock" in shipped
    assert re.search(r"^USER hall$", shipped, re.MULTILINE)
