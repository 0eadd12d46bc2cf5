"""A copy taken while the hall works, put back after a disaster: quick, whole, and no number is given twice."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from queue_server.services import maintenance
from queue_server.store.engine import sqlite_module
from tests.faults.sockets import collect_handshakes, leaves_handshakes_open
from tests.news.live import LiveReader
from tests.reliability.load import Load
from tests.support.served import ServedHall, small_hall
from tests.support.servers import wait_until

pytestmark = [pytest.mark.slow, leaves_handshakes_open]

#: How long a restore may take, from the command to the first answer, in seconds: a promise (docs/reliability.md).
RESTORED_WITHIN_S = 300.0
MEGABYTES = 20


@pytest.fixture
def hall(tmp_path: Path, sqlite_template: Path) -> Iterator[ServedHall]:
    data = tmp_path / "data"
    data.mkdir()
    hall = small_hall(data, sqlite_template)
    # As large as some weeks of service make it, so that orders are given during the copy and not beside it.
    fill(data / "hall.db")
    hall.server.start()
    yield hall
    if hall.server.process is not None and hall.server.process.poll() is None:
        hall.server.kill()


def fill(path: Path) -> None:
    connection = sqlite_module().connect(path)
    connection.execute("CREATE TABLE ballast (data BLOB)")
    connection.execute("INSERT INTO ballast VALUES (zeroblob(?))", (MEGABYTES * 2**20,))
    connection.commit()
    connection.close()


def serials(load: Load) -> dict[str, list[int]]:
    """Numbers on paper, by line."""
    issued = [
        sent.answer["ticket"]["number"] for sent in load.presses if sent.path == "/tickets" and sent.status == 201
    ]
    return {letter: [int(number[1:]) for number in issued if number[0] == letter] for letter in "AB"}


def test_no_printed_number_comes_again_after_a_restore(hall: ServedHall, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    load = Load(hall)
    try:
        load.more(20)
        before = load.answered
        done = hall.server.run("backup", str(copy))
        assert (done.returncode, "verified" in done.stdout) == (0, True), done.stderr
        assert load.answered > before, "the hall stood still during the copy"
        load.more(40)
    finally:
        load.end()
    assert load.failures == []
    assert maintenance.check_copy(copy) > 0
    on_paper = serials(load)

    with LiveReader(hall.server.address) as screen:
        assert restored(hall, copy) == "exact"
        after_restore(hall, screen, on_paper, skipped=False)
        on_paper = {letter: [*given, *more] for letter, given, more in later(hall, on_paper)}
        (hall.server.data / "hall.db").write_bytes(b"\0" * 4096)
        assert restored(hall, copy) == "skipped"
        after_restore(hall, screen, on_paper, skipped=True)
    collect_handshakes()


def restored(hall: ServedHall, copy: Path) -> str:
    """Stop, restore, start; what the command says it did."""
    started = time.monotonic()
    hall.server.kill()
    done = hall.server.run("restore", str(copy))
    assert done.returncode == 0, done.stderr
    hall.server.start()
    took = time.monotonic() - started
    print(f"\nrestored and answering after {took:.1f} s ({copy.stat().st_size / 2**20:.0f} MB)")
    assert took < RESTORED_WITHIN_S
    return "skipped" if "next thousand" in done.stdout else "exact"


def after_restore(hall: ServedHall, screen: LiveReader, on_paper: dict[str, list[int]], skipped: bool) -> None:
    for letter, given in on_paper.items():
        number = issue(hall, letter)
        assert number > max(given)
        assert skipped or number == max(given) + 1, "nobody's number is skipped where the old database tells"
    whole = hall.client().read("/snapshot")
    wait_until(lambda: screen.position["epoch"] == whole["epoch"], 15, "the screen's change to the new epoch")
    assert screen.synced[-1]["mode"] in ("snapshot", "replay")
    assert any(answer["mode"] == "snapshot" and answer["epoch"] == whole["epoch"] for answer in screen.synced)
    with hall.database() as store, store.reading() as connection:
        assert [*maintenance.verify(connection), *maintenance.verify_statistics(connection)] == []


def issue(hall: ServedHall, letter: str) -> int:
    ticket: dict[str, Any] = (
        hall.client(token=hall.kiosk).order("/tickets", line=letter, **{"class": "ordinary"}).answer["ticket"]
    )
    return int(ticket["number"][1:])


def later(hall: ServedHall, on_paper: dict[str, list[int]]) -> Iterator[tuple[str, list[int], list[int]]]:
    """More numbers are printed after the restore."""
    for letter, given in on_paper.items():
        yield letter, given, [issue(hall, letter) for _ in range(3)]
