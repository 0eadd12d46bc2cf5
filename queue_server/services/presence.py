"""Signs of life of many devices, written down together; and what they prove of the calls."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self, get_args

from sqlalchemy.engine import Connection

from queue_server.domain import delivery
from queue_server.domain.announcement import Announcement
from queue_server.domain.zone import Screen
from queue_server.protocol import ANNOUNCEMENTS_KEPT
from queue_server.store import current, log, screens
from queue_server.store import zones as store
from queue_server.store.records import from_row
from queue_server.store.unit_of_work import UnitOfWork

Sound = Literal["ok", "none", "muted", "failed"]
Form = Literal["box", "page"]
#: The log's positions are smaller; a database takes no larger one either.
LARGEST_SEQ = 999_999_999_999_999


@dataclass(frozen=True)
class Sign:
    """What a screen said of itself; nothing that it did not say, or said oddly."""

    shown: int | None = None
    sound: Sound | None = None
    stale: bool = False
    form: Form | None = None
    #: Of which history ``shown`` is a position.
    epoch: str | None = None

    @classmethod
    def of(cls, told: object) -> Self:
        given = told if isinstance(told, dict) else {}
        shown, epoch = given.get("shown"), given.get("epoch")
        right = type(shown) is int and 0 <= shown <= LARGEST_SEQ
        return cls(
            shown if right else None,
            given["sound"] if given.get("sound") in get_args(Sound) else None,
            given.get("stale") is True,
            given["kind"] if given.get("kind") in get_args(Form) else None,
            epoch if isinstance(epoch, str) else None,
        )

    @property
    def says_nothing(self) -> bool:
        """The sign of life of an older screen, of a kiosk or of a pad: ``{}``."""
        return (self.shown, self.sound, self.form, self.stale) == (None, None, None, False)

    @classmethod
    def together(cls, signs: Iterable[Self]) -> Self:
        """Signs of one device's programs, oldest first: a box that speaks, and the page that it shows.

        Each says what it knows; of what both say the latest holds, and the one that draws knows whether it is stale.
        """
        whole = cls()
        for sign in signs:
            draws = sign.shown is not None or whole.shown is None
            whole = cls(
                whole.shown if sign.shown is None else sign.shown,
                sign.sound or whole.sound,
                sign.stale if draws else whole.stale,
                sign.form or whole.form,
                whole.epoch if sign.shown is None else sign.epoch,
            )
        return whole

    def screen(self, device: str, now: datetime, epoch: str) -> Screen:
        """As it is written down; what was drawn of another history proves nothing of this one."""
        shown = self.shown if self.epoch in (None, epoch) else None
        return Screen(device, None, now, self.sound, shown, self.form, self.stale)


def note(uow: UnitOfWork, signs: Mapping[str, Sign]) -> None:
    """Write down that devices are alive and what they said, and tell which calls are shown now."""
    talking = {device: sign for device, sign in signs.items() if not sign.says_nothing}
    screens.seen(uow.connection, uow.hall_id, signs.keys() - talking.keys(), uow.real_now)
    said = [sign.screen(device, uow.real_now, uow.epoch) for device, sign in talking.items()]
    screens.said(uow.connection, uow.hall_id, said)
    if any(one.shown_seq is not None for one in said):
        _tell_shown(uow)


def _tell_shown(uow: UnitOfWork) -> None:
    today = uow.latest_day()
    if today is None:
        return
    calls = store.latest_calls(uow, today.date, ANNOUNCEMENTS_KEPT)
    told = delivery.newly_shown(calls, screens.of_hall(uow.connection, uow.hall_id), uow.real_now, uow.now)
    if told:
        uow.record("announcement.shown", *told, day=today)


def report_unshown(uow: UnitOfWork) -> int:
    """Mark calls that no living screen has drawn; the clerks' pages show them. Returns how many."""
    today = uow.latest_day()
    if today is None:
        return 0
    calls = store.latest_calls(uow, today.date, ANNOUNCEMENTS_KEPT)
    unshown = _unshown(calls, screens.of_hall(uow.connection, uow.hall_id), uow.real_now, uow.now)
    for call in unshown:
        call.unshown_at = uow.now
    if unshown:
        uow.record("announcement.unshown", *unshown, day=today)
    return len(unshown)


def has_unshown(connection: Connection, hall_id: str, real_now: datetime) -> bool:
    """Whether ``report_unshown`` would find something; takes no lock."""
    asked = [one for one in screens.of_hall(connection, hall_id) if one.shown_seq is not None]
    today = current.latest_day(connection, hall_id) if asked else None
    if today is None:
        return False
    rows = store.latest(connection, hall_id, today["date"], ANNOUNCEMENTS_KEPT)
    calls = [from_row(Announcement, row._mapping) for row in rows]
    return bool(_unshown(calls, asked, real_now, log.head(connection, hall_id).now(real_now)))


def _unshown(calls: Iterable[Announcement], known: list[Screen], real_now: datetime, now: datetime) -> list[Any]:
    return [call for call in calls if delivery.is_unshown(call, known, real_now, now)]
