"""The model's zero window: consultations at a window, on the floor and by phone, and blocked cases."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from tests.model.hall import CATALOGUE, OWNER, no
from tests.model.journeys import Stop
from tests.model.leading import Leading
from tests.model.papers import (
    AT_WINDOW,
    MINUTE,
    SETTLED_WITHIN_DAYS,
    STEPS,
    STOPS_AT_MOST,
    Case,
    Consultation,
    No,
    Ticket,
    Yes,
)

HANDED_ON = ("ready", "escort")


@dataclass(frozen=True)
class Found:
    """What a clerk found out, and where the person goes on to."""

    outcome: str
    services: Sequence[str] = ()
    missing: dict[str, list[str]] = field(default_factory=dict)
    no_entry: bool = False
    stops: Sequence[Stop] = ()
    come_back: bool = False
    wrong: bool = False
    note: bool = False
    minutes: int | None = None
    owner: str | None = None


class ZeroDesk(Leading):
    # -- in person ---------------------------------------------------------------------------

    def consult(self, ticket: Ticket | None, clerk: str, found: Found, anywhere: bool = False) -> No | Yes:
        """At the window; what follows is done in the same order. A supervisor may step in ``anywhere``."""
        if anywhere and ticket is not None and ticket.state == "waiting":
            return self.consult_on_the_floor(ticket, clerk, found)
        why = self.not_held(ticket, None if anywhere else clerk, *AT_WINDOW) | self._not_known(found)
        if found.outcome in HANDED_ON:
            why |= self.not_to_hand_on(ticket, found.stops, found.come_back) if found.stops else {"line_required"}
        if why or ticket is None:
            return no(why)
        about = self._hold("window", clerk, found, ticket)
        if ticket.state == "called":
            self.begin_service(ticket)
        return {"consultation": about, "ticket": ticket} | self._follow(ticket, clerk, found)

    def _follow(self, ticket: Ticket, clerk: str, found: Found) -> Yes:
        if found.outcome in HANDED_ON:
            self.hand_on(ticket, found.stops, found.note, found.come_back, found.wrong)
            return {"ahead": self.ahead(ticket)}
        if found.outcome == "notice":
            self.set_aside(ticket, "papers", found.minutes, found.note)
            return {}
        if found.outcome == "blocked":
            return {"case": self._block(ticket, clerk, found.services[0] if found.services else None, found.owner)}
        ticket.notes += found.note
        self.end_service(ticket, "advised")
        return {}

    @staticmethod
    def _not_known(found: Found) -> set[str]:
        known = all(service in CATALOGUE for service in found.services)
        known = known and all(CATALOGUE.get(code, set()).issuperset(papers) for code, papers in found.missing.items())
        return set() if known and found.missing.keys() <= CATALOGUE.keys() else {"unknown_service"}

    def _hold(
        self, channel: str, clerk: str, found: Found, ticket: Ticket | None, open_: bool = False, due: int | None = None
    ) -> Consultation:
        day = self.today.date if self.day else self.date()
        about = Consultation(day, channel, clerk, self.now, None if open_ else found.outcome)
        about.services, about.no_entry, about.due = [*found.services] or None, found.no_entry or None, due
        about.missing = {code: [*papers] for code, papers in found.missing.items() if papers} or None
        if not open_:
            about.replied, about.replied_by = self.now, clerk
        if ticket is not None:
            about.ticket, about.n, about.window = ticket, len(ticket.stays), ticket.window
            ticket.brings = {"services": about.services, "missing": about.missing, "consultation": about}
        self.consultations.append(about)
        self.tell("consultation.held")
        return about

    def consult_on_the_floor(self, ticket: Ticket | None, clerk: str, found: Found) -> No | Yes:
        """A greeter sorts out somebody who waits: to the right line, or out of the queue with an answer."""
        why = self.not_of_today(ticket) | self._not_known(found)
        if found.outcome == "blocked" or (ticket is not None and ticket.state != "waiting"):
            why.add("illegal_move")
        if found.outcome in HANDED_ON:
            why |= self._not_to_redirect(ticket, found.stops)
        if why or ticket is None:
            return no(why)
        about = self._hold("floor", clerk, found, ticket)
        if found.outcome in HANDED_ON:
            ticket.notes += found.note
            ticket.stops = [*found.stops[1:], *ticket.stops]
            self.redirect(ticket, found.stops[0])
            return {"consultation": about, "ticket": ticket, "ahead": self.ahead(ticket)}
        if found.outcome != "notice":
            self.go_away(ticket)
        return {"consultation": about, "ticket": ticket}

    def _not_to_redirect(self, ticket: Ticket | None, stops: Sequence[Stop]) -> set[str]:
        """Why somebody who waits cannot be sent to a line, or for whom there."""
        if not stops:
            return {"line_required"}
        why = set().union(*(self.not_for(**one) for one in stops))
        if ticket is not None and stops[0]["line"] == ticket.line:
            why.add("same_line")
        if ticket is not None and len(stops) + len(ticket.stops) > STOPS_AT_MOST:
            why.add("too_many_stops")
        return why

    # -- at a distance -----------------------------------------------------------------------

    def ask(self, channel: str, clerk: str, found: Found | None, services: Sequence[str], due: int | None) -> No | Yes:
        """By phone or online; without findings the answer is owed. With a line a number is given."""
        told = found or Found("answered", services)
        line = told.stops[0]["line"] if told.stops else None
        why = self._not_known(told) | (self.closed_day() | self.not_open(line) if line else set())
        why |= {"bad_request"} if told.outcome == "blocked" else set()
        if why:
            return no(why)
        until = None if due is None or found else self.now + due * MINUTE
        about = self._hold(channel, clerk, told, None, open_=found is None, due=until)
        ticket = self.give(line, "ordinary", "staff") if line else None
        return {"consultation": about, "ticket": ticket, "ahead": self.ahead(ticket) if ticket else None}

    def reply(self, about: Consultation | None, clerk: str, outcome: str) -> No | Yes:
        why = {"bad_request"} if outcome == "blocked" else set()
        if about is None:
            return no(why | {"unknown_consultation"})
        if about.outcome is not None:
            why.add("already_replied")
        if why:
            return no(why)
        about.outcome, about.replied, about.replied_by = outcome, self.now, clerk
        self.tell("consultation.replied")
        return {"consultation": about}

    # -- what cannot be done -----------------------------------------------------------------

    def block(self, ticket: Ticket | None, clerk: str | None, service: str | None, owner: str | None) -> No | Yes:
        why = self.not_held(ticket, clerk, *AT_WINDOW)
        if service is not None and service not in CATALOGUE:
            why.add("unknown_service")
        if why or ticket is None:
            return no(why)
        return {"case": self._block(ticket, clerk or "supervisor", service, owner), "ticket": ticket}

    def _block(self, ticket: Ticket, clerk: str, service: str | None, owner: str | None) -> Case:
        assert ticket.window
        due = workday_after(self.today.date, SETTLED_WITHIN_DAYS)
        owner = owner or (OWNER if service else None)
        case = Case(self.today.date, self.now, clerk, due, ticket, service, owner, ticket.window, self.now)
        self.cases.append(case)
        self.tell("case.taken_up")
        if ticket.state == "called":
            self.begin_service(ticket)
        self.end_service(ticket, "refused")
        return case

    def advance_case(self, case: Case | None, to: str, owner: str | None) -> No | Yes:
        """One step after another; a case is assigned to somebody."""
        if case is None:
            return no({"unknown_case"})
        following = dict(pairwise(STEPS)).get(case.step)
        if to != following or (to == "assigned" and not (owner or case.owner)):
            return no({"wrong_step"})
        case.step, case.stepped, case.owner = to, self.now, owner or case.owner
        case.settled = self.now if to == "settled" else case.settled
        self.tell("case.stepped")
        return {"case": case}


def workday_after(since: str, count: int) -> str:
    day = date.fromisoformat(since)
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day.isoformat()
