"""A silent call for help from a window."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from queue_server.domain.errors import AlarmAccepted, AlarmEnded


@dataclass(eq=False)
class Alarm:
    id: str
    hall_id: str
    window: str
    #: Who called for help.
    clerk: str
    at: datetime
    accepted_by: str | None = None
    accepted_at: datetime | None = None
    ended_at: datetime | None = None

    table: ClassVar[str] = "alarms"

    def accept(self, colleague: str, now: datetime) -> None:
        """Somebody comes. Refuses when another does already, so that not five people run."""
        self._require_open()
        if self.accepted_by is not None:
            raise AlarmAccepted(window=self.window)
        self.accepted_by, self.accepted_at = colleague, now

    def end(self, now: datetime) -> None:
        self._require_open()
        self.ended_at = now

    def _require_open(self) -> None:
        if self.ended_at is not None:
            raise AlarmEnded(window=self.window)
