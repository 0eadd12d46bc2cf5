"""The figures of a day, kept from the log as it grows.

Definitions and denominators: docs/protocol.md, "Report". Zero waits stay in; tickets never called
have no wait and are counted as waiting, left, missed or expired instead. All times in
microseconds, as in the log; results in seconds.
"""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from queue_server.domain import fold

Row = Mapping[str, Any]
TRANSFERRED = frozenset({"transferred", "wrong_line", "moved"})
#: Outcomes whose start → end counts as handling.
HANDLED = frozenset({"done", "transferred"})
#: Events that end what a window was doing, and the tally each adds to.
TALLY = {
    "ticket.called": "called",
    "ticket.finished": "served",
    "ticket.missed": "missed",
    "ticket.left": "left",
    "ticket.transferred": "transferred_out",
    "ticket.unfinished": "unfinished",
    "ticket.parked": "parked",
}


def seconds(micros: float) -> float:
    return round(micros / 1_000_000, 3)


def nearest_rank(ordered: Sequence[int], share: float) -> int:
    """The smallest value that at least ``share`` of the ascending values do not exceed."""
    rank = max(1, -(-len(ordered) * round(share * 1000) // 1000))
    return ordered[rank - 1]


def spread(values: Iterable[int]) -> dict[str, Any]:
    """n, mean, median, p90 and maximum in seconds; None where there is nothing to measure."""
    ordered = sorted(values)
    if not ordered:
        return {"n": 0, "mean_s": None, "median_s": None, "p90_s": None, "max_s": None}
    return {
        "n": len(ordered),
        "mean_s": seconds(sum(ordered) / len(ordered)),
        "median_s": seconds(statistics.median(ordered)),
        "p90_s": seconds(nearest_rank(ordered, 0.9)),
        "max_s": seconds(ordered[-1]),
    }


def line_wait(visit: Row, ticket: Row) -> int | None:
    """Joined the line → called there; an appointment's first stay counts from its slot."""
    if visit.get("called_at") is None:
        return None
    since = max(visit["joined_at"], ticket["reference_at"]) if visit["n"] == 1 else visit["joined_at"]
    return max(0, int(visit["called_at"] - since))


def hall_wait(ticket: Row) -> int | None:
    if ticket.get("first_called_at") is None:
        return None
    return max(0, int(ticket["first_called_at"] - ticket["reference_at"]))


def handling(visit: Row) -> int | None:
    """Start → finish or transfer; None for a stay that was not handled."""
    if visit.get("outcome") not in HANDLED or visit.get("started_at") is None:
        return None
    return int(visit["ended_at"] - visit["started_at"])


def walk(visit: Row) -> int | None:
    """The call that brought the person → start; None where nobody said when they came."""
    if visit.get("walk_at") is None or visit.get("started_at") is None:
        return None
    return int(visit["started_at"] - visit["walk_at"])


def _known(values: Iterable[int | None]) -> list[int]:
    return [value for value in values if value is not None]


class DayFigures:
    """One day's tickets, visits and window tallies, fed with the events of that day in order."""

    def __init__(self) -> None:
        self._state = fold.empty()
        self._tallies: dict[str, Counter[str]] = defaultdict(Counter)
        self._waits: dict[str, list[int]] = defaultdict(list)
        self._handlings: dict[str, list[int]] = defaultdict(list)

    def apply(self, event_type: str, content: Mapping[str, Any]) -> None:
        if event_type == "ticket.finish_undone":
            self._take_back(content)
        fold.apply(self._state, content)
        window = content.get("facts", {}).get("window")
        if window is not None and event_type in TALLY:
            self._tally(window, event_type, content["changes"])

    def _tally(self, window: str, event_type: str, changes: Mapping[str, Any]) -> None:
        self._tallies[window][TALLY[event_type]] += 1
        if "visits" not in changes:
            # Called again to the window that missed them: the wait of this stay ended at its first call.
            return
        visit = self._state["visits"][fold.key_of("visits", changes["visits"][0])]
        if event_type == "ticket.called" and "called_at" in changes["visits"][0]:
            wait = line_wait(visit, self._ticket(visit))
            self._waits[window].extend(_known([wait]))
        elif event_type != "ticket.called":
            self._handlings[window].extend(_known([handling(visit)]))

    def _take_back(self, content: Mapping[str, Any]) -> None:
        """A finish was undone: it counts no more, nor does its handling."""
        window = content["facts"]["window"]
        visit = self._state["visits"][fold.key_of("visits", content["changes"]["visits"][0])]
        self._tallies[window]["served"] -= 1
        for handled in _known([handling(visit)]):
            self._handlings[window].remove(handled)

    def _ticket(self, visit: Row) -> Row:
        return self._state["tickets"][(visit["ticket_id"],)]

    def hall(self) -> dict[str, Any]:
        tickets = list(self._state["tickets"].values())
        visits = list(self._state["visits"].values())
        last = [self._state["visits"][(ticket["id"], ticket["visit"])] for ticket in tickets]
        counts = self._counts(last)
        moved = sum(visit.get("outcome") in TRANSFERRED for visit in visits)
        return counts | {
            "issued": len(tickets),
            "joined": len(tickets),
            "called": sum(ticket.get("first_called_at") is not None for ticket in tickets),
            "transferred_in": moved,
            "transferred_out": moved,
            "wait": spread(_known(map(hall_wait, tickets))),
            "handling": spread(_known(map(handling, visits))),
            "walk": spread(_known(map(walk, visits))),
        }

    def line(self, letter: str) -> dict[str, Any]:
        return self._line([v for v in self._state["visits"].values() if v["line"] == letter])

    def lines(self, letters: Iterable[str]) -> dict[str, Any]:
        by_line: dict[str, list[Row]] = defaultdict(list)
        for visit in self._state["visits"].values():
            by_line[visit["line"]].append(visit)
        return {letter: self._line(by_line[letter]) for letter in letters}

    def _line(self, visits: Sequence[Row]) -> dict[str, Any]:
        return self._counts(visits) | {
            "issued": sum(visit["n"] == 1 for visit in visits),
            "joined": len(visits),
            "called": sum(visit.get("called_at") is not None for visit in visits),
            "transferred_in": sum(self._came_by_transfer(visit) for visit in visits),
            "transferred_out": sum(visit.get("outcome") in TRANSFERRED for visit in visits),
            "wait": spread(_known(line_wait(visit, self._ticket(visit)) for visit in visits)),
            "handling": spread(_known(map(handling, visits))),
            "walk": spread(_known(map(walk, visits))),
        }

    def _came_by_transfer(self, visit: Row) -> bool:
        before = self._state["visits"].get((visit["ticket_id"], visit["n"] - 1))
        return before is not None and before.get("outcome") in TRANSFERRED

    def _counts(self, visits: Sequence[Row]) -> dict[str, int]:
        """Where stays stand: by outcome when they ended, by the ticket's state while they last."""
        outcomes = Counter(visit.get("outcome") for visit in visits)
        live = Counter(self._ticket(visit)["state"] for visit in visits if visit.get("outcome") is None)
        return {
            "waiting": live["waiting"],
            "in_service": live["called"] + live["serving"],
            "served": outcomes["done"],
            "missed": outcomes["missed"],
            "left": outcomes["left"],
            "expired": outcomes["expired"],
            "unfinished": outcomes["unfinished"],
            # Set aside and not back, or not yet: who came back is at a later stay.
            "parked": sum(v.get("outcome") == "parked" and v["n"] == self._ticket(v)["visit"] for v in visits),
            "abandoned": outcomes["missed"] + outcomes["left"] + outcomes["expired"],
        }

    def windows(self, codes: Iterable[str]) -> dict[str, Any]:
        """What happened at each window: a person missed here and called elsewhere counts at both."""
        walks: dict[str | None, list[int]] = defaultdict(list)
        for visit in self._state["visits"].values():
            walks[visit.get("window")].extend(_known([walk(visit)]))
        return {
            code: {name: self._tallies[code][name] for name in TALLY.values()}
            | {"wait": spread(self._waits[code]), "handling": spread(self._handlings[code])}
            | {"walk": spread(walks[code])}
            for code in codes
        }
