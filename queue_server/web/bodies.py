"""The bodies of orders. The OpenAPI document is made from these."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from queue_server.domain.blocked import Step
from queue_server.domain.consultation import Outcome
from queue_server.domain.printing import PrintFailure
from queue_server.domain.rules import MissReason, ParkReason, PromotionReason, Result
from queue_server.domain.window import PauseReason

Language = Literal["zh", "en"]
Letter = Annotated[str, StringConstraints(pattern="^[A-Z]$")]
WindowCode = Annotated[str, StringConstraints(pattern="^[A-Z]?[0-9]{1,3}$")]
TicketId = Annotated[str, StringConstraints(pattern="^[0-9a-f]{32}$")]
StaffId = TicketId
ServiceCode = Annotated[str, StringConstraints(pattern="^[A-Z0-9-]{1,12}$")]
PaperCode = Annotated[str, StringConstraints(pattern="^[a-z0-9][a-z0-9-]{0,23}$")]
Services = Annotated[list[ServiceCode], Field(max_length=8)]
Reason = Literal["attitude", "speed", "skill", "waiting", "rules", "place", "other"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern="^[^\x00]*$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern="^[^\x00]*$")]
NameEnglish = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern="^[^\x00]*$")
]
Password = Annotated[str, StringConstraints(min_length=1, max_length=200)]


ZoneCode = Annotated[str, StringConstraints(pattern="^[a-z0-9-]{1,16}$")]
TimeOfDay = Annotated[str, StringConstraints(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Direction = Literal["left", "right", "ahead", "up", "down"]


def _not_empty(span: list[str]) -> list[str]:
    if span[0] == span[1]:
        raise ValueError("begins when it ends")
    return span


#: A part of the day; one that ends before it begins goes past midnight.
Span = Annotated[list[TimeOfDay], Field(min_length=2, max_length=2), AfterValidator(_not_empty)]
#: From when on how loud.
Loudness = Annotated[tuple[TimeOfDay, Annotated[float, Field(ge=0, le=1)]], Field(strict=False)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Nothing(Body):
    """An order that has nothing more to say: ``{}``."""


class SignIn(Body):
    username: Name
    password: Password


class NewPassword(Body):
    old: Password
    new: Annotated[str, StringConstraints(min_length=8, max_length=200)]


class Enrolment(Body):
    code: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern="^[A-Za-z0-9]{8}$")]


class NewTicket(Body):
    line: Letter
    ticket_class: Literal["ordinary", "care"] = Field("ordinary", alias="class")
    #: What its holder asks to be called in.
    lang: Language | None = None


class Sitting(Body):
    #: Leave the window where one sits first.
    leave: bool = False


class Opening(Body):
    #: For whom a supervisor opens the window.
    clerk: StaffId


class TakeOver(Sitting):
    """Whose word it is that the window is abandoned."""

    username: Name
    password: Password


class Call(Body):
    #: Id of the ticket in service that this press finishes first.
    finishing: TicketId | None = None
    #: What came of that one.
    result: Annotated[Result, Field(strict=False)] | None = None


class Choice(Body):
    ticket: TicketId
    reason: Annotated[PromotionReason, Field(strict=False)]


class Finish(Body):
    result: Annotated[Result, Field(strict=False)] | None = None


class NewCase(Body):
    service: ServiceCode | None = None


class Miss(Body):
    reason: Annotated[MissReason, Field(strict=False)] | None = None


class Parking(Body):
    reason: Annotated[ParkReason, Field(strict=False)]
    #: When the person said they will be back, from now.
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    note: Text | None = None


class Pause(Body):
    reason: Annotated[PauseReason, Field(strict=False)]


class DirectCall(Body):
    window: WindowCode


class Stop(Body):
    """A line to go on to, and the window or clerk it is kept for."""

    line: Letter
    window: WindowCode | None = None
    clerk: StaffId | None = None


class Onward(Body):
    """Where a person goes on to besides the line."""

    window: WindowCode | None = None
    clerk: StaffId | None = None
    note: Text | None = None
    #: Where the person goes on to afterwards, one after another.
    then: Annotated[list[Stop], Field(max_length=7)] = []
    #: Come back to this window at the end.
    come_back: bool = False
    #: The line was the wrong one.
    wrong: bool = False


class Transfer(Onward):
    line: Letter


class Findings(Onward):
    """What came of a consultation; those who are handed on are told to which line."""

    line: Letter | None = None
    outcome: Annotated[Outcome, Field(strict=False)]
    services: Services = []
    missing: Annotated[dict[ServiceCode, Annotated[list[PaperCode], Field(max_length=30)]], Field(max_length=8)] = {}
    no_entry: bool = False
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    owner: Name | None = None


class Question(Body):
    """A call or a message to the back-office desk."""

    channel: Literal["phone", "online"]
    services: Services = []
    question: Text | None = None
    #: How to reach whoever asks; kept beside the log.
    caller: Text | None = None
    #: Within how many minutes an answer is promised.
    due: Annotated[int, Field(ge=5, le=14400)] | None = None
    #: None while the answer is still owed.
    outcome: Annotated[Outcome, Field(strict=False)] | None = None
    no_entry: bool = False
    #: Give a number of this line to whoever is told to come.
    line: Letter | None = None
    ticket_class: Literal["ordinary", "care"] = Field("ordinary", alias="class")


class Reply(Body):
    outcome: Annotated[Outcome, Field(strict=False)]
    answer: Text | None = None


class BlockedBusiness(Body):
    service: ServiceCode | None = None
    owner: Name | None = None
    text: Text | None = None


class CaseStep(Body):
    to: Annotated[Step, Field(strict=False)]
    owner: Name | None = None
    text: Text | None = None


class Promotion(Body):
    reason: Annotated[PromotionReason, Field(strict=False)]
    note: Text | None = None


class MoveOfLine(Body):
    to: Letter


class LinesOfWindow(Body):
    lines: Annotated[list[Letter], Field(max_length=19)]
    secondary: Annotated[list[Letter], Field(max_length=19)] = []


class Skills(Body):
    #: null for every line.
    lines: Annotated[list[Letter], Field(max_length=19)] | None


class RulesChange(Body):
    recalls: Annotated[int, Field(ge=0, le=20)] | None = None
    choose: bool | None = None
    one_press: bool | None = None
    rating: bool | None = None
    arrival: bool | None = None


class RatingAtWindow(Body):
    number: Annotated[str, StringConstraints(pattern="^[A-Z]{1,2}[0-9]{3,4}$")]
    level: Annotated[int, Field(ge=1, le=5)]
    reasons: Annotated[list[Reason], Field(max_length=7)] = []


class RatingByLink(Body):
    level: Annotated[int, Field(ge=1, le=5)]
    reasons: Annotated[list[Reason], Field(max_length=7)] = []


class ClosingOfDay(Body):
    force: bool = False


class ClockStep(Body):
    to: Annotated[AwareDatetime, Field(strict=False)]


class Failure(Body):
    reason: Literal["render", "player", "device"]


class PrintOrder(Body):
    #: Of the page: names in English are added for ``en``.
    language: Literal["zh-CN", "en"] = "zh-CN"


class PrintFailed(Body):
    reason: Annotated[PrintFailure, Field(strict=False)]


class NewDevice(Body):
    kind: Literal["kiosk", "screen", "pad", "printer"]
    name: Name
    #: Where a rating pad or a ticket printer stands.
    window: WindowCode | None = None
    #: Where a screen stands; null for the whole hall.
    zone: ZoneCode | None = None


class ZoneOfDevice(Body):
    #: null for the whole hall.
    zone: ZoneCode | None


class ZoneChange(Body):
    """What is not given stays as it is. A zone that is not there is made, given both its names."""

    name: Name = ""
    name_en: NameEnglish = ""
    position: Annotated[int, Field(ge=0, le=999)] = 0
    languages: Annotated[list[Language], Field(min_length=1, max_length=2)] = []
    quiet: Annotated[list[Span], Field(max_length=6)] = []
    volumes: Annotated[list[Loudness], Field(max_length=12)] = []
    chime: bool = True

    @model_validator(mode="after")
    def each_once(self) -> Self:
        if len(set(self.languages)) < len(self.languages):
            raise ValueError("a language given twice")
        if len({start for start, _ in self.volumes}) < len(self.volumes):
            raise ValueError("two volumes from one time on")
        return self


class PlaceOfWindow(Body):
    """What is not given stays as it is; null takes it away."""

    zone: ZoneCode | None = None
    direction: Direction | None = None
    place: (
        Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20, pattern="^[^\x00]*$")]
        | None
    ) = None
    place_en: Name | None = None


class Paper(Body):
    """A paper to bring; ``copies`` counts photocopies to leave."""

    code: PaperCode
    name: Name
    name_en: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern="^[^\x00]*$")]
    required: bool = True
    copies: Annotated[int, Field(ge=0, le=9)] = 0


def _each_once(papers: list[Paper]) -> list[Paper]:
    codes = [paper.code for paper in papers]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise ValueError(f"paper given twice: {', '.join(twice)}")
    return papers


Papers = Annotated[list[Paper], Field(max_length=20), AfterValidator(_each_once)]
#: An address that a page may link to: never a script.
GuideUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s\x00-\x20\x22'<>\\]+$", max_length=300)]
Fee = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120, pattern="^[^\x00]*$")]
FeeEnglish = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern="^[^\x00]*$")]


class ServiceChange(Body):
    """What is not given stays as it is; the defaults say nothing."""

    active: bool = True
    guide_url: GuideUrl | None = None
    fee: Fee = ""
    fee_en: FeeEnglish = ""
    papers: Papers = []
