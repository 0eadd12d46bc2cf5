"""The model's orders of a supervisor and a manager, calls for help, and what people say of the service."""

from collections.abc import Sequence
from typing import Any

from tests.model.desk import Desk
from tests.model.hall import no
from tests.model.papers import LIVE, PAD_WITHIN, Alarm, Line, No, Rating, Stay, Ticket, Window, Yes

#: What a hall may decide, and what it has when it decided nothing.
RULES: dict[str, Any] = {"recalls": 3, "choose": False, "one_press": True, "rating": True, "arrival": True}


class Leading(Desk):
    def promote(self, ticket: Ticket | None, reason: str, note: bool) -> No | Yes:
        """Just before the head of the line."""
        why = self.not_of_today(ticket)
        if ticket is not None and ticket.state != "waiting":
            why.add("illegal_move")
        if why or ticket is None:
            return no(why)
        ticket.turn = ticket.stay.turn = self.line_up(ticket.line)[0].turn - 1
        ticket.promoted, ticket.notes = reason, ticket.notes + note
        self.tell("ticket.promoted")
        return {"ticket": ticket, "ahead": self.ahead(ticket)}

    # -- lines, windows, skills, rules -------------------------------------------------------

    def close_line(self, letter: str) -> No | Yes:
        why = self.closed_day() | self.not_open(letter)
        if why:
            return no(why)
        line = self.lines[letter]
        line.open, line.closed_on = False, self.today.date
        return self._line_says(line, "line.closed")

    def open_line(self, letter: str) -> No | Yes:
        why = self.closed_day() | (set() if letter in self.lines else {"unknown_line"})
        if letter in self.lines and self.lines[letter].open:
            why.add("line_open")
        if why:
            return no(why)
        line = self.lines[letter]
        line.open, line.closed_on = True, None
        return self._line_says(line, "line.opened")

    def _line_says(self, line: Line, event: str) -> Yes:
        self.tell(event)
        return {"line": line, "waiting": len(self.line_up(line.letter))}

    def set_lines(self, code: str, lines: str, helps: str) -> No | Yes:
        """What is kept for the window in a line that it no longer serves is the line's again."""
        window = self.windows.get(code)
        why = set() if window else {"unknown_window"}
        if any(letter not in self.lines for letter in lines + helps):
            why.add("unknown_line")
        if why or window is None:
            return no(why)
        window.lines = "".join(dict.fromkeys(lines))
        window.helps = "".join(letter for letter in dict.fromkeys(helps) if letter not in lines)
        self.free([ticket for ticket in self.kept_for(window) if not window.serves(ticket.line)])
        self.tell("window.lines_changed")
        return {"window": window}

    def kept_for(self, window: Window) -> list[Ticket]:
        by = window.clerk
        return [t for t in self.in_state(*LIVE) if t.target == window.code or (by and t.target_clerk == by)]

    @staticmethod
    def free(tickets: list[Ticket]) -> None:
        for ticket in tickets:
            ticket.target = ticket.target_clerk = None

    def set_skills(self, staff: str, letters: str | None) -> No | Yes:
        """They hold from the next time the clerk sits down."""
        why = set() if staff in self.skills else {"unknown_clerk"}
        if any(letter not in self.lines for letter in letters or ""):
            why.add("unknown_line")
        if why:
            return no(why)
        self.skills[staff] = None if letters is None else "".join(sorted(set(letters)))
        self.tell("staff.skills_changed")
        return {"staff": staff}

    def set_rules(self, changes: dict[str, Any]) -> No | Yes:
        rules = RULES | self.rules | changes
        self.rules = {name: value for name, value in rules.items() if value != RULES[name]}
        self.tell("hall.rules_changed")
        return {"rules": rules}

    def set_layout(self, theme: str, line: str) -> No | Yes:
        """What equals the default is not kept; the same once more is not told."""
        if line not in self.lines:
            return no({"unknown_line"})
        board = {"lines": [line]} | ({} if theme == "deep" else {"theme": theme})
        if self.layout != {"boards": {"main": board}}:
            self.layout = {"boards": {"main": board}}
            self.tell("hall.layout_changed")
        return {}

    # -- calls for help ----------------------------------------------------------------------

    def call_for_help(self, code: str, clerk: str) -> No | Yes:
        """A second press while one is open asks nothing more."""
        why = self.not_here(self.windows.get(code), clerk)
        if why:
            return no(why)
        for alarm in self.alarms:
            if alarm.window == code and alarm.ended is None:
                return {"alarm": alarm, "status": 200}
        self.alarms.append(Alarm(code, clerk, self.now))
        self.tell("alarm.raised")
        return {"alarm": self.alarms[-1]}

    def accept_alarm(self, alarm: Alarm | None, colleague: str) -> No | Yes:
        why = self._not_open_alarm(alarm)
        if alarm is not None and alarm.ended is None and alarm.accepted_by is not None:
            why.add("alarm_accepted")
        if why or alarm is None:
            return no(why)
        alarm.accepted_by, alarm.accepted = colleague, self.now
        self.tell("alarm.accepted")
        return {"alarm": alarm}

    def end_alarm(self, alarm: Alarm | None) -> No | Yes:
        why = self._not_open_alarm(alarm)
        if why or alarm is None:
            return no(why)
        alarm.ended = self.now
        self.tell("alarm.ended")
        return {"alarm": alarm}

    @staticmethod
    def _not_open_alarm(alarm: Alarm | None) -> set[str]:
        if alarm is None:
            return {"unknown_alarm"}
        return {"alarm_ended"} if alarm.ended is not None else set()

    # -- ratings -----------------------------------------------------------------------------

    def rate_at_window(
        self, code: str, pad_at: str | None, number: str, level: int, reasons: Sequence[str]
    ) -> No | Yes:
        """By the pad that stands there, of whoever was served last there, within ten minutes of the end."""
        why = set() if code in self.windows else {"unknown_window"}
        if pad_at != code:
            why.add("not_your_window")
        last = self.served_at.get((self.day.date, code)) if self.day else None
        ticket, stay = last[-1] if last else (None, None)
        if ticket is None or stay is None or ticket.number != number:
            return no(why | {"not_rateable"})
        if stay.ended is not None and self.now - stay.ended > PAD_WITHIN:
            why.add("not_rateable")
        return self._rate(why, ticket, stay, level, reasons, "pad")

    def rate_by_link(self, ticket: Ticket | None, level: int, reasons: Sequence[str]) -> No | Yes:
        """Of the last stay whose service began, while its day is the latest."""
        if ticket is None:
            return no({"unknown_ticket"})
        began = [stay for stay in ticket.stays if stay.started is not None]
        if self.day is None or ticket.day != self.day.date or not began:
            return no({"not_rateable"})
        return self._rate(set(), ticket, began[-1], level, reasons, "phone")

    def _rate(
        self, why: set[str], ticket: Ticket, stay: Stay, level: int, reasons: Sequence[str], channel: str
    ) -> No | Yes:
        if not self.rules.get("rating", True):
            why.add("not_rateable")
        if any(rating.ticket is ticket for rating in self.ratings):
            why.add("already_rated")
        if why:
            return no(why)
        n = next(n for n, one in enumerate(ticket.stays, 1) if one is stay)
        self.ratings.append(Rating(ticket, n, stay, level, [*reasons], channel, self.now))
        self.tell("rating.given")
        return {"rated": ticket.number}
