"""A district as deploy/compose.yaml has it: several server processes, PostgreSQL, Redis, nginx."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from tests.district.programs import Nginx, Redis
from tests.support.served import ServedHall, hall_on
from tests.support.servers import ROOT

#: Names that compose gives to machines and files; everything else of its settings is used as it stands.
ELSEWHERE = {"HALL_DATABASE_URL", "HALL_REDIS_URL", "HALL_HALL", "HALL_HOST", "HALL_PROXY"}


def shipped_settings() -> dict[str, str]:
    """What the compose file sets for the server."""
    compose = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())
    settings: dict[str, str] = compose["services"]["hall"]["environment"]
    return settings


class District:
    """One hall behind nginx; ``hall.server.address`` is nginx's."""

    def __init__(self, url: str, folder: Path, **settings: str) -> None:
        self.redis = Redis(folder).start()
        kept = {name: value for name, value in shipped_settings().items() if name not in ELSEWHERE}
        self.hall: ServedHall = hall_on(url, folder, **kept | {"HALL_REDIS_URL": self.redis.url} | settings)
        self.direct = self.hall.server.address
        self.hall.server.start()
        self.nginx = Nginx(folder, self.hall.server.port)
        self.hall.front = self.nginx.address
        self.nginx.start()

    @property
    def address(self) -> str:
        return self.nginx.address

    @property
    def workers(self) -> list[int]:
        """The server processes."""
        assert self.hall.server.process is not None
        master = self.hall.server.process.pid
        return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]

    def kill_a_worker(self) -> int:
        """kill -9 of one process; the master starts another."""
        victim = self.workers[0]
        os.kill(victim, signal.SIGKILL)
        return victim

    def metrics(self) -> dict[str, float]:
        """All processes' counts, by name and labels."""
        token = {"Authorization": f"Bearer {TOKEN}"}
        answer = requests.get(f"{self.direct}/metrics", headers=token, timeout=10)
        assert answer.status_code == 200, answer.text
        lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}

    def end(self) -> None:
        self.nginx.kill()
        self.hall.server.kill()
        self.redis.kill()


#: Where requests, websocket-client and OpenSSL look for certificates to trust.
TRUST = ("REQUESTS_CA_BUNDLE", "WEBSOCKET_CLIENT_CA_BUNDLE", "SSL_CERT_FILE")
TOKEN = "a token for the monitoring of tests"


@contextmanager
def district_on(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, **settings: str) -> Iterator[Any]:
    """A running district whose certificate this process trusts."""
    district = District(url, folder, HALL_METRICS_TOKEN=TOKEN, **settings)
    for reads_it in TRUST:
        monkeypatch.setenv(reads_it, str(district.nginx.certificate))
    try:
        yield district
    finally:
        district.end()
