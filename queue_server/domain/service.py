"""The services (事项) of a hall: what people come for, and what they must bring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

#: Ways in which a service can be had.
CHANNELS = ("window", "machine", "online", "phone")

#: ``{code, name, name_en, required, copies}``: a paper to bring. ``copies`` counts photocopies to
#: leave; with 0 the original is only looked at. One that is not ``required`` is for some people only.
Paper = Mapping[str, Any]


@dataclass(eq=False)
class Service:
    """One entry of the hall's catalogue. Nothing in it is about a person."""

    hall_id: str
    #: Stable: guides, codes on paper and cases name a service by it, whatever it is called later.
    code: str
    #: Letter of the specialist line that serves it.
    line: str
    #: Name of the area it stands under.
    area: str
    name: str
    name_en: str
    #: Initials of the name's syllables, lower case: what a clerk types.
    initials: str
    papers: Sequence[Paper]
    fee: str
    fee_en: str
    #: Where in the hall, or where else.
    place: str
    #: Workdays within which the law promises the answer; None where it promises none. 0 is at once.
    legal_days: int | None
    #: Some of ``CHANNELS``.
    channels: Sequence[str]
    #: The guide (办事指南) in full; None when there is none.
    guide_url: str | None
    #: The department that answers for it.
    owner: str
    #: Rank by use, 1 = asked for most.
    popular: int
    #: Whether the hall offers it now; one that is not is never found by a search.
    active: bool = True
    #: What people call it: ``{name, initials}`` each. None for nothing but its name.
    aliases: Sequence[Mapping[str, str]] | None = None

    table: ClassVar[str] = "services"

    def change(self, wanted: Mapping[str, Any]) -> bool:
        """Take over the given values; whether that made any difference."""
        different = {name: value for name, value in wanted.items() if getattr(self, name) != value}
        for name, value in different.items():
            setattr(self, name, value)
        return bool(different)
