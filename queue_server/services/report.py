"""The report of one business day, folded from the log."""

from datetime import date, datetime
from typing import Any, Self

from sqlalchemy.engine import Connection

from queue_server.domain.figures import DayFigures
from queue_server.services.views import iso, wire
from queue_server.store import current, log


class DayReport:
    """A day's figures and the position in the log up to which they hold."""

    def __init__(self, hall_id: str, day: date, epoch: str) -> None:
        self.hall_id, self.day, self.epoch = hall_id, day, epoch
        self.seq = 0
        self._figures = DayFigures()

    @classmethod
    def going_on(cls, connection: Connection, kept: Self | None, hall_id: str, wanted: date | None) -> Self | None:
        """The report of ``wanted`` or of the latest day, brought up to date; None when there was no such day.

        ``kept`` is used when it is of the same day and of the same history.
        """
        row = current.day(connection, hall_id, wanted) if wanted else current.latest_day(connection, hall_id)
        if row is None:
            return None
        head = log.head(connection, hall_id)
        same = kept is not None and (kept.day, kept.epoch) == (row["date"], head.epoch) and kept.seq <= head.seq
        report = kept if same and kept is not None else cls(hall_id, row["date"], head.epoch)
        report._read(connection)
        return report

    def _read(self, connection: Connection) -> None:
        for event in log.of_day(connection, self.hall_id, self.day, behind=self.seq):
            self._figures.apply(event.type, event.content())
            self.seq = event.seq

    def figures(self, connection: Connection, real_now: datetime | None = None) -> dict[str, Any]:
        """What docs/protocol.md promises; ``now`` is hall time at ``real_now``, else at the last event."""
        head, row = log.head(connection, self.hall_id), current.day(connection, self.hall_id, self.day)
        return {
            "date": self.day.isoformat(),
            "state": row and row["state"],
            "opened_at": wire("opened_at", row and row["opened_at"]),
            "closed_at": wire("closed_at", row and row["closed_at"]),
            "seq": head.seq,
            "hash": head.hash,
            "now": iso(head.now(real_now) if real_now else head.last_at),
            "hall": self._figures.hall(),
            "lines": self._figures.lines(line["letter"] for line in current.hall_lines(connection, self.hall_id)),
            "windows": self._figures.windows(w["code"] for w in current.hall_windows(connection, self.hall_id)),
        }
