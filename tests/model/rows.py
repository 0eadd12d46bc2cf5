"""The model's state in the words of the log, so that it can be laid beside the tables."""

import json
from typing import Any

from tests.model.hall import Hall
from tests.model.papers import Call, Day, Stay, Ticket, Window

Row = dict[str, Any]
Rows = dict[tuple[Any, ...], Row]


def _filled(**columns: Any) -> Row:
    return {name: value for name, value in columns.items() if value is not None}


def ticket_row(t: Ticket) -> Row:
    times: Row = {"issued_at": t.issued, "reference_at": t.issued, "turn_at": t.turn, "joined_at": t.joined}
    times |= {"first_called_at": t.first_called, "called_at": t.called, "started_at": t.started}
    place = {"line": t.line, "window": t.window, "target_window": t.target, "state": t.state, "visit": len(t.stays)}
    number = {"origin": t.origin, "serial": t.serial, "ticket_class": t.kind, "number": t.number, "ordinal": t.ordinal}
    counts = {"calls": t.calls, "reinstatements": t.back, "notes": t.notes, "because": t.because}
    return _filled(
        id=t.id,
        day=t.day,
        channel=t.channel,
        missed_at=t.missed,
        ended_at=t.ended,
        **number,
        **place,
        **times,
        **counts,
    )


def stay_row(t: Ticket, n: int, stay: Stay) -> Row:
    times = {"joined_at": stay.joined, "called_at": stay.called, "started_at": stay.started, "ended_at": stay.ended}
    who = {"window": stay.window, "clerk": stay.clerk, "outcome": stay.outcome}
    return _filled(ticket_id=t.id, n=n, day=t.day, line=stay.line, turn_at=stay.turn, **times, **who)


def window_row(w: Window) -> Row:
    kind, number = ("zero", int(w.code[1:])) if w.code.startswith("Z") else ("specialist", int(w.code))
    place = {"kind": kind, "number": number, "area": "厅", "lines": [*w.lines], "secondary": [*w.helps]}
    state = {"state": w.state, "clerk": w.clerk, "pause_reason": w.reason, "since": w.since}
    return _filled(code=w.code, served=w.served, handling_s=w.handling, **place, **state)


def day_row(d: Day) -> Row:
    times = {"opened_at": d.opened, "closed_at": d.closed}
    return _filled(date=d.date, state=d.state, manual=d.manual, late=d.late, ordinal=d.ordinal, **times)


def call_row(c: Call) -> Row:
    where = {"ticket_id": c.ticket.id, "number": c.ticket.number, "line": c.line, "window": c.window, "zone": "hall"}
    return _filled(seq=c.seq, day=c.day, repeat=c.repeat, at=c.at, state=c.state, device=c.device, **where)


def expected(hall: Hall) -> dict[str, Rows]:
    """The tables as the model has them; the hall, its lines and the clerks' sessions are not in it."""
    stays = ((t, n, stay) for t in hall.tickets for n, stay in enumerate(t.stays, 1))
    return {
        "tickets": {(t.id,): ticket_row(t) for t in hall.tickets},
        "visits": {(t.id, n): stay_row(t, n, stay) for t, n, stay in stays},
        "windows": {(code,): window_row(window) for code, window in hall.windows.items()},
        "days": {(day.date,): day_row(day) for day in hall.days},
        "announcements": {(seq,): call_row(call) for seq, call in hall.spoken.items()},
        "series": {key: {"day": key[0], "line": key[1], "last": last} for key, last in hall.series.items()},
    }


def difference(have: Rows, want: Rows) -> str:
    """The first rows that differ, as a failing test shows them."""
    keys = [key for key in have.keys() | want.keys() if have.get(key) != want.get(key)]
    lines = [f"{key}: is {_short(have.get(key), want.get(key))}, should be {_short(want.get(key), have.get(key))}"
             for key in keys[:3]]  # fmt: skip
    return "; ".join(lines)


def _short(row: Row | None, other: Row | None) -> str:
    if row is None or other is None:
        return json.dumps(row, ensure_ascii=False)
    return str({name: row.get(name) for name in row.keys() | other.keys() if row.get(name) != other.get(name)})
