"""Opening and closing the business day, by timetable or by hand; a demonstration's clock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from queue_server.domain import day as rules
from queue_server.domain.announcement import Announcement
from queue_server.domain.day import Day, DayState
from queue_server.domain.errors import BadRequest, ClockBackwards, DayAlreadyOpen, NotADemoHall, TicketsInService
from queue_server.domain.ticket import State, Ticket
from queue_server.domain.window import Line, Window, WindowState
from queue_server.services import learning
from queue_server.services.announcements import replace_earlier
from queue_server.services.seats import end_session
from queue_server.services.views import iso, row_view
from queue_server.store import current, waiting
from queue_server.store.unit_of_work import UnitOfWork

#: How far a demonstration's clock may be stepped at once.
LONGEST_STEP = timedelta(days=31)
#: Tickets ended in one transaction at the close: the write lock is held for milliseconds.
PORTION = 40

Result = dict[str, Any]
NewUnitOfWork = Callable[[], UnitOfWork]


def open_day(uow: UnitOfWork, manual: bool = True) -> Result:
    """Open the business day of the hall's present date, or open it again after a close."""
    hall = uow.hall()
    date, late = hall.local(uow.now).date(), manual and hall.is_late(uow.now)
    latest = uow.latest_day()
    if latest is not None and (latest.state is not DayState.CLOSED or latest.date > date):
        raise DayAlreadyOpen(date=latest.date.isoformat())
    if latest is not None and latest.date == date:
        latest.reopen(manual, late)
        today = latest
    else:
        today = Day(uow.hall_id, date, DayState.OPEN, uow.now, manual=manual, late=late)
    uow.record("day.opened", today, *_lines_of_a_new_day(uow, today), day=today)
    return {"day": row_view("days", vars(today), "staff")}


def _lines_of_a_new_day(uow: UnitOfWork, today: Day) -> list[Line]:
    """Lines that were closed for an earlier day take people again."""
    closed = [uow.line(row["letter"]) for row in current.hall_lines(uow.connection, uow.hall_id) if row["closed_on"]]
    over = [line for line in closed if line.closed_on != today.date]
    for line in over:
        line.open_again()
    return over


def begin_close(uow: UnitOfWork, force: bool) -> Result:
    """Stop issuing and calling. Refuses while people are at windows, unless forced."""
    today = uow.open_day()
    count = waiting.in_service(uow)
    if count and not force:
        raise TicketsInService(count=count)
    today.begin_close()
    uow.record("day.closing", today, day=today, forced=force)
    return {"day": row_view("days", vars(today), "staff")}


def close_some(uow: UnitOfWork) -> bool:
    """End some of what a closing day has left; True when the day is closed."""
    today = uow.latest_day()
    if today is None or today.state is not DayState.CLOSING:
        return True
    left = waiting.some_live(uow, PORTION)
    for ticket in left:
        _end_ticket(uow, ticket, today)
    if len(left) == PORTION:
        return False
    _close_windows(uow, today)
    today.close(uow.now)
    uow.record("day.closed", today, day=today)
    return True


def _end_ticket(uow: UnitOfWork, ticket: Ticket, today: Day) -> None:
    visit, window = uow.visit(ticket), ticket.window
    ticket.end_with_day(uow.now)
    # Somebody missed and never back stays "missed" in the figures; parked stays end as they were.
    if visit.outcome is None:
        visit.end(ticket.state, uow.now)
    replaced: list[Announcement] = replace_earlier(uow, window) if window else []
    facts: dict[str, Any] = {"window": window} if window else {}
    event_type = "ticket.unfinished" if ticket.state is State.UNFINISHED else "ticket.expired"
    uow.record(event_type, ticket, visit, *replaced, day=today, **facts)


def _close_windows(uow: UnitOfWork, today: Day) -> None:
    for row in current.hall_windows(uow.connection, uow.hall_id):
        if row["state"] != WindowState.CLOSED:
            window: Window = uow.window(row["code"])
            end_session(uow, window, today)


def finish_close(new_uow: NewUnitOfWork) -> None:
    """Carry a begun close to its end, a portion a transaction; safe to repeat after a crash.

    Then the hall learns from the day, a line a transaction.
    """
    over = False
    while not over:
        with new_uow() as uow:
            over = close_some(uow)
            letters = learning.letters(uow)
    for letter in letters:
        with new_uow() as uow:
            learning.long_services(uow, letter)


def keep_timetable(new_uow: NewUnitOfWork) -> None:
    """Do what the timetable wants done now: open the day, close it, or take up an interrupted close."""
    with new_uow() as uow:
        wanted = rules.due(uow.hall(), uow.latest_day(), uow.now)
        latest = uow.latest_day()
        if wanted == "close" and latest is not None and latest.state is DayState.OPEN:
            begin_close(uow, force=True)
        elif wanted == "open":
            open_day(uow, manual=False)
    if wanted == "close":
        finish_close(new_uow)
        keep_timetable(new_uow)


def step_clock(uow: UnitOfWork, to: datetime) -> Result:
    """Step a demonstration hall's clock forward to ``to``; the step is stored and outlives a restart.

    Refuses other halls, steps back, and steps of more than 31 days: a slip of the hand there would
    leave the hall in another year for good.
    """
    if not uow.hall().demo:
        raise NotADemoHall()
    if to < uow.now:
        raise ClockBackwards(now=iso(uow.now))
    if to - uow.now > LONGEST_STEP:
        raise BadRequest(field="to", problem="more than 31 days ahead")
    uow.offset = to - uow.real_now
    uow.now = to.astimezone(UTC)
    uow.record("clock.stepped", day=None)
    return {"now": iso(uow.now)}
