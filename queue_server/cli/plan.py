"""A hall's plan: the file from which ``bin/hall init`` founds a hall of one's own."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from queue_server.cli.catalogue import PlannedService, services
from queue_server.domain.day import Hall, clock_time
from queue_server.domain.numbering import LINE_LETTERS
from queue_server.domain.service import Service
from queue_server.domain.window import Line, Window
from queue_server.domain.zone import Zone
from queue_server.protocol import DEFAULT_ZONE

Kind = Literal["zero", "specialist"]
Role = Literal["clerk", "greeter", "supervisor", "manager", "administrator", "auditor"]
Short = Annotated[str, StringConstraints(min_length=1, max_length=40)]
ZoneCode = Annotated[str, StringConstraints(pattern="^[a-z0-9-]{1,16}$")]
Direction = Literal["left", "right", "ahead", "up", "down"]
TimeOfDay = Annotated[str, StringConstraints(pattern="^[0-2][0-9]:[0-5][0-9]$")]


class BadPlan(Exception):
    """The file does not describe a hall; the message says where."""


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PlannedLine(Part):
    letter: Annotated[str, StringConstraints(pattern=f"^[{LINE_LETTERS}]$")]
    name: Short
    name_en: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    kind: Kind = "specialist"
    mean_minutes: Annotated[int, Field(ge=1, le=240)] = 10


class PlannedWindow(Part):
    code: Annotated[str, StringConstraints(pattern="^[A-Z]?[0-9]{1,3}$")]
    number: Annotated[int, Field(ge=0, le=120)]
    kind: Kind = "specialist"
    area: Annotated[str, StringConstraints(max_length=20)] = ""
    lines: list[str]
    secondary: list[str] = []
    #: Where its calls are heard; the whole hall where it does not say.
    zone: ZoneCode | None = None
    direction: Direction | None = None
    place: Annotated[str, StringConstraints(max_length=20)] | None = None
    place_en: Annotated[str, StringConstraints(max_length=40)] | None = None


class PlannedZone(Part):
    """Where one loudspeaker is heard."""

    code: ZoneCode
    name: Short
    name_en: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    languages: Annotated[list[Literal["zh", "en"]], Field(min_length=1, max_length=2)] = ["zh", "en"]
    quiet: list[tuple[TimeOfDay, TimeOfDay]] = []
    volumes: list[tuple[TimeOfDay, Annotated[float, Field(ge=0, le=1)]]] = []
    chime: bool = True


class PlannedAccount(Part):
    username: Short
    name: Short
    role: Role


class Plan(Part):
    id: Annotated[str, StringConstraints(pattern="^[a-z0-9-]{1,32}$")]
    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    name_en: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    timezone: str = "Asia/Shanghai"
    hours: list[tuple[TimeOfDay, TimeOfDay]] = [("08:30", "12:00"), ("14:00", "17:30")]
    issue_from: TimeOfDay = "08:00"
    closes: TimeOfDay = "18:30"
    workdays: list[Annotated[int, Field(ge=1, le=7)]] = [1, 2, 3, 4, 5]
    lines: list[PlannedLine]
    windows: list[PlannedWindow]
    accounts: list[PlannedAccount]
    services: list[PlannedService] = []
    zones: list[PlannedZone] = []

    @model_validator(mode="after")
    def fits_together(self) -> "Plan":
        letters = [line.letter for line in self.lines]
        served = {letter for window in self.windows for letter in [*window.lines, *window.secondary]}
        _once("line letter", letters)
        _once("window code", [window.code for window in self.windows])
        _once("user name", [account.username for account in self.accounts])
        if unknown := sorted(served - set(letters)):
            raise ValueError(f"windows serve lines that are not there: {', '.join(unknown)}")
        _once("zone code", [zone.code for zone in self.zones])
        named = {zone.code for zone in self.zones} | {DEFAULT_ZONE}
        if elsewhere := sorted({w.zone for w in self.windows if w.zone} - named):
            raise ValueError(f"windows are in zones that are not there: {', '.join(elsewhere)}")
        _once("service code", [service.code for service in self.services])
        if homeless := [f"{s.code} ({s.line})" for s in self.services if s.line not in letters]:
            raise ValueError(f"services stand in lines that are not there: {', '.join(homeless)}")
        if not any(account.role == "administrator" for account in self.accounts):
            raise ValueError("no account has the role administrator")
        for text in (self.issue_from, self.closes, *(text for span in self.hours for text in span)):
            clock_time(text)
        return self

    def hall(self) -> Hall:
        hours = [list(span) for span in self.hours]
        opening = {"issue_from": self.issue_from, "closes": self.closes, "workdays": self.workdays}
        return Hall(self.id, self.name, self.name_en, self.timezone, hours=hours, **opening)  # type: ignore[arg-type]

    def hall_lines(self) -> list[Line]:
        return [
            Line(self.id, line.letter, line.name, line.name_en, line.kind, position, line.mean_minutes)
            for position, line in enumerate(self.lines)
        ]

    def hall_windows(self) -> list[Window]:
        return [
            Window(
                *(self.id, w.code, w.kind, w.number, w.area, w.lines, w.secondary),
                zone=w.zone,
                direction=w.direction,
                place=w.place,
                place_en=w.place_en,
            )
            for w in self.windows
        ]

    def hall_zones(self) -> list[Zone]:
        return [Zone(hall_id=self.id, position=n, **zone.model_dump(mode="json")) for n, zone in enumerate(self.zones)]

    def hall_services(self) -> list[Service]:
        return services(self.id, self.services, self.hall_lines())


def _once(what: str, values: list[str]) -> None:
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise ValueError(f"{what} given twice: {', '.join(twice)}")


def read(path: Path) -> Plan:
    """Read and check a plan. Raises BadPlan with the first thing that is wrong and its place."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadPlan(f"{path}: not JSON: {error}") from None
    try:
        return Plan.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise BadPlan(f"{path}: {_place(first['loc'], given)}: {first['msg']}") from None


def _place(where: tuple[int | str, ...], given: Any) -> str:
    """``services.41 (S03).fee``: a place in the file, an entry with its code so that it is found."""
    place, here = "", given
    for step in where:
        place += f".{step}"
        try:
            here = here[step]
        except (LookupError, TypeError):
            here = None
        if isinstance(step, int) and isinstance(here, dict) and "code" in here:
            place += f" ({here['code']})"
    return place.removeprefix(".") or "the plan"
