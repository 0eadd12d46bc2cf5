"""A day's figures counted from the model, against the report."""

import statistics
from collections.abc import Iterable
from typing import Any

from tests.model.hall import Hall
from tests.model.papers import SECOND, Stay, Ticket

MOVED = ("transferred", "wrong_line", "moved")
Counted = list[tuple[Ticket, Stay]]


def compare_figures(hall: Hall, report: dict[str, Any]) -> None:
    tickets = [ticket for ticket in hall.tickets if ticket.day == hall.today.date]
    stays = [(ticket, stay) for ticket in tickets for stay in ticket.stays]
    last = [(ticket, ticket.stay) for ticket in tickets]
    moved = sum(stay.outcome in MOVED for _, stay in stays)
    wanted = _counts(last) | {"issued": len(tickets), "joined": len(tickets), "transferred_in": moved}
    wanted |= {"called": sum(t.first_called is not None for t in tickets), "transferred_out": moved}
    waits = [t.first_called - t.issued for t in tickets if t.first_called is not None]
    _same("hall", report["hall"], wanted, waits, stays)
    for line in hall.lines:
        _compare_line(line, report["lines"][line], [(t, stay) for t, stay in stays if stay.line == line])


def _compare_line(line: str, shown: dict[str, Any], stays: Counted) -> None:
    first = sum(t.stays[0] is stay for t, stay in stays)
    into = sum(t.stays[t.stays.index(stay) - 1].outcome in MOVED for t, stay in stays if stay is not t.stays[0])
    wanted = _counts(stays) | {"issued": first, "joined": len(stays), "transferred_in": into}
    wanted |= {"called": sum(stay.called is not None for _, stay in stays)}
    wanted |= {"transferred_out": sum(stay.outcome in MOVED for _, stay in stays)}
    waits = [stay.called - stay.joined for _, stay in stays if stay.called is not None]
    _same(line, shown, wanted, waits, stays)


def _counts(stays: Counted) -> dict[str, int]:
    outcomes = [stay.outcome for _, stay in stays]
    lasting = [ticket.state for ticket, stay in stays if stay.outcome is None]
    counts = {name: outcomes.count(name) for name in ("missed", "left", "expired", "unfinished")}
    gone = counts["missed"] + counts["left"] + counts["expired"]
    here = {"waiting": lasting.count("waiting"), "in_service": lasting.count("called") + lasting.count("serving")}
    here["parked"] = sum(stay.outcome == "parked" and stay is ticket.stay for ticket, stay in stays)
    return counts | here | {"served": outcomes.count("done"), "abandoned": gone}


def _same(what: str, shown: dict[str, Any], counts: dict[str, int], waits: list[int], stays: Counted) -> None:
    for name, count in counts.items():
        assert shown[name] == count, f"figures of {what}: {name} is {shown[name]}, must be {count}"
    handled = [
        stay.ended - stay.started
        for _, stay in stays
        if stay.outcome in ("done", "transferred") and stay.started is not None and stay.ended is not None
    ]
    walks = [s.started - s.walk for _, s in stays if s.started is not None and s.walk is not None]
    for name, values in (("wait", waits), ("handling", handled), ("walk", walks)):
        for figure, value in _spread(values).items():
            assert shown[name][figure] == value, f"figures of {what}: {name}.{figure} {shown[name][figure]}, is {value}"


def _spread(values: Iterable[int]) -> dict[str, Any]:
    ordered = sorted(values)
    if not ordered:
        return {"n": 0, "mean_s": None, "median_s": None, "p90_s": None, "max_s": None}
    ninth = next(value for i, value in enumerate(ordered, 1) if 10 * i >= 9 * len(ordered))
    spread = {"mean_s": sum(ordered) / len(ordered), "median_s": statistics.median(ordered), "p90_s": ninth}
    spread["max_s"] = ordered[-1]
    return {"n": len(ordered)} | {name: round(value / SECOND, 3) for name, value in spread.items()}
