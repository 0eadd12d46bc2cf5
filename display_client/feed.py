"""The reader's side of the news: order, gaps, resends, another history. Knows no socket and no clock.

Every ``now`` is a real monotonic time in seconds; the hall's own time comes in the messages.
"""

from datetime import datetime, timedelta
from typing import Any

from display_client.reducer import State, apply, nothing
from queue_server.protocol import STALE_AFTER_S, TICK_EVERY_S, Envelope, Synced, Tick

#: How long an event may be overtaken by a later one before the server is asked, in seconds.
PATIENCE_S = 0.3
#: A question that stays unanswered this long is asked again, in seconds.
ANSWER_WITHIN_S = 2.0
#: Two missed ticks: the connection may be dead without a word, in seconds.
SILENT_AFTER_S = 2 * TICK_EVERY_S


class Feed:
    """What the box knows of the hall, and when it must ask for more."""

    def __init__(self) -> None:
        self.state: State = nothing()
        self.epoch, self.seq, self.hash = "", 0, ""
        self._early: dict[int, Envelope] = {}
        #: False until the server has said what we missed; until then events are only kept.
        self._in_step = False
        #: The server's history is not ours: its answer counts even when it goes back.
        self._distrust = False
        self._head = 0
        self._behind_since: float | None = None
        self._asked_at: float | None = None
        #: When we last had all that the server said, and when it was last heard by the socket's own beat.
        self._fresh_at: float | None = None
        self._beat_at: float | None = None
        self._hall_time: tuple[datetime, float] | None = None

    @property
    def in_step(self) -> bool:
        """The state is the server's, as far as we know."""
        return self._in_step and not self._distrust

    def lost(self) -> None:
        """The connection is gone: what comes next may have a hole before it."""
        self._in_step, self._asked_at = False, None
        self._early.clear()

    def hello(self, message: Tick, now: float) -> None:
        """The server's first words on a connection; the answer to them is a ``sync``."""
        self.lost()
        self._set_hall_time(message["now"], now)
        self._beat_at = now

    def receive(self, event: Envelope, now: float) -> None:
        """One piece of news: drop it if known, keep it if early, else apply it and what waited for it."""
        if event["seq"] > self.seq or not self._in_step:
            self._early[event["seq"]] = event
        self._set_hall_time(event["at"], now, only_forward=True)
        self._catch_up(now)

    def tick(self, tick: Tick, now: float) -> None:
        """Where the log stands; shows whether we miss something or follow another history."""
        self._beat_at = now
        self._set_hall_time(tick["now"], now)
        same_place = tick["seq"] == self.seq and tick["hash"] != self.hash
        if self._in_step and (tick["epoch"] != self.epoch or tick["seq"] < self.seq or same_place):
            # What came early belongs to the history that is lost.
            self._distrust = True
            self._early.clear()
        self._head = tick["seq"]
        self._watch_gap(now)
        self._vouch(now)

    def synced(self, answer: Synced, now: float) -> None:
        """The server's answer to our question: what we missed, or everything.

        Nothing, when it cannot tell now: then it is asked again in a while.
        """
        if not answer:
            self._watch_gap(now)
            return
        self._asked_at = None
        self._set_hall_time(answer["now"], now)
        if answer["mode"] == "snapshot":
            self._take(answer)
        elif answer["epoch"] == self.epoch:
            self._early.update({event["seq"]: event for event in answer["events"]})
            self._in_step, self._distrust = True, False
        else:  # a replay of another history than ours: of no use, so ask for everything
            self.epoch, self.seq, self.hash = "", 0, ""
        self._head = answer["seq"]
        self._catch_up(now)

    def _take(self, answer: Synced) -> None:
        # A snapshot that was overtaken by events of the same history would only take us back.
        overtaken = self.in_step and answer["epoch"] == self.epoch and answer["seq"] < self.seq
        if overtaken:
            return
        self.state = answer["snapshot"]
        self.epoch, self.seq, self.hash = answer["epoch"], answer["seq"], answer["hash"]
        self._in_step, self._distrust = True, False

    def _catch_up(self, now: float) -> None:
        while self.in_step and (event := self._early.pop(self.seq + 1, None)):
            apply(self.state, event["data"])
            self.seq, self.hash = event["seq"], event["hash"]
        if self.in_step:
            self._early = {seq: event for seq, event in self._early.items() if seq > self.seq}
        self._watch_gap(now)
        self._vouch(now)

    def _vouch(self, now: float) -> None:
        """A word from the server does not make old numbers new: only one that we have all of does."""
        if self.in_step and self.seq >= self._head:
            self._fresh_at = now

    def _watch_gap(self, now: float) -> None:
        behind = bool(self._early) or self._head > self.seq
        if not behind:
            self._behind_since = None
        elif self._behind_since is None:
            self._behind_since = now

    def question(self, now: float) -> dict[str, Any] | None:
        """The ``sync`` to send now, or None. Counts as asked: the next one comes after the answer or 2 s."""
        if self._asked_at is not None and now - self._asked_at < ANSWER_WITHIN_S:
            return None
        gap = self._behind_since is not None and now - self._behind_since >= PATIENCE_S
        if self._in_step and not self._distrust and not gap:
            return None
        self._asked_at, self._behind_since = now, None
        return self.place()

    def place(self) -> dict[str, Any]:
        """What we have, as ``sync`` and ``GET /news`` want it."""
        return {"epoch": self.epoch, "seq": self.seq, "hash": self.hash}

    def silent(self, now: float) -> bool:
        """The socket is so long without a beat that asking another way is worth it."""
        return self._beat_at is None or now - self._beat_at > SILENT_AFTER_S

    def stale(self, now: float) -> bool:
        """For 6 s not in step with what the server said last, or never."""
        return self._fresh_at is None or now - self._fresh_at > STALE_AFTER_S

    def hall_now(self, now: float) -> datetime | None:
        """The hall's time, carried on from the last message by the real clock; None before the first."""
        if self._hall_time is None:
            return None
        said, heard_at = self._hall_time
        return said + timedelta(seconds=now - heard_at)

    def _set_hall_time(self, said: str, now: float, only_forward: bool = False) -> None:
        at = datetime.fromisoformat(said)
        reckoned = self.hall_now(now)
        if not only_forward or reckoned is None or at > reckoned:
            self._hall_time = (at, now)
