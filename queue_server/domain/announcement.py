"""An announcement: one call or recall, to be shown and spoken once."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from queue_server.domain.errors import AlreadyStarted


class Spoken(StrEnum):
    QUEUED = "queued"
    STARTED = "started"
    ENDED = "ended"
    #: The device that was to speak could not.
    FAILED = "failed"
    #: Nothing has spoken it in time; the clerk is told. It may still be spoken.
    UNSPOKEN = "unspoken"
    #: A later call of the same ticket or window took its place before it was spoken.
    REPLACED = "replaced"


#: States that a device may still claim.
CLAIMABLE = frozenset({Spoken.QUEUED, Spoken.UNSPOKEN})


@dataclass(eq=False)
class Announcement:
    hall_id: str
    #: ``seq`` of the call in the hall's log.
    seq: int
    day: date
    ticket_id: str
    number: str
    line: str
    window: str
    repeat: bool
    at: datetime
    state: Spoken = Spoken.QUEUED
    #: Loudspeaker zone; one for the whole hall until zones are set up.
    zone: str = "hall"
    #: Id of the device that claimed it.
    device: str | None = None

    table: ClassVar[str] = "announcements"

    def start(self, device: str) -> None:
        """Claim it for one device; a second one is refused, so each call is spoken once."""
        if self.state not in CLAIMABLE:
            raise AlreadyStarted(announcement=self.seq, state=self.state)
        self.state, self.device = Spoken.STARTED, device

    def end(self, device: str) -> None:
        self._require_claimed(device)
        self.state = Spoken.ENDED

    def fail(self, device: str) -> None:
        """The device could not speak it, before or after it was claimed."""
        if self.state not in CLAIMABLE:
            self._require_claimed(device)
        self.state, self.device = Spoken.FAILED, device

    def _require_claimed(self, device: str) -> None:
        if self.state is not Spoken.STARTED or self.device != device:
            raise AlreadyStarted(announcement=self.seq, state=self.state)
