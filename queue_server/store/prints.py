"""Print jobs that are not over, those about one thing, and the printers that may print them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from queue_server.domain.printing import Printer, PrintJob
from queue_server.store.print_tables import print_jobs
from queue_server.store.tables import devices
from queue_server.store.unit_of_work import UnitOfWork

# The condition of the partial index, word for word, so that it may be used.
_OPEN = sa.text("print_jobs.state IN ('queued', 'printing')")
OPEN = (
    sa.select(print_jobs)
    .where(print_jobs.c.hall_id == sa.bindparam("hall"), _OPEN)
    .order_by(print_jobs.c.at, print_jobs.c.id)
)


def open_jobs(connection: Connection, hall_id: str, device: str | None = None) -> list[RowMapping]:
    """What is not over, oldest first; of one printer, or of all."""
    rows = connection.execute(OPEN, {"hall": hall_id}).mappings()
    return [row for row in rows if device in (None, row["device"])]


def waiting_since(uow: UnitOfWork, queued: datetime, claimed: datetime) -> list[PrintJob]:
    """Jobs that nobody claimed since ``queued``, and those claimed and not ended since ``claimed``, in hall time."""
    jobs = uow.load(PrintJob, OPEN, hall=uow.hall_id)
    return [job for job in jobs if (job.at <= queued if job.started_at is None else job.started_at <= claimed)]


def about(connection: Connection, hall_id: str, subject: str, limit: int) -> list[RowMapping]:
    """The jobs about one thing, newest first."""
    query = sa.select(print_jobs).where(print_jobs.c.hall_id == hall_id, print_jobs.c.subject == subject)
    newest_first = query.order_by(print_jobs.c.at.desc(), print_jobs.c.id).limit(limit)
    return list(connection.execute(newest_first).mappings())


def job(connection: Connection, hall_id: str, job_id: str) -> RowMapping | None:
    query = sa.select(print_jobs).where(print_jobs.c.hall_id == hall_id, print_jobs.c.id == job_id)
    return connection.execute(query).mappings().one_or_none()


def printers(connection: Connection, hall_id: str) -> list[Printer]:
    """The hall's printers that are enrolled and not struck off, by name."""
    mine: list[Any] = [devices.c.hall_id == hall_id, devices.c.kind == "printer"]
    query = sa.select(devices).where(*mine, devices.c.enrolled_at.is_not(None), devices.c.revoked_at.is_(None))
    rows = connection.execute(query.order_by(devices.c.name, devices.c.id))
    return [Printer(row.id, row.name, row.window, row.last_seen_at) for row in rows]
