"""The driver's own book of a day, kept from the answers to its orders and from nothing else.

Answers must be entered in the order of their ``seq``; each entry is checked against what the book
knows, and whatever does not fit is noted in ``surprises``. All instants in microseconds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

View = dict[str, Any]
State = Literal["waiting", "called", "serving", "missed", "done", "left", "expired", "unfinished"]
Outcome = Literal["done", "transferred", "wrong_line", "missed", "left", "expired", "unfinished"]

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def micros(at: str) -> int:
    """An instant of the wire, ``2026-11-24T00:05:00.000000Z``, in microseconds since 1970."""
    return (datetime.fromisoformat(at) - EPOCH) // timedelta(microseconds=1)


@dataclass
class Stay:
    """One stay at one line."""

    line: str
    joined_at: int
    #: The first call of this stay.
    called_at: int | None = None
    started_at: int | None = None
    ended_at: int | None = None
    #: None while the stay lasts; ``missed`` until the person is called or put back.
    outcome: Outcome | None = None


@dataclass
class Entry:
    """One ticket."""

    id: str
    number: str
    reference_at: int
    stays: list[Stay]
    state: State = "waiting"
    window: str | None = None
    first_called_at: int | None = None

    @property
    def stay(self) -> Stay:
        return self.stays[-1]


@dataclass
class Tally:
    """What was done at one window; times in microseconds."""

    counts: Counter[str] = field(default_factory=Counter)
    waits: list[int] = field(default_factory=list)
    handlings: list[int] = field(default_factory=list)


class Book:
    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.windows: dict[str, Tally] = defaultdict(Tally)
        #: People waiting now, and people that ever joined, by line.
        self.waiting: Counter[str] = Counter()
        self.joins: Counter[str] = Counter()
        self.served = 0
        self.surprises: list[str] = []
        self._held: dict[str, str] = {}
        self._numbers: set[str] = set()

    def issued(self, view: View) -> None:
        at = micros(view["issued_at"])
        if view["number"] in self._numbers or view["id"] in self.entries:
            self.surprises.append(f"{view['number']}: issued twice")
        self._numbers.add(view["number"])
        self.entries[view["id"]] = Entry(view["id"], view["number"], at, [])
        self._join(self.entries[view["id"]], view["line"], at)

    def called(self, view: View, window: str) -> None:
        """A call to ``window``, from a line or of a missed person who has come."""
        entry = self._entry(view, "waiting", "missed")
        at, stay = micros(view["called_at"]), entry.stay
        self._expect(view, entry, reference_at=entry.reference_at, joined_at=stay.joined_at)
        if self._held.get(window):
            self.surprises.append(f"{entry.number}: called to window {window}, which holds another")
        if entry.state == "waiting":
            self.waiting[stay.line] -= 1
        if stay.called_at is None:
            stay.called_at = at
            self.windows[window].waits.append(max(0, at - stay.joined_at))
        entry.first_called_at = at if entry.first_called_at is None else entry.first_called_at
        entry.state, entry.window, stay.outcome = "called", window, None
        self._held[window] = entry.id
        self.windows[window].counts["called"] += 1

    def recalled(self, view: View) -> None:
        self._entry(view, "called")

    def started(self, view: View) -> None:
        entry = self._entry(view, "called")
        entry.state, entry.stay.started_at = "serving", micros(view["started_at"])

    def finished(self, view: View) -> None:
        entry = self._entry(view, "serving")
        self._end_at_window(entry, "served", micros(view["ended_at"]), "done")
        entry.state = "done"
        self.served += 1

    def missed(self, view: View) -> None:
        entry = self._entry(view, "called")
        self._end_at_window(entry, "missed", None, "missed")
        entry.state = "missed"

    def reinstated(self, view: View) -> None:
        entry = self._entry(view, "missed")
        entry.state, entry.stay.outcome = "waiting", None
        self.waiting[entry.stay.line] += 1
        self.joins[entry.stay.line] += 1

    def transferred(self, view: View) -> None:
        """Handed on; the new stay begins when the old one ends."""
        entry, at = self._entry(view, "serving", "called"), micros(view["joined_at"])
        handled = entry.state == "serving"
        self._end_at_window(entry, "transferred_out", at, "transferred" if handled else "wrong_line")
        entry.state = "waiting"
        self._join(entry, view["line"], at)

    def left(self, view: View) -> None:
        """Given up, at a window or in the line."""
        entry = self._entry(view, "called", "waiting", "missed")
        if entry.state == "called":
            self._end_at_window(entry, "left", None, "left")
        elif entry.state == "waiting":
            self.waiting[entry.stay.line] -= 1
        entry.state, entry.stay.outcome = "left", "left"

    def nobody(self, lines: Iterable[str], window: str) -> None:
        """The answer that nobody waits for these lines."""
        overlooked = [line for line in lines if self.waiting[line] > 0]
        if overlooked:
            self.surprises.append(f"window {window} heard that nobody waits; waiting in {' '.join(overlooked)}")

    def day_closed(self) -> None:
        """What the close makes of the rest: at a window unfinished, waiting expired, missed stays missed."""
        for entry in self.entries.values():
            if entry.state in ("called", "serving"):
                self._end_at_window(entry, "unfinished", None, "unfinished")
                entry.state = "unfinished"
            elif entry.state == "waiting":
                entry.state, entry.stay.outcome = "expired", "expired"
            elif entry.state == "missed":
                entry.state = "expired"
        self.waiting.clear()

    def _join(self, entry: Entry, line: str, at: int) -> None:
        entry.stays.append(Stay(line, at))
        self.waiting[line] += 1
        self.joins[line] += 1

    def _end_at_window(self, entry: Entry, tally: str, at: int | None, outcome: Outcome) -> None:
        stay, window = entry.stay, entry.window or "?"
        stay.outcome, stay.ended_at = outcome, at
        self.windows[window].counts[tally] += 1
        if at is not None and stay.started_at is not None:
            self.windows[window].handlings.append(at - stay.started_at)
        self._held.pop(window, None)
        entry.window = None

    def _entry(self, view: View, *expected: State) -> Entry:
        """The ticket an answer speaks of, which the book must know in one of these states."""
        entry = self.entries.get(view["id"])
        if entry is None:
            self.surprises.append(f"{view['number']}: a ticket this day did not issue")
            self.issued(view)
            entry = self.entries[view["id"]]
        if entry.state not in expected:
            self.surprises.append(f"{entry.number}: {entry.state} in the book, answer says {view['state']}")
        return entry

    def _expect(self, view: View, entry: Entry, **known: int) -> None:
        for name, at in known.items():
            if micros(view[name]) != at:
                self.surprises.append(f"{entry.number}: {name} was {at}, answer says {view[name]}")
