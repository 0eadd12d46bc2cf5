"""A server built for a test: doctored, or under strace; otherwise as ``tests.support.servers`` runs it."""

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.support.served import ServedHall
from tests.support.servers import ROOT, Server, _group, wait_until


class Built(Server):
    """``within`` is a command that runs the server's, such as strace."""

    def __init__(self, data: Path, database_url: str = "", hall: str = "demo", **settings: str) -> None:
        super().__init__(data, database_url, hall, **settings)
        self.within: list[str] = []
        self.note = data / "death.json"

    def start(self, **planted: str) -> "Built":
        """Start with ``WITHOUT`` or ``DIE_AT``; with neither, the server as it is."""
        self.note.unlink(missing_ok=True)
        wsgi = "tests.reliability.doctored_wsgi:app" if planted else "wsgi:app"
        command = [*self.within, sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", wsgi]
        environment = self.environment | {"DEATH_NOTE": str(self.note)} | planted
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        # One that is to die may do so before anybody asks whether it is well.
        wait_until(lambda: self.answers() or self.has_died(), what="the server's first answer")
        return self

    def has_died(self) -> bool:
        """Whether the process killed itself, and nothing of its group is left to commit anything."""
        assert self.process is not None
        return self.process.poll() is not None and not _group(self.process.pid)

    def last_words(self) -> dict[str, Any]:
        """Which press died, and where. Fails where the server ended in another way."""
        if not self.note.exists():
            raise AssertionError(
                "the server ended, and not as planned:\n" + (self.data / "server.log").read_text()[-3000:]
            )
        words: dict[str, Any] = json.loads(self.note.read_text())
        return words

    def end(self) -> None:
        with suppress(ProcessLookupError):
            self.kill()


def built_hall(database_url: str, data: Path, **settings: str) -> tuple[ServedHall, Built]:
    """A founded hall on a migrated, empty database, and its server, which is not started yet."""
    server = Built(data, database_url, hall="test", **settings)
    return ServedHall(server).found(), server
