"""A consultation at the zero window, on the floor or by phone: what was asked for and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from queue_server.domain.errors import AlreadyReplied


class Outcome(StrEnum):
    ANSWERED = "answered"
    #: The guide was handed over.
    GUIDE = "guide"
    #: It can be done online or at the self-service machine.
    ONLINE = "online"
    #: The papers are complete: on to a specialist line.
    READY = "ready"
    #: Papers are missing: the one-time notice says which.
    NOTICE = "notice"
    #: Somebody of the hall goes along.
    ESCORT = "escort"
    #: A nearer hall does it.
    NEARBY = "nearby"
    BOOKING = "booking"
    #: It cannot be done: a blocked case with a clock.
    BLOCKED = "blocked"
    COMPLAINT = "complaint"
    #: Not this hall's business.
    NOT_OURS = "not_ours"


#: Outcomes with which the person goes on to another line under the same number.
HANDED_ON = frozenset({Outcome.READY, Outcome.ESCORT})
#: Outcomes with which nobody has to come again for the same question.
SETTLED = frozenset({Outcome.ANSWERED, Outcome.GUIDE, Outcome.ONLINE, Outcome.READY, Outcome.ESCORT, Outcome.NEARBY})


class Channel(StrEnum):
    WINDOW = "window"
    #: A greeter, among the people who wait.
    FLOOR = "floor"
    PHONE = "phone"
    ONLINE = "online"


@dataclass(eq=False)
class Consultation:
    """Nothing in it names a person: questions, callers and answers are texts in a side table."""

    id: str
    hall_id: str
    day: date
    channel: Channel
    #: Id of the member of staff who took it.
    clerk: str
    at: datetime
    ticket_id: str | None = None
    #: The visit in which it happened.
    n: int | None = None
    window: str | None = None
    #: None while somebody still waits for the answer.
    outcome: Outcome | None = None
    #: Codes of the services it was about.
    services: Sequence[str] | None = None
    #: Codes of the missing papers, by service.
    missing: Mapping[str, Sequence[str]] | None = None
    #: The catalogue has no good answer: the owner of the item is to write one.
    no_entry: bool | None = None
    #: Until when a reply was promised.
    due_at: datetime | None = None
    replied_at: datetime | None = None
    replied_by: str | None = None

    table: ClassVar[str] = "consultations"

    def reply(self, outcome: Outcome, clerk: str, now: datetime) -> None:
        """The first reply; a second is refused."""
        if self.outcome is not None:
            raise AlreadyReplied()
        self.outcome, self.replied_at, self.replied_by = outcome, now, clerk
