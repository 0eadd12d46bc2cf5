"""The model's orders about numbers and calls."""

from typing import Any

from tests.model.hall import ENDS, OPENS, Hall, no
from tests.model.papers import (
    AT_WINDOW,
    CAP,
    MAY_COME_BACK,
    MAY_COME_BACK_WITHIN,
    SECOND,
    SECONDARY,
    Call,
    No,
    Ticket,
    Window,
    Yes,
)

#: Calls again of one ticket at one stay, where the hall decided nothing.
RECALLS = 3


class Calls(Hall):
    """Each order says why it must be refused, or does its work and says what the answer holds."""

    def issue(self, line: str, kind: str, channel: str) -> No | Yes:
        why = self.closed_day() | self.not_open(line)
        if channel == "kiosk" and self.is_open and not self.today.manual and not self._issuing_hours():
            why.add("issuing_closed")
        if why:
            return no(why)
        ticket = self.give(line, kind, channel)
        return {"ticket": ticket, "ahead": self.ahead(ticket)}

    def give(self, line: str, kind: str, channel: str) -> Ticket:
        day = self.today
        day.ordinal += 1
        serial = self.series[day.date, line] = self.series.get((day.date, line), 0) + 1
        ticket = Ticket(day.date, line, serial, kind, day.ordinal, channel, self.now)
        self.tickets.append(ticket)
        self.tell("ticket.issued")
        return ticket

    def _issuing_hours(self) -> bool:
        """Of the day that is open, which may be yesterday's when nobody has closed it."""
        return self.date() == self.today.date and OPENS <= self.time() < ENDS

    # -- who is next -------------------------------------------------------------------------

    def candidates(self, window: Window) -> list[tuple[int, int, Ticket]]:
        """Everybody the window could call, the next first: turn there, ordinal, ticket."""
        ranked = [
            (ticket.turn + (0 if ticket.line in window.own else SECONDARY), ticket.ordinal, ticket)
            for ticket in self.in_state("waiting")
            if window.serves(ticket.line) and self.may_call(window, ticket)
        ]
        return sorted(ranked, key=lambda one: one[:2])

    @staticmethod
    def may_call(window: Window, ticket: Ticket) -> bool:
        return ticket.target in (None, window.code) and ticket.target_clerk in (None, window.clerk)

    def call_first(self, window: Window, clerk: str) -> Ticket | None:
        ranked = self.candidates(window)
        if not ranked:
            return None
        turn, _, first = ranked[0]
        self._nobody_is_wronged(first, window)
        other = ranked[1][2] if len(ranked) > 1 else None
        self.call(first, window, clerk, self._because(first, window, other, (turn - first.turn) // SECOND))
        return first

    @staticmethod
    def _because(called: Ticket, window: Window, other: Ticket | None, added: int) -> dict[str, Any]:
        shown = other and {"number": other.number, "turn_at": other.turn, "class": other.kind}
        shown = shown and shown | {"reference_at": other.issued if other else 0}
        why = {"turn_at": called.turn, "lines": window.served_lines, "runner_up": shown, "added_s": added}
        return why | ({"promoted": called.promoted} if called.promoted else {})

    def _nobody_is_wronged(self, called: Ticket, window: Window) -> None:
        """Nobody is overtaken by someone who came more than the cap later.

        Who came back is not counted, nor who was put first by a supervisor's word.
        """
        for other in self.line_up(called.line):
            ruled = other.came_back or called.came_back or called.promoted or other.promoted
            if self.may_call(window, other) and not ruled:
                assert called.issued <= other.issued + CAP, f"{other.number} was overtaken by {called.number}"
                if other.kind == called.kind:
                    assert called.place <= other.place, "the order inside a class is the order of issue"

    # -- calling -----------------------------------------------------------------------------

    def call(self, ticket: Ticket, window: Window, clerk: str, because: dict[str, Any] | None) -> None:
        ticket.state, ticket.window, ticket.called, ticket.because = "called", window.code, self.now, because
        ticket.first_called = ticket.first_called or self.now
        stay = ticket.stay
        stay.called, stay.window, stay.clerk, stay.outcome = stay.called or self.now, window.code, clerk, None
        self._announce(ticket, "ticket.called", repeat=False)

    def _announce(self, ticket: Ticket, event: str, repeat: bool) -> None:
        assert ticket.window
        self.hush(ticket.window)
        ticket.calls += 1
        seq = self.tell(event)
        call = Call(seq, self.today.date, ticket, ticket.line, ticket.window, repeat, self.now)
        call.zone = self.windows[ticket.window].zone or "hall"
        self.spoken[seq] = call

    def hush(self, code: str) -> None:
        """What still waits to be spoken for a window is out of date."""
        for call in self.spoken.values():
            if call.window == code and call.state in ("queued", "unspoken"):
                call.state = "replaced"

    def last_called(self, code: str) -> Ticket | None:
        """Who was called last to a window on the present day."""
        here = [call for call in self.spoken.values() if (call.window, call.day) == (code, self.today.date)]
        return max(here, key=lambda call: call.seq).ticket if here else None

    def call_chosen(self, ticket: Ticket | None, code: str, clerk: str, reason: str) -> No | Yes:
        """Somebody who is not next, where the hall's rules allow it."""
        window = self.windows.get(code)
        why = self.not_of_today(ticket) | self.not_to_call(window, clerk)
        if not self.rules.get("choose"):
            why.add("choosing_not_allowed")
        if ticket is not None and ticket.state != "waiting":
            why.add("illegal_move")
        if ticket is not None and window is not None and not window.serves(ticket.line):
            why.add("line_closed")
        if why or ticket is None or window is None:
            return no(why)
        ranked = self.candidates(window)
        passed = ranked[0][2] if ranked and ranked[0][2] is not ticket else None
        self.call(ticket, window, clerk, self._because(ticket, window, passed, 0) | {"chosen": reason})
        return {"ticket": ticket}

    def not_to_come_back(self, ticket: Ticket | None) -> set[str]:
        why = self.not_of_today(ticket)
        if ticket is None:
            return why
        if ticket.state != "missed" or ticket.missed is None:
            return why | {"illegal_move"}
        if self.now - ticket.missed > MAY_COME_BACK_WITHIN:
            why.add("reinstated_too_late")
        if ticket.back >= MAY_COME_BACK:
            why.add("reinstated_too_often")
        return why

    def call_directly(self, ticket: Ticket | None, code: str, clerk: str) -> No | Yes:
        window = self.windows.get(code)
        why = self.not_to_call(window, clerk) | self.not_to_come_back(ticket)
        if ticket is not None and window is not None and not window.serves(ticket.line):
            why.add("line_closed")
        if why or ticket is None or window is None:
            return no(why)
        ticket.back += 1
        self.call(ticket, window, clerk, None)
        return {"ticket": ticket}

    def recall(self, ticket: Ticket | None, clerk: str | None) -> No | Yes:
        why = self.not_held(ticket, clerk, "called")
        if ticket is not None and ticket.state in AT_WINDOW and ticket.calls > self.rules.get("recalls", RECALLS):
            why.add("recalled_too_often")
        if why or ticket is None:
            return no(why)
        self._announce(ticket, "ticket.recalled", repeat=True)
        return {"ticket": ticket}
