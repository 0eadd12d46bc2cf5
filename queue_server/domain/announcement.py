"""An announcement: one call or recall, to be shown and spoken once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from queue_server.domain.device_errors import AlreadyStarted


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
    #: What the ticket's holder asked to be called in; None for the zone's own languages.
    lang: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    #: When the first screen had drawn it, and how many of how many had when it was last told.
    shown_at: datetime | None = None
    shown: int | None = None
    of: int | None = None
    #: When it was reported that no screen shows it.
    unshown_at: datetime | None = None

    table: ClassVar[str] = "announcements"

    @property
    def is_shown_everywhere(self) -> bool:
        return self.shown_at is not None and self.shown == self.of

    def note_shown(self, shown: int, of: int, now: datetime) -> None:
        """So many of the living screens have drawn it."""
        self.shown, self.of = shown, of
        self.shown_at = self.shown_at or now

    def waited(self) -> timedelta | None:
        """From the call to its sound; None while there is none."""
        return None if self.started_at is None else self.started_at - self.at

    def start(self, device: str, now: datetime) -> None:
        """Claim it for one device; a second one is refused, so each call is spoken once."""
        if self.state not in CLAIMABLE:
            raise AlreadyStarted(announcement=self.seq, state=self.state)
        self.state, self.device, self.started_at = Spoken.STARTED, device, now

    def end(self, device: str, now: datetime) -> None:
        self._require_claimed(device)
        self.state, self.ended_at = Spoken.ENDED, now

    def fail(self, device: str) -> None:
        """The device could not speak it, before or after it was claimed."""
        if self.state not in CLAIMABLE:
            self._require_claimed(device)
        self.state, self.device = Spoken.FAILED, device

    def _require_claimed(self, device: str) -> None:
        if self.state is not Spoken.STARTED or self.device != device:
            raise AlreadyStarted(announcement=self.seq, state=self.state)
