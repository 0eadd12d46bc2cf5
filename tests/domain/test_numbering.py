"""Numbers on tickets."""

from datetime import date

import pytest

from queue_server.domain.errors import NumbersExhausted
from queue_server.domain.numbering import LINE_LETTERS, TicketClass, number_of
from queue_server.domain.series import Series


@pytest.mark.parametrize(
    ("serial", "ticket_class", "number"),
    [
        (1, TicketClass.ORDINARY, "A001"),
        (11, TicketClass.ORDINARY, "A011"),
        (12, TicketClass.CARE, "VA012"),
        (6, TicketClass.APPOINTMENT, "YA006"),
        (999, TicketClass.ORDINARY, "A999"),
        (1000, TicketClass.ORDINARY, "A1000"),
        (9999, TicketClass.CARE, "VA9999"),
    ],
)
def test_a_number_is_class_letter_line_letter_and_three_or_four_figures(
    serial: int, ticket_class: TicketClass, number: str
) -> None:
    assert number_of("A", serial, ticket_class) == number


def test_a_line_gives_9999_numbers_and_refuses_the_next() -> None:
    with pytest.raises(NumbersExhausted) as refusal:
        number_of("A", 10_000, TicketClass.ORDINARY)

    assert refusal.value.facts == {"line": "A"}


@pytest.mark.parametrize("letter", [*"VYIOEDQ", "a", "1", "Ａ", "甲", " "])
def test_letters_of_classes_and_letters_mistaken_when_spoken_are_refused(letter: str) -> None:
    with pytest.raises(ValueError, match="no line may have the letter"):
        number_of(letter, 1, TicketClass.ORDINARY)


def test_nineteen_letters_are_free_for_lines() -> None:
    assert len(LINE_LETTERS) == len(set(LINE_LETTERS)) == 19
    assert {number_of(letter, 1, TicketClass.ORDINARY) for letter in LINE_LETTERS} == {f"{x}001" for x in LINE_LETTERS}


def test_a_series_gives_every_serial_once_from_one() -> None:
    series = Series("test", date(2026, 11, 24), "A")

    assert [series.next() for _ in range(5)] == [1, 2, 3, 4, 5]
    assert series.last == 5
