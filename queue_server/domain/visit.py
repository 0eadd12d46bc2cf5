"""A stay at one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(eq=False)
class Visit:
    """One stay at one line: its own call, arrival, finish and outcome."""

    hall_id: str
    ticket_id: str
    #: 1 for the first stay, and so on.
    n: int
    day: date
    line: str
    joined_at: datetime
    turn_at: datetime
    #: The first call of this stay; a recall or a later call leaves it.
    called_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    window: str | None = None
    #: Id of the member of staff who called last.
    clerk: str | None = None
    #: ``done transferred wrong_line moved parked missed left expired unfinished``; None while it lasts.
    outcome: str | None = None
    #: What came of it, as the clerk says (``Result``); None where nobody said.
    result: str | None = None
    #: Why the holder was missed or the stay parked, as the clerk says.
    reason: str | None = None
    #: How many cases were handled; None counts as one.
    cases: int | None = None
    #: Codes of the services it was about.
    services: Sequence[str] | None = None
    #: The call that brought the person, where a press said when they came; None: the walk is not measured.
    walk_at: datetime | None = None

    table: ClassVar[str] = "visits"

    def called(self, window: str, clerk: str, now: datetime) -> None:
        self.called_at = self.called_at or now
        self.window, self.clerk, self.outcome = window, clerk, None

    def end(self, outcome: str, now: datetime) -> None:
        self.ended_at, self.outcome = now, outcome

    def add_case(self, service: str | None) -> None:
        """One more than the one that every stay is about."""
        self.cases = (self.cases or 1) + 1
        if service is not None:
            self.services = [*(self.services or []), service]
