"""The day's figures from the book, by the definitions of docs/protocol.md, "Report".

Reckoned from the answers to orders alone, and not with the server's code: two counts from two
sources that agree are worth more than one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from counter_client.book import Book, Entry, Stay

WINDOW_COUNTS: Final = ("called", "served", "missed", "left", "transferred_out", "unfinished")
SPREADS: Final = ("wait", "handling")
PARTS: Final = ("n", "mean_s", "median_s", "p90_s", "max_s")
ENDS: Final = ("waiting", "in_service", "missed", "left", "expired", "unfinished")
MOVED: Final = ("transferred", "wrong_line")

Figures = dict[str, Any]


def nearest_rank(ascending: Sequence[int], percent: int) -> int:
    """The smallest value that at least ``percent`` of all values do not exceed. Refuses an empty list."""
    if not ascending:
        raise ValueError("no values")
    enough = next(rank for rank in range(1, len(ascending) + 1) if rank * 100 >= percent * len(ascending))
    return ascending[enough - 1]


def spread(values: Iterable[int]) -> Figures:
    """Size, mean, median, p90 and maximum of times in microseconds, in seconds; zeros are kept."""
    ascending = sorted(values)
    if not ascending:
        return {"n": 0, "mean_s": None, "median_s": None, "p90_s": None, "max_s": None}
    n = len(ascending)
    middle = (ascending[(n - 1) // 2] + ascending[n // 2]) / 2
    found = (sum(ascending) / n, middle, nearest_rank(ascending, 90), ascending[-1])
    return dict(zip(PARTS, (n, *(round(value / 1e6, 3) for value in found)), strict=True))


def hall(book: Book) -> Figures:
    """Counts tickets: each where its last stay ended or stands."""
    entries = list(book.entries.values())
    stays = [stay for entry in entries for stay in entry.stays]
    moved = sum(stay.outcome in MOVED for stay in stays)
    waits = [max(0, e.first_called_at - e.reference_at) for e in entries if e.first_called_at is not None]
    return {
        "issued": len(entries),
        "joined": len(entries),
        "called": len(waits),
        "transferred_in": moved,
        "transferred_out": moved,
        **_ends((entry, entry.stay) for entry in entries),
        "wait": spread(waits),
        "handling": spread(_handlings(stays)),
    }


def line(book: Book, letter: str) -> Figures:
    """Counts stays at one line; a ticket that was here twice counts twice."""
    here = [(e, n, stay) for e in book.entries.values() for n, stay in enumerate(e.stays) if stay.line == letter]
    stays = [stay for _, _, stay in here]
    began = sum(n == 0 for _, n, _ in here)
    waits = [max(0, stay.called_at - stay.joined_at) for stay in stays if stay.called_at is not None]
    return {
        "issued": began,
        "joined": len(here),
        "called": len(waits),
        "transferred_in": len(here) - began,
        "transferred_out": sum(stay.outcome in MOVED for stay in stays),
        **_ends((entry, stay) for entry, _, stay in here),
        "wait": spread(waits),
        "handling": spread(_handlings(stays)),
    }


def window(book: Book, code: str) -> Figures:
    """Counts what happened at one window: somebody missed here and called elsewhere counts at both."""
    tally = book.windows[code]
    counts = {name: tally.counts[name] for name in WINDOW_COUNTS}
    return counts | {"wait": spread(tally.waits), "handling": spread(tally.handlings)}


def all_figures(book: Book, letters: Iterable[str], codes: Iterable[str]) -> Figures:
    return {
        "hall": hall(book),
        "lines": {letter: line(book, letter) for letter in letters},
        "windows": {code: window(book, code) for code in codes},
    }


def _handlings(stays: Iterable[Stay]) -> list[int]:
    """Start → finish or transfer, in microseconds."""
    handled = [stay for stay in stays if stay.outcome in ("done", "transferred")]
    return [s.ended_at - s.started_at for s in handled if s.ended_at is not None and s.started_at is not None]


def _ends(places: Iterable[tuple[Entry, Stay]]) -> dict[str, int]:
    """How many stays ended in each way, and how many go on."""
    found = Counter(stay.outcome or _lasting(entry) for entry, stay in places)
    never_served = found["missed"] + found["left"] + found["expired"]
    ends = {name: found[name] for name in ENDS}
    return ends | {"served": found["done"], "abandoned": never_served}


def _lasting(entry: Entry) -> str:
    return "waiting" if entry.state == "waiting" else "in_service"
