"""The services of a plan: one form for a hall's own file and for the demonstration's."""

import json
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, model_validator

from queue_server.domain.initials import NoInitial, initials
from queue_server.domain.numbering import LINE_LETTERS
from queue_server.domain.service import Service
from queue_server.domain.window import Line
from queue_server.web.bodies import Fee, FeeEnglish, GuideUrl, Papers

DEMONSTRATION = Path(__file__).with_name("demo_services.json")


Initials = Annotated[str, StringConstraints(pattern="^[a-z0-9]{1,80}$")]


def _sound(name: str) -> str:
    """A name's initials. Raises ValueError where they must be given."""
    try:
        found = initials(name)
    except NoInitial as character:
        raise ValueError(f"initials must be given, the sound of {character} is not known") from None
    if not found:
        raise ValueError("initials must be given, the name has none")
    return found


class PlannedAlias(BaseModel):
    """What people call a service: its name alone, or with its initials."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
    initials: Initials = ""

    @model_validator(mode="before")
    @classmethod
    def may_be_a_name_alone(cls, given: object) -> object:
        return {"name": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def knows_its_initials(self) -> "PlannedAlias":
        self.initials = self.initials or _sound(self.name)
        return self


class PlannedService(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, StringConstraints(pattern="^[A-Z0-9][A-Z0-9-]{0,11}$")]
    line: Annotated[str, StringConstraints(pattern=f"^[{LINE_LETTERS}]$")]
    #: The line's name where it is not given.
    area: Annotated[str, StringConstraints(min_length=1, max_length=40)] | None = None
    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    name_en: Annotated[str, StringConstraints(min_length=1, max_length=160)]
    #: Worked out from the name where they are not given.
    initials: Initials = ""
    aliases: Annotated[list[PlannedAlias], Field(max_length=12)] = []
    papers: Papers = []
    fee: Fee = ""
    fee_en: FeeEnglish = ""
    place: Annotated[str, StringConstraints(max_length=80)] = ""
    legal_days: Annotated[int, Field(ge=0, le=365)] | None = None
    channels: Annotated[list[Literal["window", "machine", "online", "phone"]], Field(min_length=1)] = ["window"]
    guide_url: GuideUrl | None = None
    owner: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    #: The entry's place in the file where it is not given.
    popular: Annotated[int, Field(ge=1, le=9999)] | None = None
    active: bool = True

    @model_validator(mode="after")
    def knows_its_initials(self) -> "PlannedService":
        self.initials = self.initials or _sound(self.name)
        return self

    def service(self, hall_id: str, place: int, line: Line) -> Service:
        papers = [paper.model_dump() for paper in self.papers]
        given = self.model_dump(exclude={"papers", "area", "popular", "aliases"})
        given["aliases"] = [alias.model_dump() for alias in self.aliases] or None
        return Service(
            hall_id, papers=papers, area=self.area or line.name, popular=self.popular or place, **given
        )  # fmt: skip


def services(hall_id: str, planned: list[PlannedService], lines: list[Line]) -> list[Service]:
    """The catalogue, each entry's line known by its letter."""
    by_letter = {line.letter: line for line in lines}
    return [entry.service(hall_id, place, by_letter[entry.line]) for place, entry in enumerate(planned, 1)]


def demonstration() -> list[PlannedService]:
    """The hundred services of the demonstration hall. Papers, fees and times are examples, not advice."""
    return TypeAdapter(list[PlannedService]).validate_python(json.loads(DEMONSTRATION.read_text(encoding="utf-8")))
