"""The model's state in the words of the log, so that it can be laid beside the tables."""

import json
from typing import Any

from tests.model.hall import Hall
from tests.model.papers import Alarm, Call, Case, Consultation, Day, Line, Print, Rating, Stay, Ticket, Window, Zone

Row = dict[str, Any]
Rows = dict[tuple[Any, ...], Row]


def _filled(**columns: Any) -> Row:
    return {name: value for name, value in columns.items() if value is not None}


def ticket_row(t: Ticket) -> Row:
    times: Row = {"issued_at": t.issued, "reference_at": t.issued, "turn_at": t.turn, "joined_at": t.joined}
    times |= {"first_called_at": t.first_called, "called_at": t.called, "started_at": t.started}
    place: Row = {
        "line": t.line,
        "window": t.window,
        "target_window": t.target,
        "state": t.state,
        "visit": len(t.stays),
    }
    place |= {"target_clerk": t.target_clerk, "stops": t.stops or None, "return_at": t.return_at}
    brings = t.brings and t.brings | {"consultation": t.brings["consultation"].id}
    number = {"origin": t.origin, "serial": t.serial, "ticket_class": t.kind, "number": t.number, "ordinal": t.ordinal}
    counts = {"calls": t.calls, "reinstatements": t.back, "notes": t.notes, "because": t.because}
    counts |= {"cases": t.stay.cases}
    return _filled(
        id=t.id,
        day=t.day,
        channel=t.channel,
        missed_at=t.missed,
        ended_at=t.ended,
        promoted=t.promoted,
        brings=brings,
        **number,
        **place,
        **times,
        **counts,
    )


def stay_row(t: Ticket, n: int, stay: Stay) -> Row:
    times = {"joined_at": stay.joined, "called_at": stay.called, "started_at": stay.started, "ended_at": stay.ended}
    times |= {"walk_at": stay.walk}
    who: Row = {"window": stay.window, "clerk": stay.clerk, "outcome": stay.outcome}
    who |= {"result": stay.result, "reason": stay.reason, "cases": stay.cases, "services": stay.services}
    return _filled(ticket_id=t.id, n=n, day=t.day, line=stay.line, turn_at=stay.turn, **times, **who)


def window_row(w: Window) -> Row:
    kind, number = ("zero", int(w.code[1:])) if w.code.startswith("Z") else ("specialist", int(w.code))
    place = {"kind": kind, "number": number, "area": "厅", "lines": [*w.lines], "secondary": [*w.helps]}
    state: Row = {"state": w.state, "clerk": w.clerk, "pause_reason": w.reason, "since": w.since}
    place |= {} if w.zone is None else {"zone": w.zone}
    state |= {"skills": None if w.skills is None else [*w.skills]}
    return _filled(code=w.code, served=w.served, handling_s=w.handling, **place, **state)


def day_row(d: Day) -> Row:
    times = {"opened_at": d.opened, "closed_at": d.closed}
    return _filled(date=d.date, state=d.state, manual=d.manual, late=d.late, ordinal=d.ordinal, **times)


def call_row(c: Call) -> Row:
    where = {"ticket_id": c.ticket.id, "number": c.ticket.number, "line": c.line, "window": c.window, "zone": c.zone}
    sound: Row = {"state": c.state, "device": c.device, "started_at": c.started, "ended_at": c.ended}
    sight = {"shown": c.shown, "of": c.of, "shown_at": c.shown_at, "unshown_at": c.unshown}
    return _filled(seq=c.seq, day=c.day, repeat=c.repeat, at=c.at, **where, **sound, **sight)


def zone_row(z: Zone) -> Row:
    settings: Row = {"languages": ["zh", "en"], "quiet": [], "volumes": [], "chime": z.chime}
    names = {"name": z.name, "name_en": "Whole hall" if z.code == "hall" else "Area B"}
    return _filled(code=z.code, position=z.place, announcer=z.announcer, **settings, **names)


def line_row(n: int, line: Line) -> Row:
    x = line.letter
    names = {"letter": x, "name": x, "name_en": x, "kind": "zero" if x == "Z" else "specialist"}
    return _filled(position=n, mean_minutes=5, open=line.open, closed_on=line.closed_on, **names)


def alarm_row(a: Alarm) -> Row:
    accepted = {"accepted_by": a.accepted_by, "accepted_at": a.accepted}
    return _filled(id=a.id, window=a.window, clerk=a.clerk, at=a.at, ended_at=a.ended, **accepted)


def rating_row(r: Rating) -> Row:
    about = {"ticket_id": r.ticket.id, "day": r.ticket.day, "n": r.n, "line": r.stay.line}
    said = {"level": r.level, "reasons": r.reasons or None, "channel": r.channel, "at": r.at}
    return _filled(window=r.stay.window, clerk=r.stay.clerk, **about, **said)


def consultation_row(c: Consultation) -> Row:
    about = {"ticket_id": c.ticket and c.ticket.id, "n": c.n, "window": c.window, "services": c.services}
    said = {"outcome": c.outcome, "missing": c.missing, "no_entry": c.no_entry, "due_at": c.due}
    replied = {"replied_at": c.replied, "replied_by": c.replied_by}
    return _filled(id=c.id, day=c.day, channel=c.channel, clerk=c.clerk, at=c.at, **about, **said, **replied)


def case_row(c: Case) -> Row:
    what = {"ticket_id": c.ticket.id, "service": c.service, "owner": c.owner, "window": c.window}
    stands = {"step": c.step, "stepped_at": c.stepped, "settled_at": c.settled, "due_on": c.due}
    return _filled(id=c.id, day=c.day, at=c.at, clerk=c.clerk, **what, **stands)


def print_row(p: Print) -> Row:
    what = {"kind": "notice", "subject": p.about.id, "device": p.device, "language": p.language}
    stands = {"state": p.state, "reason": p.reason, "started_at": p.started, "ended_at": p.ended}
    return _filled(id=p.id, at=p.at, **what, **stands)


def expected(hall: Hall) -> dict[str, Rows]:
    """The tables as the model has them; the clerks' sessions are not in it, and of the hall only what it decided."""
    stays = ((t, n, stay) for t in hall.tickets for n, stay in enumerate(t.stays, 1))
    return {
        "tickets": {(t.id,): ticket_row(t) for t in hall.tickets},
        "visits": {(t.id, n): stay_row(t, n, stay) for t, n, stay in stays},
        "windows": {(code,): window_row(window) for code, window in hall.windows.items()},
        "zones": {(code,): zone_row(zone) for code, zone in hall.zones.items()},
        "days": {(day.date,): day_row(day) for day in hall.days},
        "announcements": {(seq,): call_row(call) for seq, call in hall.spoken.items()},
        "lines": {(line.letter,): line_row(n, line) for n, line in enumerate(hall.lines.values())},
        "alarms": {(alarm.id,): alarm_row(alarm) for alarm in hall.alarms},
        "ratings": {(rating.ticket.id,): rating_row(rating) for rating in hall.ratings},
        "consultations": {(one.id,): consultation_row(one) for one in hall.consultations},
        "blocked_cases": {(case.id,): case_row(case) for case in hall.cases},
        "print_jobs": {(sheet.id,): print_row(sheet) for sheet in hall.sheets},
        "halls": {(): _filled(rules=hall.rules or None, layout=hall.layout or None)},
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
