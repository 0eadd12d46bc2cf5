"""The counter that gives a line its numbers of one day."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(eq=False)
class Series:
    hall_id: str
    day: date
    line: str
    #: The last serial given.
    last: int = 0

    table: ClassVar[str] = "series"

    def next(self) -> int:
        """The next serial: a stored counter, so a number is never given twice and none is skipped."""
        self.last += 1
        return self.last
