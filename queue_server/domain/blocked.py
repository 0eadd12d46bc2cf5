"""A blocked case (办不成事): what could not be done, whose it is, and until when.

received → sorted → assigned → settled → told → checked, one step after another.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from queue_server.domain.day import Hall
from queue_server.domain.errors import Refused


class WrongStep(Refused):
    """A blocked case takes one step after another, and is assigned to a department."""

    code = "wrong_step"


class Step(StrEnum):
    RECEIVED = "received"
    #: It is clear what it is about.
    SORTED = "sorted"
    #: Somebody answers for it.
    ASSIGNED = "assigned"
    SETTLED = "settled"
    #: The person was told.
    TOLD = "told"
    #: Somebody else looked whether it is really so.
    CHECKED = "checked"


STEPS = tuple(Step)
#: Workdays until a case is to be settled.
SETTLED_WITHIN = 5


@dataclass(eq=False)
class BlockedCase:
    """What it is about, and what was done, are texts in a side table."""

    id: str
    hall_id: str
    day: date
    at: datetime
    #: Who took it up.
    clerk: str
    due_on: date
    ticket_id: str | None = None
    service: str | None = None
    #: The department that is to settle it.
    owner: str | None = None
    step: Step = Step.RECEIVED
    stepped_at: datetime | None = None
    settled_at: datetime | None = None
    window: str | None = None

    table: ClassVar[str] = "blocked_cases"

    def advance(self, to: Step, now: datetime, owner: str | None = None) -> None:
        """Take the next step. Refuses any other; a case is assigned to somebody."""
        expected = STEPS[min(STEPS.index(self.step) + 1, len(STEPS) - 1)]
        owner = owner or self.owner
        if to is not expected or self.step is Step.CHECKED or (to is Step.ASSIGNED and not owner):
            raise WrongStep(step=self.step, next=expected)
        self.step, self.stepped_at, self.owner = to, now, owner
        if to is Step.SETTLED:
            self.settled_at = now


def workday_after(hall: Hall, since: date, count: int) -> date:
    """The ``count``-th working day of the hall after ``since``."""
    day = since
    while count > 0:
        day += timedelta(days=1)
        count -= hall.works_on(day)
    return day
