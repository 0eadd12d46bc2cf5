"""Lists, notices, the register and the figures of the zero window: only reading."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.engine import Connection, RowMapping

from queue_server.domain.zero_figures import zero_figures
from queue_server.services.views import row_to_wire, service_view
from queue_server.store import current, log, texts


def lists(connection: Connection, hall_id: str, limit: int) -> dict[str, Any]:
    """Questions that wait for an answer, oldest first, and those without a good entry, newest first."""
    waiting = texts.open_consultations(connection, hall_id, limit)
    without = texts.without_entry(connection, hall_id, limit)
    words = texts.about(connection, {row["id"] for row in (*waiting, *without)})
    return {
        "open": [_with_words(row, words) for row in waiting],
        "no_entry": [_with_words(row, words) for row in without],
    }


def _with_words(row: RowMapping, words: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    said = [
        {"kind": one["kind"], "text": one["text"], "at": row_to_wire(one)["at"], "by": one["name"]}
        for one in words.get(row["id"], [])
    ]
    return row_to_wire(row) | {"words": said}


def notice(connection: Connection, hall_id: str, consultation_id: str) -> dict[str, Any] | None:
    """What a one-time notice says; None for an unknown consultation. It names nobody."""
    row = texts.consultation(connection, hall_id, consultation_id)
    if row is None:
        return None
    hall, missing = current.hall(connection, hall_id), row["missing"] or {}
    # In the order in which the person came for them.
    wanted = list(dict.fromkeys([*(row["services"] or ()), *missing]))
    services = [service for service in current.hall_services(connection, hall_id) if service.code in wanted]
    services.sort(key=lambda service: wanted.index(service.code))
    return {
        "hall": {"name": hall["name"], "name_en": hall["name_en"], "timezone": hall["timezone"]},
        "at": row_to_wire(row)["at"],
        "number": texts.number_of(connection, row["ticket_id"]),
        "services": [service_view(one) | {"missing": list(missing.get(one.code, []))} for one in services],
    }


def register(connection: Connection, hall_id: str, limit: int) -> dict[str, Any]:
    """Blocked cases, newest first, with what was done."""
    rows = texts.register(connection, hall_id, limit)
    words = texts.about(connection, {row["id"] for row in rows})
    return {"cases": [_with_words(row, words) for row in rows]}


def figures(
    connection: Connection, hall_id: str, on: str | None, real_now: datetime | None = None
) -> dict[str, Any] | None:
    """The figures of a day, the latest without ``on``; None when the hall was not open then.

    Promises are looked at as they stand at ``real_now``, else at the hall's last event.
    """
    day = current.day(connection, hall_id, date.fromisoformat(on)) if on else current.latest_day(connection, hall_id)
    if day is None:
        return None
    specialist = [line["letter"] for line in current.hall_lines(connection, hall_id) if line["kind"] == "specialist"]
    consulted = texts.consultations_of(connection, hall_id, day["date"])
    visits = texts.visits_of(connection, hall_id, day["date"])
    head = log.head(connection, hall_id)
    now = head.now(real_now) if real_now else head.last_at
    return {"date": day["date"].isoformat()} | zero_figures(consulted, visits, specialist, now)
