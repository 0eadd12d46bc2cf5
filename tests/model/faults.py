"""The product broken on purpose, in one place each: what the machines must find."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from hypothesis.errors import Flaky
from sqlalchemy.exc import DBAPIError

import display_client.reducer as box_reducer
from queue_server.domain import calling, delivery, ticket, zone
from queue_server.domain import printing as print_jobs
from queue_server.domain.window import Window
from queue_server.services import counters, days, news, printing, ratings, seats, transfers, views, zones
from queue_server.store import calls_for_help, handled, idempotency, people, prints, unit_of_work, waiting

Break = Callable[[pytest.MonkeyPatch], None]


def behind_the_second(patch: pytest.MonkeyPatch) -> None:
    """Who comes back stands behind the second who waits, not behind the third."""
    right = calling.reinstated_turn_at
    patch.setattr(calling, "reinstated_turn_at", lambda turns, back, now: right(turns[:2], back, now))


def microsecond_too_far(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(calling, "JUST_BEHIND", timedelta(microseconds=2))


def no_stored_answers(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(idempotency, "earlier_answer", lambda *_: None)
    patch.setattr(idempotency, "keep", lambda *_: None)


def any_body_for_a_key(patch: pytest.MonkeyPatch) -> None:
    """A key that comes with another body gets the first body's answer."""
    for name in ("earlier_answer", "keep"):
        patch.setattr(idempotency, name, _with_one_fingerprint(getattr(idempotency, name)))


def _with_one_fingerprint(right: Callable[..., Any]) -> Callable[..., Any]:
    return lambda connection, press, *more: right(connection, replace(press, fingerprint="one"), *more)


def secondary_lines_at_once(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(calling, "SECONDARY_DELAY", timedelta(0))


def care_without_credit_after_a_transfer(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(calling, "turn_at", lambda reference, _: reference)


def comes_back_three_times(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ticket, "REINSTATE_AT_MOST", 3)


def kept_for_a_closed_window(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(waiting, "kept_for", lambda *_: [])


def old_calls_stay_to_be_spoken(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(counters, "replace_earlier", lambda *_, **__: [])


def time_runs_backwards(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(unit_of_work, "max", lambda clock, last: clock, raising=False)


def busy_windows_call(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(counters, "require_free", lambda *_: None)


def ahead_counts_oneself(patch: pytest.MonkeyPatch) -> None:
    right = waiting.ahead
    patch.setattr(waiting, "ahead", lambda uow, one: right(uow, one) + 1)


# -- orders of a counter, a supervisor and the zero window --------------------------------------


def kept_for_who_has_gone(patch: pytest.MonkeyPatch) -> None:
    """A later stop, and the way back, are kept for the window though it has closed since."""
    patch.setattr(transfers, "possible", lambda _, stop: stop)


def finish_undone_after_a_newer_call(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(waiting, "called_last", lambda *_: mock.ANY)


def returned_with_the_old_turn(patch: pytest.MonkeyPatch) -> None:
    """Who was set aside for hours comes back before everybody who came meanwhile."""
    patch.setattr(calling, "returned_turn_at", lambda old, _: old)


def returned_with_credit(patch: pytest.MonkeyPatch) -> None:
    right = calling.returned_turn_at
    patch.setattr(calling, "returned_turn_at", lambda old, now: right(old, now) - calling.POSTPONEMENT)


def skills_ignored(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Window, "own", property(lambda self: list(self.lines)))


def promoted_behind_the_head(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(calling, "promoted_turn_at", lambda head: head + calling.JUST_BEHIND)


def moved_without_their_turn(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ticket.Ticket, "move", lambda self, line, now: self.redirect({"line": line}, now, now))


def help_called_twice(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(calls_for_help, "open_at", lambda *_: None)


def lines_closed_for_ever(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(days, "_lines_of_a_new_day", lambda *_: [])


def rated_where_the_journey_ended(patch: pytest.MonkeyPatch) -> None:
    """A pad's rating goes to the last stay, wherever that was."""
    right = ratings._keep
    patch.setattr(ratings, "_keep", lambda uow, one, _, *more: right(uow, one, handled.latest_visit(uow, one), *more))


# -- loudspeakers and screens ---------------------------------------------------------------------


def any_box_speaks(patch: pytest.MonkeyPatch) -> None:
    """Two boxes in one zone speak over one another."""
    patch.setattr(zone, "require_free", lambda *_: None)


def the_dead_keep_their_zone(patch: pytest.MonkeyPatch) -> None:
    """Nobody takes over when the announcer dies."""
    patch.setattr(zone, "ALIVE_WITHIN", timedelta(days=1))


def an_idle_announcer_is_never_overtaken(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(zone, "is_overdue", lambda *_: False)


def the_mute_keep_their_zone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(zones, "fallen_silent", lambda *_: None)


def one_screen_proves_for_all(patch: pytest.MonkeyPatch) -> None:
    right = delivery.proof
    patch.setattr(
        delivery, "proof", lambda *given: replace(right(*given), of=1) if right(*given).shown else right(*given)
    )


def unshown_is_told_again_and_again(patch: pytest.MonkeyPatch) -> None:
    right = delivery.is_unshown
    patch.setattr(delivery, "is_unshown", lambda call, *more: right(replace(call, unshown_at=None), *more))


#: Found soon with little else than calls, loudspeakers and screens.
VOICE: list[Break] = [
    any_box_speaks,
    the_dead_keep_their_zone,
    an_idle_announcer_is_never_overtaken,
    the_mute_keep_their_zone,
    one_screen_proves_for_all,
    unshown_is_told_again_and_again,
]


def finished_a_moment_after_the_call(patch: pytest.MonkeyPatch) -> None:
    """The second half of a double press finishes the person whom the first half called."""
    patch.setattr(ticket, "ONE_PRESS_AFTER", timedelta(0))


def served_from_the_finish(patch: pytest.MonkeyPatch) -> None:
    """Without an arrival the service is counted from its end, and takes no time."""
    patch.setattr(ticket.Ticket, "start_at_call", lambda self, now: self.start(now))


def opened_for_anybody(patch: pytest.MonkeyPatch) -> None:
    """A supervisor opens a window for somebody who is not of the staff."""
    patch.setattr(people, "may_sit", lambda *_: True)


def taken_over_from_oneself(patch: pytest.MonkeyPatch) -> None:
    """Whoever sits at a window takes it over as if it were abandoned, and the count of the served begins anew."""

    def careless(uow: Any, code: str, clerk: str, _: str, leave: bool = False) -> Any:
        seats.release_window(uow, code)
        return seats.open_window(uow, code, clerk, leave)

    patch.setattr(seats, "take_over", careless)


def left_with_somebody_in_service(patch: pytest.MonkeyPatch) -> None:
    """Whoever sits down elsewhere, or is closed, leaves a person standing at the window."""
    patch.setattr(seats, "require_free", lambda *_: None)


#: Faults of the server that its machine must find.
SERVER: list[Break] = [
    behind_the_second, microsecond_too_far, no_stored_answers, any_body_for_a_key, secondary_lines_at_once,
    care_without_credit_after_a_transfer, comes_back_three_times, kept_for_a_closed_window, old_calls_stay_to_be_spoken,
    time_runs_backwards, busy_windows_call, ahead_counts_oneself,
    kept_for_who_has_gone, finish_undone_after_a_newer_call, returned_with_the_old_turn, returned_with_credit,
    skills_ignored, promoted_behind_the_head, moved_without_their_turn, help_called_twice, lines_closed_for_ever,
    rated_where_the_journey_ended, finished_a_moment_after_the_call, served_from_the_finish,
    opened_for_anybody, taken_over_from_oneself, left_with_somebody_in_service, *VOICE,
]  # fmt: skip
#: Those found soon with little else than who sits where.
SEATING: list[Break] = [opened_for_anybody, taken_over_from_oneself, left_with_somebody_in_service]
#: Those found within a second or two.
QUICK: list[Break] = [
    microsecond_too_far,
    no_stored_answers,
    any_body_for_a_key,
    secondary_lines_at_once,
    care_without_credit_after_a_transfer,
    time_runs_backwards,
    busy_windows_call,
    ahead_counts_oneself,
]
#: Those found as soon with little else than what a counter does.
COUNTER: list[Break] = [
    kept_for_who_has_gone,
    finish_undone_after_a_newer_call,
    returned_with_the_old_turn,
    returned_with_credit,
    skills_ignored,
    promoted_behind_the_head,
    moved_without_their_turn,
    rated_where_the_journey_ended,
    help_called_twice,
    finished_a_moment_after_the_call,
    served_from_the_finish,
]


# -- news ------------------------------------------------------------------------------------


def printed_twice(patch: pytest.MonkeyPatch) -> None:
    """A sheet that failed is claimed again instead of being ordered again."""
    right = print_jobs.PrintJob._require
    patch.setattr(print_jobs.PrintJob, "_require", lambda self, by, *states: right(self, by, *states, "failed"))


def printed_by_any_printer(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(prints, "printers", lambda *_: [replace(one, window=None) for one in PRINTERS(*_)])


def sheets_wait_for_ever(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(printing, "CLAIMED_WITHIN", timedelta(days=1))


PRINTERS = prints.printers
SHEETS: list[Break] = [printed_twice, printed_by_any_printer, sheets_wait_for_ever]


def news_without_windows(patch: pytest.MonkeyPatch) -> None:
    right = views.changes_view

    def forgetful(changes: Any, scope: Any) -> Any:
        return right({name: rows for name, rows in changes.items() if name != "windows"}, scope)

    patch.setattr(news, "changes_view", forgetful)


def any_history_is_ours(patch: pytest.MonkeyPatch) -> None:
    """A reader that followed another history is sent the missing events of this one."""

    class Anything(str):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = str.__hash__

    patch.setattr(news, "_shown_hash", lambda *_: Anything())


def box_keeps_ended_tickets(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(box_reducer, "ENDED", frozenset({"left", "expired"}))


#: Faults of the server's news and of the box that the machine of the readers must find.
NEWS: list[Break] = [news_without_windows, any_history_is_ours, box_keeps_ended_tickets]
NEWS_QUICK: list[Break] = [news_without_windows, box_keeps_ended_tickets]
#: What finding one looks like: the model's assertion, a constraint of the database, a refusal that did not come.
# A fault may show itself once and not when it is repeated; that a sound machine repeats itself, its own tests show.
FOUND = (AssertionError, DBAPIError, ExceptionGroup, Flaky, pytest.fail.Exception)
#: Faults of the pages' reader: file, what is there, what is put there instead.
PAGES: dict[str, tuple[str, str, str]] = {
    "a gap is skipped": (
        "feed.js",
        "this.#early.get(this.#seq + 1)",
        "[...this.#early.values()].find((one) => one.seq > this.#seq)",
    ),
    "another history goes unnoticed": ("feed.js", "(head.seq === this.#seq && head.hash !== this.#hash)", "false"),
    "another epoch goes unnoticed": ("feed.js", "head.epoch !== this.#epoch || ", ""),
    "an answer from before a restore counts": ("feed.js", "asked.number < this.#countsFrom", "false"),
    "a replay goes on from whatever is there": ("feed.js", "asked && !this.#continues(answer, asked)", "false"),
    "an older answer is always a late one": ("feed.js", "asked !== null && asked.seq !== this.#seq", "true"),
    "replays are thrown away": ("feed.js", "for (const event of answer.events || [])", "for (const event of [])"),
    "windows are ignored": ("reduce.js", "if (data.windows)", "if (false)"),
    "a new day keeps yesterday's tickets": ("reduce.js", "tickets: {}, announcements: []", "announcements: []"),
    "one announcement too many": ("reduce.js", "const ANNOUNCEMENTS_KEPT = 30", "const ANNOUNCEMENTS_KEPT = 31"),
    "no question after a gap": ("feed.js", "setTimeout(() => this.ask(), PATIENCE)", "0"),
}  # fmt: skip
