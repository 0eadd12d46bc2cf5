"""The printer's program as a process, before a real server and a printer on the network."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from queue_server.services import catalogue
from tests.counter_client.desks import STARTED
from tests.counter_client.fake_printer import NetworkPrinter
from tests.counter_client.thief import Thief
from tests.support.halls import HALL, service
from tests.support.served import Client, ServedHall
from tests.support.servers import ROOT, wait_until

pytestmark = pytest.mark.slow


@pytest.fixture
def paper() -> Iterator[NetworkPrinter]:
    found = NetworkPrinter()
    yield found
    found.close()


class Box:
    """The machine with the printer."""

    def __init__(self, hall: ServedHall, paper: NetworkPrinter, folder: Path, address: str = "") -> None:
        self._folder, self._paper, self._address = folder, paper, address or hall.server.address
        self.code = hall.server.run("device", "printer", "小票").stdout.split()[0]
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> "Box":
        command = [sys.executable, "-m", "counter_client", "printer", "--server", self._address, "--hall", HALL]
        command += ["--code", self.code, "--device", f"tcp:127.0.0.1:{self._paper.port}"]
        command += ["--state-dir", str(self._folder)]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HALL_")}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stderr=subprocess.DEVNULL)
        STARTED.append(self.process)
        return self

    def end(self, number: int) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(30)


@pytest.fixture
def clerk(hall: ServedHall) -> Client:
    parts = hall.parts()
    with parts.uow(HALL) as uow:
        catalogue.add(uow, [service()])
    parts.store.dispose()
    return hall.seated("1")


def noticed(clerk: Client) -> str:
    """A consultation whose papers are missing."""
    ticket = clerk.order("/tickets", line="A").answer["ticket"]["id"]
    clerk.order("/windows/1/calls")
    found = {"outcome": "notice", "services": ["A01"], "missing": {"A01": ["id-card"]}}
    return str(clerk.order(f"/tickets/{ticket}/consultations", **found).answer["consultation"]["id"])


def jobs(clerk: Client, about: str) -> Any:
    return clerk.read(f"/consultations/{about}/prints")


def wait_for(clerk: Client, about: str, state: str) -> dict[str, Any]:
    wait_until(lambda: (found := jobs(clerk, about)["jobs"]) and found[0]["state"] == state, what=state)
    latest: dict[str, Any] = jobs(clerk, about)["jobs"][0]
    return latest


def test_a_notice_is_printed_once_and_a_killed_program_says_that_it_does_not_know(
    hall: ServedHall, clerk: Client, paper: NetworkPrinter, tmp_path: Path
) -> None:
    about = noticed(clerk)
    assert clerk.order(f"/consultations/{about}/prints").answer["error"] == "no_printer"
    box = Box(hall, paper, tmp_path / "box").start()
    wait_until(lambda: (jobs(clerk, about)["printer"] or {}).get("alive"), what="the printer's sign of life")

    clerk.order(f"/consultations/{about}/prints", language="en")
    wait_for(clerk, about, "printed")
    assert "社会保障卡申领" in paper.roll.text()
    assert "Social security card" in paper.roll.text()
    assert len(paper.roll.images()) == 1

    paper.roll.mood.waits_for = held = threading.Event()
    clerk.order(f"/consultations/{about}/prints")
    wait_for(clerk, about, "printing")
    box.end(signal.SIGKILL)
    held.set()
    box.start()
    assert wait_for(clerk, about, "failed")["reason"] == "unknown"
    assert len(paper.roll.sheets) <= 2, "never a second time"
    paper.roll.mood.paper = "out"
    clerk.order(f"/consultations/{about}/prints")
    assert wait_for(clerk, about, "failed")["reason"] == "paper"
    assert box.end(signal.SIGTERM) == 0


def test_where_no_websocket_passes_it_asks(
    hall: ServedHall, clerk: Client, paper: NetworkPrinter, road: Thief, tmp_path: Path
) -> None:
    about = noticed(clerk)
    Box(hall, paper, tmp_path / "box", road.address).start()
    wait_until(lambda: (jobs(clerk, about)["printer"] or {}).get("alive"), what="a sign of life by asking")
    road.steals = "/starts"
    clerk.order(f"/consultations/{about}/prints")
    wait_for(clerk, about, "printed")
    assert len(paper.roll.sheets) == 1
    assert len(road.keys("/starts")) == 2, "the claim whose answer was stolen was repeated"
    assert len(set(road.keys("/starts"))) == 1
