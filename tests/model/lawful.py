"""What holds for every row whatever the orders were: lawful moves, turns that an event explains, nobody out of reach.

Written as tables of events and states, so that a mistake that the model and the product had in common would show.
"""

from tests.model.rows import Row, Rows

#: By event the moves that it may report: from a state to a state, "" before the issue.
MOVES = {
    "ticket.issued": {("", "waiting")},
    "ticket.called": {("waiting", "called"), ("missed", "called")},
    "ticket.started": {("called", "serving")},
    "ticket.finished": {("serving", "done")},
    "ticket.finish_undone": {("done", "serving")},
    "ticket.missed": {("called", "missed")},
    "ticket.reinstated": {("missed", "waiting")},
    "ticket.transferred": {("called", "waiting"), ("serving", "waiting")},
    "ticket.parked": {("serving", "parked")},
    "ticket.returned": {("parked", "waiting")},
    "ticket.left": {("waiting", "left"), ("called", "left"), ("missed", "left")},
    "ticket.expired": {(state, "expired") for state in ("waiting", "missed", "parked")},
    "ticket.unfinished": {("called", "unfinished"), ("serving", "unfinished")},
}
#: Events that may give a ticket another turn: each is a case of the rules of the trade.
TURNS = {"ticket.issued", "ticket.transferred", "ticket.reinstated", "ticket.returned", "ticket.promoted"}
#: A greeter who sends somebody who waits to the right line gives the turn of a hand-off.
TURNS.add("ticket.moved")
AT_WINDOW, LIVE = ("called", "serving"), ("waiting", "called", "serving", "missed", "parked")


def check_move(event: str, before: Row, change: Row) -> None:
    """A change of one ticket, before it is taken in."""
    old, new = before.get("state", ""), change.get("state", before.get("state"))
    if old != new:
        assert (old, new) in MOVES.get(event, set()), f"{event} moves a ticket from {old or 'nowhere'} to {new}"
    if change.get("turn_at", before.get("turn_at")) != before.get("turn_at"):
        assert event in TURNS, f"{event} changes whose turn it is"
    fixed = ("number", "issued_at", "reference_at", "ordinal", "origin", "day", "ticket_class")
    assert all(change.get(c, before[c]) == before[c] for c in fixed if before), f"{event} changes what never changes"


def check_reachable(tables: dict[str, Rows]) -> None:
    """A live ticket is at a window exactly when it is called or served; it is kept only for who is there to call it."""
    windows = {row["code"]: row for row in tables["windows"].values()}
    seats = {row["clerk"]: row for row in windows.values() if "clerk" in row}
    for row in tables["tickets"].values():
        number = row["number"]
        if row["state"] not in LIVE:
            continue
        assert ("window" in row) == (row["state"] in AT_WINDOW), f"{number} is {row['state']} at {row.get('window')}"
        kept = [windows[row["target_window"]]] if "target_window" in row else []
        kept += [seats.get(row["target_clerk"], {})] if "target_clerk" in row else []
        assert len({window.get("code") for window in kept}) <= 1, f"{number} is kept for a clerk who sits elsewhere"
        for window in kept:
            assert "clerk" in window, f"{number} is kept for nobody"
            if row["state"] not in AT_WINDOW:
                assert row["line"] in _served(window), f"{number} is kept for who does not serve {row['line']}"


def _served(window: Row) -> set[str]:
    skills = window.get("skills")
    return {x for x in (*window["lines"], *window["secondary"]) if skills is None or x in skills}
