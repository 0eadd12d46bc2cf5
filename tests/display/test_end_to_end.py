"""The box beside a real server: processes, sockets, real waves. Only the loudspeaker is a folder."""

import os
import shutil
import signal
import subprocess
import sys
import time
import wave
from datetime import UTC, datetime

import pytest
import requests

from queue_server.cli import database
from queue_server.domain.numbering import TicketClass
from queue_server.services import days
from queue_server.store import tables
from queue_server.store.engine import open_store
from tests.faults.proxy import FaultProxy
from tests.services.looking import rows
from tests.support.halls import HALL, Bench
from tests.support.servers import ROOT, Server, wait_until
from tests.voice.espeak import needs_espeak

pytestmark = needs_espeak


class Site:
    """A server on a free port, the small hall in its database, and boxes that speak."""

    def __init__(self, folder):
        self.data = folder / "data"
        self.data.mkdir()
        self.server = Server(self.data, hall=HALL)
        self.store = open_store(f"sqlite:///{self.data / 'hall.db'}")
        database.upgrade(self.store)
        self.bench = Bench(self.store, clock=lambda: datetime.now(UTC)).found()
        self.bench.do(days.open_day, manual=True)
        for window in ("Z1", "1"):
            self.bench.sit(window)
        self.boxes = []

    def call(self, line="A", window="1"):
        self.bench.issue(line, TicketClass.ORDINARY)
        return self.bench.call(window)

    def box(self, folder, play, *more, server=None):
        code = self.server.run("device", "screen", folder.name).stdout.split()[0]
        folder.mkdir()
        command = [sys.executable, "-m", "display_client", "--server", server or self.server.address]
        command += ["--code", code, "--state-dir", str(folder / "state"), "--play", play, *more]
        with (folder / "log").open("w") as log:
            box = subprocess.Popen(command, cwd=ROOT, stderr=log, start_new_session=True)
        self.boxes.append(box)
        wait_until(lambda: "connected" in (folder / "log").read_text(), what="the box's connection")
        return box

    def announcer(self):
        """The name of the device that sounds in the hall."""
        (zone,) = rows(self.store, tables.zones)
        return {row["id"]: row["name"] for row in self.devices()}.get(zone["announcer"])

    def devices(self):
        return rows(self.store, tables.devices)

    def states(self):
        whole = requests.get(f"{self.server.address}/api/halls/{HALL}/snapshot", timeout=5).json()["snapshot"]
        return {row["number"]: row["state"] for row in whole["announcements"]}

    def close(self):
        for box in self.boxes:
            if box.poll() is None:
                os.killpg(box.pid, signal.SIGKILL)
            box.wait()
        if self.server.process is not None and self.server.process.poll() is None:
            self.server.kill()
        self.store.dispose()


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    try:
        site.server.start()
        yield site
    finally:
        site.close()


@pytest.mark.slow
def test_calls_are_spoken_once_and_go_on_after_the_server_was_killed(site, tmp_path):
    loudspeaker = tmp_path / "loudspeaker"
    loudspeaker.mkdir()
    boxes = [site.box(tmp_path / name, f"dir:{loudspeaker}") for name in ("first", "second")]

    before = site.call()["number"]
    wait_until(lambda: site.states()[before] == "ended", what=f"the end of {before}")
    site.server.kill()
    during = site.call("Z", "Z1")["number"]
    site.server.start()
    wait_until(lambda: site.states()[during] == "ended", what=f"the end of {during}")

    spoken = sorted(loudspeaker.iterdir())
    assert [file.stem.partition("-")[2] for file in spoken] == [before, during]
    for file in spoken:
        with wave.open(str(file)) as sound:
            assert 1.0 < sound.getnframes() / sound.getframerate() < 16.0
    for box in boxes:
        box.terminate()
        assert box.wait(20) == 0


def test_a_box_without_sound_says_so_and_the_hall_knows(site, tmp_path):
    site.box(tmp_path / "mute", "none")

    number = site.call()["number"]

    wait_until(lambda: site.states()[number] == "failed", what=f"the failure of {number}")
    assert "NOTHING WILL SOUND" in (tmp_path / "mute" / "log").read_text()


@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
def test_a_box_and_its_screen_are_one_device_that_shows_and_speaks(site, tmp_path):
    loudspeaker = tmp_path / "loudspeaker"
    loudspeaker.mkdir()
    browser = "chromium --headless=new --no-sandbox --disable-dev-shm-usage"
    box = site.box(tmp_path / "both", f"dir:{loudspeaker}", "--screen", "/board", "--browser", browser)

    number = site.call()["number"]

    def proved():
        (device,) = [row for row in site.devices() if row["name"] == "both"]
        return device["shown_seq"] and (device["sound"], device["form"], bool(device["stale"])) == ("ok", "box", False)

    wait_until(proved, timeout_s=90, what="the sign of life of box and page together")
    wait_until(lambda: site.states()[number] == "ended", what=f"the end of {number}")
    box.terminate()
    assert box.wait(30) == 0
    assert "the screen shows /board" in (tmp_path / "both" / "log").read_text()


@pytest.mark.slow
def test_when_the_announcer_dies_the_next_box_speaks_within_ten_seconds(site, tmp_path):
    loudspeaker = tmp_path / "loudspeaker"
    loudspeaker.mkdir()
    boxes = {}
    for name in ("first", "second"):
        boxes[name] = site.box(tmp_path / name, f"dir:{loudspeaker}")
        wait_until(lambda: site.announcer() == "first", what="the first box's zone")
    os.killpg(boxes["first"].pid, signal.SIGKILL)

    number, called_at = site.call()["number"], time.monotonic()
    wait_until(lambda: site.states()[number] in ("started", "ended"), what=f"the start of {number}")
    took = time.monotonic() - called_at
    wait_until(lambda: site.states()[number] == "ended", what=f"the end of {number}")

    assert site.announcer() == "second"
    assert took < 10.0
    assert len(list(loudspeaker.iterdir())) == 1


@pytest.mark.slow
def test_a_box_that_is_unplugged_speaks_what_is_young_when_it_is_back(site, tmp_path):
    loudspeaker = tmp_path / "loudspeaker"
    loudspeaker.mkdir()
    proxy = FaultProxy(site.server.port)
    try:
        site.box(tmp_path / "cut", f"dir:{loudspeaker}", server=proxy.address)
        wait_until(lambda: site.announcer() == "cut", what="the box's zone")
        with proxy.broken("drop"):
            number = site.call()["number"]
            wait_until(lambda: site.states()[number] == "unspoken", what=f"the word that {number} is unspoken")
        wait_until(lambda: site.states()[number] == "ended", what=f"the end of {number}")
    finally:
        proxy.close()
    assert [file.stem.partition("-")[2] for file in loudspeaker.iterdir()] == [number]
