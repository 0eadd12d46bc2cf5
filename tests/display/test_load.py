"""Half an hour of calls through the real queue and speaker, on a made-up clock: nothing waits, nothing here sleeps."""

import itertools
import random
from datetime import timedelta

import pytest

from display_client.calls import CallQueue
from display_client.duty import Me
from display_client.keeper import Keeper
from display_client.orders import Refused
from display_client.reducer import apply, nothing
from display_client.renderer import Wave
from display_client.sound import Sound
from display_client.speaker import Speaker
from tests.display.halls import EPOCH, NINE, called, iso, windows, zones

MINUTES, A_MINUTE = 30, 12
#: Lengths in milliseconds: chimes as they are made, phrases as the bank's half phrases last (docs/voice.md).
CHIMES = {"long": 1000, "short": 300, None: 0}
PHRASE, GAP = {"zh": 3000, "en": 3400}, 350
#: Making the wave, and the claim's way to the server and back.
RENDERED_S, CLAIMED_S = 0.3, 0.05


class Street:
    """The server, the voice and the loudspeaker of one box, and the clerks who call."""

    def __init__(self, seed, folder):
        self.now, self.folder = 0.0, folder
        self.state = {**nothing(), "windows": windows(), "zones": zones(hall={"announcer": "me"})}
        random_ = random.Random(seed)
        times = sorted(random_.uniform(0, MINUTES * 60) for _ in range(MINUTES * A_MINUTE))
        self.coming = [(at, called(n, f"A{n:03d}", str(n % 5 + 1), after_s=at)) for n, at in enumerate(times, 1)]
        self.started, self.sounded, self.ended = {}, [], []
        self.queue = CallQueue(lambda: self.now)
        self.queue.me = Me("me")
        sound = Sound(self, lambda: self.now)
        self.speaker = Speaker(self.queue, self, self, sound, Keeper(self.queue, self, sound), lambda code: None)

    def pass_(self, seconds):
        self.now += seconds
        while self.coming and self.coming[0][0] <= self.now:
            apply(self.state, self.coming.pop(0)[1])
            self._news()

    def _news(self):
        self.queue.update(self.state, EPOCH, NINE + timedelta(seconds=self.now))

    def trouble(self):
        return None

    def render(self, seq, words):
        self.pass_(RENDERED_S)
        script, calls = words["script"], 1 + len(words.get("also", []))
        phrases = sum(PHRASE[lang] * (1 + calls) // 2 for lang in script["langs"]) + GAP * (len(script["langs"]) - 1)
        path = self.folder / f"{seq}.wav"
        path.touch()
        return Wave(path, CHIMES[script["chime"]] + phrases)

    def starts(self, seq, key):
        if seq in self.started:
            raise Refused("already_started")
        self.pass_(CLAIMED_S)
        self.started[seq] = self.now
        self._settle(seq, state="started")

    def play(self, wave, name):
        begins = self.now
        self.pass_(wave.ms / 1000)
        self.sounded.append((begins, self.now))

    def ends(self, seq, key):
        self.ended.append(seq)
        self._settle(seq, state="ended", ended_at=iso(self.now))

    def _settle(self, seq, **change):
        apply(self.state, {"announcements": [{"seq": seq, **change}]})
        self._news()

    def work(self):
        while self.coming or len(self.queue):
            if self.speaker.speak_next(0) is None:
                self.pass_(0.05)


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_twelve_calls_a_minute_are_all_spoken_once_within_half_a_minute(tmp_path, seed):
    street = Street(seed, tmp_path)
    called_at = {row["seq"]: at for at, data in street.coming for row in data["announcements"]}
    street.work()
    waits = sorted(street.started[seq] - at for seq, at in called_at.items())
    p95 = waits[int(0.95 * (len(waits) - 1))]
    median, last = waits[len(waits) // 2], waits[-1]
    print(f"seed {seed}: {len(waits)} calls, median {median:.1f} s, p95 {p95:.1f} s, last {last:.1f} s")

    assert street.ended == sorted(called_at), "none lost, none twice, in order"
    assert all(end <= begin for (_, end), (begin, _) in itertools.pairwise(street.sounded))
    assert p95 <= 30.0
