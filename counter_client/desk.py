"""One window and its clerk through the day. Holds no rule: presses, and lives with the answers."""

from collections.abc import Callable, Sequence
from typing import Final, Literal

from counter_client.api import Answer, Api, Refusal
from counter_client.book import View
from counter_client.floor import Floor, Learn, Press
from counter_client.plan import PATIENCE_S, Break, Shift

#: ``waking``: idle, and about to press. ``busy``: an order is under way or a person is at hand.
State = Literal["closed", "idle", "waking", "busy", "paused", "gone"]

#: Enters an answer's ticket in the book.
Enter = Callable[[View], None]

#: Between a finish and the next call when they are two presses, in seconds.
BREATH_S: Final = 15
#: How long after hours windows stay for those still waiting, in seconds.
STRAGGLERS_S: Final = 15 * 60
#: Until a clerk whose press was refused tries again, in seconds, and how often.
AGAIN_S: Final = 30
MOST_REFUSALS: Final = 20
#: Refusals after which this window has no more to do today.
OVER: Final = frozenset({"day_not_open", "window_closed", "window_taken", "clerk_elsewhere", "forbidden"})


class Desk:
    """``lines`` are all the lines the server says the window serves, the secondary ones last."""

    def __init__(self, floor: Floor, api: Api, code: str, lines: Sequence[str], shift: Shift, ends_s: int) -> None:
        self.code, self.lines = code, lines
        self.state: State = "closed"
        self._floor, self._api, self._shift, self._ends_s = floor, api, shift, ends_s
        self._breaks = list(shift.breaks)
        self._refused = 0
        #: How many people had joined its lines when it last heard that nobody waits.
        self._heard = -1
        self.idle_since = 0.0

    # What the floor asks.

    def wants(self) -> bool:
        """Idle, with somebody waiting who came since it last heard that nobody waits."""
        return self.state == "idle" and self._somebody_new()

    def wake(self) -> None:
        self.state = "waking"
        self._floor.agenda.at_once(self.go_on)

    def release(self) -> None:
        """The hall is empty after hours: go, unless at work."""
        if self.state == "idle" and self._over():
            self.wake()

    # The day of a clerk.

    def open(self) -> Press:
        for pause in self._shift.breaks:
            self._floor.agenda.at(pause.starts_s, self.go_on)
        for end in (self._ends_s, self._ends_s + STRAGGLERS_S):
            self._floor.agenda.at(end, self.go_on)
        self.state = "busy"
        return self._window("sessions", lambda answer: self._rest())

    def go_on(self) -> Press | None:
        """What a clerk with nobody at hand does next: go home, take a break, or call."""
        if self.state not in ("idle", "waking"):
            return None
        if self._over():
            return self._close()
        pause = self._break_due()
        if pause is not None:
            return self._pause(pause)
        if self._somebody_new():
            return self._call({})
        self._rest()
        return None

    def call_back(self, ticket: str) -> Press | None:
        """Somebody who was missed here is back and goes to the window, or to the reception when it is taken."""
        if self._floor.book.entries[ticket].state != "missed" or self.state in ("closed", "gone"):
            return None
        straight = self._floor.journeys[ticket].stay.back
        if straight is None or not straight.straight or self.state != "idle" or self._break_due():
            return self._floor.reinstate(ticket)
        self._floor.journeys[ticket].returned = True
        self.state = "busy"
        return self._press(f"/tickets/{ticket}/direct-calls", {"window": self.code}, self._called)

    def _rest(self) -> None:
        self.state, self.idle_since = "idle", self._floor.agenda.now

    def _somebody_new(self) -> bool:
        waits = any(self._floor.book.waiting[line] > 0 for line in self.lines)
        return waits and self._joined() != self._heard

    def _joined(self) -> int:
        return sum(self._floor.book.joins[line] for line in self.lines)

    def _over(self) -> bool:
        """After hours and, until the last quarter of an hour is gone, nobody left in the hall."""
        empty = not any(self._floor.book.waiting.values())
        return self._floor.agenda.now >= self._ends_s + (0 if empty else STRAGGLERS_S)

    def _break_due(self) -> Break | None:
        now = self._floor.agenda.now
        self._breaks = [b for b in self._breaks if b.until(now) > now and now < b.starts_s + 3600]
        return next((b for b in self._breaks if b.starts_s <= now), None)

    def _pause(self, pause: Break) -> Press:
        self._breaks.remove(pause)
        self.state = "busy"

        def paused(answer: Answer) -> None:
            self.state = "paused"
            self._floor.agenda.at(pause.until(self._floor.agenda.now), self._resume)

        return self._window("pauses", paused, {"reason": pause.reason})

    def _resume(self) -> Press:
        return self._window("resumptions", lambda answer: self._rest())

    def _close(self) -> Press:
        def closed(answer: Answer) -> None:
            self.state = "gone"

        self.state = "busy"
        return self._window("closing", closed)

    # One person at the window.

    def _call(self, body: dict[str, str]) -> Press:
        self.state = "busy"
        return self._window("calls", self._called, body)

    def _called(self, answer: Answer) -> None:
        if answer.body.get("finished"):
            self._floor.book.finished(answer.body["finished"])
        view = answer.body["ticket"]
        if view is None:
            self._floor.book.nobody(self.lines, self.code)
            self._heard = self._joined()
            self._rest()
            return
        self._floor.book.called(view, self.code)
        self._attend(view)

    def _attend(self, view: View) -> None:
        """Wait for the person called, and see what comes of it."""
        journey, later = self._floor.journey(view), self._floor.agenda.after
        stay, ticket = journey.stay, view["id"]
        if stay.arrival in ("misses", "vanishes") and not journey.returned:
            later(PATIENCE_S, lambda: self._ticket(ticket, "recalls", self._floor.book.recalled))
            later(2 * PATIENCE_S, lambda: self._miss(ticket))
        elif stay.arrival == "gives_up":
            later(stay.walk_s, lambda: self._end(ticket, "departures", self._floor.book.left))
        elif stay.ending == "wrong_line":
            later(stay.walk_s, lambda: self._transfer(ticket))
        else:
            later(stay.walk_s, lambda: self._start(ticket))

    def _start(self, ticket: str) -> Press:
        stay = self._floor.journeys[ticket].stay
        last = self._transfer if stay.ending == "hand_on" else self._finish

        def started(view: View) -> None:
            self._floor.book.started(view)
            self._floor.agenda.after(stay.handling_s, lambda: last(ticket))

        return self._ticket(ticket, "starts", started)

    def _finish(self, ticket: str) -> Press:
        """Finish and call the next in one press, unless a break or the evening comes between."""
        stay = self._floor.journeys[ticket].stay
        if stay.one_press and not self._over() and self._break_due() is None:
            return self._call({"finishing": ticket})
        return self._end(ticket, "finishes", self._floor.book.finished, BREATH_S)

    def _transfer(self, ticket: str) -> Press:
        journey = self._floor.journeys[ticket]
        body = {"line": journey.person.stays[journey.at + 1].line}
        if journey.stay.ending == "hand_on":
            body["note"] = journey.stay.note

        def transferred(view: View) -> None:
            self._floor.book.transferred(view)
            journey.move_on()

        return self._end(ticket, "transfers", transferred, 0, body)

    def _miss(self, ticket: str) -> Press:
        back = self._floor.journeys[ticket].stay.back

        def missed(view: View) -> None:
            self._floor.book.missed(view)
            if back is not None:
                self._floor.agenda.after(back.after_s, lambda: self.call_back(ticket))

        return self._end(ticket, "misses", missed)

    # Presses.

    def _end(
        self, ticket: str, noun: str, enter: Enter, breath_s: int = 0, body: dict[str, str] | None = None
    ) -> Press:
        """An order after which the window is free."""

        def learn(answer: Answer) -> None:
            enter(answer.body["ticket"])
            self._freed(breath_s)

        return self._press(f"/tickets/{ticket}/{noun}", body or {}, learn)

    def _freed(self, breath_s: int) -> None:
        self._rest()
        self.state = "waking"
        self._floor.agenda.after(breath_s, self.go_on)

    def _ticket(self, ticket: str, noun: str, enter: Enter) -> Press:
        return self._press(f"/tickets/{ticket}/{noun}", {}, lambda answer: enter(answer.body["ticket"]))

    def _window(self, noun: str, learn: Learn, body: dict[str, str] | None = None) -> Press:
        return self._press(f"/windows/{self.code}/{noun}", body or {}, learn)

    def _press(self, path: str, body: dict[str, str], learn: Learn) -> Press:
        return Press(self._api, path, body, learn, self._on_refusal)

    def _on_refusal(self, refusal: Refusal) -> None:
        """Stand up when the day is over; otherwise look again in a while."""
        self._refused += 1
        if refusal.code in OVER or self._refused > MOST_REFUSALS:
            self.state = "gone"
        else:
            self._freed(AGAIN_S)
