"""What a command is about, what is remembered of it, and what is said about it."""

from argparse import Namespace
from typing import Any

import pytest

from counter_client import __main__ as program
from counter_client.api import Answer, Refusal, UnreachableError
from counter_client.counter import COMMANDS, words_of
from counter_client.crew import CredentialsError, read_credentials
from counter_client.memory import Memory, Press, Seat
from counter_client.presser import KEPT_S, STILL_MEANT_S, Outcome, Presser
from counter_client.window_view import View, view_of

WINDOW = {"code": "3", "number": 3, "kind": "specialist", "state": "open", "lines": ["A"], "secondary": ["G"]}
CLERK = "7"
CALLED = Answer(201, {"seq": 9, "ticket": {"number": "A003"}, "finished": None})


def ticket(number: str, state: str, window: str | None = None) -> dict:
    return {"id": f"id-{number}", "number": number, "line": number[0], "state": state, "window": window}


OTHERS = [ticket("A001", "serving", "4"), ticket("A002", "waiting")]


def seen(*tickets: dict, rules: dict | None = None, **window: Any) -> View:
    state = {
        "hall": {"id": "main", "rules": rules},
        "windows": {"3": WINDOW | {"clerk": CLERK} | window},
        "tickets": {found["number"]: found for found in [*OTHERS, *tickets]},
        "lines": {},
    }
    return view_of(state, CLERK, "3")


class Hall:
    """An Api that answers as it was told to and keeps the orders."""

    def __init__(self, *answers: Answer | Exception) -> None:
        self.answers, self.orders = list(answers), []

    def order(self, method: str, path: str, body: dict, key: str) -> Answer:
        self.orders.append((path, body, key))
        answer = self.answers.pop(0) if self.answers else CALLED
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def memory(tmp_path) -> Memory:
    return Memory(tmp_path / "desk")


@pytest.fixture
def presser(memory):
    """A desk's presses, one minute after another."""

    def press(hall: Hall, command: str, view: View, at: float = 0.0, **words: str) -> Outcome:
        return Presser(hall, memory).press(command, words, lambda: view, at)

    return press


@pytest.mark.parametrize(
    ("words", "order"),
    [
        (["recall"], ("/tickets/id-A003/recalls", {})),
        (["start"], ("/tickets/id-A003/starts", {})),
        (["next"], ("/tickets/id-A003/starts", {})),
        (["missed"], ("/tickets/id-A003/misses", {})),
        (["finish"], ("/tickets/id-A003/finishes", {})),
        (
            ["transfer", "b", "--note", "缺复印件", "--window", "9"],
            ("/tickets/id-A003/transfers", {"line": "B", "note": "缺复印件", "window": "9"}),
        ),
        (["call"], ("/windows/3/calls", {})),
        (["pause", "meal"], ("/windows/3/pauses", {"reason": "meal"})),
        (["resume"], ("/windows/3/resumptions", {})),
        (["open"], ("/windows/3/sessions", {})),
        (["close"], ("/windows/3/closing", {})),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_command_is_one_order_about_this_window_or_its_ticket(presser, words, order):
    options, hall = program.parser().parse_args(words), Hall()
    presser(hall, options.command, seen(ticket("A003", "called", "3")), **words_of(options))

    assert [sent[:2] for sent in hall.orders] == [order]


@pytest.mark.parametrize(
    ("rules", "state", "path", "body"),
    [
        ({}, "called", "/tickets/id-A003/starts", {}),
        ({"arrival": False}, "called", "/windows/3/calls", {"finishing": "id-A003"}),
        ({"arrival": False, "one_press": False}, "called", "/tickets/id-A003/finishes", {}),
        ({"one_press": False}, "serving", "/tickets/id-A003/finishes", {}),
        ({}, "serving", "/windows/3/calls", {"finishing": "id-A003"}),
    ],
)
def test_the_next_right_thing_follows_the_hall_s_rules(presser, rules, state, path, body):
    hall = Hall()

    presser(hall, "next", seen(ticket("A003", state, "3"), rules=rules))

    assert [order[:2] for order in hall.orders] == [(path, body)]


@pytest.mark.parametrize(
    ("window", "tickets", "order"),
    [
        ({"state": "closed", "clerk": None}, [], ("/windows/3/sessions", {})),
        ({"state": "paused"}, [], ("/windows/3/resumptions", {})),
        ({}, [], ("/windows/3/calls", {})),
        ({}, [ticket("A003", "called", "3")], ("/tickets/id-A003/starts", {})),
        ({}, [ticket("A003", "serving", "3")], ("/windows/3/calls", {"finishing": "id-A003"})),
    ],
    ids=["closed", "paused", "free", "called", "serving"],
)
def test_next_is_what_the_large_button_of_the_page_would_do(presser, window, tickets, order):
    hall = Hall()
    presser(hall, "next", seen(*tickets, **window))

    assert [sent[:2] for sent in hall.orders] == [order]


def test_the_window_is_where_the_clerk_sits_and_else_the_chosen_one():
    state = {"windows": {"3": WINDOW | {"clerk": "8"}, "4": WINDOW | {"code": "4", "clerk": CLERK}}, "lines": {}}
    state["tickets"] = {}

    assert view_of(state, CLERK, "3").window["code"] == "4"
    assert view_of(state, "9", "3").window["code"] == "3"
    assert view_of(state, "9", "5").window is None


def test_without_a_ticket_or_a_window_nothing_is_sent(presser):
    hall = Hall()

    assert presser(hall, "recall", seen()).error == "no_ticket"
    assert presser(hall, "next", View()).error == "no_window"
    assert hall.orders == []


def test_a_double_press_is_one_and_so_is_a_key_held_down(presser):
    hall, view = Hall(), seen()
    outcomes = [presser(hall, "next", view, at=at).kind for at in (10.0, 10.34, 10.68, 11.04)]

    assert outcomes == ["done", "ignored", "ignored", "done"]
    assert presser(hall, "call", view, at=11.1).kind == "done"


def test_of_two_processes_the_one_begun_first_may_come_second(presser):
    hall = Hall()

    assert [presser(hall, "next", seen(), at=at).kind for at in (10.2, 10.1)] == ["done", "ignored"]


def test_a_press_while_another_is_under_way_is_not_sent(presser, memory):
    hall = Hall()
    with memory.hand() as mine:
        assert mine
        assert presser(hall, "next", seen()).error == "under_way"

    assert hall.orders == []


def test_a_press_is_written_down_before_it_is_sent(memory):
    class Dying(Hall):
        def order(self, *sent) -> Answer:
            assert memory.press().key == sent[3]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Presser(Dying(), memory).press("next", {}, seen, 0.0)
    assert memory.press() is not None


def test_the_same_command_sends_the_unanswered_press_again_whatever_it_would_mean_now(presser, memory):
    hall = Hall(UnreachableError(), CALLED)
    assert presser(hall, "next", seen(), at=0.0).kind == "unconfirmed"
    later = presser(hall, "next", seen(ticket("A003", "called", "3")), at=600.0)

    assert (later.kind, later.action) == ("done", "call")
    assert hall.orders[0] == hall.orders[1]
    assert memory.press() is None


def test_another_command_settles_the_unanswered_press_and_waits_to_be_meant(presser):
    hall = Hall(UnreachableError(), UnreachableError(), CALLED)
    presser(hall, "next", seen(), at=0.0)

    assert presser(hall, "missed", seen(), at=1.0).kind == "unconfirmed"
    settled = presser(hall, "missed", seen(), at=2.0)
    assert (settled.kind, settled.settled.kind) == ("earlier", "done")
    assert len({key for *_, key in hall.orders}) == 1


def test_other_words_are_another_press(presser):
    hall = Hall(UnreachableError(), CALLED)
    view = seen(ticket("A003", "serving", "3"))
    presser(hall, "transfer", view, at=0.0, line="B")

    assert presser(hall, "transfer", view, at=1.0, line="C").kind == "earlier"


@pytest.mark.parametrize(("command", "age"), [("missed", STILL_MEANT_S), ("next", KEPT_S)])
def test_a_press_of_long_ago_is_not_sent_any_more(presser, command, age):
    hall = Hall(UnreachableError())
    presser(hall, "next", seen(), at=0.0)
    presser(hall, command, seen(ticket("A003", "called", "3")), at=age)

    assert len({key for *_, key in hall.orders}) == 2


def test_a_refusal_ends_a_press_unless_it_says_nothing_about_it(presser, memory):
    dead, busy = Refusal("not_signed_in", {}, 401), Refusal("window_busy", {}, 409)
    hall = Hall(dead, UnreachableError(), dead, busy)

    assert presser(hall, "next", seen(), at=0.0).error == "not_signed_in"
    assert memory.press() is None
    presser(hall, "next", seen(), at=1.0)
    assert presser(hall, "next", seen(), at=2.0).error == "not_signed_in"
    assert presser(hall, "next", seen(), at=3.0).error == "window_busy"
    assert len({key for *_, key in hall.orders[1:]}) == 1
    assert memory.press() is None


def test_somebody_else_s_press_is_not_sent_in_this_name(memory):
    seat = Seat("http://hall", "demo", "clerk03", "7", "3", "c", "t")
    memory.sit(seat)
    memory.keep(Press("next", {}, "call", "/windows/3/calls", {}, None, 0.0))
    memory.sit(seat)
    assert memory.press() is not None

    memory.sit(Seat("http://hall", "demo", "clerk04", "8", "3", "c", "t"))
    assert memory.press() is None
    assert memory.seat().staff == "8"


def test_a_file_that_a_power_cut_left_is_no_press(memory):
    memory.keep(Press("next", {}, "call", "/windows/3/calls", {}, None, 0.0))
    (memory.folder / "press.json").write_text("")
    assert memory.press() is None
    (memory.folder / "seat.json").write_text('{"of": "another release"}')
    assert memory.seat() is None


def test_every_command_of_the_page_exists():
    wanted = {"open", "next", "call", "recall", "start", "finish", "missed", "transfer", "pause", "resume", "close"}

    assert COMMANDS.keys() == wanted


@pytest.mark.parametrize("option", [["--password", "secret"], ["--server", "hall:8000"], ["--server", "http://"]])
def test_a_password_is_never_an_argument_and_an_address_is_one(option, capsys):
    with pytest.raises(SystemExit) as left:
        program.parser().parse_args(["sign-in", "--username", "clerk03", "--window", "3", *option])
    assert left.value.code == 2


def test_a_credentials_file_that_is_not_one_is_named(tmp_path):
    (tmp_path / "odd.json").write_text("{}")

    for path in (tmp_path / "missing.json", tmp_path / "odd.json"):
        with pytest.raises(CredentialsError, match=path.name):
            read_credentials(path)


@pytest.mark.parametrize("option", [["--until", "25:00"], ["--workers", "0"], ["--tickets", "many"]])
def test_a_day_with_impossible_options_is_refused(option, capsys):
    with pytest.raises(SystemExit):
        program.parser().parse_args(["day", "--credentials", "x", *option])


def test_a_day_is_a_whole_one_at_two_minutes_a_second_unless_said_otherwise():
    options: Namespace = program.parser().parse_args(["day", "--credentials", "x"])

    assert (options.tickets, options.speed, options.workers, options.seed) == (1300, 120, 1, 1)
