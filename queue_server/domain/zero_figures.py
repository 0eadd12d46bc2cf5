"""The figures of the zero window for one day. Every share comes with what it is a share of.

Rows are plain mappings of the tables; instants are datetimes, durations are in seconds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from queue_server.domain.consultation import HANDED_ON, SETTLED, Channel
from queue_server.domain.figures import spread

Row = Mapping[str, Any]
#: A ticket's id and which of its stays.
Stay = tuple[str, int]
#: How a stay ends that a hand-off led to, where the hand-off was right.
WELL_ENDED = frozenset({"done", "transferred", "parked"})
WRONG = "wrong_line"


def share(part: int, of: int) -> dict[str, Any]:
    """``{n, of, share}``; no share of nothing."""
    return {"n": part, "of": of, "share": round(part / of, 4) if of else None}


def zero_figures(
    consultations: Sequence[Row], visits: Sequence[Row], specialist: Iterable[str], now: datetime
) -> dict[str, Any]:
    """All of them, from the day's consultations and visits; ``specialist`` are the letters of those lines.

    ``now`` is hall time: a promise that can still be kept is not late.
    """
    letters, consultations = set(specialist), _standing(consultations)
    business = [visit for visit in visits if visit["line"] in letters]
    served = sum(visit["outcome"] == "done" for visit in business)
    return {
        "consultations": len(consultations),
        "channels": dict(Counter(str(row["channel"]) for row in consultations)),
        "outcomes": dict(Counter(str(row["outcome"]) for row in consultations if row["outcome"])),
        "ratio": share(len(consultations), served),
        "first_contact": _first_contact(consultations),
        "hand_off": _hand_off(consultations, visits),
        "wrong_line": _wrong_line(consultations, business),
        "missing": _missing(consultations),
        "replies": _replies(consultations, now),
        "no_entry": sum(bool(row["no_entry"]) for row in consultations),
    }


def _standing(consultations: Sequence[Row]) -> list[Row]:
    """Without those that were taken back: each ends its stay at a window, so of two at one stay the later stands."""
    latest = {(row["ticket_id"], row["n"]): row for row in consultations if row["channel"] == Channel.WINDOW}
    return [
        row for row in consultations if row["channel"] != Channel.WINDOW or latest[row["ticket_id"], row["n"]] is row
    ]


def _first_contact(consultations: Sequence[Row]) -> dict[str, Any]:
    """Of the people who were consulted in person: whose only consultation of the day settled the question."""
    by_ticket: dict[str, list[Row]] = defaultdict(list)
    for row in consultations:
        if row["ticket_id"]:
            by_ticket[row["ticket_id"]].append(row)
    settled = sum(len(rows) == 1 and rows[0]["outcome"] in SETTLED for rows in by_ticket.values())
    return share(settled, len(by_ticket))


def _hand_off(consultations: Sequence[Row], visits: Sequence[Row]) -> dict[str, Any]:
    """Of the hand-offs whose next stay has ended: those in which it was the right place.

    Whom the hall moved with their whole line is judged where they were moved to; whom a greeter sent
    elsewhere stood in the wrong place.
    """
    outcomes = {(visit["ticket_id"], visit["n"]): visit["outcome"] for visit in visits}
    handed = {(row["ticket_id"], row["n"]) for row in consultations if row["outcome"] in HANDED_ON and row["ticket_id"]}
    ended = [_judged(outcomes, handed, ticket, n + 1) for ticket, n in handed]
    return share(sum(outcome in WELL_ENDED for outcome in ended), sum(outcome is not None for outcome in ended))


def _judged(outcomes: Mapping[Stay, str | None], handed: set[Stay], ticket: str, n: int) -> str | None:
    """How the stay ended, or the one that it went on at; None while that lasts."""
    while outcomes.get((ticket, n)) == "moved" and (ticket, n) not in handed:
        n += 1
    return outcomes.get((ticket, n))


def _wrong_line(consultations: Sequence[Row], business: Sequence[Row]) -> dict[str, Any]:
    """Wrong lines among ended stays at specialist lines, of people whom the zero window had seen and of the others."""
    seen: dict[str, int] = {}
    for row in consultations:
        if row["ticket_id"]:
            seen[row["ticket_id"]] = min(row["n"], seen.get(row["ticket_id"], row["n"]))
    sides: dict[bool, list[str]] = {True: [], False: []}
    for visit in business:
        if visit["outcome"]:
            sides[seen.get(visit["ticket_id"], visit["n"]) < visit["n"]].append(visit["outcome"])
    return {
        "after": share(sides[True].count(WRONG), len(sides[True])),
        "without": share(sides[False].count(WRONG), len(sides[False])),
    }


def _missing(consultations: Sequence[Row]) -> list[dict[str, Any]]:
    """Which paper made most people come again, most often missing first."""
    counted: Counter[tuple[str, str]] = Counter()
    for row in consultations:
        for service, papers in (row["missing"] or {}).items():
            counted.update((service, paper) for paper in papers)
    ranked = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return [{"service": service, "paper": paper, "n": n} for (service, paper), n in ranked]


def _replies(consultations: Sequence[Row], now: datetime) -> dict[str, Any]:
    """The reply clock of phone and online: from the question to the first reply."""
    asked = [row for row in consultations if row["channel"] in ("phone", "online")]
    took = [int((row["replied_at"] - row["at"]).total_seconds() * 1_000_000) for row in asked if row["replied_at"]]
    late = [row for row in asked if row["due_at"] and (row["replied_at"] or now) > row["due_at"]]
    promised = sum(row["due_at"] is not None for row in asked)
    return {
        "asked": len(asked),
        "open": len(asked) - len(took),
        "time": spread(took),
        "late": share(len(late), promised),
    }
