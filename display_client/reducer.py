"""The hall's state from its news: one reducer for all types of events, as docs/protocol.md has it."""

from typing import Any

from queue_server.protocol import ANNOUNCEMENTS_KEPT, ENDED

State = dict[str, Any]
Row = dict[str, Any]


def nothing() -> State:
    """The state of a reader that has heard nothing yet."""
    return {"hall": {}, "day": None, "lines": {}, "windows": {}, "zones": {}, "tickets": {}, "announcements": []}


def apply(state: State, data: dict[str, Any]) -> None:
    """Bring ``state`` up to date with one event's ``data``. What it does not know it leaves alone."""
    if "day" in data:
        _new_day(state, data["day"])
    state["hall"].update(data.get("hall") or {})
    _merge(state["lines"], data.get("lines", ()), "letter")
    _merge(state["windows"], data.get("windows", ()), "code")
    # A snapshot of an older server has none.
    _merge(state.setdefault("zones", {}), data.get("zones", ()), "code")
    _merge(state["tickets"], data.get("tickets", ()), "number")
    for number in [number for number, ticket in state["tickets"].items() if ticket.get("state") in ENDED]:
        del state["tickets"][number]
    _announce(state, data.get("announcements", ()))


def _new_day(state: State, day: Row | None) -> None:
    known = state["day"] or {}
    if day and "date" in day and day["date"] != known.get("date"):
        state["tickets"], state["announcements"] = {}, []
    state["day"] = {**known, **day} if day else day


def _merge(rows: dict[str, Row], changes: Any, key: str) -> None:
    for change in changes:
        rows.setdefault(change[key], {}).update(change)


def _announce(state: State, changes: Any) -> None:
    known = {row["seq"]: row for row in state["announcements"]}
    for change in changes:
        if change["seq"] in known:
            known[change["seq"]].update(change)
        elif "number" in change:
            known[change["seq"]] = dict(change)
    newest_first = sorted(known.values(), key=lambda row: int(row["seq"]), reverse=True)
    state["announcements"] = newest_first[:ANNOUNCEMENTS_KEPT]
