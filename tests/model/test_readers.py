"""The readers of the news behind a bad network, a little of it; ``tests.model.long readers`` does the rest."""

from typing import Any

from queue_server.services import news
from tests.model.news_machine import NewsMachine
from tests.model.run import run

Json = Any


def test_whatever_is_lost_every_reader_shows_what_was_and_in_the_end_what_is(
    news_machine: type[NewsMachine],
) -> None:
    run(news_machine, examples=8, steps=40, start=4)


def early_then_an_old_backup(machine: NewsMachine) -> int:
    """A page hears of the last of two orders only, then the hall is an old copy with the same epoch.

    Returns the position of the order that the page knows and the hall does not.
    """
    machine.keep_a_backup()
    machine.people_come(lines="ZZ", care=False)
    machine.network.hear("public", machine.line("public").coming[-1])
    beyond = machine.ledger.seq
    machine.restore_the_backup(renewed=False)
    machine.connect("public")
    machine.network.deliver_everything(machine.line("public"))
    return beyond


def test_an_early_event_of_a_lost_history_is_not_asked_after_for_ever(news_machine: type[NewsMachine]) -> None:
    machine = news_machine()
    early_then_an_old_backup(machine)
    machine.network.forward(3000)

    # The socket is silent, so it polls; but it has nothing to ask.
    assert [have for _, have, polled in machine.line("public").asked if not polled] == []
    machine.teardown()


def test_an_early_event_of_a_lost_history_is_never_applied_to_the_next(news_machine: type[NewsMachine]) -> None:
    machine = news_machine()
    beyond = early_then_an_old_backup(machine)
    machine.people_come(lines="A", care=False)
    for message in machine.line("public").coming:
        machine.network.hear("public", message)

    assert machine.shown["public"]["seq"] == machine.ledger.seq < beyond
    machine.teardown()


def test_news_on_a_connection_that_has_not_greeted_wait_for_the_answer(news_machine: type[NewsMachine]) -> None:
    """The page stands where the other history was cut off, so the next event would seem to follow."""
    machine = news_machine()
    machine.keep_a_backup()
    machine.people_come(lines="Z", care=False)
    machine.network.deliver_everything(machine.line("public"))
    machine.restore_the_backup(renewed=False)
    machine.people_come(lines="A", care=False)
    machine.connect("public")
    machine.people_come(lines="B", care=False)
    machine.network.hear("public", machine.line("public").coming[1])
    machine.teardown()


def test_the_replay_that_a_reader_gets_ends_where_the_answer_says(news_machine: type[NewsMachine]) -> None:
    machine = news_machine()
    before = machine.tick_now()
    machine.people_come(lines="AB", care=True)
    told = machine.sync("staff", before)

    assert [event["seq"] for event in told["events"]][-1] == told["seq"] == machine.tick_now()["seq"]
    assert len(told["events"]) < news.REPLAY_AT_MOST
    machine.teardown()
