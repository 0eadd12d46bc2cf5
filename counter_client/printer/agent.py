"""Fetches a printer's jobs and prints each once; what it cannot know it reports as unknown.

A claimed job whose end this run of the program has not seen was begun by a run that ended in the middle:
whether the paper came out, only a person can see. It is reported as ``unknown`` and never printed again.
"""

import logging
from collections.abc import Callable
from typing import Any, Final, Protocol

from counter_client.api import Answer, Refusal, UnreachableError, new_key
from counter_client.printer.device import State, Trouble
from counter_client.printer.escpos_bytes import sheet_bytes
from counter_client.printer.layout import sheet_of

logger = logging.getLogger(__name__)
#: Refusals that no job has anything to do with: somebody must enrol the printer anew.
FINAL: Final = frozenset({"not_signed_in", "forbidden", "unknown_hall"})

Job = dict[str, Any]


class Server(Protocol):
    """As much of ``counter_client.api.Api`` as is needed here."""

    def get(self, path: str) -> Answer: ...

    def order(self, method: str, path: str, body: Job, key: str | None = None) -> Answer: ...


class Printer(Protocol):
    def put(self, sheet: bytes) -> State: ...


class Agent:
    """One printer's work, on one thread. ``stopping`` ends waiting for a server that is away."""

    def __init__(self, server: Server, printer: Printer, stopping: Callable[[], bool], paper_mm: int = 80) -> None:
        self._server, self._printer, self._stopping, self._paper_mm = server, printer, stopping, paper_mm
        #: What was said of the paper last, so that each change is said once.
        self._low: bool | None = None

    def work(self, alone: bool = False) -> int:
        """Do everything that waits for this printer; returns how many jobs were looked at.

        ``alone``: no websocket says that the printer is alive, so it says so itself.
        Raises UnreachableError when the server does not answer, Refusal when it lets this printer in no more.
        """
        if alone:
            self._server.order("POST", "/prints/here", {})
        jobs = self._server.get("/prints").body["jobs"]
        for job in jobs:
            if self._stopping():
                break
            self._do(job)
        return len(jobs)

    def _do(self, job: Job) -> None:
        if job["state"] == "printing":
            logger.warning("job %s was begun and not ended by an earlier run: nobody knows", job["id"])
            self._report(job, "failures", {"reason": "unknown"})
            return
        if self._until_answered(job, "starts", {}) is None:
            return
        content = self._content(job)
        if content is not None:
            self._report(job, *self._print(job, content))

    def _print(self, job: Job, content: Job) -> tuple[str, Job]:
        """How the job ended, as its order."""
        try:
            sheet = sheet_bytes(sheet_of(content), self._paper_mm)
        except Exception as error:
            # Whatever a catalogue may hold: one sheet that cannot be laid out stops no other.
            logger.error("job %s cannot be laid out: %s", job["id"], type(error).__name__)
            return "failures", {"reason": "render"}
        try:
            self._tell_paper(self._printer.put(sheet))
        except Trouble as trouble:
            return "failures", {"reason": trouble.reason}
        return "ends", {}

    def _content(self, job: Job) -> Job | None:
        """None when the server has given the job up meanwhile. Waits for a server that is away."""
        while True:
            try:
                return self._server.get(f"/prints/{job['id']}/content").body
            except UnreachableError:
                if self._stopping():
                    raise
            except Refusal as refusal:
                if refusal.code in FINAL:
                    raise
                logger.warning("job %s is over: %s", job["id"], refusal.code)
                return None

    def _tell_paper(self, state: State) -> None:
        if state.paper_low != self._low:
            self._low = state.paper_low
            logger.log(logging.WARNING if self._low else logging.INFO, "paper: %s", "low" if self._low else "enough")

    def _report(self, job: Job, ended: str, body: Job) -> None:
        logger.info("job %s: %s", job["id"], body.get("reason", "printed"))
        self._until_answered(job, ended, body)

    def _until_answered(self, job: Job, what: str, body: Job) -> Answer | None:
        """The order's answer; None when it was refused: the job is another's by now, or over.

        One key however long it takes: a claim whose answer was lost is not lost.
        """
        key = new_key()
        while True:
            try:
                return self._server.order("POST", f"/prints/{job['id']}/{what}", body, key)
            except UnreachableError:
                if self._stopping():
                    raise
            except Refusal as refusal:
                if refusal.code in FINAL:
                    raise
                logger.info("job %s: %s is refused: %s", job["id"], what, refusal.code)
                return None
