"""Two sets of figures side by side, and where they differ."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from counter_client.figures import PARTS, SPREADS

#: The report rounds to milliseconds; two roundings may differ by one.
ROUNDING_S: Final = 0.0015


class Disagreement(NamedTuple):
    where: str
    figure: str
    book: float | None
    report: float | None


def disagreements(book: Mapping[str, Any], report: Mapping[str, Any]) -> list[Disagreement]:
    """Every figure of hall, lines and windows in which the two differ."""
    found = list(_differences("hall", book["hall"], report.get("hall", {})))
    for kind in ("lines", "windows"):
        theirs = report.get(kind, {})
        for name in book[kind].keys() | theirs.keys():
            found += _differences(f"{kind[:-1]} {name}", book[kind].get(name, {}), theirs.get(name, {}))
    return sorted(found)


def _differences(where: str, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[Disagreement]:
    mine, theirs = flat(mine), flat(theirs)
    for figure in mine:
        if not _same(mine[figure], theirs.get(figure)):
            yield Disagreement(where, figure, mine[figure], theirs.get(figure))
    if not mine and theirs:
        yield Disagreement(where, "all", None, len(theirs))


def flat(figures: Mapping[str, Any]) -> dict[str, float | None]:
    """``{"wait": {"n": 3}}`` as ``{"wait.n": 3}``."""
    level = {name: figures[name] for name in figures if name not in SPREADS}
    for name in SPREADS:
        level |= {f"{name}.{part}": value for part, value in (figures.get(name) or {}).items() if part in PARTS}
    return level


def _same(mine: float | None, theirs: float | None) -> bool:
    if mine is None or theirs is None:
        return mine is theirs
    return mine == theirs if isinstance(mine, int) else abs(mine - theirs) <= ROUNDING_S


#: Columns of the table: heading, figure, divided by.
COLUMNS: Final = (
    ("issued", "issued", 1),
    ("joined", "joined", 1),
    ("waiting", "waiting", 1),
    ("in hand", "in_service", 1),
    ("called", "called", 1),
    ("served", "served", 1),
    ("missed", "missed", 1),
    ("left", "left", 1),
    ("expired", "expired", 1),
    ("unfin.", "unfinished", 1),
    ("in", "transferred_in", 1),
    ("out", "transferred_out", 1),
    ("abandoned", "abandoned", 1),
    ("wait mean", "wait.mean_s", 60),
    ("median", "wait.median_s", 60),
    ("p90", "wait.p90_s", 60),
    ("handling", "handling.mean_s", 60),
)


def table(book: Mapping[str, Any], report: Mapping[str, Any]) -> str:
    """The hall and every line, two rows each; times in minutes; ``!`` marks a disagreement."""
    rows = [f"{'':5}{'':7}" + "".join(f"{heading:>10}" for heading, _, _ in COLUMNS)]
    places = [("hall", book["hall"], report.get("hall", {}))]
    places += [(letter, figures, report.get("lines", {}).get(letter, {})) for letter, figures in book["lines"].items()]
    for name, mine, theirs in places:
        rows.append(f"{name:5}{'book':7}" + _row(flat(mine), flat(mine)))
        rows.append(f"{'':5}{'report':7}" + _row(flat(theirs), flat(mine)))
    return "\n".join(rows)


def _row(figures: Mapping[str, float | None], other: Mapping[str, float | None]) -> str:
    return "".join(_cell(figures.get(figure), other.get(figure), unit) for _, figure, unit in COLUMNS)


def _cell(value: float | None, other: float | None, unit: int) -> str:
    shown = "–" if value is None else str(value) if unit == 1 else f"{value / unit:.2f}"
    return f"{shown if _same(value, other) else '!' + shown:>10}"


def size(book: Mapping[str, Any]) -> int:
    """How many figures a comparison compares."""
    places = [book["hall"], *book["lines"].values(), *book["windows"].values()]
    return sum(len(flat(place)) for place in places)
