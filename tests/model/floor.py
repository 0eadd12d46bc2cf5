"""The model's orders about windows, the day and the clock."""

from tests.model.hall import CLOSES, OPENS, no
from tests.model.papers import AT_WINDOW, DAY, LIVE, Day, No, Ticket, Window, Yes
from tests.model.printing import Printing

LONGEST_STEP = 31 * DAY


class Floor(Printing):
    # -- seats -------------------------------------------------------------------------------

    def open_window(self, code: str, clerk: str, leave: bool = False) -> No | Yes:
        """With ``leave`` from the window where the clerk sits, which must hold nobody."""
        window, seat = self.windows.get(code), self.seat_of(clerk)
        why = self.closed_day() | (set() if window else {"unknown_window"})
        if seat and (not leave or seat is window):
            why.add("clerk_elsewhere")
        elif seat and self.at(seat.code):
            why.add("window_busy")
        if window and window.state != "closed" and window.clerk != clerk:
            why.add("window_taken")
        if why or window is None:
            return no(why)
        if seat:
            self._leave_window(seat)
        window.clerk, window.served, window.handling, window.skills = clerk, 0, 0, self.skills.get(clerk)
        window.seating += 1
        window.become("open", self.now)
        self.tell("window.opened")
        return {"window": window}

    def open_for(self, code: str, clerk: str) -> No | Yes:
        """A supervisor opens the window for somebody of the staff; ``skills`` has an entry for each of them."""
        window, seat = self.windows.get(code), self.seat_of(clerk)
        why = self.closed_day() | (set() if window else {"unknown_window"})
        if clerk not in self.skills:
            why.add("unknown_clerk")
        if seat:
            why.add("clerk_elsewhere")
        if window and window.state != "closed" and window.clerk != clerk:
            why.add("window_taken")
        return no(why) if why else self.open_window(code, clerk)

    def close_window(self, code: str, clerk: str | None) -> No | Yes:
        window = self.windows.get(code)
        why = self.not_here(window, clerk) | ({"window_busy"} if self.at(code) else set())
        if why or window is None:
            return no(why)
        self._leave_window(window)
        return {"window": window}

    def release_window(self, code: str) -> No | Yes:
        """An abandoned window is taken from its clerk; a ticket there stays."""
        window = self.windows.get(code)
        why = self.not_here(window, None)
        if why or window is None:
            return no(why)
        self._leave_window(window, "window.released")
        return {"window": window}

    def take_over(self, code: str, clerk: str, leave: bool = False) -> No | Yes:
        """A supervisor at the clerk's own counter releases the window, and the clerk sits down, all or nothing."""
        window, seat = self.windows.get(code), self.seat_of(clerk)
        why = self.not_here(window, None) | self.closed_day()
        if seat and (not leave or seat is window):
            why.add("clerk_elsewhere")
        elif seat and self.at(seat.code):
            why.add("window_busy")
        if why or window is None:
            return no(why)
        self._leave_window(window, "window.released")
        return self.open_window(code, clerk, leave)

    def _leave_window(self, window: Window, event: str = "window.closed") -> None:
        """What was kept for the window or its clerk is the line's again."""
        self.free(self.kept_for(window))
        window.clerk = window.skills = None
        window.become("closed", self.now)
        self.tell(event)

    def pause(self, code: str, clerk: str | None, reason: str) -> No | Yes:
        window = self.windows.get(code)
        why = self.not_here(window, clerk) | ({"window_busy"} if self.at(code) else set())
        if window and window.state == "paused":
            why.add("window_paused")
        if why or window is None:
            return no(why)
        window.become("paused", self.now, reason)
        self.tell("window.paused")
        return {"window": window}

    def resume(self, code: str, clerk: str | None) -> No | Yes:
        window = self.windows.get(code)
        why = self.not_here(window, clerk)
        if window and window.state == "open":
            why.add("window_not_paused")
        if why or window is None:
            return no(why)
        window.become("open", self.now)
        self.tell("window.resumed")
        return {"window": window}

    # -- the day -----------------------------------------------------------------------------

    def open_day(self, manual: bool = True) -> No | Yes:
        date, day = self.date(), self.day
        if day is not None and (day.state != "closed" or day.date > date):
            return no({"day_already_open"})
        late = manual and (self.time() >= CLOSES or not self.workday())
        if day is not None and day.date == date:
            day.state, day.manual, day.late, day.closed = "open", manual, late, None
        else:
            self.days.append(Day(date, self.now, manual, late))
        for line in self.lines.values():
            # What was closed for an earlier day.
            if line.closed_on not in (None, date):
                line.open, line.closed_on = True, None
        self.tell("day.opened")
        return {"day": self.day}

    def begin_close(self, force: bool) -> No | Yes:
        why = self.closed_day()
        if not force and self.in_state(*AT_WINDOW):
            why.add("tickets_in_service")
        if why:
            return no(why)
        self.today.state = "closing"
        self.tell("day.closing")
        return {"day": self.day}

    def close_some(self, portion: int) -> bool:
        """End some of what a closing day has left; True when nothing remains to be done."""
        if self.day is None or self.day.state != "closing":
            return True
        left = sorted(self.in_state(*LIVE), key=lambda ticket: ticket.ordinal)[:portion]
        for ticket in left:
            self._end_with_day(ticket)
        if len(left) == portion:
            return False
        for code in ("Z1", "1", "2", "3"):
            if self.windows[code].state != "closed":
                self._leave_window(self.windows[code])
        self.today.state, self.today.closed = "closed", self.now
        self.tell("day.closed")
        return True

    def _end_with_day(self, ticket: Ticket) -> None:
        outcome = "unfinished" if ticket.state in AT_WINDOW else "expired"
        if ticket.window and ticket.state in AT_WINDOW:
            self.hush(ticket.window)
        ticket.state, ticket.ended, ticket.window = outcome, self.now, None
        if ticket.stay.outcome is None:
            ticket.stay.end(outcome, self.now)
        self.tell(f"ticket.{outcome}")

    def due(self) -> str | None:
        """What the timetable wants: open from 8:00 on workdays, close at 18:30 or when the date is past."""
        day, date, time = self.day, self.date(), self.time()
        if day is not None and day.state != "closed":
            over = date > day.date or (time >= CLOSES and not day.late)
            return "close" if over or day.state == "closing" else None
        if day is not None and day.date >= date:
            return None
        return "open" if self.workday() and OPENS <= time < CLOSES else None

    def step_clock(self, to: int) -> No | Yes:
        if to < self.now:
            return no({"clock_backwards"})
        if to - self.now > LONGEST_STEP:
            return no({"bad_request"})
        self.offset, self.now = to - self.real, to
        self.tell("clock.stepped")
        return {}
