"""What the benchmarks say: one table, each figure beside its baseline and its bar."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure. ``baseline`` was measured in the same run, its samples between those of ``ours``."""

    what: str
    ours: float
    unit: str
    baseline: float | None = None
    #: The most that ``ours`` may be, or with ``of_ratio`` the ratio.
    bar: float | None = None
    of_ratio: bool = False

    @property
    def ratio(self) -> float | None:
        return self.ours / self.baseline if self.baseline else None

    @property
    def missed(self) -> bool:
        """Over its bar; or held to a ratio without a baseline, which nobody can meet."""
        measured = self.ratio if self.of_ratio else self.ours
        return self.bar is not None and (measured is None or measured > self.bar)

    @property
    def verdict(self) -> str:
        return "" if self.bar is None else "MISSED" if self.missed else "ok"

    def cells(self) -> list[str]:
        bar = "" if self.bar is None else f"≤ {_figure(self.bar)}{' ×' if self.of_ratio else ''}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        baseline = "" if self.baseline is None else _figure(self.baseline)
        return [self.what, _figure(self.ours), self.unit, baseline, ratio, bar, self.verdict]


HEADS = ["", "Window Zero", "", "baseline", "ratio", "bar", ""]


def _figure(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def table(rows: Sequence[Row]) -> str:
    cells = [HEADS, *(row.cells() for row in rows)]
    return _aligned(cells)


def _aligned(cells: Sequence[Sequence[str]]) -> str:
    """Words to the left, figures to the right; a column of words is one whose cells hold no digit."""
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    words = {0, *(n for n, column in enumerate(zip(*cells, strict=True)) if not any(map(_has_digit, column)))}
    return "\n".join(
        "  ".join(
            text.ljust(width) if n in words else text.rjust(width)
            for n, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    )


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def percentile(values: Sequence[float], percent: float) -> float:
    """Nearest rank. Raises ValueError for no values."""
    if not values:
        raise ValueError("nothing was measured")
    ascending = sorted(values)
    return ascending[max(0, -(-len(ascending) * int(percent * 10) // 1000) - 1)]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


@dataclass(frozen=True)
class Line:
    """A straight line through samples, by least squares."""

    what: str
    first: float
    last: float
    per_hour: float
    #: One standard error of the slope: how sure it is.
    give_or_take: float
    bar: float | None

    @property
    def missed(self) -> bool:
        return self.bar is not None and self.per_hour >= self.bar


def straight_line(what: str, hours: Sequence[float], values: Sequence[float], bar: float | None = None) -> Line:
    """Needs one sample at least; with fewer than three the slope is not known and 0."""
    if len(values) < 3 or statistics.pvariance(hours) == 0:
        return Line(what, values[0], values[-1], 0.0, 0.0, bar)
    slope, start = statistics.linear_regression(hours, values)
    left_over = sum((value - start - slope * hour) ** 2 for hour, value in zip(hours, values, strict=True))
    spread = statistics.pvariance(hours) * len(hours)
    return Line(what, values[0], values[-1], slope, (left_over / (len(values) - 2) / spread) ** 0.5, bar)


def trend_table(lines: Sequence[Line]) -> str:
    cells = [["after the warm-up", "first", "last", "per hour", "± s.e.", "bar", ""]]
    for line in lines:
        verdict = "" if line.bar is None else "CLIMBS" if line.missed else "ok"
        bar = "" if line.bar is None else f"< {_figure(line.bar)}"
        figures = map(_figure, (line.first, line.last, line.per_hour, line.give_or_take))
        cells.append([line.what, *figures, bar, verdict])
    return _aligned(cells)
