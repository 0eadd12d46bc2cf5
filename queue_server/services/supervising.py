"""What a supervisor moves: people to the front, lines, windows, skills, the hall's own rules."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from queue_server.domain import calling
from queue_server.domain.errors import UnknownClerk
from queue_server.domain.window import Line
from queue_server.services.held import keep_note, require_today
from queue_server.services.views import row_view, ticket_view, window_view
from queue_server.store import people, waiting
from queue_server.store.unit_of_work import UnitOfWork

Result = dict[str, Any]


def promote(uow: UnitOfWork, ticket_id: str, reason: str, note: str | None, author: str) -> Result:
    """Put a waiting ticket first in its line. Logged with the reason, shown with the call."""
    today, ticket = uow.open_day(), uow.ticket(ticket_id)
    require_today(ticket, today)
    visit = uow.visit(ticket)
    first = waiting.first_turns(uow, ticket.line, 1)
    if note:
        keep_note(uow, ticket, None, note, author)
    ticket.promote(calling.promoted_turn_at(first[0]) if first else uow.now, reason)
    visit.turn_at = ticket.turn_at
    uow.record("ticket.promoted", ticket, visit, day=today, reason=reason)
    return {"ticket": ticket_view(ticket), "ahead": waiting.ahead(uow, ticket)}


def close_line(uow: UnitOfWork, letter: str) -> Result:
    """Give no more numbers for a line today. Those who wait are still called."""
    today, line = uow.open_day(), uow.line(letter)
    line.close_for(today.date)
    uow.record("line.closed", line, day=today)
    return {"line": _line_view(line), "waiting": waiting.count(uow, letter)}


def open_line(uow: UnitOfWork, letter: str) -> Result:
    today, line = uow.open_day(), uow.line(letter)
    line.open_again()
    uow.record("line.opened", line, day=today)
    return {"line": _line_view(line), "waiting": waiting.count(uow, letter)}


def _line_view(line: Line) -> dict[str, Any]:
    return row_view("lines", vars(line), "staff")


def set_lines(uow: UnitOfWork, code: str, lines: Sequence[str], secondary: Sequence[str]) -> Result:
    """Change what a window serves, also while it is open: the next call goes by it.

    Tickets that are kept for the window in a line it no longer serves are the line's again.
    """
    window = uow.window(code)
    for letter in [*lines, *secondary]:
        uow.line(letter)
    # Each once: a line named twice would have its head rival itself.
    window.lines = list(dict.fromkeys(lines))
    window.secondary = [letter for letter in dict.fromkeys(secondary) if letter not in lines]
    served = window.served_lines
    freed = [ticket for ticket in waiting.kept_for(uow, code, window.clerk) if ticket.line not in served]
    for ticket in freed:
        ticket.target_window = ticket.target_clerk = None
    uow.record("window.lines_changed", window, *freed, day=uow.latest_day(), window=code)
    return {"window": window_view(window)}


def set_skills(uow: UnitOfWork, staff_id: str, letters: Sequence[str] | None) -> Result:
    """Say which lines a clerk may serve; None for all. Holds from the next time they sit down.

    Refuses unknown lines and members of staff.
    """
    for letter in letters or []:
        uow.line(letter)
    if not people.set_skills(uow.connection, uow.hall_id, staff_id, None if letters is None else sorted(set(letters))):
        raise UnknownClerk()
    uow.record("staff.skills_changed", day=uow.latest_day(), staff=staff_id)
    return {"staff": staff_id, "skills": letters}


def set_rules(uow: UnitOfWork, changes: dict[str, Any]) -> Result:
    """Change some of the hall's own rules; what is not named stays."""
    hall = uow.hall()
    rules = replace(hall.decided, **changes)
    hall.rules = rules.decided() or None
    uow.record("hall.rules_changed", hall, day=uow.latest_day())
    return {"rules": vars(rules).copy()}
