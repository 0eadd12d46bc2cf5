"""A server whose wall clock a test sets while it runs; its monotonic clock is the machine's own."""

import os
import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from queue_server.domain.day import Hall
from tests.news.live import LiveReader
from tests.support.halls import HALL
from tests.support.served import Client, Sent, ServedHall
from tests.support.servers import Server, wait_until


def faketime() -> Path | None:
    """The library that stands between a program and the computer's clock."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    return found[0] if found else None


needs_faketime = pytest.mark.skipif(
    faketime() is None, reason="libfaketime is not installed (apt-get install faketime)"
)


class Ticks(LiveReader):
    """A screen's connection that looks whether a tick names a time before the latest event's."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.backwards: list[tuple[str, str]] = []

    def _tick(self, tick: dict[str, Any]) -> None:
        super()._tick(tick)
        latest = self.events[-1]["at"] if self.events else ""
        if tick["now"] < latest:
            self.backwards.append((latest, tick["now"]))

    def two_more(self) -> None:
        """Ticks keep the real clock's pace: the second next one comes within two of their intervals."""
        seen = len(self.ticks)
        wait_until(lambda: len(self.ticks) >= seen + 2, 30, "two more ticks")
        gaps = [later - earlier for earlier, later in zip(self.ticks[seen - 1 :], self.ticks[seen:], strict=False)]
        assert max(gaps) < 6.0, "a screen would have called itself out of date"


class MovedServer(Server):
    """A server under libfaketime."""

    @property
    def environment(self) -> dict[str, str]:
        inherited = super().environment
        path = f"{Path(__file__).parent / 'without_nanosleep'}{os.pathsep}{inherited['PYTHONPATH']}"
        return inherited | {"PYTHONPATH": path}


class MovedClock:
    """The small hall at nine of a working day, in a server of any time zone."""

    def __init__(self, folder: Path, sqlite_template: Path, zone: str) -> None:
        self._file = folder / "faketime"
        self._file.write_text("+0\n")
        settings = {
            "TZ": zone,
            "LD_PRELOAD": str(faketime()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_NO_CACHE": "1",
        }
        database = folder / "hall.db"
        shutil.copyfile(sqlite_template, database)
        self.served = ServedHall(MovedServer(folder, f"sqlite:///{database}", hall=HALL, **settings)).found()
        self.served.server.start()
        self.kiosk = self.served.client(token=self.served.kiosk)
        self._base, self._since = self.now(), time.monotonic()
        #: Of the hall, to reckon with; the served one has these hours too.
        self.timetable = Hall("reckoning", "", "", "Asia/Shanghai")

    def move(self, offset: timedelta) -> None:
        """Set the server's wall clock this far from the machine's."""
        draft = self._file.with_suffix(".new")
        draft.write_text(f"{offset.total_seconds():+.6f}\n")
        os.replace(draft, self._file)

    def move_to(self, moment: datetime) -> None:
        """Set the wall clock so that hall time comes to ``moment``."""
        self.move(moment - self._base - timedelta(seconds=time.monotonic() - self._since))

    def now(self) -> datetime:
        return datetime.fromisoformat(self.kiosk.read("/snapshot")["now"])

    def day(self) -> dict[str, Any]:
        day: dict[str, Any] = self.kiosk.read("/snapshot")["snapshot"]["day"]
        return day

    def wait_for_day(self, state: str) -> None:
        wait_until(lambda: self.day()["state"] == state, 30, f"the day's being {state}")

    def issue(self) -> Sent:
        return self.kiosk.order("/tickets", line="A", **{"class": "ordinary"})

    def issued(self) -> tuple[str, datetime]:
        """A new number, and when it was given."""
        sent = self.issue()
        assert sent.status == 201, sent
        return sent.answer["ticket"]["number"], datetime.fromisoformat(sent.answer["ticket"]["issued_at"])

    def serve(self, clerk: Client) -> tuple[str, timedelta]:
        """Call and serve the next; their number and how long they waited by the hall's clock."""
        called = clerk.order("/windows/1/calls").answer["ticket"]
        for what in ("starts", "finishes"):
            assert clerk.order(f"/tickets/{called['id']}/{what}").status == 201
        return called["number"], datetime.fromisoformat(called["called_at"]) - datetime.fromisoformat(
            called["issued_at"]
        )

    def close(self) -> None:
        self.served.server.kill()
