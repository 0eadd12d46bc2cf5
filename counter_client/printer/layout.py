"""What stands on a sheet from a ticket printer, line by line. Knows neither bytes nor the printer.

Chinese always; with English below it where whoever ordered the sheet reads the page in English. A new
kind of sheet is one more function here, in ``SHEETS``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from counter_client.sentences import Sentences


@dataclass(frozen=True)
class Text:
    text: str
    #: 1 is the plain size, 2 twice as wide and high.
    size: int = 1
    bold: bool = False
    centred: bool = False
    #: Columns that the lines after the first are moved in by.
    hanging: int = 0


@dataclass(frozen=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True)
class Code:
    """A QR code."""

    text: str


Part = Text | Rule | Code
Words = Mapping[str, Any]


class Languages:
    """Every sentence in Chinese, and in English after it where that is wanted."""

    def __init__(self, language: str) -> None:
        self._chinese = Sentences("zh-CN")
        self._english = Sentences("en") if language == "en" else None

    def texts(self, key: str, **facts: Any) -> list[str]:
        return [say(key, **facts) for say in (self._chinese, self._english) if say is not None]

    def names(self, row: Words, name: str = "name") -> list[str]:
        """A row's own name; the English one is added where it differs."""
        both = [str(row.get(name) or ""), str(row.get(f"{name}_en") or "") if self._english else ""]
        return [text for text in dict.fromkeys(both) if text]


def notice(sheet: Words, language: str) -> list[Part]:
    """The one-time notice (一次性告知单): everything that is missing, at once."""
    say, hall = Languages(language), sheet["hall"]
    at = datetime.fromisoformat(sheet["at"]).astimezone(ZoneInfo(hall["timezone"]))
    parts: list[Part] = [Text(text, centred=True) for text in say.names(hall)]
    first, *rest = say.texts("paper.notice")
    parts += [Text(first, size=2, bold=True, centred=True), *(Text(text, centred=True) for text in rest)]
    parts.append(Text(f"{at:%Y-%m-%d %H:%M}", centred=True))
    if sheet.get("number"):
        parts.append(Text(say.texts("paper.number", number=sheet["number"])[0], size=2, bold=True, centred=True))
    parts += [Rule(), *(Text(text) for text in say.texts("paper.notice_intro"))]
    for service in sheet["services"]:
        parts += _service(service, say)
    return [*parts, Rule(), *(Text(text) for text in say.texts("paper.notice_foot"))]


def _service(service: Words, say: Languages) -> Iterator[Part]:
    yield Rule()
    first, *rest = say.names(service)
    yield Text(f"{first}  {service['code']}", bold=True)
    yield from (Text(text) for text in rest)
    missing = [paper for paper in service["papers"] if paper["code"] in service["missing"]]
    if not missing:
        yield from (Text(text) for text in say.texts("paper.complete"))
    for paper in missing:
        yield from _paper(paper, say)
    if service.get("place"):
        yield from (Text(text, hanging=2) for text in say.texts("paper.place", place=service["place"]))
    if service.get("guide_url"):
        yield from (Text(text, centred=True) for text in say.texts("paper.guide"))
        yield Code(service["guide_url"])


def _paper(paper: Words, say: Languages) -> Iterator[Part]:
    names, copies = say.names(paper), paper.get("copies") or 0
    counts = say.texts("paper.copies", n=copies) if copies else []
    for place, name in enumerate(names):
        count = counts[place] if place < len(counts) else ""
        yield Text(f"{'□ ' if place == 0 else '   '}{name}{count}", bold=place == 0, hanging=3)


#: By the kind of a print job, the layout of what ``GET /prints/<id>/content`` answers.
SHEETS: Final[Mapping[str, Callable[[Words, str], Sequence[Part]]]] = {"notice": notice}


def sheet_of(content: Words) -> Sequence[Part]:
    """The sheet of a job's content. Raises KeyError for a kind that this release does not know."""
    kind = content["kind"]
    return SHEETS[kind](content[kind], content["language"])
