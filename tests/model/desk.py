"""The model's orders at a window: serve, miss, come back, leave, take back."""

from tests.model.hall import CATALOGUE, no
from tests.model.journeys import Journeys
from tests.model.papers import AT_WINDOW, ONE_PRESS_AFTER, SECOND, UNDO_WITHIN, No, Ticket, Yes


class Desk(Journeys):
    def call_next(
        self, code: str, clerk: str, finishing: Ticket | None, finishes: bool, result: str | None = None
    ) -> No | Yes:
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
            self.end_service(finishing, result)
        called = self.call_first(window, clerk)
        return {"ticket": called, "finished": finishing, "status": 201 if called else 200}

    def _not_to_finish(self, ticket: Ticket | None, code: str, clerk: str) -> set[str]:
        why = self._not_to_end(ticket, clerk) - {"ticket_of_another_day"}
        if ticket is not None and ticket.state in AT_WINDOW and ticket.window != code:
            why.add("not_your_window")
        return why

    def _not_to_end(self, ticket: Ticket | None, clerk: str | None) -> set[str]:
        """Who is in service; where the hall asks for no arrival, also who was called, after five seconds."""
        if self.rules.get("arrival", True) or ticket is None or ticket.called is None or ticket.state != "called":
            return self.not_held(ticket, clerk, "serving")
        soon = self.now - ticket.called < ONE_PRESS_AFTER
        return self.not_held(ticket, clerk, "called") | ({"too_soon"} if soon else set())

    def start(self, ticket: Ticket | None, clerk: str | None) -> No | Yes:
        why = self.not_held(ticket, clerk, "called")
        if why or ticket is None:
            return no(why)
        self.begin_service(ticket, walked=True)
        return {"ticket": ticket}

    def begin_service(self, ticket: Ticket, at: int | None = None, walked: bool = False) -> None:
        """``at``: the call, where nobody said when the person came; ``walked``: a press said so."""
        assert ticket.window
        ticket.state, ticket.started = "serving", self.now if at is None else at
        ticket.stay.started, ticket.stay.walk = ticket.started, ticket.called if walked else None
        self.served_at.setdefault((ticket.day, ticket.window), []).append((ticket, ticket.stay))
        self.hush(ticket.window)
        self.tell("ticket.started")

    def finish(self, ticket: Ticket | None, clerk: str | None, result: str | None = None) -> No | Yes:
        why = self._not_to_end(ticket, clerk)
        if why or ticket is None:
            return no(why)
        self.end_service(ticket, result)
        return {"ticket": ticket}

    def end_service(self, ticket: Ticket, result: str | None = None) -> None:
        """Done; with stops left the person goes on to the next."""
        if ticket.state == "called":
            self.begin_service(ticket, at=ticket.called)
        assert ticket.window
        assert ticket.started is not None
        ticket.stay.result = result
        window = self.windows[ticket.window]
        window.served, window.handling = window.served + 1, window.handling + (self.now - ticket.started) // SECOND
        if ticket.stops:
            self.join_next(ticket, "transferred")
            return
        ticket.state, ticket.ended, ticket.finished_at = "done", self.now, (window.code, window.seating)
        ticket.stay.end("done", self.now)
        self.tell("ticket.finished")

    def undo_finish(self, ticket: Ticket | None, clerk: str | None) -> No | Yes:
        """Within ten seconds, by who sat there, and while the window has called nobody since."""
        why = self.not_of_today(ticket)
        if ticket is None:
            return no(why)
        if ticket.state != "done" or ticket.ended is None or ticket.started is None or ticket.window is None:
            return no(why | {"illegal_move"})
        window = self.windows[ticket.window]
        if clerk is not None:
            why |= self.not_here(window, clerk)
        if window.state == "paused":
            why.add("window_paused")
        seated = window.clerk is not None and ticket.finished_at == (window.code, window.seating)
        if self.now - ticket.ended > UNDO_WITHIN or not seated or self.last_called(window.code) is not ticket:
            why.add("too_late_to_undo")
        if why:
            return no(why)
        window.served, window.handling = window.served - 1, window.handling - (ticket.ended - ticket.started) // SECOND
        ticket.state, ticket.ended = "serving", None
        ticket.target, ticket.target_clerk = self.possible(ticket.line, ticket.target, ticket.target_clerk)
        ticket.stay.ended = ticket.stay.outcome = ticket.stay.result = None
        self.tell("ticket.finish_undone")
        return {"ticket": ticket}

    def add_case(self, ticket: Ticket | None, clerk: str | None, service: str | None) -> No | Yes:
        why = self.not_held(ticket, clerk, "serving")
        if service is not None and service not in CATALOGUE:
            why.add("unknown_service")
        if why or ticket is None:
            return no(why)
        stay = ticket.stay
        stay.cases = (stay.cases or 1) + 1
        stay.services = [*(stay.services or []), service] if service else stay.services
        self.tell("ticket.case_added")
        return {"ticket": ticket, "cases": stay.cases}

    def miss(self, ticket: Ticket | None, clerk: str | None, reason: str | None = None) -> No | Yes:
        why = self.not_held(ticket, clerk, "called")
        if why or ticket is None or ticket.window is None:
            return no(why)
        self.hush(ticket.window)
        ticket.state, ticket.missed, ticket.window = "missed", self.now, None
        ticket.stay.outcome, ticket.stay.reason = "missed", reason
        self.tell("ticket.missed")
        return {"ticket": ticket}

    def reinstate(self, ticket: Ticket | None) -> No | Yes:
        why = self.not_to_come_back(ticket)
        if why or ticket is None:
            return no(why)
        before = self.line_up(ticket.line)[:3]
        # Just behind the third who waits, or the last of fewer; the second time behind all who came so far.
        ticket.turn = before[-1].turn + 1 if before and ticket.back == 0 else self.now
        ticket.back, ticket.came_back, ticket.state, ticket.promoted = ticket.back + 1, True, "waiting", None
        ticket.stay.turn, ticket.stay.outcome = ticket.turn, None
        self.tell("ticket.reinstated")
        return {"ticket": ticket, "ahead": self.ahead(ticket)}

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
        self.go_away(ticket)
        return {"ticket": ticket}

    def go_away(self, ticket: Ticket) -> None:
        if ticket.window:
            self.hush(ticket.window)
        ticket.state, ticket.ended, ticket.window = "left", self.now, None
        ticket.stay.end("left", self.now)
        self.tell("ticket.left")
