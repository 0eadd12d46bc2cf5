"""One call from words to acknowledgement. Server, voice and loudspeaker are plain objects that keep what they got."""

import pytest

from display_client.calls import CallQueue
from display_client.orders import Refused, Unreachable
from display_client.player import PlayFailed
from display_client.reducer import apply, nothing
from display_client.renderer import RenderFailed, Wave
from display_client.speaker import Outcome, Speaker
from tests.display.halls import EPOCH, NINE, called, windows


class Hall:
    """Keeps in one list all that a speaker did, in order."""

    def __init__(self, folder):
        self.folder, self.did, self.refusing, self.trouble_is = folder, [], {}, None
        self.queue, self.state = CallQueue(), {**nothing(), "windows": windows()}
        self.outcasts, self.keys, self.meanwhile = [], set(), lambda: None
        self.speaker = Speaker(self.queue, self, self, self, self.outcasts.append)

    def call(self, seq, number, **more):
        self.hear(called(seq, number, **more))
        return self.queue.take(0)

    def hear(self, data):
        apply(self.state, data)
        self.queue.update(self.state, EPOCH, NINE)

    def _note(self, what, *, key=None):
        self.did.append(what)
        self.keys |= {key} - {None}
        if what.split()[0] in self.refusing:
            raise self.refusing[what.split()[0]]

    def render(self, seq, words):
        self._note(f"render {words['number']}")
        self.meanwhile()
        path = self.folder / f"{seq}.wav"
        path.write_bytes(b"RIFF")
        return Wave(path, 3400)

    def trouble(self):
        return self.trouble_is

    def play(self, wave, name):
        assert wave.path.exists()
        self._note(f"play {name}")

    def starts(self, seq, key):
        self._note(f"starts {seq}", key=key)

    def ends(self, seq, key):
        self._note(f"ends {seq}", key=key)

    def failures(self, seq, key, reason):
        self._note(f"failures {seq} {reason}", key=key)


@pytest.fixture
def hall(tmp_path):
    return Hall(tmp_path)


def test_a_call_is_rendered_then_claimed_then_sounded_then_acknowledged(hall):
    outcome = hall.speaker.speak(hall.call(5, "A001"))

    assert outcome is Outcome.SPOKEN
    assert hall.did == ["render A001", "starts 5", "play 5-A001", "ends 5"]
    assert len(hall.keys) == 1
    assert list(hall.folder.iterdir()) == []


def test_a_render_that_fails_is_told_and_nothing_is_claimed(hall):
    hall.refusing["render"] = RenderFailed("the voice hung")

    assert hall.speaker.speak(hall.call(5, "A001")) is Outcome.FAILED
    assert hall.did == ["render A001", "failures 5 render"]


def test_without_a_device_nothing_is_claimed_and_the_server_is_told(hall):
    hall.trouble_is = "no sound device"

    assert hall.speaker.speak(hall.call(5, "A001")) is Outcome.FAILED
    assert hall.did == ["render A001", "failures 5 device"]


def test_a_player_that_breaks_off_is_never_acknowledged_as_an_end(hall):
    hall.refusing["play"] = PlayFailed("aplay left with 1")

    assert hall.speaker.speak(hall.call(5, "A001")) is Outcome.FAILED
    assert hall.did[-2:] == ["play 5-A001", "failures 5 player"]


def test_a_call_that_another_box_has_claimed_is_left_to_it(hall):
    hall.refusing["starts"] = Refused("already_started")

    assert hall.speaker.speak(hall.call(5, "A001")) is Outcome.SKIPPED
    assert hall.did == ["render A001", "starts 5"]
    assert hall.outcasts == []


def test_without_the_servers_word_nothing_sounds(hall):
    hall.refusing["starts"] = Unreachable("ConnectionError")

    assert hall.speaker.speak(hall.call(5, "A001")) is Outcome.UNCLAIMED
    assert hall.did == ["render A001", "starts 5"]


@pytest.mark.parametrize("code", ["not_signed_in", "forbidden"])
def test_a_box_that_was_struck_off_ends(hall, code):
    hall.refusing["starts"] = Refused(code)
    hall.speaker.speak(hall.call(5, "A001"))

    assert hall.outcasts == [code]


def test_an_end_that_cannot_be_told_does_not_stop_the_next_call(hall):
    hall.refusing["ends"] = Unreachable("ConnectionError")

    assert hall.speaker.speak(hall.call(5, "A001")) is Outcome.SPOKEN
    assert hall.speaker.speak(hall.call(6, "B001", window="4")) is Outcome.SPOKEN


def test_a_person_who_arrived_before_the_call_is_not_called(hall):
    call = hall.call(5, "A001")
    hall.hear({"tickets": [{"number": "A001", "state": "serving"}]})

    assert hall.speaker.speak(call) is Outcome.SKIPPED
    assert hall.did == []


def test_a_person_who_arrived_while_the_voice_was_made_is_not_called(hall):
    call = hall.call(5, "A001")
    hall.meanwhile = lambda: hall.hear({"tickets": [{"number": "A001", "state": "serving"}]})

    assert hall.speaker.speak(call) is Outcome.SKIPPED
    assert hall.did == ["render A001"]
    assert list(hall.folder.iterdir()) == []
