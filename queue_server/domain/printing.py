"""A print job: a sheet that a ticket printer is to bring out once, after the order that it is about.

It holds no text: the printer's agent reads what is to be on the paper when it has claimed the job.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from queue_server.domain.device_errors import PrintTaken

#: A printer that was last heard of longer ago than this, in real time, is not connected.
ALIVE_WITHIN = timedelta(seconds=15)
#: A job that no printer has claimed after this long has failed: nobody waits for paper that comes later.
CLAIMED_WITHIN = timedelta(seconds=30)
#: A claimed job whose end nobody reports for this long: whether the paper is out is not known. The longest
#: notice takes a quarter of it on a slow serial line.
ENDED_WITHIN = timedelta(seconds=120)


@dataclass(frozen=True)
class Printer:
    """A ticket printer: beside a window, or for the whole hall."""

    id: str
    name: str
    window: str | None
    last_seen_at: datetime | None

    def alive(self, now: datetime) -> bool:
        """``now`` is real time, as ``last_seen_at`` is."""
        return self.last_seen_at is not None and now - self.last_seen_at <= ALIVE_WITHIN


def printer_for(printers: Iterable[Printer], window: str | None, now: datetime) -> Printer | None:
    """The printer for whoever is at ``window``: the one beside it, else one for the whole hall.

    One that is connected goes before one that is not; never one that stands at another window.
    """
    near = [one for one in printers if one.window in (None, window)]
    return min(near, key=lambda one: (not one.alive(now), one.window is None), default=None)


class Printing(StrEnum):
    QUEUED = "queued"
    #: The printer's agent has claimed it.
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"


class Sheet(StrEnum):
    #: The one-time notice of a consultation.
    NOTICE = "notice"


class PrintFailure(StrEnum):
    PAPER = "paper"
    #: The printer did not answer, or nobody fetched the job.
    OFFLINE = "offline"
    #: It answered that something is wrong with it: cover, cutter, heat.
    DEVICE = "device"
    #: What should be on the paper could not be laid out.
    RENDER = "render"
    #: Claimed, and nobody knows whether the paper came out.
    UNKNOWN = "unknown"


@dataclass(eq=False)
class PrintJob:
    id: str
    hall_id: str
    kind: Sheet
    #: Id of what the paper is about: of the consultation.
    subject: str
    #: Id of the printer that is to print it.
    device: str
    #: Language of the page where it was ordered: names in English stand below the Chinese ones for ``en``.
    language: str
    at: datetime
    state: Printing = Printing.QUEUED
    reason: PrintFailure | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None

    table: ClassVar[str] = "print_jobs"

    def start(self, device: str, now: datetime) -> None:
        """Claim it: once, by the printer it is for. What is over stays over; printing again is another job."""
        self._require(device, Printing.QUEUED)
        self.state, self.started_at = Printing.PRINTING, now

    def end(self, device: str, now: datetime) -> None:
        """The paper is out; also when this is heard only after the job was given up for unknown."""
        if self.reason is not PrintFailure.UNKNOWN:
            self._require(device, Printing.PRINTING)
        elif device != self.device:
            raise self._refusal()
        self.state, self.reason, self.ended_at = Printing.PRINTED, None, now

    def fail(self, device: str, reason: PrintFailure, now: datetime) -> None:
        """It could not be printed, or nobody can tell; also before it was claimed."""
        self._require(device, Printing.QUEUED, Printing.PRINTING)
        self.give_up(reason, now)

    def give_up(self, reason: PrintFailure, now: datetime) -> None:
        self.state, self.reason, self.ended_at = Printing.FAILED, reason, now

    def _require(self, device: str, *states: Printing) -> None:
        if self.state not in states or self.device != device:
            raise self._refusal()

    def _refusal(self) -> PrintTaken:
        return PrintTaken(job=self.id, state=self.state)
