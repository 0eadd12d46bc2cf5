"""The box's place in the hall: its zones, its name, its sound. The server is a plain object, the clock a number."""

from datetime import timedelta

import pytest

from display_client import sound
from display_client.calls import CallQueue
from display_client.duty import Me
from display_client.keeper import AFTER_CONNECT_S, FREE_EVERY_S, HELD_EVERY_S, WHO_EVERY_S, Keeper
from display_client.orders import Refused, Unreachable
from display_client.player import PlayFailed
from display_client.reducer import nothing
from display_client.renderer import Wave
from display_client.sound import DISTRUST_S, LOOK_EVERY_S, Sound
from tests.display.halls import EPOCH, NINE, windows, zones


class Place:
    """A keeper, and all that it asked for."""

    def __init__(self, **settings):
        self.now, self.asked, self.answer, self.who, self.trouble_is = 100.0, [], None, Me("me"), None
        self.looked, self.breaks = 0, False
        self.queue = CallQueue(lambda: self.now)
        self.sound = Sound(self, lambda: self.now)
        self.keeper = Keeper(self.queue, self, self.sound, lambda: self.now)
        self.keeper.connected_at = self.now
        self.hear(**settings)

    def hear(self, **settings):
        state = {**nothing(), "windows": windows(), "zones": zones(**settings)}
        self.queue.update(state, EPOCH, NINE + timedelta(seconds=self.now))

    def trouble(self):
        self.looked += 1
        return self.trouble_is

    def play(self, wave, name):
        if self.breaks:
            raise PlayFailed("broke off")

    def who_am_i(self):
        self.asked.append("who")
        return self.who

    def ask_for(self, zone):
        self.asked.append(zone)
        if self.answer is not None:
            raise self.answer

    def after(self, seconds):
        """What is asked in a round so many seconds later."""
        self.now += seconds
        self.asked.clear()
        self.keeper.look_after()
        return self.asked


def test_the_zones_are_asked_for_when_the_server_knows_that_the_box_is_heard():
    place = Place(a={}, b={"announcer": "another"}, c={"announcer": "me"})

    assert place.after(0) == ["who"]
    assert place.after(AFTER_CONNECT_S - 0.1) == []
    assert place.after(0.1) == ["a", "b"]
    assert place.after(FREE_EVERY_S) == ["a"]
    assert place.after(HELD_EVERY_S) == ["a", "b"]


def test_a_box_of_one_zone_asks_for_that_one():
    place = Place(a={}, b={})
    place.who = Me("me", "b")

    assert place.after(AFTER_CONNECT_S) == ["who", "b"]


def test_a_zone_that_is_ours_is_not_asked_for():
    place = Place(a={})
    place.after(AFTER_CONNECT_S)
    place.hear(a={"announcer": "me"})

    assert place.after(HELD_EVERY_S) == []


def test_nothing_is_asked_while_the_server_does_not_hear_us():
    place = Place(a={})
    place.keeper.connected_at = None

    assert place.after(100) == []


@pytest.mark.parametrize("answer", [Refused("not_announcer"), Refused("device_mute"), Unreachable("silence")])
def test_a_refusal_is_asked_again_later(answer):
    place = Place(a={})
    place.answer = answer

    assert place.after(AFTER_CONNECT_S) == ["who", "a"]
    assert place.after(FREE_EVERY_S) == ["a"]


def test_a_server_that_is_silent_is_not_asked_for_every_zone():
    place = Place(a={}, b={})
    place.answer = Unreachable("silence")

    assert place.after(AFTER_CONNECT_S) == ["who", "a"]


def test_a_box_that_was_put_elsewhere_learns_of_it():
    place = Place(a={}, b={})
    place.after(AFTER_CONNECT_S)
    place.who = Me("me", "b")

    assert "who" in place.after(WHO_EVERY_S)
    assert place.queue.me == Me("me", "b")
    place.keeper.moved()
    assert "who" in place.after(0)


def test_a_server_that_does_not_say_who_we_are_leaves_us_what_we_were():
    place = Place(a={})
    place.after(0)
    place.who = None
    place.after(WHO_EVERY_S)

    assert place.queue.me == Me("me")


def test_a_mute_box_asks_for_nothing_until_the_loudspeaker_is_back():
    place = Place(a={})
    place.trouble_is = "no soundcards found"

    assert place.after(AFTER_CONNECT_S) == ["who"]
    assert (place.sound.word, place.queue.audible) == ("none", False)
    place.trouble_is = None
    assert place.after(LOOK_EVERY_S - 0.1) == []
    assert place.after(0.1) == ["a"]
    assert (place.sound.word, place.queue.audible) == ("ok", True)


def test_the_device_list_is_read_every_ten_seconds_and_no_more():
    place = Place(a={})
    for _ in range(20):
        place.after(1)

    assert place.looked == 2


def test_a_player_that_breaks_off_is_distrusted_longer_each_time_until_it_works(tmp_path):
    place, wave = Place(a={}), Wave(tmp_path / "w", 1)
    place.breaks = True
    for times in (1, 2, 4):
        with pytest.raises(PlayFailed):
            place.sound.play(wave, "5-A001")
        place.now += DISTRUST_S * times - 0.1
        assert place.sound.word == "failed"
        place.now += 0.1
        assert place.sound.word == "ok"
    place.breaks = False
    place.sound.play(wave, "5-A001")
    assert place.sound.word == "ok"
    assert sound.LONGEST_DISTRUST_S <= 300
