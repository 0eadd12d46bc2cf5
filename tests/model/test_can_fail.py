"""The machines find what is broken on purpose; the slower ones of tests.model.faults are found by the long runs."""

import pytest

from tests.model import faults
from tests.model.faults import Break
from tests.model.house_rules import CounterMachine, HallMachine, SeatMachine, SheetMachine, VoiceMachine
from tests.model.news_machine import NewsMachine, RestoreMachine
from tests.model.run import run
from tests.model.stage import Pages

EXAMPLES, STEPS, START = 60, 60, 2
#: What the machine of the readers finds within seconds.
PAGES = ["a gap is skipped", "windows are ignored"]
#: What it finds only around restores.
LOST_HISTORIES = [
    "another history goes unnoticed",
    "another epoch goes unnoticed",
    "an answer from before a restore counts",
]


@pytest.mark.parametrize("broken", faults.QUICK, ids=lambda broken: broken.__name__)
def test_the_servers_machine_finds(
    broken: Break, hall_machine: type[HallMachine], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch)

    with pytest.raises(faults.FOUND):
        run(hall_machine, EXAMPLES, STEPS, START, shrink=False)


@pytest.mark.parametrize("broken", faults.COUNTER, ids=lambda broken: broken.__name__)
def test_the_counters_machine_finds(
    broken: Break, hall_machine: type[HallMachine], monkeypatch: pytest.MonkeyPatch
) -> None:
    CounterMachine.database = hall_machine.database
    broken(monkeypatch)

    with pytest.raises(faults.FOUND):
        run(CounterMachine, EXAMPLES, STEPS, START, shrink=False)


@pytest.mark.parametrize("broken", faults.SEATING, ids=lambda broken: broken.__name__)
def test_the_seats_machine_finds(
    broken: Break, hall_machine: type[HallMachine], monkeypatch: pytest.MonkeyPatch
) -> None:
    SeatMachine.database = hall_machine.database
    broken(monkeypatch)

    with pytest.raises(faults.FOUND):
        run(SeatMachine, EXAMPLES, STEPS, START, shrink=False)


@pytest.mark.parametrize("broken", faults.SHEETS, ids=lambda broken: broken.__name__)
def test_the_sheets_machine_finds(
    broken: Break, hall_machine: type[HallMachine], monkeypatch: pytest.MonkeyPatch
) -> None:
    SheetMachine.database = hall_machine.database
    broken(monkeypatch)

    with pytest.raises(faults.FOUND):
        run(SheetMachine, EXAMPLES, STEPS, START, shrink=False)


@pytest.mark.parametrize("broken", faults.VOICE, ids=lambda broken: broken.__name__)
def test_the_machine_of_loudspeakers_finds(
    broken: Break, hall_machine: type[HallMachine], monkeypatch: pytest.MonkeyPatch
) -> None:
    VoiceMachine.database = hall_machine.database
    broken(monkeypatch)

    with pytest.raises(faults.FOUND):
        run(VoiceMachine, EXAMPLES, STEPS, START, shrink=False)


@pytest.mark.parametrize("broken", faults.NEWS_QUICK, ids=lambda broken: broken.__name__)
def test_the_readers_machine_finds(
    broken: Break, news_machine: type[NewsMachine], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch)

    with pytest.raises(faults.FOUND):
        run(news_machine, EXAMPLES, STEPS, START, shrink=False)


@pytest.mark.parametrize("name", PAGES)
def test_the_readers_machine_finds_in_the_pages(name: str, news_machine: type[NewsMachine]) -> None:
    news_machine.pages.close()
    news_machine.pages = Pages(faults.PAGES[name])

    with pytest.raises(faults.FOUND):
        run(news_machine, EXAMPLES, STEPS, START, shrink=False)


@pytest.mark.parametrize("name", LOST_HISTORIES)
def test_the_readers_machine_finds_around_restores(name: str, restore_machine: type[RestoreMachine]) -> None:
    restore_machine.pages.close()
    restore_machine.pages = Pages(faults.PAGES[name])

    with pytest.raises(faults.FOUND):
        run(restore_machine, EXAMPLES, STEPS, START, shrink=False)
