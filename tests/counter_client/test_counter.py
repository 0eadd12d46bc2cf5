"""Headless use: one command is one order."""

from argparse import Namespace

import pytest

from counter_client import __main__ as program
from counter_client import counter
from counter_client.api import Answer
from counter_client.crew import CredentialsError, read_credentials

WINDOW = {"code": "3", "state": "open", "lines": ["A"], "secondary": ["G"]}


def ticket(number: str, state: str, window: str | None) -> dict:
    return {"id": f"id-{number}", "number": number, "line": "A", "state": state, "window": window}


class Desk:
    """An Api that shows a hall and keeps the orders."""

    def __init__(self, *tickets: dict) -> None:
        self.tickets, self.orders = {t["number"]: t for t in tickets}, []

    def get(self, path: str, **query: str) -> Answer:
        return Answer(200, {"snapshot": {"windows": {"3": WINDOW}, "tickets": self.tickets}})

    def order(self, method: str, path: str, body: dict) -> Answer:
        self.orders.append((path, body))
        return Answer(201, {"seq": 1})


def press(desk: Desk, *words: str) -> list[tuple[str, dict]]:
    options = program.parser().parse_args([*words, "--user", "clerk03"])
    counter.COMMANDS[options.command][0](desk, "3", options)
    return desk.orders


OTHERS = [ticket("A001", "serving", "4"), ticket("A002", "waiting", None)]


@pytest.mark.parametrize(
    ("words", "order"),
    [
        (["recall"], ("/tickets/id-A003/recalls", {})),
        (["start"], ("/tickets/id-A003/starts", {})),
        (["missed"], ("/tickets/id-A003/misses", {})),
        (["finish"], ("/tickets/id-A003/finishes", {})),
        (
            ["transfer", "--line", "B", "--note", "缺复印件", "--to-window", "9"],
            ("/tickets/id-A003/transfers", {"line": "B", "note": "缺复印件", "window": "9"}),
        ),
        (["pause", "--reason", "meal"], ("/windows/3/pauses", {"reason": "meal"})),
        (["resume"], ("/windows/3/resumptions", {})),
        (["open"], ("/windows/3/sessions", {})),
        (["close"], ("/windows/3/closing", {})),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_command_is_one_order_about_this_window_or_its_ticket(words, order):
    assert press(Desk(*OTHERS, ticket("A003", "called", "3")), *words) == [order]


def test_next_finishes_the_ticket_in_service_in_the_same_press():
    assert press(Desk(ticket("A003", "serving", "3")), "next") == [("/windows/3/calls", {"finishing": "id-A003"})]


@pytest.mark.parametrize("held", [[], [ticket("A003", "called", "3")]], ids=["free", "called"])
def test_next_finishes_nothing_that_is_not_in_service(held):
    assert press(Desk(*OTHERS, *held), "next") == [("/windows/3/calls", {})]


def test_an_order_about_a_ticket_needs_one_at_this_window():
    with pytest.raises(counter.NoTicketError):
        press(Desk(*OTHERS), "finish")


def test_status_orders_nothing_and_says_who_waits(capsys):
    desk = Desk(*OTHERS, ticket("A003", "called", "3"))
    assert press(desk, "status") == []
    counter._show(desk, "3", None)

    assert capsys.readouterr().out == "window 3: open; ticket: A003 called\nwaiting: A 1  G 0\n"


def test_every_command_of_the_page_exists():
    wanted = {"status", "open", "next", "recall", "start", "finish", "missed", "transfer", "pause", "resume", "close"}

    assert counter.COMMANDS.keys() == wanted


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
