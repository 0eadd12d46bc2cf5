"""What may happen to a ticket: every state × every verb."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from queue_server.domain.errors import IllegalMove, ReinstatedTooLate, ReinstatedTooOften, TooLateToUndo
from queue_server.domain.ticket import MOVES, State, Ticket
from tests.domain.build import NINE, at, ticket

S = State
NOW = at("9:10")
Verb = Callable[[Ticket], None]
VERBS: dict[str, Verb] = {
    "call": lambda t: t.call("1", NOW, None),
    "recall": lambda t: t.recall(),
    "start": lambda t: t.start(NOW),
    "finish": lambda t: t.finish(NOW),
    "undo_finish": lambda t: t.undo_finish(NOW),
    "miss": lambda t: t.miss(NOW),
    "reinstate": lambda t: t.reinstate(NOW, NOW),
    "transfer": lambda t: t.transfer({"line": "B", "window": None, "clerk": None}, NINE, NOW),
    "move": lambda t: t.move("B", NOW),
    "redirect": lambda t: t.redirect({"line": "B"}, NINE, NOW),
    "promote": lambda t: t.promote(NINE, "illness"),
    "park": lambda t: t.park(None, NOW),
    "unpark": lambda t: t.unpark(NOW, NOW),
    "leave": lambda t: t.leave(NOW),
    "end_with_day": lambda t: t.end_with_day(NOW),
}
#: From product.md ("Ticket states") and decisions.md ("Moves beyond product.md"); what is not here is refused.
ALLOWED: dict[tuple[str, State], State] = {
    ("call", S.WAITING): S.CALLED,
    ("call", S.MISSED): S.CALLED,
    ("recall", S.CALLED): S.CALLED,
    ("start", S.CALLED): S.SERVING,
    ("finish", S.SERVING): S.DONE,
    ("undo_finish", S.DONE): S.SERVING,
    ("miss", S.CALLED): S.MISSED,
    ("reinstate", S.MISSED): S.WAITING,
    ("transfer", S.CALLED): S.WAITING,
    ("transfer", S.SERVING): S.WAITING,
    ("move", S.WAITING): S.WAITING,
    ("redirect", S.WAITING): S.WAITING,
    ("promote", S.WAITING): S.WAITING,
    ("park", S.SERVING): S.PARKED,
    ("unpark", S.PARKED): S.WAITING,
    ("leave", S.WAITING): S.LEFT,
    ("leave", S.CALLED): S.LEFT,
    ("leave", S.MISSED): S.LEFT,
    ("end_with_day", S.WAITING): S.EXPIRED,
    ("end_with_day", S.MISSED): S.EXPIRED,
    ("end_with_day", S.PARKED): S.EXPIRED,
    ("end_with_day", S.CALLED): S.UNFINISHED,
    ("end_with_day", S.SERVING): S.UNFINISHED,
}


def in_state(state: State) -> Ticket:
    window = "1" if state in (S.CALLED, S.SERVING) else None
    return ticket(state, window=window, missed_at=at("9:05"), ended_at=NOW - timedelta(seconds=5))


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_moves_as_designed_or_is_refused_and_changes_nothing(verb: str, state: State) -> None:
    holder = in_state(state)
    before = dict(vars(holder))

    if (verb, state) in ALLOWED:
        VERBS[verb](holder)
        assert holder.state is ALLOWED[verb, state]
    else:
        with pytest.raises(IllegalMove) as refusal:
            VERBS[verb](holder)
        assert vars(holder) == before
        assert refusal.value.facts["ticket"] == "A001"
        assert refusal.value.facts["state"] == state


def test_the_table_of_moves_allows_nothing_that_no_verb_does() -> None:
    done = {(state, to) for (_, state), to in ALLOWED.items()}

    assert {(state, to) for state, targets in MOVES.items() for to in targets} == done


def test_what_has_ended_stays_ended() -> None:
    assert all(not MOVES[state] for state in (S.LEFT, S.EXPIRED, S.UNFINISHED))


@pytest.mark.parametrize(("back_at", "refused"), [("9:35", False), ("9:35:00.000001", True)])
def test_a_missed_person_may_come_back_for_thirty_minutes_from_the_miss(back_at: str, refused: bool) -> None:
    holder = ticket(S.MISSED, missed_at=at("9:05"))

    if refused:
        with pytest.raises(ReinstatedTooLate):
            holder.reinstate(NINE, at(back_at))
        assert (holder.state, holder.reinstatements) == (S.MISSED, 0)
    else:
        holder.reinstate(NINE, at(back_at))
        assert (holder.state, holder.reinstatements) == (S.WAITING, 1)


def test_the_third_time_a_missed_person_takes_a_new_number() -> None:
    holder = ticket(S.MISSED, missed_at=at("9:05"), reinstatements=2)

    with pytest.raises(ReinstatedTooOften):
        holder.reinstate(NINE, at("9:06"))

    assert (holder.state, holder.reinstatements, holder.turn_at) == (S.MISSED, 2, NINE)


@pytest.mark.parametrize(("after_s", "refused"), [(10, False), (10.000001, True)])
def test_a_finish_is_taken_back_within_ten_seconds_only(after_s: float, refused: bool) -> None:
    holder = ticket(S.DONE, ended_at=NOW)

    if refused:
        with pytest.raises(TooLateToUndo):
            holder.undo_finish(NOW + timedelta(seconds=after_s))
    else:
        holder.undo_finish(NOW + timedelta(seconds=after_s))
        assert (holder.state, holder.ended_at) == (S.SERVING, None)


def test_the_first_call_is_remembered_through_a_miss_and_another_call() -> None:
    holder = ticket()
    holder.call("1", at("9:05"), None)
    holder.recall()
    holder.miss(at("9:07"))
    assert (holder.window, holder.missed_at) == (None, at("9:07"))

    holder.reinstate(at("9:20"), at("9:08"))
    holder.call("2", at("9:30"), None)

    assert (holder.first_called_at, holder.called_at) == (at("9:05"), at("9:30"))
    assert (holder.calls, holder.window) == (3, "2")


def test_a_transfer_keeps_the_number_and_the_first_issue_and_begins_a_new_visit() -> None:
    holder = ticket(S.SERVING, window="1", called_at=at("9:05"), started_at=at("9:06"), first_called_at=at("9:05"))

    holder.transfer({"line": "B", "window": "3"}, NINE, at("9:12"))

    assert (holder.number, holder.origin, holder.line, holder.visit) == ("A001", "A", "B", 2)
    assert (holder.issued_at, holder.turn_at, holder.joined_at) == (NINE, NINE, at("9:12"))
    assert (holder.window, holder.called_at, holder.started_at, holder.target_window) == (None, None, None, "3")
    assert holder.first_called_at == at("9:05")
