"""Figures and letters become words, and nothing else reaches an engine."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.voice import normalise, plan
from tests.voice.espeak import DIGIT_PHONEMES, needs_espeak, without_tones

LETTERS_OF_THE_DEMO = "ABCHGFJSRWXKNPTZ"
CLASSES = ("", "V", "Y")


def read_cardinal(words: str) -> int:
    """What a person understands: an oracle that goes the other way, from words to a number."""
    total, figure = 0, 0
    for character in words:
        if character in normalise.DIGITS:
            figure = normalise.DIGITS.index(character)
        else:
            total, figure = total + (figure or 1) * {"十": 10, "百": 100}[character], 0
    return total + figure


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"), (2, "二"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"),
        (99, "九十九"), (100, "一百"), (105, "一百零五"), (108, "一百零八"), (110, "一百一十"),
        (112, "一百一十二"), (120, "一百二十"), (200, "二百"), (999, "九百九十九"),
    ],
)  # fmt: skip
def test_windows_are_cardinals(number, words):
    assert normalise.cardinal(number) == words


def test_a_person_understands_the_window_that_was_meant():
    assert [read_cardinal(normalise.cardinal(number)) for number in range(1000)] == list(range(1000))


def test_no_two_windows_are_said_alike():
    assert len({normalise.cardinal(number) for number in range(1000)}) == 1000


@pytest.mark.parametrize("number", [-1, 1000])
def test_a_window_that_no_hall_has_is_refused(number):
    with pytest.raises(ValueError, match="not a number of a window"):
        normalise.cardinal(number)


@pytest.mark.parametrize(("figure", "word"), list(zip("0123456789", "零一二三四五六七八九", strict=True)))
def test_every_figure_of_a_ticket_has_its_word(figure, word):
    assert normalise.ticket(f"A{figure * 3}") == f"A{word * 3}"


@pytest.mark.parametrize("number", ["A001", "A108", "B1000", "VA012", "YB006"])
def test_a_ticket_is_read_figure_by_figure(number):
    letters = number.rstrip("0123456789")
    figures = [normalise.DIGITS[int(figure)] for figure in number[len(letters) :]]

    assert normalise.ticket(number) == letters + "".join(figures)


@pytest.mark.parametrize(
    "number",
    ["", "001", "A", "A01", "I001", "AB001", "VVA001", "Va001", "A１２３", "A00²", "A0 1", "A001\n", "甲001", "V-01"],
)
def test_what_is_no_ticket_number_is_refused(number):
    with pytest.raises(ValueError, match="not a ticket number"):
        normalise.ticket(number)


@given(st.text(max_size=12))
def test_whatever_is_thrown_at_it_no_digit_of_any_script_survives(number):
    try:
        words = plan.engine_text(normalise.ticket(number))
    except ValueError:
        return
    assert not any(character.isdigit() for character in words)


@pytest.mark.parametrize("text", ["三1", "到３号", "第²", "٣"])
def test_a_digit_never_reaches_an_engine(text):
    for to_engine in (normalise.for_pinyin_voice, normalise.for_english_voice, normalise.without_digits):
        with pytest.raises(ValueError, match="a digit must not reach an engine"):
            to_engine(text)


def test_a_letter_without_a_spelling_never_reaches_the_pinyin_voice():
    with pytest.raises(ValueError, match="no name for"):
        normalise.for_pinyin_voice("请O零零一号")


@pytest.mark.parametrize(("cls", "letter"), list(itertools.product(CLASSES, LETTERS_OF_THE_DEMO)))
def test_every_letter_of_every_class_is_spelt_in_hanzi(cls, letter):
    spelt = normalise.for_pinyin_voice(normalise.ticket(f"{cls}{letter}123"))

    assert not spelt.isascii()
    assert spelt.endswith("一二三")
    assert all("\u4e00" <= character <= "\u9fff" for character in spelt)


def test_every_letter_a_line_may_have_is_in_the_table():
    from queue_server.domain.numbering import CLASS_LETTER, LINE_LETTERS

    assert set(LINE_LETTERS) | set("".join(CLASS_LETTER.values())) == set(normalise.LETTERS)


@needs_espeak
def test_no_two_letters_and_no_letter_and_digit_sound_alike():
    from queue_server.voice.phonemes import phonemes

    heard = {letter: without_tones(phonemes("cmn-latn-pinyin", name)) for letter, name in normalise.LETTERS.items()}
    said = [tuple(syllables) for syllables in heard.values()] + [(digit,) for digit in DIGIT_PHONEMES]

    assert len(set(said)) == len(said)


@needs_espeak
def test_the_pinyin_voice_knows_the_ten_figures_by_the_phonemes_the_tests_expect():
    from queue_server.voice.phonemes import phonemes

    assert without_tones(phonemes("cmn-latn-pinyin", normalise.DIGITS)) == DIGIT_PHONEMES


def test_english_letters_are_not_read_as_words():
    assert normalise.for_english_voice("Ticket A zero, at Z") == "Ticket eh zero, at zed"


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "zero"), (3, "three"), (12, "twelve"), (20, "twenty"), (45, "forty five"), (100, "one hundred"),
     (105, "one hundred and five"), (120, "one hundred and twenty")],
)  # fmt: skip
def test_english_windows_are_cardinals(number, words):
    assert normalise.cardinal_en(number) == words
