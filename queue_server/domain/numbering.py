"""Ticket numbers: class letter, line letter, serial of the day."""

from enum import StrEnum

from queue_server.domain.errors import NumbersExhausted

#: Letters a line may have. V and Y mark classes; I, O, E, D and Q are mistaken when spoken.
LINE_LETTERS = "ABCFGHJKLMNPRSTUWXZ"

#: The largest serial a line gives in a day; a display has room for four figures.
LAST_SERIAL = 9999


class TicketClass(StrEnum):
    """What a ticket's place in line is reckoned from; fixed when it is issued."""

    ORDINARY = "ordinary"
    #: The elderly, the disabled, the pregnant, serving soldiers. The reason is never stored.
    CARE = "care"
    APPOINTMENT = "appointment"


CLASS_LETTER = {TicketClass.ORDINARY: "", TicketClass.CARE: "V", TicketClass.APPOINTMENT: "Y"}


def number_of(letter: str, serial: int, ticket_class: TicketClass) -> str:
    """The number on the ticket: ``A011``, ``VA012``, ``YB006``; four figures from 1000.

    Refuses serials above 9,999. Raises ValueError for a letter that no line may have.
    """
    if letter not in LINE_LETTERS:
        raise ValueError(f"no line may have the letter {letter!r}")
    if serial > LAST_SERIAL:
        raise NumbersExhausted(line=letter)
    return f"{CLASS_LETTER[ticket_class]}{letter}{serial:03d}"
