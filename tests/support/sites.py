"""A small hall behind a real server, with boxes and pages that speak in it."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from queue_server.cli import database
from queue_server.domain.numbering import TicketClass
from queue_server.services import days
from queue_server.store import tables
from queue_server.store.engine import open_store
from tests.services.looking import rows
from tests.support.halls import HALL, Bench
from tests.support.servers import ROOT, Server, wait_until


class Site:
    """A server on a free port, the small hall in its database, and boxes that speak."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.data.mkdir()
        self.server = Server(self.data, hall=HALL)
        self.store = open_store(f"sqlite:///{self.data / 'hall.db'}")
        database.upgrade(self.store)
        self.bench = Bench(self.store, clock=lambda: datetime.now(UTC)).found()
        self.bench.do(days.open_day, manual=True)
        for window in ("Z1", "1"):
            self.bench.sit(window)
        self.boxes: list[subprocess.Popen[bytes]] = []

    def call(self, line: str = "A", window: str = "1") -> dict[str, Any]:
        self.bench.issue(line, TicketClass.ORDINARY)
        return self.bench.call(window)

    def box(self, folder: Path, play: str, *more: str, server: str | None = None) -> "subprocess.Popen[bytes]":
        code = self.code(folder.name)
        folder.mkdir()
        command = [sys.executable, "-m", "display_client", "--server", server or self.server.address]
        command += ["--code", code, "--state-dir", str(folder / "state"), "--play", play, *more]
        with (folder / "log").open("w") as log:
            box = subprocess.Popen(command, cwd=ROOT, stderr=log, start_new_session=True)
        self.boxes.append(box)
        wait_until(lambda: "connected" in (folder / "log").read_text(), what="the box's connection")
        return box

    def code(self, name: str) -> str:
        """By which a new screen of this name is enrolled."""
        return self.server.run("device", "screen", name).stdout.split()[0]

    def announcer(self) -> str | None:
        """The name of the device that sounds in the hall."""
        (zone,) = rows(self.store, tables.zones)
        return {row["id"]: row["name"] for row in self.devices()}.get(zone["announcer"])

    def devices(self) -> list[dict[str, Any]]:
        return rows(self.store, tables.devices)

    def states(self) -> dict[str, str]:
        whole = requests.get(f"{self.server.address}/api/halls/{HALL}/snapshot", timeout=5).json()["snapshot"]
        return {row["number"]: row["state"] for row in whole["announcements"]}

    def close(self) -> None:
        for box in self.boxes:
            if box.poll() is None:
                os.killpg(box.pid, signal.SIGKILL)
            box.wait()
        if self.server.process is not None and self.server.process.poll() is None:
            self.server.kill()
        self.store.dispose()
