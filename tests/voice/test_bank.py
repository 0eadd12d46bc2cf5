"""Which clips make an announcement."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.voice import bank, plan
from queue_server.voice.bank_build import clips
from queue_server.voice.plan import Announcement
from tests.voice.banks import ENGLISH, MANDARIN

A001 = Announcement("A001", "specialist", 3)
TEXTS = {clip.key: clip.text for clip in clips.everything()}


def keys(call, lang="zh", have=(*MANDARIN, *ENGLISH)):
    found = bank.pieces(call, lang, have)
    return found and [piece.key for piece in found]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (A001, "zh/call/A001 zh/window/3"),
        (Announcement("A002", "specialist", 3), "zh/letter/A zh/digit/0 zh/tail/02 zh/window/3"),
        (Announcement("VA007", "specialist", 20), "zh/letter/VA zh/number/007 zh/window/20"),
        (Announcement("A1008", "specialist", 4), "zh/letter/A zh/digit/1 zh/number/008 zh/window/4"),
        (Announcement("Z012", "zero", 3), "zh/letter/Z zh/digit/0 zh/tail/12 zh/zero/3"),
        (Announcement("Z012", "zero", None), "zh/letter/Z zh/digit/0 zh/tail/12 zh/zero"),
        (Announcement("A007", "specialist", 1, True), "zh/again zh/letter/A zh/number/007 zh/window/1"),
        (
            Announcement("A007", "specialist", 1, also=("A001", "VA008")),
            "zh/letter/A zh/number/007 zh/call/A001 zh/letter/VA zh/number/008 zh/window/1",
        ),
    ],
)
def test_half_phrases_come_first_then_letter_and_number(call, expected):
    assert keys(call) == expected.split()


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (A001, "en/letter/A en/digit/0 en/digit/0 en/last/1 en/window/3"),
        (
            Announcement("VA1234", "zero", 3, True),
            "en/again en/letter/VA en/digit/1 en/digit/2 en/digit/3 en/last/4 en/zero/3",
        ),
    ],
)  # fmt: skip
def test_english_says_figures_one_by_one(call, expected):
    assert keys(call, "en") == expected.split()


@pytest.mark.parametrize(
    "call",
    [
        Announcement("B001", "specialist", 3),
        Announcement("A003", "specialist", 3),
        Announcement("A001", "specialist", 5),
        Announcement("A001", "specialist", 3, also=("B001",)),
    ],
)
def test_a_call_that_lacks_one_clip_is_left_to_espeak_as_a_whole(call):
    assert keys(call) is None


@pytest.mark.parametrize("call", [Announcement("O001", "specialist", 3), Announcement("A001", "specialist", 1000)])
def test_what_cannot_be_said_is_refused(call):
    with pytest.raises(ValueError, match="not a"):
        keys(call)


def test_between_two_tickets_and_after_again_there_is_a_longer_silence():
    call = Announcement("A007", "specialist", 3, True, also=("A001",))
    found = {piece.key: piece.pause_ms for piece in bank.pieces(call, "zh", MANDARIN)}

    assert found["zh/again"] == 0
    assert found["zh/letter/A"] == found["zh/call/A001"] == bank.LONG_PAUSE
    assert found["zh/window/3"] > found["zh/number/007"]


def spelt(text):
    """A text without what is only written: commas, capitals, the full stop, the colon."""
    return text.lower().replace("，", "").replace(",", "").replace(":", "").replace(".", "").replace(" ", "")


def some_calls(count):
    pick = random.Random(3)
    for _ in range(count):
        letters = pick.choice(["", "V", "Y"]) + pick.choice(clips.LINES)
        figures = f"{pick.randrange(1, pick.choice([300, 1000, 10000])):03d}"
        kind = pick.choice(["zero", "specialist"])
        place = pick.choice([None, *range(1, 13)]) if kind == "zero" else pick.randrange(121)
        yield Announcement(
            letters + figures, kind, place, pick.random() < 0.3, tuple(pick.sample(["A001", "YZ1020"], 1))
        )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("without", ["nothing", "/call/", "/number/"])
def test_the_words_of_the_clips_are_the_words_of_the_announcement(lang, without):
    have = [key for key in TEXTS if without not in key]
    for call in some_calls(300):
        found = bank.pieces(call, lang, have)

        assert spelt("".join(TEXTS[piece.key] for piece in found)) == spelt(plan.text(call, lang))


def test_no_clip_is_asked_to_say_a_digit():
    for key, text in TEXTS.items():
        assert not any(character.isdigit() for character in text), key


def test_every_clip_can_be_put_into_the_models_symbols():
    from queue_server.voice.bank_build import symbols

    for clip in clips.everything():
        for way in range(3):
            assert symbols.tokens(clip.said(way)), clip.key


@given(st.lists(st.tuples(st.sampled_from(sorted(TEXTS)), st.integers(0, 500)), min_size=1))
def test_the_drivers_line_says_the_same_clips(found):
    pieces = [bank.Piece(*piece) for piece in found]

    assert bank.read(bank.written(pieces)) == pieces


@pytest.mark.parametrize("line", ["", "请A001号", "zh/again", "x:zh/again", "0:"])
def test_words_are_no_line_of_clips(line):
    with pytest.raises(ValueError, match=r"line of clips|invalid literal"):
        bank.read(line)
