"""One call from words to acknowledgement. Server, voice and loudspeaker are plain objects that keep what they got."""

from datetime import timedelta

import pytest

from display_client.calls import CallQueue
from display_client.duty import Me
from display_client.keeper import Keeper
from display_client.orders import Refused, Unreachable
from display_client.player import PlayFailed
from display_client.reducer import apply, nothing
from display_client.renderer import RenderFailed, Wave
from display_client.sound import Sound
from display_client.speaker import Outcome, Speaker
from tests.display.halls import EPOCH, NINE, called, windows, zones


class Hall:
    """Keeps in one list all that a speaker did, in order."""

    def __init__(self, folder):
        self.folder, self.did, self.refusing, self.trouble_is = folder, [], {}, None
        self.queue, self.state = CallQueue(), {**nothing(), "windows": windows()}
        self.outcasts, self.keys, self.scripts, self.meanwhile = [], set(), [], lambda: None
        self.sound = Sound(self)
        self.speaker = Speaker(
            self.queue, self, self, self.sound, Keeper(self.queue, self, self.sound), self.outcasts.append
        )
        self.hold()

    def hold(self, announcer="me"):
        """This box is ``me``; ``announcer`` sounds in the only zone."""
        self.queue.me, self.state["zones"] = Me("me"), zones(hall={"announcer": announcer})

    def call(self, seq, number, **more):
        self.hear(called(seq, number, **more))
        return self.queue.take(0)

    def hear(self, data, after_s=0.0):
        apply(self.state, data)
        self.queue.update(self.state, EPOCH, NINE + timedelta(seconds=after_s))

    def _note(self, what, *, key=None):
        self.did.append(what)
        self.keys |= {key} - {None}
        for named in (what, what.split()[0]):
            if named in self.refusing:
                raise self.refusing[named]

    def render(self, seq, words):
        self._note(" ".join([f"render {words['number']}", *words.get("also", [])]))
        self.scripts.append(words["script"])
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


def test_without_a_device_the_call_is_left_to_others_before_it_is_told_as_failed(hall):
    hall.trouble_is = "no sound device"

    assert hall.speaker.speak(hall.call(5, "A001")) is Outcome.LEFT
    assert hall.did == []
    assert hall.sound.word == "none"
    assert hall.speaker.speak_next(0) is None
    hall.hear({}, after_s=6)
    assert hall.speaker.speak_next(0) is Outcome.FAILED
    assert hall.did == ["failures 5 device"]


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


def test_how_it_is_said_goes_to_the_worker(hall):
    hall.speaker.speak(hall.call(5, "A001"))

    assert hall.scripts == [{"langs": ["zh", "zh", "en"], "chime": "long", "gain": 1.0}]


def test_a_call_of_anothers_zone_is_claimed_before_a_voice_is_made_for_it(hall):
    hall.hold("another")
    hall.hear(called(5, "A001"))
    hall.hear({}, after_s=3)

    assert hall.speaker.speak_next(0) is Outcome.SPOKEN
    assert hall.did == ["starts 5", "render A001", "play 5-A001", "ends 5"]


@pytest.mark.parametrize("code", ["not_announcer", "not_your_zone"])
def test_a_call_that_is_not_our_turn_stays_in_the_queue(hall, code):
    hall.refusing["starts"] = Refused(code)

    assert hall.speaker.speak(hall.call(5, "A001")) is Outcome.LEFT
    assert len(hall.queue) == 1
    assert hall.speaker.speak_next(0) is None, "not again at once"
    assert "play 5-A001" not in hall.did


def test_an_unanswered_claim_is_tried_again_with_the_same_key(hall):
    hall.refusing["starts"] = Unreachable("ConnectionError")
    hall.speaker.speak(hall.call(5, "A001"))

    assert len(hall.queue) == 1
    assert len(hall.keys) == 1


def test_several_tickets_for_one_window_are_claimed_and_ended_each(hall):
    hall.hear(called(5, "A001"))
    turn = hall.call(6, "A002")

    assert hall.speaker.speak(turn) is Outcome.SPOKEN
    assert hall.did == ["render A001 A002", "starts 5", "starts 6", "play 5-A001", "ends 5", "ends 6"]
    assert len(hall.keys) == 2


def test_a_number_that_another_box_has_claimed_is_not_said_with_the_others(hall):
    hall.refusing["starts 6"] = Refused("already_started")
    hall.hear(called(5, "A001"))

    assert hall.speaker.speak(hall.call(6, "A002")) is Outcome.SPOKEN
    assert hall.did[-3:] == ["render A001", "play 5-A001", "ends 5"]


def test_after_a_player_broke_off_the_box_is_mute_for_a_while(hall):
    hall.refusing["play"] = PlayFailed("aplay left with 1")
    hall.speaker.speak(hall.call(5, "A001"))
    assert hall.sound.word == "failed"

    del hall.refusing["play"]
    hall.speaker.speak(hall.call(6, "B001", window="4"))
    assert hall.sound.word == "ok"
