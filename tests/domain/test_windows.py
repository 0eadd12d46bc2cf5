"""Windows and the clerks at them; announcements and their devices."""

from datetime import date

import pytest

from queue_server.domain.announcement import Announcement, Spoken
from queue_server.domain.device_errors import AlreadyStarted
from queue_server.domain.errors import (
    ClerkElsewhere,
    NotYourWindow,
    WindowClosed,
    WindowNotPaused,
    WindowPaused,
    WindowTaken,
)
from queue_server.domain.window import ClerkSession, PauseReason, Window, WindowState
from tests.domain.build import NINE, at


def session(clerk: str) -> ClerkSession:
    return ClerkSession(f"s-{clerk}", "test", "1", clerk, NINE)


def window(clerk: str | None = "li") -> Window:
    made = Window("test", "1", "specialist", 1, "A区", ["A"])
    if clerk:
        made.open(session(clerk), NINE)
    return made


def test_a_window_has_one_clerk() -> None:
    taken = window("li")

    with pytest.raises(WindowTaken):
        taken.open(session("wang"), NINE)
    with pytest.raises(ClerkElsewhere):
        taken.open(session("li"), NINE)

    taken.require_clerk("li")
    with pytest.raises(NotYourWindow):
        taken.require_clerk("wang")


def test_nothing_is_done_at_a_closed_window() -> None:
    closed = window(None)

    for verb in (
        closed.require_staffed,
        closed.require_open,
        lambda: closed.require_clerk("li"),
        lambda: closed.pause(PauseReason.MEAL, NINE),
        lambda: closed.resume(NINE),
        lambda: closed.close(NINE),
    ):
        with pytest.raises(WindowClosed):
            verb()


def test_a_pause_keeps_the_clerk_and_the_reason_until_it_ends() -> None:
    paused = window()
    paused.pause(PauseReason.MEAL, at("12:00"))

    assert (paused.state, paused.pause_reason, paused.since) == (WindowState.PAUSED, "meal", at("12:00"))
    with pytest.raises(WindowPaused):
        paused.require_open()
    with pytest.raises(WindowPaused):
        paused.pause(PauseReason.REST, at("12:01"))
    paused.resume(at("13:00"))

    assert (paused.state, paused.pause_reason, paused.clerk) == (WindowState.OPEN, None, "li")
    with pytest.raises(WindowNotPaused):
        paused.resume(at("13:00"))


def test_a_new_clerk_begins_with_nothing_served() -> None:
    used = window()
    used.finished(300)
    used.close(at("12:00"))
    assert (used.clerk, used.session) == (None, None)

    used.open(session("wang"), at("14:00"))

    assert (used.served, used.handling_s, used.clerk) == (0, 0, "wang")


def announcement(state: Spoken = Spoken.QUEUED, device: str | None = None) -> Announcement:
    return Announcement("test", 7, date(2026, 11, 24), "t", "A001", "A", "1", False, NINE, state, device=device)


@pytest.mark.parametrize("state", list(Spoken))
def test_a_device_claims_what_is_queued_or_late_and_nothing_else(state: Spoken) -> None:
    spoken = announcement(state, "other")

    if state in (Spoken.QUEUED, Spoken.UNSPOKEN):
        spoken.start("screen", NINE)
        assert (spoken.state, spoken.device) == (Spoken.STARTED, "screen")
    else:
        with pytest.raises(AlreadyStarted):
            spoken.start("screen", NINE)
        assert (spoken.state, spoken.device) == (state, "other")


def test_only_the_device_that_claimed_it_ends_it() -> None:
    spoken = announcement(Spoken.STARTED, "screen")

    with pytest.raises(AlreadyStarted):
        spoken.end("other", NINE)
    with pytest.raises(AlreadyStarted):
        spoken.fail("other")
    spoken.end("screen", NINE)

    assert spoken.state is Spoken.ENDED
    with pytest.raises(AlreadyStarted):
        spoken.fail("screen")
