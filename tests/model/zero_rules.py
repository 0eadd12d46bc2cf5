"""The zero window, blocked cases, calls for help and ratings."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.domain.blocked import Step
from queue_server.domain.consultation import Channel, Outcome
from queue_server.services import access, alarms, blocking, consulting, ratings
from queue_server.services.consulting import Findings
from queue_server.services.transfers import Journey
from tests.model.desk_rules import SOME, WHO, WINDOWS, some
from tests.model.journey_rules import GOOD, STOPS, JourneyRules
from tests.model.papers import AT_WINDOW, MINUTE, STEPS, Alarm, Case, Consultation, Ticket
from tests.model.press import NOBODY, sign
from tests.model.zero_desk import Found

OUTCOMES = st.sampled_from([outcome.value for outcome in Outcome])
SERVICES = st.lists(st.sampled_from(["A01", "B01", "A01", "B01", "X01"]), max_size=2)
PAPERS = st.lists(st.sampled_from(["id", "household"]), max_size=2)
FOUND = st.builds(
    Found,
    outcome=st.one_of(OUTCOMES, st.sampled_from(["ready", "escort", "notice", "blocked"])),
    services=SERVICES,
    missing=st.dictionaries(st.sampled_from(["A01", "B01"]), PAPERS, max_size=1),
    no_entry=st.booleans(),
    stops=st.one_of(st.lists(GOOD, min_size=1, max_size=2), st.lists(STOPS, max_size=1)),
    come_back=st.booleans(),
    wrong=st.sampled_from([False, False, True]),
    note=st.booleans(),
    minutes=st.sampled_from([None, 30]),
    owner=st.sampled_from([None, "住建局"]),
)
LEVELS = st.integers(1, 5)
REASONS = st.sampled_from([[], ["waiting"], ["attitude", "speed"]])


def findings(found: Found) -> Findings:
    first = found.stops[0] if found.stops else {"line": None, "window": None, "clerk": None}
    journey = Journey(first["clerk"], found.stops[1:], found.come_back, found.wrong)
    note, line, window = "已核对" if found.note else None, first["line"], first["window"]
    told = {"services": found.services, "missing": found.missing, "no_entry": found.no_entry, "minutes": found.minutes}
    more: dict[str, Any] = told | {"owner": found.owner, "note": note}
    return Findings(Outcome(found.outcome), line=line, window=window, journey=journey, **more)


def _one(known: list[Any], n: int) -> Any:
    """Mostly one of those known."""
    return known[n // 8 % len(known)] if known and n % 8 else None


class ZeroRules(JourneyRules):
    def __init__(self) -> None:
        #: By window the pad there.
        self.pads: dict[str, str] = {}
        super().__init__()

    # -- consultations -----------------------------------------------------------------------

    @some(*AT_WINDOW)
    @rule(n=SOME, who=st.sampled_from(["own", "own", "own", "other", "supervisor"]), found=FOUND)
    def consult(self, n: int, who: str, found: Found) -> None:
        self.consult_about(self.pick(n, *AT_WINDOW), who, found)

    def consult_about(self, ticket: Ticket | None, who: str, found: Found) -> None:
        clerk, ticket_id = self.clerk_at(ticket, who), self.id_of(ticket)
        told, by = self._with_ids(found), clerk or "supervisor"
        order = consulting.at_window if clerk else consulting.anywhere
        self.press(
            f"consult {ticket_id}",
            by,
            lambda uow: order(uow, ticket_id, by, findings(told)),
            lambda: self.hall.consult(ticket, by, told, clerk is None),
            body=str(told),
        )

    def _with_ids(self, found: Found) -> Found:
        return Found(**(vars(found) | {"stops": self.with_ids([*found.stops])}))

    @some("waiting")
    @rule(n=SOME, found=FOUND)
    def consult_on_the_floor(self, n: int, found: Found) -> None:
        ticket = self.pick(n, "waiting")
        ticket_id, told = self.id_of(ticket), self._with_ids(found)
        self.press(
            f"consult {ticket_id} on the floor",
            "greeter",
            lambda uow: consulting.on_the_floor(uow, ticket_id, "greeter", findings(told)),
            lambda: self.hall.consult_on_the_floor(ticket, "greeter", told),
            body=str(told),
        )

    @rule(found=st.one_of(st.none(), FOUND), services=SERVICES, due=st.sampled_from([None, 30]))
    def ask(self, found: Found | None, services: list[str], due: int | None) -> None:
        """By phone; the answer at once, or owed."""
        if found is not None:
            found = Found(found.outcome, found.services, no_entry=found.no_entry, stops=found.stops[:1])
        told, words = findings(found) if found else None, {"question": "怎么办", "caller": "某人"}
        self.press(
            "ask",
            "clerk-Z1",
            lambda uow: consulting.at_a_distance(uow, Channel.PHONE, "clerk-Z1", told, services, words, due),
            lambda: self.hall.ask("phone", "clerk-Z1", found, services, due),
            body=f"{found} {services} {due}",
        )

    @precondition(lambda self: self.hall.consultations)
    @rule(n=SOME, outcome=OUTCOMES)
    def reply(self, n: int, outcome: str) -> None:
        owed = [one for one in self.hall.consultations if one.outcome is None]
        about: Consultation | None = _one(owed or self.hall.consultations, n)
        about_id, model = about.id if about else NOBODY, self.hall.reply
        self.press(
            f"reply {about_id}",
            "clerk-Z1",
            lambda uow: consulting.reply(uow, about_id, "clerk-Z1", Outcome(outcome), "这样办"),
            lambda: model(about, "clerk-Z1", outcome),
            body=outcome,
        )

    # -- what cannot be done -----------------------------------------------------------------

    @some(*AT_WINDOW)
    @rule(n=SOME, who=WHO, service=st.sampled_from([None, "A01", "X01"]))
    def block(self, n: int, who: str, service: str | None) -> None:
        ticket = self.pick(n, *AT_WINDOW)
        clerk, ticket_id = self.clerk_at(ticket, who), self.id_of(ticket)
        by = clerk or "supervisor"
        self.press(
            f"block {ticket_id}",
            by,
            lambda uow: blocking.take_up(uow, ticket_id, clerk, service, None, "办不成", by),
            lambda: self.hall.block(ticket, clerk, service, None),
            body=str(service),
        )

    @precondition(lambda self: self.hall.cases)
    @rule(n=SOME, owner=st.sampled_from([None, "住建局"]))
    def advance_case(self, n: int, owner: str | None) -> None:
        case: Case | None = _one(self.hall.cases, n)
        following = STEPS.index(case.step) + 1 if case and n % 4 else n
        to, case_id = STEPS[following % len(STEPS)], case.id if case else NOBODY
        self.press(
            f"advance {case_id}",
            "clerk-Z1",
            lambda uow: blocking.step(uow, case_id, "clerk-Z1", Step(to), owner, None),
            lambda: self.hall.advance_case(case, to, owner),
            body=f"{to} {owner}",
        )

    # -- help --------------------------------------------------------------------------------

    @rule(code=WINDOWS, who=st.sampled_from(["own", "own", "other"]))
    def call_for_help(self, code: str, who: str) -> None:
        clerk, model = self.clerk_of(code, who) or "", self.hall.call_for_help
        order = alarms.call_for_help
        self.press(f"help {code}", clerk, lambda uow: order(uow, code, clerk), lambda: model(code, clerk))

    @precondition(lambda self: self.hall.alarms)
    @rule(n=SOME, who=st.sampled_from(["clerk-1", "clerk-5"]))
    def accept_alarm(self, n: int, who: str) -> None:
        alarm, alarm_id = self._alarm(n)
        model = self.hall.accept_alarm
        self.press(f"accept {alarm_id}", who, lambda uow: alarms.accept(uow, alarm_id, who), lambda: model(alarm, who))

    @precondition(lambda self: self.hall.alarms)
    @rule(n=SOME)
    def end_alarm(self, n: int) -> None:
        alarm, alarm_id = self._alarm(n)
        model = self.hall.end_alarm
        self.press(f"end {alarm_id}", "clerk-1", lambda uow: alarms.end(uow, alarm_id), lambda: model(alarm))

    def _alarm(self, n: int) -> tuple[Alarm | None, str]:
        alarm: Alarm | None = _one(self.hall.alarms[::-1], n)
        return alarm, alarm.id if alarm else NOBODY

    # -- what people say ---------------------------------------------------------------------

    @precondition(lambda self: self.hall.served_at)
    @rule(n=SOME, code=WINDOWS, level=LEVELS, reasons=REASONS, minutes=st.sampled_from([0, 0, 10]))
    def rate_at_window(self, n: int, code: str, level: int, reasons: list[str], minutes: int) -> None:
        """The pad shows the number of whoever was served last; another pad, or another number, is refused."""
        served = [at for day, at in self.hall.served_at if self.hall.day and day == self.hall.day.date]
        code = served[n // 8 % len(served)] if served and n % 8 else code
        at = code if n % 16 > 1 and code in self.hall.windows else "1"
        last = self.hall.served_at.get((self.hall.today.date, code))
        number = last[-1 - (n // 16 == 1 and len(last) > 1)][0].number if last else "A001"
        self.hall.real += minutes * MINUTE
        self.rate_here(code, at, number, level, reasons)

    def rate_here(self, code: str, at: str, number: str, level: int, reasons: list[str]) -> None:
        pad = self._pad(at)
        self.press(
            f"rate at {code} {at}",
            pad,
            lambda uow: ratings.rate_at_window(uow, code, number, level, reasons, pad),
            lambda: self.hall.rate_at_window(code, at, number, level, reasons),
            body=f"{number} {level} {reasons}",
        )

    def _pad(self, code: str) -> str:
        if code not in self.pads:
            made = self.press(
                "pad",
                "admin",
                lambda uow: access.create_device(uow, "pad", "评价器", sign, code),
                lambda: {"seq": self.hall.tell("device.created")},
                body=code,
            )
            self.pads[code] = made.body["device"]["id"]
        return self.pads[code]

    @precondition(lambda self: self.hall.served_at)
    @rule(n=SOME, level=LEVELS, reasons=REASONS)
    def rate_by_link(self, n: int, level: int, reasons: list[str]) -> None:
        ticket = self.pick(n, "done", "serving", "missed", "parked")
        ticket_id, model = self.id_of(ticket), self.hall.rate_by_link
        self.press(
            f"rate {ticket_id}",
            "holder",
            lambda uow: ratings.rate_by_link(uow, ticket_id, level, reasons),
            lambda: model(ticket, level, reasons),
            body=f"{level} {reasons}",
        )
