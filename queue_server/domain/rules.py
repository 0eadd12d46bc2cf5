"""What a hall may decide for itself at the counter, and the words that clerks choose from."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self


class Result(StrEnum):
    """What came of a stay, beside its being finished."""

    #: Everything was done.
    SETTLED = "settled"
    #: The question was answered; nothing was to be handled.
    ADVISED = "advised"
    #: Papers were missing: the person has to come again.
    INCOMPLETE = "incomplete"
    #: The hall cannot or must not do it.
    REFUSED = "refused"


class MissReason(StrEnum):
    NO_ANSWER = "no_answer"
    #: Somebody said that the person has gone.
    GONE = "gone"
    #: The person stood at another window.
    ELSEWHERE = "elsewhere"
    OTHER = "other"


class ParkReason(StrEnum):
    PAPERS = "papers"
    FORM = "form"
    PAYMENT = "payment"
    #: The clerk waits for a colleague or another office.
    OFFICE = "office"
    OTHER = "other"


class PromotionReason(StrEnum):
    #: Somebody is unwell.
    ILLNESS = "illness"
    #: The hall made a mistake.
    OUR_MISTAKE = "our_mistake"
    #: The person was called and could not come through no fault of theirs.
    LOST_TURN = "lost_turn"
    OTHER = "other"


@dataclass(frozen=True)
class Rules:
    """A hall's decisions; each default is what most halls want."""

    #: Calls again of one ticket, at one stay.
    recalls: int = 3
    #: Whether a clerk may call a ticket that is not next. Every such call is logged with its reason.
    choose: bool = False
    #: Whether one press finishes and calls the next.
    one_press: bool = True
    #: Whether people are asked for a rating.
    rating: bool = True
    #: Whether a press says when the person has come to the window. Without it, finishing somebody who
    #: was only called starts the service at the call, and the walk is not measured.
    arrival: bool = True

    @classmethod
    def of(cls, decided: Mapping[str, Any] | None) -> Self:
        """Defaults where nothing was decided; what an older release decided and nobody knows any more is left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in (decided or {}).items() if name in known})

    def decided(self) -> dict[str, Any]:
        """What differs from the defaults: all that is stored."""
        default = asdict(type(self)())
        return {name: value for name, value in asdict(self).items() if value != default[name]}
