"""What kiosks and clerks press."""

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.domain.numbering import TicketClass
from queue_server.services import counters, intake, transfers
from tests.model.machine import Machine
from tests.model.papers import AT_WINDOW, Ticket

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
        self._call(code, self.clerk_of(code, "own") or "", ticket, True)

    def _call(self, code: str, clerk: str, finishing: Ticket | None, finishes: bool) -> None:
        ticket_id = self.id_of(finishing) if finishes else None
        self.press(
            f"call at {code}",
            clerk,
            lambda uow: counters.call_next(uow, code, clerk, ticket_id),
            lambda: self.hall.call_next(code, clerk, finishing, finishes),
            body=str(ticket_id),
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
        clerk, ticket_id = self.clerk_at(ticket, who), self.id_of(ticket)
        order, model = counters.recall, self.hall.recall
        self.press(
            f"recall {ticket_id}", str(clerk), lambda uow: order(uow, ticket_id, clerk), lambda: model(ticket, clerk)
        )

    @some("called")
    @rule(n=SOME, who=WHO)
    def start(self, n: int, who: str) -> None:
        ticket = self.pick(n, "called")
        clerk, ticket_id = self.clerk_at(ticket, who), self.id_of(ticket)
        order, model = counters.start, self.hall.start
        self.press(
            f"start {ticket_id}", str(clerk), lambda uow: order(uow, ticket_id, clerk), lambda: model(ticket, clerk)
        )

    @some("serving")
    @rule(n=SOME, who=WHO)
    def finish(self, n: int, who: str) -> None:
        ticket = self.pick(n, "serving")
        clerk, ticket_id = self.clerk_at(ticket, who), self.id_of(ticket)
        order, model = counters.finish, self.hall.finish
        self.press(
            f"finish {ticket_id}", str(clerk), lambda uow: order(uow, ticket_id, clerk), lambda: model(ticket, clerk)
        )

    @some("called")
    @rule(n=SOME, who=WHO)
    def miss(self, n: int, who: str) -> None:
        ticket = self.pick(n, "called")
        clerk, ticket_id = self.clerk_at(ticket, who), self.id_of(ticket)
        order, model = counters.miss, self.hall.miss
        self.press(
            f"miss {ticket_id}", str(clerk), lambda uow: order(uow, ticket_id, clerk), lambda: model(ticket, clerk)
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

    @some(*AT_WINDOW)
    @rule(n=SOME, who=WHO, line=LINES, window=st.sampled_from([None, None, "1", "2", "3", "9"]), note=st.booleans())
    def transfer(self, n: int, who: str, line: str, window: str | None, note: bool) -> None:
        """To a line or to one of its windows, from service or because the line was wrong."""
        ticket = self.pick(n, *AT_WINDOW)
        clerk, ticket_id = self.clerk_at(ticket, who), self.id_of(ticket)
        text = "带齐材料" if note else None
        self.press(
            f"transfer {ticket_id}",
            str(clerk),
            lambda uow: transfers.transfer(uow, ticket_id, clerk, line, text, window, clerk or "supervisor"),
            lambda: self.hall.transfer(ticket, clerk, line, window, text),
            body=f"{line} {window} {text}",
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
