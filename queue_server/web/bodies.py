"""The bodies of orders. The OpenAPI document is made from these."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from queue_server.domain.window import PauseReason

Letter = Annotated[str, StringConstraints(pattern="^[A-Z]$")]
WindowCode = Annotated[str, StringConstraints(pattern="^[A-Z]?[0-9]{1,3}$")]
TicketId = Annotated[str, StringConstraints(pattern="^[0-9a-f]{32}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern="^[^\x00]*$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern="^[^\x00]*$")]
Password = Annotated[str, StringConstraints(min_length=1, max_length=200)]


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


class Call(Body):
    #: Id of the ticket in service that this press finishes first.
    finishing: TicketId | None = None


class Pause(Body):
    reason: Annotated[PauseReason, Field(strict=False)]


class DirectCall(Body):
    window: WindowCode


class Transfer(Body):
    line: Letter
    note: Text | None = None
    window: WindowCode | None = None


class ClosingOfDay(Body):
    force: bool = False


class ClockStep(Body):
    to: Annotated[AwareDatetime, Field(strict=False)]


class Failure(Body):
    reason: Literal["render", "player", "device"]


class NewDevice(Body):
    kind: Literal["kiosk", "screen", "pad"]
    name: Name
