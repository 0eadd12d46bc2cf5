"""The readers of the news behind a bad network, a little of it; ``tests.model.long readers`` does the rest."""

from typing import Any

from queue_server.services import news
from tests.model.news_machine import NewsMachine, RestoreMachine
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


def test_a_page_that_only_polls_follows_an_old_backup(news_machine: type[NewsMachine]) -> None:
    """Its last place is ahead of the old log: the older answer is no late one."""
    machine = news_machine()
    machine.keep_a_backup()
    machine.people_come(lines="AB", care=False)
    machine.poll_only("public")
    machine.restore_the_backup(renewed=False)
    machine.poll_only("public")
    machine.teardown()


def test_a_replay_is_not_put_upon_a_lost_history(news_machine: type[NewsMachine]) -> None:
    """Two answers to one place: the first still tells what a restore lost, the second what happened afterwards."""
    machine = news_machine()
    line = machine.line("public")
    machine.poll_only("public")
    machine.keep_a_backup()
    machine.people_come(lines="AA", care=False)
    machine.poll("public", 0)
    machine.restore_the_backup(renewed=False)
    machine.people_come(lines="BBB", care=False)
    machine.poll("public", 0)
    assert [data["mode"] for _, data, _ in line.answers] == ["replay", "replay"]
    for _ in range(2):
        machine.network.arrive(line, 0)
    machine.poll_only("public")
    machine.teardown()


def test_an_answer_of_before_the_greeting_is_void(news_machine: type[NewsMachine]) -> None:
    """What it tells was lost in between; the next event would be put upon it."""
    machine = news_machine()
    machine.keep_a_backup()
    machine.people_come(lines="AA", care=False)
    machine.poll("public", 0)
    machine.restore_the_backup(renewed=False)
    machine.connect("public")
    machine.people_come(lines="BBB", care=False)
    machine.network.hear("public", machine.line("public").coming.pop(0))
    machine.network.arrive(machine.line("public"), 0)
    machine.network.deliver_everything(machine.line("public"))
    machine.teardown()


def test_news_after_a_greeting_wait_until_it_is_known_whose_they_are(news_machine: type[NewsMachine]) -> None:
    """The greeting is one further than the page, and the event of that place comes after it."""
    machine = news_machine()
    machine.keep_a_backup()
    machine.people_come(lines="A", care=False)
    machine.network.deliver_everything(machine.line("public"))
    machine.restore_the_backup(renewed=False)
    machine.people_come(lines="B", care=False)
    machine.network.connect("public", machine.hello, lambda: machine.people_come(lines="B", care=False))
    for message in machine.line("public").coming:
        machine.network.hear("public", message)
    machine.network.deliver_everything(machine.line("public"))
    machine.teardown()


def test_around_restores_every_reader_shows_what_was(restore_machine: type[RestoreMachine]) -> None:
    run(restore_machine, examples=8, steps=40, start=4)
