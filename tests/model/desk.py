"""The model's orders about tickets: give a number, call, serve, miss, come back, hand on, leave."""

from tests.model.hall import ENDS, OPENS, Hall, no
from tests.model.papers import (
    AT_WINDOW,
    CAP,
    CREDIT,
    MAY_COME_BACK,
    MAY_COME_BACK_WITHIN,
    SECOND,
    SECONDARY,
    Call,
    No,
    Stay,
    Ticket,
    Window,
    Yes,
)


class Desk(Hall):
    """Each order says why it must be refused, or does its work and says what the answer holds."""

    def issue(self, line: str, kind: str, channel: str) -> No | Yes:
        why = self.closed_day()
        if line not in self.lines:
            why.add("unknown_line")
        elif not self.lines[line]:
            why.add("line_closed")
        if channel == "kiosk" and self.is_open and not self.today.manual and not self._issuing_hours():
            why.add("issuing_closed")
        if why:
            return no(why)
        day = self.today
        day.ordinal += 1
        serial = self.series[day.date, line] = self.series.get((day.date, line), 0) + 1
        ticket = Ticket(day.date, line, serial, kind, day.ordinal, channel, self.now)
        self.tickets.append(ticket)
        self.tell("ticket.issued")
        return {"ticket": ticket, "ahead": self.ahead(ticket)}

    def _issuing_hours(self) -> bool:
        """Of the day that is open, which may be yesterday's when nobody has closed it."""
        return self.date() == self.today.date and OPENS <= self.time() < ENDS

    # -- calling -----------------------------------------------------------------------------

    def candidates(self, window: Window) -> list[tuple[int, int, Ticket]]:
        """Everybody the window could call, the next first: turn there, ordinal, ticket."""
        ranked = [
            (ticket.turn + (0 if ticket.line in window.lines else SECONDARY), ticket.ordinal, ticket)
            for ticket in self.in_state("waiting")
            if window.serves(ticket.line) and ticket.target in (None, window.code)
        ]
        return sorted(ranked, key=lambda one: one[:2])

    def call_next(self, code: str, clerk: str, finishing: Ticket | None, finishes: bool) -> No | Yes:
        window = self.windows.get(code)
        why = self.closed_day() | self.not_here(window, clerk)
        if finishes:
            why |= self._not_to_finish(finishing, code, clerk)
        if window is None:
            return no(why)
        held = self.at(code)
        if window.state == "paused":
            why.add("window_paused")
        if held is not None and held is not finishing:
            why.add("window_busy")
        if why:
            return no(why)
        if finishing is not None:
            self._finish(finishing)
        called = self._call_first(window, clerk)
        return {"ticket": called, "finished": finishing, "status": 201 if called else 200}

    def _not_to_finish(self, ticket: Ticket | None, code: str, clerk: str) -> set[str]:
        why = self.not_held(ticket, clerk, "serving") - {"ticket_of_another_day"}
        if ticket is not None and ticket.state in AT_WINDOW and ticket.window != code:
            why.add("not_your_window")
        return why

    def _call_first(self, window: Window, clerk: str) -> Ticket | None:
        ranked = self.candidates(window)
        if not ranked:
            return None
        turn, _, first = ranked[0]
        self._nobody_is_wronged(first, window)
        other = ranked[1][2] if len(ranked) > 1 else None
        because = {
            "turn_at": first.turn,
            "lines": [*window.lines, *window.helps],
            "runner_up": other and {"number": other.number, "turn_at": other.turn, "class": other.kind},
            "added_s": (turn - first.turn) // SECOND,
        }
        self._call(first, window, clerk, because)
        return first

    def _nobody_is_wronged(self, called: Ticket, window: Window) -> None:
        """Nobody is overtaken by someone who came more than the cap later; who was missed is not counted."""
        for other in self.line_up(called.line):
            if other.target in (None, window.code) and not other.came_back and not called.came_back:
                assert called.issued <= other.issued + CAP, f"{other.number} was overtaken by {called.number}"
                if other.kind == called.kind:
                    assert called.place <= other.place, "the order inside a class is the order of issue"

    def _call(self, ticket: Ticket, window: Window, clerk: str, because: dict[str, object] | None) -> None:
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
        self.spoken[seq] = Call(seq, self.today.date, ticket, ticket.line, ticket.window, repeat, self.now)

    def hush(self, code: str) -> None:
        """What still waits to be spoken for a window is out of date."""
        for call in self.spoken.values():
            if call.window == code and call.state in ("queued", "unspoken"):
                call.state = "replaced"

    def call_directly(self, ticket: Ticket | None, code: str, clerk: str) -> No | Yes:
        window = self.windows.get(code)
        why = self.not_here(window, clerk) | self._not_to_come_back(ticket)
        if window is not None and window.state == "paused":
            why.add("window_paused")
        if self.at(code) is not None:
            why.add("window_busy")
        if ticket is not None and window is not None and not window.serves(ticket.line):
            why.add("line_closed")
        if why or ticket is None or window is None:
            return no(why)
        ticket.back += 1
        self._call(ticket, window, clerk, None)
        return {"ticket": ticket}

    # -- at the window -----------------------------------------------------------------------

    def recall(self, ticket: Ticket | None, clerk: str | None) -> No | Yes:
        why = self.not_held(ticket, clerk, "called")
        if why or ticket is None:
            return no(why)
        self._announce(ticket, "ticket.recalled", repeat=True)
        return {"ticket": ticket}

    def start(self, ticket: Ticket | None, clerk: str | None) -> No | Yes:
        why = self.not_held(ticket, clerk, "called")
        if why or ticket is None or ticket.window is None:
            return no(why)
        ticket.state, ticket.started, ticket.stay.started = "serving", self.now, self.now
        self.hush(ticket.window)
        self.tell("ticket.started")
        return {"ticket": ticket}

    def finish(self, ticket: Ticket | None, clerk: str | None) -> No | Yes:
        why = self.not_held(ticket, clerk, "serving")
        if why or ticket is None:
            return no(why)
        self._finish(ticket)
        return {"ticket": ticket}

    def _finish(self, ticket: Ticket) -> None:
        assert ticket.window
        assert ticket.started is not None
        ticket.state, ticket.ended = "done", self.now
        ticket.stay.end("done", self.now)
        window = self.windows[ticket.window]
        window.served, window.handling = window.served + 1, window.handling + (self.now - ticket.started) // SECOND
        self.tell("ticket.finished")

    def miss(self, ticket: Ticket | None, clerk: str | None) -> No | Yes:
        why = self.not_held(ticket, clerk, "called")
        if why or ticket is None or ticket.window is None:
            return no(why)
        self.hush(ticket.window)
        ticket.state, ticket.missed, ticket.window, ticket.stay.outcome = "missed", self.now, None, "missed"
        self.tell("ticket.missed")
        return {"ticket": ticket}

    # -- coming back, going on, going away ---------------------------------------------------

    def _not_to_come_back(self, ticket: Ticket | None) -> set[str]:
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

    def reinstate(self, ticket: Ticket | None) -> No | Yes:
        why = self._not_to_come_back(ticket)
        if why or ticket is None:
            return no(why)
        before = self.line_up(ticket.line)[:3]
        # Just behind the third who waits, or the last of fewer; the second time behind all who came so far.
        ticket.turn = before[-1].turn + 1 if before and ticket.back == 0 else self.now
        ticket.back, ticket.came_back, ticket.state = ticket.back + 1, True, "waiting"
        ticket.stay.turn, ticket.stay.outcome = ticket.turn, None
        self.tell("ticket.reinstated")
        return {"ticket": ticket, "ahead": self.ahead(ticket)}

    def transfer(
        self, ticket: Ticket | None, clerk: str | None, line: str, target: str | None, note: str | None
    ) -> No | Yes:
        why = self.not_held(ticket, clerk, *AT_WINDOW) | self._not_for(line, target)
        if ticket is not None and ticket.line == line and target is None:
            why.add("same_line")
        if why or ticket is None or ticket.window is None:
            return no(why)
        self.hush(ticket.window)
        ticket.stay.end("transferred" if ticket.state == "serving" else "wrong_line", self.now)
        ticket.state, ticket.line, ticket.target, ticket.joined = "waiting", line, target, self.now
        ticket.turn, ticket.came_back = ticket.issued - CREDIT[ticket.kind], False
        ticket.window = ticket.called = ticket.started = ticket.because = None
        ticket.calls, ticket.notes = 0, ticket.notes + bool(note)
        self.notes += bool(note)
        ticket.stays.append(Stay(line, self.now, ticket.turn))
        self.tell("ticket.transferred")
        return {"ticket": ticket, "ahead": self.ahead(ticket)}

    def _not_for(self, line: str, target: str | None) -> set[str]:
        """Why nobody can be handed on to this line, or to this window for it."""
        why = set() if line in self.lines else {"unknown_line"}
        if not self.lines.get(line, True):
            why.add("line_closed")
        window = self.windows.get(target or "")
        if target is not None:
            why |= self.not_here(window, None)
            why |= {"line_closed"} if window is not None and not window.serves(line) else set()
        return why

    def leave(self, ticket: Ticket | None, clerk: str, anywhere: bool) -> No | Yes:
        why = self.not_of_today(ticket)
        if ticket is None:
            return no(why)
        if ticket.state not in ("waiting", "called", "missed"):
            why.add("illegal_move")
        held = ticket.state in AT_WINDOW and ticket.window
        if not anywhere:
            why |= self.not_here(self.windows[held], clerk) if held else {"not_your_window", "window_closed"}
        if why:
            return no(why)
        if held:
            self.hush(held)
        ticket.state, ticket.ended, ticket.window = "left", self.now, None
        ticket.stay.end("left", self.now)
        self.tell("ticket.left")
        return {"ticket": ticket}
