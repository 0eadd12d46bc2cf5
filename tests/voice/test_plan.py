"""The words of an announcement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.voice import plan
from queue_server.voice.normalise import LETTERS
from queue_server.voice.plan import Announcement
from tests.voice.espeak import DIGIT_PHONEMES, needs_espeak, without_tones

LINES = [letter for letter in LETTERS if letter not in "VY"]
calls = st.builds(
    Announcement,
    st.builds(
        lambda cls, line, serial: f"{cls}{line}{serial:03d}",
        st.sampled_from(["", "V", "Y"]), st.sampled_from(LINES), st.integers(1, 9999),
    ),
    st.sampled_from(["zero", "specialist"]),
    st.integers(0, 999),
    st.booleans(),
)  # fmt: skip


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (Announcement("A001", "specialist", 3), "请A零零一号到三号窗口"),
        (Announcement("Z012", "zero", None), "请Z零一二号到零号窗口"),
        (Announcement("Z012", "zero", 3), "请Z零一二号到零号窗口三号台"),
        (Announcement("A001", "specialist", 3, repeat=True), "再次呼叫，请A零零一号到三号窗口"),
        (Announcement("VA012", "specialist", 105), "请VA零一二号到一百零五号窗口"),
        (Announcement("B1008", "specialist", 20), "请B一零零八号到二十号窗口"),
    ],
)
def test_the_wording_is_the_halls(call, words):
    assert plan.text(call) == words


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (Announcement("A001", "specialist", 3), "Ticket A zero zero one, please go to window three."),
        (
            Announcement("VA012", "zero", 2, repeat=True),
            "Calling again: ticket V A zero one two, please go to the zero window, desk two.",
        ),
        (Announcement("Z001", "zero", None), "Ticket Z zero zero one, please go to the zero window."),
    ],
)
def test_the_english_wording(call, words):
    assert plan.text(call, "en") == words


@given(calls)
def test_no_digit_survives_in_any_announcement_of_any_language(call):
    for lang in ("zh", "en"):
        words = plan.engine_text(plan.text(call, lang), lang)
        assert not any(character.isdigit() for character in words)


@given(calls, calls)
def test_two_announcements_are_worded_alike_only_when_they_are_the_same(one, other):
    assert (plan.engine_text(plan.text(one)) == plan.engine_text(plan.text(other))) == (one == other)


@needs_espeak
@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("cls", ["", "V", "Y"])
def test_the_voice_is_made_to_say_the_digits_in_their_order(cls, line):
    """The espeak tier's phonemes: letter names, then exactly the ticket's digits, then 号."""
    from queue_server.voice.phonemes import ENGLISH, phonemes

    serial = "1590268437"[LINES.index(line) % 7 :][:3]
    words = plan.engine_text(plan.text(Announcement(f"{cls}{line}{serial}", "specialist", 108)))
    heard = phonemes("cmn-latn-pinyin", words)
    syllables = without_tones(heard)
    number = syllables[: syllables.index("XAu")]
    names = "".join(LETTERS[letter] for letter in cls + line)

    assert ENGLISH not in heard
    assert number[1 + len(names) :] == [DIGIT_PHONEMES[int(figure)] for figure in serial]
    assert syllables[syllables.index("XAu") + 1 :][:5] == ["tAu", "ji", "pai", "liN", "pA"]


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"number": "A001"},
        {"number": "A001", "window": {"kind": "vip", "number": 1}},
        {"number": "A001", "window": {"kind": "specialist", "number": None}},
        {"number": "A001", "window": {"kind": "specialist", "number": "3"}},
        {"number": "A001", "window": {"kind": "specialist", "number": True}},
        {"number": 1, "window": {"kind": "specialist", "number": 1}},
        {"number": "A001", "window": {"kind": "zero"}, "repeat": "no"},
    ],
)
def test_what_is_no_announcement_is_refused(message):
    with pytest.raises(ValueError, match=r".+"):
        Announcement.of(message)


def test_an_announcement_from_the_wire_is_the_one_that_was_meant():
    message = {"number": "A001", "window": {"kind": "zero", "number": 2}, "repeat": True}

    assert Announcement.of(message) == Announcement("A001", "zero", 2, True)
    assert Announcement.of({"number": "A001", "window": {"kind": "zero"}}) == Announcement("A001", "zero", None)
