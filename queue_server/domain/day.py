"""The hall, its timetable, and the business day as a thing that is opened and closed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from queue_server.domain.errors import DayAlreadyOpen, DayNotOpen, IssuingClosed
from queue_server.domain.rules import Rules


class DayState(StrEnum):
    OPEN = "open"
    #: No new numbers and calls; the tickets left over are being ended.
    CLOSING = "closing"
    CLOSED = "closed"


def clock_time(text: str) -> time:
    """``"08:30"`` as a time of day. Raises ValueError for anything else."""
    return time.fromisoformat(text)


@dataclass(eq=False)
class Hall:
    """A service hall and when it works. Times of day are in its own time zone, ``"HH:MM"``."""

    id: str
    name: str
    name_en: str
    timezone: str
    #: A demonstration: its clock may be stepped forward.
    demo: bool = False
    hours: Sequence[Sequence[str]] = field(default_factory=lambda: [["08:30", "12:00"], ["14:00", "17:30"]])
    #: From when kiosks give numbers; the day is opened then.
    issue_from: str = "08:00"
    #: When the timetable closes the day, by force.
    closes: str = "18:30"
    #: ISO weekdays on which the timetable opens the hall, 1 = Monday.
    workdays: Sequence[int] = field(default_factory=lambda: [1, 2, 3, 4, 5])
    #: What differs from the defaults of ``Rules``; None for nothing.
    rules: dict[str, Any] | None = None
    #: Another one after every change of the services; None before the first. Says nothing else.
    services_version: str | None = None
    #: What its screens look like; None for the defaults.
    layout: dict[str, Any] | None = None

    table: ClassVar[str] = "halls"

    @property
    def decided(self) -> Rules:
        """The hall's rules, defaults where it decided nothing."""
        return Rules.of(self.rules)

    def local(self, now: datetime) -> datetime:
        return now.astimezone(ZoneInfo(self.timezone))

    def at(self, day: date, text: str) -> datetime:
        """The instant of a time of day on ``day``."""
        return datetime.combine(day, clock_time(text), ZoneInfo(self.timezone))

    def works_on(self, day: date) -> bool:
        return day.isoweekday() in self.workdays

    def is_late(self, now: datetime) -> bool:
        """Whether ``now`` is past the close, or on a day without work."""
        here = self.local(now)
        return here.time() >= clock_time(self.closes) or not self.works_on(here.date())

    def next_opening(self, now: datetime, minutes_after: int = 0) -> datetime:
        """The next working morning's ``issue_from``, ``minutes_after`` later; never ``now`` itself."""
        day = self.local(now).date()
        while True:
            opening = self.at(day, self.issue_from) + timedelta(minutes=minutes_after)
            if self.works_on(day) and opening > now:
                return opening
            day += timedelta(days=1)


@dataclass(eq=False)
class Day:
    """One business day: a stored row, never "today's date"."""

    hall_id: str
    date: date
    state: DayState
    opened_at: datetime
    closed_at: datetime | None = None
    #: Opened by a person: kiosks then work outside the timetable as well.
    manual: bool = False
    #: Opened by a person after hours or on a holiday: lasts until midnight or until it is closed by hand.
    late: bool = False
    #: The last ordinal given; counts issues of the whole hall.
    ordinal: int = 0

    table: ClassVar[str] = "days"

    def require_open(self) -> None:
        if self.state is not DayState.OPEN:
            raise DayNotOpen(date=self.date.isoformat(), state=self.state)

    def next_ordinal(self) -> int:
        self.ordinal += 1
        return self.ordinal

    def reopen(self, manual: bool, late: bool) -> None:
        """Open a closed day again: its numbers go on where they stopped."""
        if self.state is not DayState.CLOSED:
            raise DayAlreadyOpen(date=self.date.isoformat())
        self.state, self.manual, self.late, self.closed_at = DayState.OPEN, manual, late, None

    def begin_close(self) -> None:
        self.require_open()
        self.state = DayState.CLOSING

    def close(self, now: datetime) -> None:
        self.state, self.closed_at = DayState.CLOSED, now


def due(hall: Hall, day: Day | None, now: datetime) -> Literal["open", "close"] | None:
    """What the timetable wants done now, given the hall's latest day.

    A day is closed at ``closes`` or once its date is past, and a close that was interrupted is
    taken up again. A day that a person closed is not opened again on the same date.
    """
    here = hall.local(now)
    ends = clock_time(hall.closes)
    if day is not None and day.state is not DayState.CLOSED:
        over = here.date() > day.date or (here.time() >= ends and not day.late)
        return "close" if over or day.state is DayState.CLOSING else None
    if day is not None and day.date >= here.date():
        return None
    opens = hall.works_on(here.date()) and clock_time(hall.issue_from) <= here.time() < ends
    return "open" if opens else None


def require_issuing(hall: Hall, day: Day, now: datetime) -> None:
    """Refuse a kiosk outside issuing hours; staff may issue as long as the day is open."""
    if day.manual:
        return
    starts = hall.at(day.date, hall.issue_from)
    ends = hall.at(day.date, hall.hours[-1][1])
    if not starts <= now < ends:
        raise IssuingClosed(opens=hall.issue_from, ends=hall.hours[-1][1])
