"""A real file system of two megabytes runs full under a running server."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from queue_server.services import maintenance
from tests.faults.small_disk import fill, is_full, run_in_own_mounts, small_disk, why_no_mount
from tests.news.live import LiveReader
from tests.support.served import Client, Sent, ServedHall, hall_on
from tests.support.servers import wait_until

#: Orders that are refused in a row while the disk is full.
REFUSED = 60
#: Lines that the log may grow by in a minute of it: the refusals' own, and those of the server's jobs.
LINES = 12


@pytest.fixture
def disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    folder = tmp_path / "disk"
    if why_no_mount(folder):
        run_in_own_mounts(request.node.nodeid)
        pytest.skip("passed in a name space of its own: this user may not mount")
    with small_disk(folder) as disk:
        yield disk


def press(kiosk: Client, sent: Sent | None = None) -> tuple[Sent, requests.Response]:
    sent = sent or Sent("/tickets", {"line": "A", "class": "ordinary"})
    answer = kiosk.session.post(kiosk.url(sent.path), json=sent.body, headers=kiosk.headers(sent), timeout=10)
    return sent, answer


def pressed_until_full(kiosk: Client) -> tuple[Sent, int]:
    """The press that found no room, and the position of the last that did."""
    seq = 0
    for _ in range(2000):
        sent, answer = press(kiosk)
        if answer.status_code == 507:
            assert answer.json() == {"error": "disk_full", "facts": {}}
            return sent, seq
        assert answer.status_code == 201, answer.text
        seq = answer.json()["seq"]
    raise AssertionError("the disk never ran full")


def served(disk: Path, folder: Path, sqlite_template: Path, data: Path) -> ServedHall:
    path = disk / "hall.db"
    shutil.copyfile(sqlite_template, path)
    data.mkdir(exist_ok=True)
    hall = hall_on(f"sqlite:///{path}", data)
    hall.server.start()
    return hall


def test_a_full_disk_refuses_orders_clearly_and_the_hall_goes_on_when_there_is_room(
    disk: Path, tmp_path: Path, sqlite_template: Path
) -> None:
    hall = served(disk, tmp_path, sqlite_template, tmp_path / "data")
    try:
        kiosk = hall.client(token=hall.kiosk)
        with LiveReader(hall.server.address) as screen:
            ballast = fill(disk)
            refused, seq = pressed_until_full(kiosk)
            assert is_full(disk)
            the_log_is_not_flooded(hall, kiosk)
            reading_goes_on(hall, kiosk, screen, seq)
            a_backup_elsewhere_is_whole_and_one_here_is_refused(hall, disk, tmp_path)
            recovers(hall, kiosk, screen, ballast, refused)
        with hall.database() as store, store.reading() as connection:
            assert [*maintenance.verify(connection), *maintenance.verify_statistics(connection)] == []
    finally:
        hall.server.kill()


def the_log_is_not_flooded(hall: ServedHall, kiosk: Client) -> None:
    log = hall.server.data / "server.log"
    before = log.read_text().count("\n")
    statuses = {press(kiosk)[1].status_code for _ in range(REFUSED)}
    assert statuses == {507}
    added = log.read_text().splitlines()[before:]
    assert any("disk full" in line for line in log.read_text().splitlines())
    assert len(added) <= LINES, added[:LINES]


def reading_goes_on(hall: ServedHall, kiosk: Client, screen: LiveReader, seq: int) -> None:
    """Nothing half done is seen, and the screens hear ticks as ever."""
    assert kiosk.read("/snapshot")["seq"] >= seq
    for path in ("/board", "/healthz"):
        assert requests.get(f"{hall.server.address}{path}", timeout=10).status_code == 200
    heard = len(screen.ticks)
    wait_until(lambda: len(screen.ticks) >= heard + 2, 10, "two ticks")
    with hall.database() as store, store.reading() as connection:
        assert list(maintenance.verify(connection)) == []


def a_backup_elsewhere_is_whole_and_one_here_is_refused(hall: ServedHall, disk: Path, folder: Path) -> None:
    """The first thing that an operator does, and the mistake that is next to it."""
    done = hall.server.run("backup", str(folder / "copy.db"))
    assert (done.returncode, "verified" in done.stdout) == (0, True), done.stderr
    assert maintenance.check_copy(folder / "copy.db") > 0
    failed = hall.server.run("backup", str(disk / "copy.db"))
    assert failed.returncode != 0
    assert "disk is full" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert [path.name for path in disk.iterdir() if "copy" in path.name] == [], "half a copy takes room from the hall"


def recovers(hall: ServedHall, kiosk: Client, screen: LiveReader, ballast: Path, refused: Sent) -> None:
    ballast.unlink()
    started = time.monotonic()
    answers: list[Any] = []
    wait_until(lambda: answers.append(press(kiosk, refused)[1]) or answers[-1].status_code != 507, 10, "room")
    assert time.monotonic() - started < 5.0
    assert (answers[-1].status_code, "Idempotent-Replay" in answers[-1].headers) == (201, False)
    wait_until(lambda: screen.position["seq"] >= answers[-1].json()["seq"], 5, "the news of it")


def test_a_full_disk_that_also_holds_the_log_stops_nothing_more(
    disk: Path, tmp_path: Path, sqlite_template: Path
) -> None:
    hall = served(disk, tmp_path, sqlite_template, disk)
    try:
        kiosk = hall.client(token=hall.kiosk)
        ballast = fill(disk)
        refused, _ = pressed_until_full(kiosk)
        fill(disk)
        assert {press(kiosk)[1].status_code for _ in range(20)} == {507}
        assert kiosk.read("/snapshot")["seq"] > 0
        ballast.unlink()
        wait_until(lambda: press(kiosk, refused)[1].status_code == 201, 5, "room")
    finally:
        hall.server.kill()
