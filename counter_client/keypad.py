"""The keypad's logic: keys, news and answers in, orders and a picture out. Knows no terminal and no network.

All times are monotonic, in seconds.
"""

from collections.abc import Callable
from typing import Final

from counter_client import ask
from counter_client.ask import Ask, Order
from counter_client.keymap import Keymap
from counter_client.news import Heard
from counter_client.presser import Outcome, Words
from counter_client.repeats import Repeats
from counter_client.screen import Picture, Tone
from counter_client.sentences import Sentences
from counter_client.telling import told
from counter_client.window_view import View, next_action

#: Figures that nobody goes on with, and questions that nobody answers, are dropped after this time: the next
#: Enter must not be about what somebody else has typed.
FORGET_S: Final = 15.0
#: The news should have brought an answer by then; until they do, the window shown is not the window.
CATCH_UP_S: Final = 2.0
#: Actions that order nothing: these may repeat.
EDITING: Final = frozenset({"digit", "clear", "nothing"})
TONES: Final[dict[str, Tone]] = {"done": "good", "ignored": "soft", "unconfirmed": "warn", "earlier": "warn"}


class Keypad:
    def __init__(self, keymap: Keymap, say: Sentences, send: Callable[[str, Words, View], None]) -> None:
        """``send`` hands one press on and comes back at once; what came of it comes to ``answered``."""
        self._keymap, self._say, self._send = keymap, say, send
        self._heard = Heard("away")
        self._repeats = Repeats()
        self._ask: Ask | None = None
        self._typed, self._touched = "", 0.0
        self._busy = False
        self._ahead = (0, 0.0)
        self._said: tuple[str, Tone] = ("", "soft")
        self._unplugged = False

    # What comes in.

    def press(self, key: str, now: float) -> None:
        """One key. Never waits, and never keeps an order for later."""
        if self._keymap.action(key) in ("digit", "clear", "nothing") or self._repeats.judge(key, now) == "now":
            self._act(key, now)

    def pass_time(self, now: float) -> None:
        """To be called some ten times a second."""
        key = self._repeats.due(now)
        if key is not None and self._keymap.action(key) not in EDITING:
            self._act(key, now)
        if (self._typed or self._ask) and now - self._touched > FORGET_S:
            self._forget()

    def hear(self, heard: Heard) -> None:
        """The news have changed."""
        about = heard.view.ticket["id"] if heard.view and heard.view.ticket else None
        if self._ask is not None and self._ask.ticket not in (None, about):
            self._forget()
        self._heard = heard

    def busy(self, unconfirmed: bool = False) -> None:
        """A press is under way: from this keypad, or from before it was started."""
        self._busy = True
        self._said = (self._say("keypad.unconfirmed"), "warn") if unconfirmed else (self._say("keypad.sent"), "soft")

    def answered(self, outcome: Outcome, now: float) -> None:
        """The press under way has come to its end."""
        self._busy = False
        last = outcome.settled or outcome
        if last.kind == "done":
            self._ahead = (int(last.body.get("seq") or 0), now + CATCH_UP_S)
        if outcome.kind == "unconfirmed":  # given up: what is shown is what is known
            self._said = self._say("counter.outcome.failed"), "bad"
        else:
            self._said = told(outcome, self._say), TONES.get(outcome.kind, "bad")

    def plugged(self, is_in: bool) -> None:
        """The serial keypad was plugged in, or out."""
        self._unplugged = not is_in

    # What a key does.

    def _act(self, key: str, now: float) -> None:
        action = self._keymap.action(key)
        self._touched = now
        if action == "digit":
            self._typed = (self._typed + key)[:4]
        elif action == "clear":
            self._clear()
        elif action == "next" and (self._ask or self._typed):
            self._confirm(now)
        elif self._ask is not None:
            # A key that means something else was not meant for the question: nothing is ordered.
            self._forget()
            self._said = self._say("keypad.left"), "soft"
        elif action != "nothing":
            self._typed = ""
            self._start(action, now)

    def _clear(self) -> None:
        if self._typed:
            self._typed = self._typed[:-1]
        elif self._ask is not None:
            self._forget()
            self._said = self._say("keypad.left"), "soft"

    def _start(self, action: str, now: float) -> None:
        view = self._ready(now)
        if view is None:
            return
        if action == "pause" and view.state != "paused":
            self._take(ask.reasons(self._say), view)
        elif action == "transfer":
            self._take(ask.lines(view, self._say), view)
        else:
            self._take(Order("resume" if action == "pause" else action, {}), view)

    def _confirm(self, now: float) -> None:
        typed, self._typed = self._typed, ""
        view = self._ready(now)
        if view is None:
            self._ask = None
            return
        if self._ask is not None:
            chosen = self._ask.choose(typed)
            if chosen is None:
                self._said = self._say("keypad.no_choice", typed=typed), "bad"
            else:
                self._take(chosen, view)
            return
        numbers = ask.missed(view, typed)
        if numbers:
            self._take(ask.which(numbers), view)
        else:
            self._said = self._say("keypad.nobody_missed", typed=typed), "bad"

    def _take(self, found: Ask | Order | None, view: View) -> None:
        self._ask = found if isinstance(found, Ask) else None
        if found is None:
            self._said = self._say("error.no_ticket"), "bad"
        elif isinstance(found, Order):
            self.busy()
            self._send(found.command, found.words, view)

    def _ready(self, now: float) -> View | None:
        """The window as it is, or None with a word why nothing can be sent now."""
        view = self._heard.view
        if self._busy or (self._ahead[0] > self._heard.seq and now < self._ahead[1]):
            if self._said[1] != "warn":  # 未确认 stays to be read
                self._said = self._say("desk.under_way"), "soft"
        elif self._heard.state == "signed_out":
            self._said = self._say("error.not_signed_in"), "bad"
        elif self._heard.state != "live" or view is None:
            self._said = self._say("error.unreachable"), "bad"
        else:
            return view
        return None

    def _forget(self) -> None:
        self._typed, self._ask = "", None

    # What is shown.

    def picture(self) -> Picture:
        view, say = self._heard.view or View(), self._say
        said, tone = self._said
        return Picture(
            window=say.window(view.window) if view.window else say("keypad.wait"),
            trouble=self._trouble(),
            number=view.ticket["number"] if view.ticket else "",
            state=self._state(view),
            waiting=say("keypad.waiting", lines=self._waiting(view)) if view.window else "",
            next=say("keypad.next", key=self._named("next"), action=self._next(view)) if view.window else "",
            said=said,
            tone=tone,
            asked=self._asked(),
            choices=self._ask.listed(say) if self._ask else (),
            help=self._help(),
        )

    def _trouble(self) -> str:
        found = {"live": "", "signed_out": "keypad.signed_out", "away": "keypad.away"}[self._heard.state]
        if self._heard.state == "away" and self._heard.stale and self._heard.view is not None:
            found = "keypad.away_stale"
        taken = self._heard.view is not None and self._heard.view.taken
        troubles = [found, "counter.quiet.taken" * taken, "keypad.keypad_gone" * self._unplugged]
        return " / ".join(self._say(trouble) for trouble in troubles if trouble)

    def _state(self, view: View) -> str:
        if view.window is None:
            return ""
        return self._say(f"ticket.state.{view.ticket['state']}" if view.ticket else f"window.state.{view.state}")

    def _waiting(self, view: View) -> str:
        counts = [self._say("keypad.waiting_line", letter=letter, n=n) for letter, n in view.waiting.items()]
        return self._say("keypad.gap").join(counts)

    def _next(self, view: View) -> str:
        return self._say(f"counter.next.{next_action(view)}")

    def _asked(self) -> str:
        if self._ask is not None:
            return self._say(self._ask.title, typed=self._typed, **self._ask.facts)
        return self._say("keypad.typed", typed=self._typed) if self._typed else ""

    def _help(self) -> str:
        named = {action: self._named(action) for action in ("next", "recall", "missed", "pause", "transfer", "clear")}
        return self._say("keypad.help_ask" if self._ask or self._typed else "keypad.help", **named)

    def _named(self, action: str) -> str:
        key = self._keymap.key_of(action)
        return key.capitalize() if key and len(key) > 1 else key or "–"
