"""Handing on, setting aside, choosing, promoting, moving a line: what clerks and supervisors press."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.services import counters, layouts, parking, supervising, transfers
from queue_server.services.layouts import Layout
from queue_server.services.transfers import Journey
from tests.model.desk_rules import LINES, SOME, WHO, WINDOWS, DeskRules, some
from tests.model.journeys import Stop, stop
from tests.model.machine import PORTION
from tests.model.papers import AT_WINDOW, Ticket

#: Where to: a line, a window, a clerk. What does not fit together is refused.
STOPS = st.builds(
    stop,
    LINES,
    st.sampled_from([None, None, None, "1", "2", "3", "9"]),
    st.sampled_from([None, None, None, "wang", "li", "clerk-1", "clerk-5"]),
)
#: Stops that can be made while everybody sits at the own window.
GOOD = st.sampled_from(
    [
        *(stop(line) for line in "ABZ"),
        *(stop("A", "1"), stop("B", "2"), stop("B", "3"), stop("A", None, "clerk-1"), stop("A", None, "wang")),
        *(stop("B", None, "li"), stop("B", "3", "li"), stop("B", "3", "wang")),
    ]
)
REASONS = st.sampled_from(["illness", "our_mistake"])
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "recalls": st.integers(0, 4),
        "choose": st.booleans(),
        "rating": st.sampled_from([True, True, False]),
        "arrival": st.sampled_from([True, True, False]),
    },
)
LETTERS = st.text("ABZ", max_size=3)


class JourneyRules(DeskRules):
    @some(*AT_WINDOW)
    @rule(n=SOME, who=WHO, stops=st.lists(STOPS, min_size=1, max_size=2), note=st.booleans(), back=st.booleans())
    def transfer(self, n: int, who: str, stops: list[Stop], note: bool, back: bool) -> None:
        """To a line or to one of its windows, from service or because the line was wrong."""
        self.hand_on(self.pick(n, *AT_WINDOW), who, stops, note, back, n % 5 == 0)

    @some(*AT_WINDOW)
    @rule(n=SOME, stops=st.lists(GOOD, min_size=1, max_size=4), back=st.booleans())
    def journey(self, n: int, stops: list[Stop], back: bool) -> None:
        """Through several lines, and back where it began."""
        self.hand_on(self.pick(n, *AT_WINDOW), "own" if n % 16 else "supervisor", stops, n % 2 == 0, back, False)

    def hand_on(self, ticket: Ticket | None, who: str, stops: list[Stop], note: bool, back: bool, wrong: bool) -> None:
        clerk, ticket_id = self.clerk_at(ticket, who), self.id_of(ticket)
        stops = self.with_ids(stops)
        first, text = stops[0], "带齐材料" if note else None
        journey = Journey(first["clerk"], stops[1:], back, wrong)
        self.press(
            f"transfer {ticket_id}",
            str(clerk),
            lambda uow: transfers.transfer(
                uow, ticket_id, clerk, first["line"], text, first["window"], clerk or "supervisor", journey
            ),
            lambda: self.hall.transfer(ticket, clerk, stops, note, back, wrong),
            body=f"{stops} {text} {back} {wrong}",
        )

    def with_ids(self, stops: list[Stop]) -> list[Stop]:
        return [one | {"clerk": one["clerk"] and self.who(one["clerk"])} for one in stops]

    @some("serving")
    @rule(n=SOME, who=WHO, minutes=st.sampled_from([None, 20]), note=st.booleans())
    def park(self, n: int, who: str, minutes: int | None, note: bool) -> None:
        ticket = self.pick(n, "serving")
        clerk, ticket_id = self.clerk_at(ticket, who), self.id_of(ticket)
        text = "缺户口簿" if note else None
        self.press(
            f"park {ticket_id}",
            str(clerk),
            lambda uow: parking.park(uow, ticket_id, clerk, "papers", minutes, text, clerk or "supervisor"),
            lambda: self.hall.park(ticket, clerk, "papers", minutes, note),
            body=f"{minutes} {text}",
        )

    @some("parked")
    @rule(n=SOME)
    def come_back(self, n: int) -> None:
        ticket = self.pick(n, "parked")
        ticket_id, model = self.id_of(ticket), self.hall.come_back
        self.press(
            f"return {ticket_id}", "greeter", lambda uow: parking.come_back(uow, ticket_id), lambda: model(ticket)
        )

    @some("waiting")
    @rule(n=SOME, code=WINDOWS, reason=REASONS)
    def call_chosen(self, n: int, code: str, reason: str) -> None:
        ticket = self.pick(n, "waiting")
        clerk, ticket_id = self.clerk_of(code, "own") or "", self.id_of(ticket)
        if n % 4:
            self.decide({"choose": True})
        self.press(
            f"choose at {code}",
            clerk,
            lambda uow: counters.call_chosen(uow, code, clerk, ticket_id, reason),
            lambda: self.hall.call_chosen(ticket, code, clerk, reason),
            body=f"{ticket_id} {reason}",
        )

    @some("waiting")
    @rule(n=SOME, reason=REASONS, note=st.booleans())
    def promote(self, n: int, reason: str, note: bool) -> None:
        ticket = self.pick(n, "waiting")
        ticket_id, text = self.id_of(ticket), "身体不适" if note else None
        self.press(
            f"promote {ticket_id}",
            "supervisor",
            lambda uow: supervising.promote(uow, ticket_id, reason, text, "supervisor"),
            lambda: self.hall.promote(ticket, reason, note),
            body=f"{reason} {text}",
        )

    @some("waiting")
    @rule(line=LINES, to=LINES)
    def move_waiting(self, line: str, to: str) -> None:
        model = self.hall.move_waiting
        self.press(
            f"move {line}",
            "supervisor",
            lambda uow: transfers.move_waiting(uow, line, to),
            lambda: model(line, to, PORTION),
            body=to,
        )

    # -- lines, windows, skills, rules -------------------------------------------------------

    @rule(line=LINES)
    def close_line(self, line: str) -> None:
        model = self.hall.close_line
        self.press(f"close {line}", "supervisor", lambda uow: supervising.close_line(uow, line), lambda: model(line))

    @precondition(lambda self: any(line.closed_on for line in self.hall.lines.values()))
    @rule(line=LINES)
    def open_line(self, line: str) -> None:
        model = self.hall.open_line
        self.press(f"reopen {line}", "supervisor", lambda uow: supervising.open_line(uow, line), lambda: model(line))

    @rule(code=WINDOWS, lines=st.text("AABBZX", max_size=3), helps=LETTERS)
    def set_lines(self, code: str, lines: str, helps: str) -> None:
        """Letters may be given twice."""
        model = self.hall.set_lines
        self.press(
            f"lines of {code}",
            "supervisor",
            lambda uow: supervising.set_lines(uow, code, [*lines], [*helps]),
            lambda: model(code, lines, helps),
            200,
            body=f"{lines} {helps}",
        )

    @rule(name=st.sampled_from(["wang", "li", "clerk-1"]), letters=st.sampled_from([None, "A", "B", "BA", "", "X"]))
    def set_skills(self, name: str, letters: str | None) -> None:
        who, model = self.who(name), self.hall.set_skills
        given = None if letters is None else [*letters]
        self.press(
            f"skills {name}",
            "supervisor",
            lambda uow: supervising.set_skills(uow, who, given),
            lambda: model(who, letters),
            200,
            body=str(letters),
        )

    @rule(changes=CHANGES)
    def decide(self, changes: dict[str, Any]) -> None:
        model = self.hall.set_rules
        order = supervising.set_rules
        self.press(
            "rules", "manager", lambda uow: order(uow, dict(changes)), lambda: model(changes), 200, body=str(changes)
        )

    @rule(theme=st.sampled_from(["deep", "light", "contrast"]), line=st.sampled_from("AABQ"))
    def arrange_screens(self, theme: str, line: str) -> None:
        layout = Layout.model_validate({"boards": {"main": {"theme": theme, "lines": [line]}}})
        self.press(
            "layout",
            "manager",
            lambda uow: layouts.put(uow, layout),
            lambda: self.hall.set_layout(theme, line),
            200,
            body=f"{theme} {line}",
        )
