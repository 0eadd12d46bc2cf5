"""The hall's clock as the driver steps it, and the pace at which it may be stepped."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from counter_client.api import Api, Refusal


class HallClock:
    """Steps a demonstration hall's clock through one day; times are seconds of that day."""

    def __init__(
        self, supervisor: Api, midnight: datetime, speed: float, real: Callable[[], float] = time.monotonic
    ) -> None:
        """``speed``: hall seconds per real second; 0 steps without waiting."""
        self._supervisor, self._midnight, self._speed, self._real = supervisor, midnight, speed, real
        self._shown: tuple[float, float] = (0.0, real())
        self._begun: tuple[float, float] | None = None
        self.steps = 0

    def now(self) -> float:
        """About what the hall's clock says: what it said last, and the real time since."""
        shown, at = self._shown
        return shown + self._real() - at

    def go_to(self, when: float) -> None:
        """Wait as the pace asks, then step; do nothing when the hall's clock is past ``when``."""
        self._pace(when)
        if self.now() >= when:
            return
        try:
            answer = self._supervisor.order("POST", "/clock/steps", {"to": iso(self.instant(when))})
        except Refusal as refusal:
            if refusal.code != "clock_backwards":
                raise
            self.heard(str(refusal.facts["now"]))
            return
        self.steps += 1
        self.heard(str(answer.body["now"]))

    def instant(self, when: float) -> datetime:
        return self._midnight + timedelta(seconds=when)

    def heard(self, now: str) -> None:
        """The server said what time it is in the hall."""
        self._shown = ((datetime.fromisoformat(now) - self._midnight).total_seconds(), self._real())

    def _pace(self, when: float) -> None:
        if self._speed <= 0:
            return
        if self._begun is None:
            self._begun = (when, self._real())
        begun, real = self._begun
        ahead = (when - begun) / self._speed - (self._real() - real)
        if ahead > 0:
            time.sleep(ahead)


def iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def midnight(day: date, zone: str) -> datetime:
    """The beginning of a day in the hall's time zone, in UTC: adding to it is adding real time."""
    return datetime.combine(day, datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)


def day_to_drive(now: datetime, workdays: list[int], latest_start_s: int) -> date:
    """Today when it is a working day not past ``latest_start_s``, else the next working day.

    ``now`` is in the hall's time zone; ``workdays`` are ISO weekdays, 1 = Monday.
    """
    day = now.date()
    seconds = now.hour * 3600 + now.minute * 60 + now.second
    if seconds > latest_start_s:
        day += timedelta(days=1)
    while day.isoweekday() not in workdays:
        day += timedelta(days=1)
    return day
