"""What kiosks and clerks press."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.domain.numbering import TicketClass
from queue_server.services import counters, intake
from tests.model.machine import Machine
from tests.model.papers import AT_WINDOW, SECOND, Ticket

SOME = st.integers(0, 255)
LINES = st.sampled_from("AAABBZZCX")
WINDOWS = st.sampled_from(["1", "2", "3", "Z1", "1", "2", "3", "9"])
#: Who presses: mostly who may.
WHO = st.sampled_from(["own", "own", "own", "supervisor", "other"])


def some(*states: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The rule is tried only while there are such tickets."""
    return precondition(lambda machine: machine.hall.in_state(*states))


class DeskRules(Machine):
    def clerk_at(self, ticket: Ticket | None, who: str) -> str | None:
        return self.clerk_of(ticket.window if ticket else None, who)

    def clerk_of(self, code: str | None, who: str) -> str | None:
        """The clerk who presses; None when a supervisor does."""
        window = self.hall.windows.get(code or "")
        if who == "supervisor":
            return None
        return window.clerk if who == "own" and window and window.clerk else "clerk-9"

    @rule(
        line=LINES, kind=st.sampled_from(["ordinary", "ordinary", "care"]), channel=st.sampled_from(["kiosk", "staff"])
    )
    def issue(self, line: str, kind: str, channel: str) -> None:
        self.press(
            "issue",
            channel,
            lambda uow: intake.issue(uow, line, TicketClass(kind), channel),
            lambda: self.hall.issue(line, kind, channel),
            body=f"{line} {kind}",
        )

    @rule(line=st.sampled_from("AABZ"), kind=st.sampled_from(["ordinary", "care"]))
    def issue_at_the_desk(self, line: str, kind: str) -> None:
        self.issue(line, kind, "staff")

    @rule(code=WINDOWS, who=st.sampled_from(["own", "own", "own", "other"]))
    def call(self, code: str, who: str) -> None:
        clerk = self.clerk_of(code, who) or ""
        self._call(code, clerk, None, False)

    @some("serving")
    @rule(n=SOME, code=WINDOWS)
    def finish_and_call(self, n: int, code: str) -> None:
        """One press ends the one in service and calls the next."""
        ticket = self.pick(n, "serving")
        if ticket is not None and ticket.window and n % 16 != 1:
            code = ticket.window
        self._call(code, self.clerk_of(code, "own") or "", ticket, True, "settled" if n % 3 == 0 else None)

    def _call(self, code: str, clerk: str, finishing: Ticket | None, finishes: bool, result: str | None = None) -> None:
        ticket_id = self.id_of(finishing) if finishes else None
        self.press(
            f"call at {code}",
            clerk,
            lambda uow: counters.call_next(uow, code, clerk, ticket_id, result),
            lambda: self.hall.call_next(code, clerk, finishing, finishes, result),
            body=f"{ticket_id} {result}",
        )

    @some("missed")
    @rule(n=SOME, code=WINDOWS)
    def call_directly(self, n: int, code: str) -> None:
        ticket = self.pick(n, "missed")
        clerk, ticket_id = self.clerk_of(code, "own") or "", self.id_of(ticket)
        self.press(
            f"call {ticket_id} directly",
            clerk,
            lambda uow: counters.call_directly(uow, ticket_id, code, clerk),
            lambda: self.hall.call_directly(ticket, code, clerk),
            body=code,
        )

    @some("called")
    @rule(n=SOME, who=WHO)
    def recall(self, n: int, who: str) -> None:
        ticket = self.pick(n, "called")
        clerk, model = self.clerk_at(ticket, who), self.hall.recall
        self._about(ticket, "recall", clerk, counters.recall, lambda: model(ticket, clerk))

    @some("called")
    @rule(n=SOME, who=WHO)
    def start(self, n: int, who: str) -> None:
        ticket = self.pick(n, "called")
        clerk, model = self.clerk_at(ticket, who), self.hall.start
        self._about(ticket, "start", clerk, counters.start, lambda: model(ticket, clerk))

    @some(*AT_WINDOW)
    @rule(n=SOME, who=WHO, result=st.sampled_from([None, "settled", "refused"]))
    def finish(self, n: int, who: str, result: str | None = None) -> None:
        ticket = self.pick(n, "serving") if n % 16 != 1 else self.pick(n, "called")
        clerk, model = self.clerk_at(ticket, who), self.hall.finish
        self._about(ticket, "finish", clerk, counters.finish, lambda: model(ticket, clerk, result), result)

    @some("called")
    @rule(n=SOME, who=WHO, reason=st.sampled_from([None, "no_answer", "gone"]))
    def miss(self, n: int, who: str, reason: str | None = None) -> None:
        ticket = self.pick(n, "called")
        clerk, model = self.clerk_at(ticket, who), self.hall.miss
        self._about(ticket, "miss", clerk, counters.miss, lambda: model(ticket, clerk, reason), reason)

    @some("done")
    @rule(n=SOME, who=WHO, late=st.sampled_from([0, 0, 10 * SECOND, 10 * SECOND + 1]))
    def undo_finish(self, n: int, who: str, late: int = 0) -> None:
        """Mostly the last one that was finished."""
        done = sorted(self.hall.in_state("done"), key=lambda ticket: ticket.ended or 0, reverse=True)
        ticket = done[n // 8 % min(2, len(done))] if n % 8 and done else self.pick(n, "done")
        self.hall.real += late
        self.take_back(ticket, who)

    def take_back(self, ticket: Ticket | None, who: str) -> None:
        clerk, model = self.clerk_at(ticket, who), self.hall.undo_finish
        self._about(ticket, "undo", clerk, counters.undo_finish, lambda: model(ticket, clerk))

    @some("serving")
    @rule(n=SOME, who=WHO, service=st.sampled_from([None, "A01", "A01", "X01"]))
    def add_case(self, n: int, who: str, service: str | None) -> None:
        ticket = self.pick(n, "serving")
        clerk, model = self.clerk_at(ticket, who), self.hall.add_case
        self._about(ticket, "case", clerk, counters.add_case, lambda: model(ticket, clerk, service), service)

    def _about(self, ticket: Ticket | None, name: str, clerk: str | None, order: Any, rule: Any, *more: Any) -> None:
        """An order of a clerk about one ticket."""
        ticket_id = self.id_of(ticket)
        self.press(
            f"{name} {ticket_id}", str(clerk), lambda uow: order(uow, ticket_id, clerk, *more), rule, body=str(more)
        )

    @some("missed")
    @rule(n=SOME)
    def reinstate(self, n: int) -> None:
        ticket = self.pick(n, "missed")
        ticket_id = self.id_of(ticket)
        self.press(
            f"reinstate {ticket_id}",
            "greeter",
            lambda uow: counters.reinstate(uow, ticket_id),
            lambda: self.hall.reinstate(ticket),
        )

    @some("waiting", "missed", "called")
    @rule(n=SOME, who=WHO)
    def leave(self, n: int, who: str) -> None:
        """The supervisor says so of anybody, a clerk of who is called to the own window."""
        ticket = self.pick(n, "waiting", "missed", "called")
        clerk, ticket_id = self.clerk_at(ticket, who), self.id_of(ticket)
        self.press(
            f"leave {ticket_id}",
            str(clerk),
            lambda uow: counters.leave(uow, ticket_id, clerk or "supervisor", anywhere=clerk is None),
            lambda: self.hall.leave(ticket, clerk or "supervisor", clerk is None),
        )
