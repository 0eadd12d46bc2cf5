"""The box beside a real server: processes, sockets, real waves. Only the loudspeaker is a folder."""

import os
import signal
import time
import wave

import pytest

from tests.faults.proxy import FaultProxy
from tests.support.chromium import needs_chromium
from tests.support.servers import wait_until
from tests.support.sites import Site
from tests.voice.espeak import needs_espeak

pytestmark = needs_espeak


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


@needs_chromium
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
