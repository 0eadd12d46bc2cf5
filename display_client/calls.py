"""Which calls wait to be spoken, in which order, and which no longer matter."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Condition

from display_client import duty, saying
from display_client.call import Call, Turn, call_of, is_current, zones_now
from display_client.duty import Me, ZoneNow
from display_client.reducer import Row, State
from queue_server.protocol import volume_at

#: A call first met when it is older than this (hall time) is not spoken: the person has been waved over by then.
FRESH_FOR = timedelta(seconds=30)
#: Before any news.
NEVER = datetime.min.replace(tzinfo=UTC)
#: How many tickets one announcement calls to a window together.
MOST_TOGETHER = 3


@dataclass
class _Hall:
    """What the queue knows of the hall besides its calls."""

    zones: dict[str, ZoneNow] = field(default_factory=dict)
    #: The hall's own facts.
    facts: Row = field(default_factory=dict)
    heard: datetime = NEVER
    heard_at: float = 0.0

    def zone(self, code: str) -> ZoneNow:
        return self.zones.get(code, ZoneNow({}))


class CallQueue:
    """First in, first out over all zones of one loudspeaker. Filled by one thread, emptied by the speaker's."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._waiting: list[Call] = []
        #: Announcements that were queued or found too old: none is met twice.
        self._met: set[int] = set()
        self._epoch = ""
        self._current: frozenset[int] = frozenset()
        self._not_before: dict[int, float] = {}
        self._hall = _Hall()
        self._changed = Condition()
        #: Who this box is and whether it can be heard; the speaker's thread keeps both right.
        self.me, self.audible = Me(), True

    def update(self, state: State, epoch: str, hall_now: datetime) -> None:
        """Take in what is new to be spoken and drop what no longer matters."""
        current = [row for row in reversed(state["announcements"]) if is_current(row, state)]
        with self._changed:
            if epoch != self._epoch:  # another history: its numbers mean other calls
                self._epoch, self._met, self._waiting, self._not_before = epoch, set(), [], {}
            self._hall = _Hall(zones_now(state), dict(state["hall"]), hall_now, self._clock())
            for row in current:
                if row["seq"] not in self._met and hall_now - datetime.fromisoformat(row["at"]) < FRESH_FOR:
                    self._add(call_of(row, state, hall_now))
            self._met = {row["seq"] for row in state["announcements"]}
            self._current = frozenset(row["seq"] for row in current)
            self._waiting = [call for call in self._waiting if call.seq in self._current and self._sounds_for(call)]
            self._changed.notify_all()

    def _add(self, call: Call) -> None:
        """A recall takes the place of the same ticket's earlier call; everything else goes to the end."""
        for place, earlier in enumerate(self._waiting):
            if earlier.number == call.number:
                self._waiting[place] = call
                return
        self._waiting.append(call)

    def _sounds_for(self, call: Call) -> bool:
        """False for what was called into quiet hours: when they end, nobody waits for it any more."""
        hall = self._hall
        called, now = (saying.time_of_day(hall.facts, at) for at in (call.at, hall.heard))
        quiet = any(volume_at(hall.zone(call.zone).settings, at) == 0 for at in (called, now))
        return not quiet or hall.heard - call.at < FRESH_FOR

    def forget(self) -> None:
        """The connection is gone. What the next one shows is met anew, and by its age."""
        with self._changed:
            self._waiting, self._met, self._current, self._not_before = [], set(), frozenset(), {}

    def take(self, patience_s: float) -> Turn | None:
        """The next call whose turn it is, waiting for one up to ``patience_s`` seconds of real time."""
        with self._changed:
            turn = self._next()
            if turn is None and patience_s > 0:
                self._changed.wait(patience_s)
                turn = self._next()
            return turn

    def _next(self) -> Turn | None:
        """The first of those at the head of their zones that this box may speak now. Lock held."""
        now = self._hall_now()
        passed: set[str] = set()
        for call in self._waiting:
            if call.zone in passed or not self.me.serves(call.zone):
                continue
            passed.add(call.zone)
            zone = self._hall.zone(call.zone)
            due = self._not_before.get(call.seq, 0.0) <= self._clock()
            if due and duty.may_try(zone, call.met_at, self.me, self.audible, now):
                turn = self._turn(call, zone, now)
                if turn is not None:
                    return turn
        return None

    def _turn(self, call: Call, zone: ZoneNow, now: datetime) -> Turn | None:
        held = bool(self.me.id) and zone.announcer == self.me.id
        together = self._together(call) if held else ()
        left = sum(1 for other in self._waiting if self._is_ours(other)) - len(together) - self._is_ours(call)
        script = saying.script(zone.settings, call.lang, left, saying.time_of_day(self._hall.facts, now))
        if script is None:  # quiet hours: it stays, unspoken
            return None
        taken = {call.seq, *(other.seq for other in together)}
        self._waiting = [other for other in self._waiting if other.seq not in taken]
        return Turn(replace(call, also=together) if together else call, script, held)

    def _together(self, call: Call) -> tuple[Call, ...]:
        """The calls that follow in the same zone and go to the same window."""
        found: list[Call] = []
        for other in (other for other in self._waiting if other.zone == call.zone and other.seq != call.seq):
            if not call.goes_with(other) or len(found) == MOST_TOGETHER - 1:
                break
            found.append(other)
        return tuple(found)

    def _is_ours(self, call: Call) -> bool:
        announcer = self._hall.zone(call.zone).announcer
        return self.me.serves(call.zone) and announcer in (None, self.me.id)

    def put_back(self, call: Call, pause_s: float) -> None:
        """It was not its turn after all: it waits where it was, and is not tried again before the pause is over."""
        with self._changed:
            for one in call.each():
                self._not_before[one.seq] = self._clock() + pause_s
                known = any(one.seq == other.seq or one.number == other.number for other in self._waiting)
                if one.seq in self._current and not known:
                    self._waiting.append(one)
            self._waiting.sort(key=lambda other: other.seq)

    def still_wanted(self, call: Call) -> bool:
        """Nobody has spoken it, and its ticket is still called to that window."""
        with self._changed:
            return call.seq in self._current

    def unheld(self) -> list[str]:
        """Zones that this box serves and does not hold, those without an announcer first."""
        with self._changed:
            others = {code: zone.announcer for code, zone in self._hall.zones.items() if zone.announcer != self.me.id}
        return sorted(
            (code for code in others if self.me.serves(code)), key=lambda code: (others[code] is not None, code)
        )

    def announcer(self, code: str) -> str | None:
        """Who sounds in the zone, as far as is heard."""
        with self._changed:
            return self._hall.zone(code).announcer

    def _hall_now(self) -> datetime:
        """Carried on from the last news by a clock that never jumps."""
        hall = self._hall
        return NEVER if hall.heard == NEVER else hall.heard + timedelta(seconds=self._clock() - hall.heard_at)

    def __len__(self) -> int:
        return len(self._waiting)
