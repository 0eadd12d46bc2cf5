"""Ticket printers: each sheet is a job of its own after the order it is about, printed once or reported."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.engine import Connection

from queue_server.domain.consultation import Consultation
from queue_server.domain.device_errors import NoPrinter, PrintTaken, UnknownPrint
from queue_server.domain.errors import UnknownConsultation
from queue_server.domain.printing import (
    CLAIMED_WITHIN,
    ENDED_WITHIN,
    Printer,
    PrintFailure,
    Printing,
    PrintJob,
    Sheet,
    printer_for,
)
from queue_server.services import zero_report
from queue_server.services.views import row_to_wire
from queue_server.store import current, prints, texts
from queue_server.store.unit_of_work import UnitOfWork, new_id

Answer = dict[str, Any]
#: How often a printer that only asks for its jobs is written down as alive.
SEEN_EVERY = timedelta(seconds=3)
#: Jobs about one thing that a page is shown.
LISTED = 5


def order_notice(uow: UnitOfWork, consultation_id: str, clerk: str, language: str) -> Answer:
    """Print a consultation's one-time notice where ``clerk`` sits, else where the consultation was.

    Each order is one sheet: printing again is another job. Refuses where there is no printer.
    """
    about = uow.find(Consultation, id=consultation_id)
    if about is None:
        raise UnknownConsultation()
    printer = _printer(uow.connection, uow.hall_id, clerk, about.window, uow.real_now)
    if printer is None:
        raise NoPrinter()
    job = PrintJob(new_id(), uow.hall_id, Sheet.NOTICE, about.id, printer.id, language, uow.now)
    return _said(uow, "print.ordered", job) | {"printer": _shown(printer, uow.real_now)}


def notices(connection: Connection, hall_id: str, consultation_id: str, clerk: str, real_now: datetime) -> Answer:
    """The jobs of a consultation's notice, newest first, and the printer that would print another one."""
    about = texts.consultation(connection, hall_id, consultation_id)
    if about is None:
        raise UnknownConsultation()
    printer = _printer(connection, hall_id, clerk, about["window"], real_now)
    jobs = prints.about(connection, hall_id, consultation_id, LISTED)
    return {"printer": printer and _shown(printer, real_now), "jobs": [row_to_wire(job) for job in jobs]}


def _printer(
    connection: Connection, hall_id: str, clerk: str, window: str | None, real_now: datetime
) -> Printer | None:
    place = current.window_of(connection, hall_id, clerk) or window
    return printer_for(prints.printers(connection, hall_id), place, real_now)


def _shown(printer: Printer, real_now: datetime) -> Answer:
    return {"name": printer.name, "window": printer.window, "alive": printer.alive(real_now)}


def queue(connection: Connection, hall_id: str, device: str) -> Answer:
    """What a printer has to do, oldest first; also what it claimed and has not ended."""
    return {"jobs": [row_to_wire(job) for job in prints.open_jobs(connection, hall_id, device)]}


def content(connection: Connection, hall_id: str, job_id: str, device: str) -> Answer:
    """What is to be on the paper of a job that this printer has claimed; of no other."""
    job = prints.job(connection, hall_id, job_id)
    if job is None or job["device"] != device:
        raise UnknownPrint()
    if job["state"] != Printing.PRINTING:
        raise PrintTaken(job=job_id, state=job["state"])
    return {
        "kind": job["kind"],
        "language": job["language"],
        "notice": zero_report.notice(connection, hall_id, job["subject"]),
    }


def start(uow: UnitOfWork, job_id: str, device: str) -> Answer:
    """Claim a job. Refuses one that was claimed before, or is over."""
    job = _load(uow, job_id, device)
    job.start(device, uow.now)
    return _said(uow, "print.started", job)


def end(uow: UnitOfWork, job_id: str, device: str) -> Answer:
    """The paper is out."""
    job = _load(uow, job_id, device)
    job.end(device, uow.now)
    return _said(uow, "print.ended", job)


def fail(uow: UnitOfWork, job_id: str, device: str, reason: PrintFailure) -> Answer:
    """It could not be printed, or the printer's program cannot tell; whoever ordered it is shown so."""
    job = _load(uow, job_id, device)
    job.fail(device, reason, uow.now)
    return _said(uow, "print.failed", job)


def _load(uow: UnitOfWork, job_id: str, device: str) -> PrintJob:
    job = uow.find(PrintJob, id=job_id)
    if job is None or job.device != device:
        raise UnknownPrint()
    return job


def _said(uow: UnitOfWork, event_type: str, job: PrintJob) -> Answer:
    uow.record(event_type, job, day=uow.latest_day(), job=job.id, subject=job.subject, state=job.state)
    return {"job": row_to_wire(vars(job))}


def give_up(uow: UnitOfWork) -> int:
    """Jobs that nobody fetched have failed, and of those that nobody ended nobody knows. Returns how many."""
    stuck = prints.waiting_since(uow, uow.now - CLAIMED_WITHIN, uow.now - ENDED_WITHIN)
    for job in stuck:
        job.give_up(PrintFailure.OFFLINE if job.state is Printing.QUEUED else PrintFailure.UNKNOWN, uow.now)
        _said(uow, "print.failed", job)
    return len(stuck)


def is_stuck(connection: Connection, hall_id: str, now: datetime) -> bool:
    """Whether ``give_up`` has something to do at ``now``, in hall time."""
    jobs = prints.open_jobs(connection, hall_id)
    return any(
        job["at"] <= now - CLAIMED_WITHIN if job["started_at"] is None else job["started_at"] <= now - ENDED_WITHIN
        for job in jobs
    )
