"""How long the event loop stands still on a day at its peak, with backups and reports running.

As a command: ``python -m tests.realtime.hub_day [--tickets 1300] [--database postgresql]`` drives the
demonstration day as fast as it goes, with forty screens listening, a backup and a report every second, and
prints the longest stops. PostgreSQL is a private one that waits for its disk.
The bar holds for what the server does itself; what other programs on the machine took is shown beside it.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from benchmarks.databases import postgresql
from tests.news.live import LiveReader
from tests.support.postgres import binaries
from tests.support.servers import ROOT, Server

#: The bar, in seconds.
BAR_S = 0.050
SCREENS = 40
TOKEN = "a token for the probe of tests"


@dataclass
class Stops:
    """Of one day, in seconds."""

    longest: float
    #: Without what other programs took.
    own: float
    #: Upper bounds of the probe's histogram, and how many pauses came later than that.
    later_than: dict[str, int]
    backups: int
    reports: int
    orders: int

    def __str__(self) -> str:
        late = ", ".join(f"> {float(bound) * 1000:g} ms: {count}" for bound, count in self.later_than.items())
        return (
            f"longest stop of its own {self.own * 1000:.1f} ms, with other programs {self.longest * 1000:.1f} ms; "
            f"{late}; "
            f"{self.orders} orders, {self.backups} backups, {self.reports} reports"
        )


class Again:
    """Does something over and over while the day goes on."""

    def __init__(self, work: Any, pause_s: float) -> None:
        self.done, self._over = 0, threading.Event()
        self._work, self._pause_s = work, pause_s
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._over.wait(self._pause_s):
            # None counts as done; only a refusal for want of time says otherwise.
            self.done += self._work() is not False

    def end(self) -> int:
        self._over.set()
        self._thread.join()
        return self.done


@contextmanager
def served(folder: Path, database_url: str = "") -> Iterator[Server]:
    server = Server(folder, database_url, HALL_METRICS_TOKEN=TOKEN)
    made = server.run("demo", "--set-up-only")
    assert made.returncode == 0, made.stderr
    server.start()
    try:
        yield server
    finally:
        server.kill()


def metrics(server: Server) -> dict[str, float]:
    answer = requests.get(f"{server.address}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=10)
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def late(counts: dict[str, float]) -> dict[str, int]:
    """How many of the probe's pauses came later than each bound."""
    bound = re.compile(r'hall_hub_stop_seconds_bucket\{le="([\d.]+)"\}')
    found = {m[1]: count for name, count in counts.items() if (m := bound.fullmatch(name))}
    return {b: int(counts["hall_hub_stop_seconds_count"] - n) for b, n in found.items() if 0.01 <= float(b) <= 0.2}


def day(server: Server, tickets: int) -> Stops:
    supervisor = signed_in(server)
    readers = [LiveReader(server.address, hall=server.hall).connect() for _ in range(SCREENS)]
    highest = Highest(server)
    before = late(metrics(server))
    backups = Again(lambda: back_up(server), 1.0)
    reports = Again(lambda: report(server, supervisor), 1.0)
    try:
        driven = drive(server, tickets)
    finally:
        made, told, _ = backups.end(), reports.end(), highest.end()
        for reader in readers:
            reader.leave()
    assert driven.returncode == 0, driven.stdout[-2000:] + driven.stderr[-2000:]
    counts = metrics(server)
    orders = int(sum(n for name, n in counts.items() if name.startswith("hall_orders_total")))
    return Stops(highest.longest, highest.own, {b: n - before[b] for b, n in late(counts).items()}, made, told, orders)


class Highest(Again):
    """The longest stop, read every ten seconds: the gauge forgets after a minute."""

    def __init__(self, server: Server) -> None:
        self.longest, self.own, self._server = 0.0, 0.0, server
        super().__init__(self.read, 10.0)

    def read(self) -> None:
        counts = metrics(self._server)
        self.longest = max(self.longest, counts["hall_hub_stop_longest_seconds"])
        self.own = max(self.own, counts["hall_hub_own_stop_longest_seconds"])

    def end(self) -> int:
        done = super().end()
        # The gauge is set once a second.
        deadline = time.monotonic() + 1.5
        while time.monotonic() < deadline:
            self.read()
        return done


def signed_in(server: Server) -> requests.Session:
    members = json.loads((server.data / "demo-credentials.json").read_text())["staff"]
    member = next(each for each in members if each["username"] == "supervisor")
    session = requests.Session()
    body = {"username": "supervisor", "password": member["password"]}
    assert session.post(f"{server.address}/api/sessions", json=body, timeout=10).status_code == 201
    return session


def report(server: Server, session: requests.Session) -> bool:
    """Whether it was answered: a machine that is too busy for it may say so."""
    answer = session.get(f"{server.address}/api/halls/{server.hall}/report", timeout=20)
    assert answer.status_code in (200, 503), answer.text
    return answer.status_code == 200


def back_up(server: Server) -> None:
    """As docs/operations.md says: the program's own copy of a file, PostgreSQL's of a database."""
    target = server.data / "copy.db"
    target.unlink(missing_ok=True)
    url = server.environment.get("HALL_DATABASE_URL", "")
    if not url:
        made = server.run("backup", str(target))
    else:
        programs = binaries()
        assert programs is not None
        address = url.replace("postgresql+psycopg://", "postgresql://")
        command = [str(programs / "pg_dump"), "-Fc", "-f", str(target), address]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr


def drive(server: Server, tickets: int) -> "subprocess.CompletedProcess[str]":
    options = ["--tickets", str(tickets), "--speed", "0", "--workers", "2"]
    command = [sys.executable, "-m", "counter_client", "day", "--server", server.address, *options]
    command += ["--credentials", str(server.data / "demo-credentials.json")]
    return subprocess.run(command, cwd=ROOT, env=server.environment, capture_output=True, text=True, check=False)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--tickets", type=int, default=1300)
    asked.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = asked.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(postgresql()) if given.database == "postgresql" else ""
        if url is None:
            sys.exit("PostgreSQL is not installed (apt-get install postgresql)")
        stops = day(stack.enter_context(served(folder, url)), given.tickets)
    print(f"{given.database}: {stops}")
    sys.exit(stops.own > BAR_S)


if __name__ == "__main__":
    main()
