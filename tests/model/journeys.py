"""The model's orders about going on: transfers, journeys of several stops, setting aside, moving a line."""

from collections.abc import Sequence
from typing import Any

from tests.model.calls import Calls
from tests.model.hall import no
from tests.model.papers import AT_WINDOW, CREDIT, MINUTE, RETURN, STOPS_AT_MOST, No, Stay, Ticket, Yes

Stop = dict[str, Any]


def stop(line: str, window: str | None = None, clerk: str | None = None) -> Stop:
    return {"line": line, "window": window, "clerk": clerk}


class Journeys(Calls):
    def transfer(
        self,
        ticket: Ticket | None,
        clerk: str | None,
        stops: Sequence[Stop],
        note: bool = False,
        come_back: bool = False,
        wrong: bool = False,
    ) -> No | Yes:
        """On to the first of the stops; the others, the way back and what was planned before follow."""
        why = self.not_held(ticket, clerk, *AT_WINDOW) | self.not_to_hand_on(ticket, stops, come_back)
        if why or ticket is None:
            return no(why)
        self.hand_on(ticket, stops, note, come_back, wrong)
        return {"ticket": ticket, "ahead": self.ahead(ticket)}

    def not_to_hand_on(self, ticket: Ticket | None, stops: Sequence[Stop], come_back: bool) -> set[str]:
        why = set().union(*(self.not_for(**one) for one in stops))
        if ticket is not None and len(stops) + come_back + len(ticket.stops) > STOPS_AT_MOST:
            why.add("too_many_stops")
        if ticket is not None and stops[0] == stop(ticket.line):
            why.add("same_line")
        return why

    def not_for(self, line: str, window: str | None, clerk: str | None) -> set[str]:
        """Why nobody can be handed on to this line, or to this window or clerk for it."""
        why = self.not_open(line)
        at, seat = self.windows.get(window or ""), self.seat_of(clerk)
        if window is not None:
            why |= self.not_here(at, None)
        if clerk is not None and seat is None:
            why.add("unknown_clerk")
        if seat is not None and window not in (None, seat.code):
            why.add("clerk_elsewhere")
        wrong = any(one is not None and not one.serves(line) for one in (at, seat))
        return why | ({"line_closed"} if wrong else set())

    def hand_on(self, ticket: Ticket, stops: Sequence[Stop], note: bool, come_back: bool, wrong: bool) -> None:
        assert ticket.window
        back = [stop(ticket.line, ticket.window)] if come_back else []
        ticket.stops = [*stops, *back, *ticket.stops]
        ticket.notes += note
        self.join_next(ticket, "wrong_line" if wrong or ticket.state == "called" else "transferred")

    def join_next(self, ticket: Ticket, outcome: str) -> None:
        assert ticket.window
        self.hush(ticket.window)
        ticket.stay.end(outcome, self.now)
        to = ticket.stops.pop(0)
        ticket.came_back = False
        self.join(ticket, to["line"], ticket.issued - CREDIT[ticket.kind])
        ticket.target, ticket.target_clerk = self.possible(to["line"], to["window"], to["clerk"])
        self.tell("ticket.transferred")

    def join(self, ticket: Ticket, line: str, turn: int) -> None:
        """A new stay begins."""
        ticket.state, ticket.line, ticket.joined, ticket.turn = "waiting", line, self.now, turn
        ticket.window = ticket.called = ticket.started = ticket.because = None
        ticket.return_at = ticket.promoted = None
        ticket.calls = 0
        ticket.stays.append(Stay(line, self.now, turn))

    def possible(self, line: str, window: str | None, clerk: str | None) -> tuple[str | None, str | None]:
        """For whom somebody can be kept: who is there and serves the line, else nobody."""
        at, seat = self.windows.get(window or ""), self.seat_of(clerk)
        by = clerk if seat is not None and seat.serves(line) else None
        if by is not None and seat is not at:
            # Wherever they sit.
            return None, by
        return window if at is not None and at.clerk is not None and at.serves(line) else None, by

    # -- setting aside -----------------------------------------------------------------------

    def park(
        self, ticket: Ticket | None, clerk: str | None, reason: str, minutes: int | None = None, note: bool = False
    ) -> No | Yes:
        why = self.not_held(ticket, clerk, "serving")
        if why or ticket is None:
            return no(why)
        self.set_aside(ticket, reason, minutes, note)
        return {"ticket": ticket}

    def set_aside(self, ticket: Ticket, reason: str, minutes: int | None, note: bool) -> None:
        ticket.state, ticket.window, ticket.started, ticket.notes = "parked", None, None, ticket.notes + note
        ticket.return_at = None if minutes is None else self.now + minutes * MINUTE
        ticket.stay.end("parked", self.now)
        ticket.stay.reason = reason
        self.tell("ticket.parked")

    def come_back(self, ticket: Ticket | None) -> No | Yes:
        """In the same line, counting as come ten minutes ago at most."""
        why = self.not_of_today(ticket)
        if ticket is not None and ticket.state != "parked":
            why.add("illegal_move")
        if why or ticket is None:
            return no(why)
        self.join(ticket, ticket.line, max(ticket.turn, self.now - RETURN))
        ticket.came_back = True
        self.tell("ticket.returned")
        return {"ticket": ticket, "ahead": self.ahead(ticket)}

    # -- moving those who wait ---------------------------------------------------------------

    def move_waiting(self, line: str, to: str, portion: int) -> No | Yes:
        """The first of a line go on waiting in another, with their turn."""
        why = self.closed_day() | self.not_open(to) | (set() if line in self.lines else {"unknown_line"})
        why |= {"same_line"} if line == to else set()
        if why:
            return no(why)
        moved = self.line_up(line)[:portion]
        for ticket in moved:
            promoted, ticket.target, ticket.target_clerk = ticket.promoted, None, None
            ticket.stay.end("moved", self.now)
            self.join(ticket, to, ticket.turn)
            ticket.promoted = promoted
            self.tell("ticket.moved")
        answer = {"moved": [ticket.number for ticket in moved], "left": len(self.line_up(line))}
        return answer | {"status": 201 if moved else 200}

    def redirect(self, ticket: Ticket, to: Stop) -> None:
        """One who waits stood in the wrong line: on to the right one, as by a transfer."""
        ticket.stay.end("moved", self.now)
        ticket.came_back, ticket.target, ticket.target_clerk = False, to["window"], to["clerk"]
        self.join(ticket, to["line"], ticket.issued - CREDIT[ticket.kind])
        self.tell("ticket.moved")
