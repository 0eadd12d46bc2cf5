"""Sitting down at a window, pausing, leaving it."""

from typing import Any

from queue_server.domain.day import Day
from queue_server.domain.errors import ClerkElsewhere, UnknownClerk, WindowBusy
from queue_server.domain.window import ClerkSession, PauseReason, Window
from queue_server.services.views import window_view
from queue_server.store import current, people, waiting
from queue_server.store.unit_of_work import UnitOfWork, new_id

Result = dict[str, Any]


def open_window(uow: UnitOfWork, code: str, clerk: str, leave: bool = False, **facts: Any) -> Result:
    """Seat a clerk at a window. One clerk sits at one window, and the reverse.

    With ``leave`` the clerk first leaves the window where they sit, which must hold no ticket. A ticket
    that a released window still holds is the new clerk's.
    """
    today, window = uow.open_day(), uow.window(code)
    elsewhere = current.window_of(uow.connection, uow.hall_id, clerk)
    if elsewhere is not None:
        if not leave or elsewhere == code:
            raise ClerkElsewhere(window=elsewhere)
        close_window(uow, elsewhere, clerk)
    session = ClerkSession(new_id(), uow.hall_id, code, clerk, uow.now)
    window.open(session, uow.now, people.skills(uow.connection, clerk))
    uow.record("window.opened", window, session, day=today, window=code, **facts)
    return {"window": window_view(window)}


def close_window(uow: UnitOfWork, code: str, clerk: str | None) -> Result:
    """Leave a window. ``clerk`` None means a supervisor closes it. Refuses while it holds a ticket."""
    window = _seat(uow, code, clerk)
    require_free(uow, window)
    end_session(uow, window, uow.latest_day())
    return {"window": window_view(window)}


def release_window(uow: UnitOfWork, code: str) -> Result:
    """A supervisor takes an abandoned window from its clerk. A ticket there stays at the window.

    Nothing is finished silently: whoever sits down next, or the supervisor, ends what was begun.
    """
    window = _seat(uow, code, None)
    end_session(uow, window, uow.latest_day(), "window.released")
    return {"window": window_view(window)}


def take_over(uow: UnitOfWork, code: str, clerk: str, supervisor: str, leave: bool = False) -> Result:
    """Seat a clerk at a window that another has abandoned, by the word of a supervisor who stands there.

    The log names the supervisor. Refuses where nobody sits, or the clerk does, and what sitting down refuses.
    """
    window = _seat(uow, code, None)
    if window.clerk == clerk:
        raise ClerkElsewhere(window=code)
    end_session(uow, window, uow.latest_day(), "window.released", supervisor=supervisor)
    return open_window(uow, code, clerk, leave)


def open_for(uow: UnitOfWork, code: str, clerk: str, supervisor: str) -> Result:
    """A supervisor opens a window for a clerk of the hall, who finds it open at any computer.

    The log names the supervisor. Refuses who is no clerk or has left the staff, and what sitting down refuses:
    another sits there, the clerk sits elsewhere, the day is not open.
    """
    if not people.may_sit(uow.connection, uow.hall_id, clerk):
        raise UnknownClerk()
    return open_window(uow, code, clerk, supervisor=supervisor)


def end_session(
    uow: UnitOfWork, window: Window, today: Day | None, event_type: str = "window.closed", **facts: Any
) -> None:
    session = uow.find(ClerkSession, id=window.session)
    assert session is not None
    session.closed_at = uow.now
    window.close(uow.now)
    # Nobody calls for this window any more: what was kept for it is free for the line's others.
    released = waiting.kept_for(uow, window.code, session.clerk)
    for ticket in released:
        ticket.target_window = ticket.target_clerk = None
    uow.record(event_type, window, session, *released, day=today, window=window.code, **facts)


def pause(uow: UnitOfWork, code: str, clerk: str | None, reason: PauseReason) -> Result:
    """Stop calling for a while. Refuses while the window holds a ticket, so that no pause is handling time."""
    window = _seat(uow, code, clerk)
    require_free(uow, window)
    window.pause(reason, uow.now)
    uow.record("window.paused", window, day=uow.latest_day(), window=code)
    return {"window": window_view(window)}


def resume(uow: UnitOfWork, code: str, clerk: str | None) -> Result:
    window = _seat(uow, code, clerk)
    window.resume(uow.now)
    uow.record("window.resumed", window, day=uow.latest_day(), window=code)
    return {"window": window_view(window)}


def _seat(uow: UnitOfWork, code: str, clerk: str | None) -> Window:
    window = uow.window(code)
    window.require_staffed()
    if clerk is not None:
        window.require_clerk(clerk)
    return window


def require_free(uow: UnitOfWork, window: Window) -> None:
    """Refuse while somebody is called to or served at the window."""
    held = waiting.at_window(uow, window.code)
    if held is not None:
        raise WindowBusy(window=window.code, ticket=held.number)
