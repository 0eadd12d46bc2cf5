"""The server against the model, a part of it; ``python -m tests.model.long server`` does the rest.

One half is here, the other in test_server_again.py, so that two processes share them.
"""

import pytest

from tests.model.house_rules import CounterMachine, HallMachine, SheetMachine, VoiceMachine
from tests.model.run import run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
EXAMPLES, STEPS = 150, 50


def test_whatever_is_pressed_the_hall_is_what_the_model_says(hall_machine: type[HallMachine]) -> None:
    run(hall_machine, EXAMPLES, STEPS, start=2018)


def test_the_counters_machine_finds_nothing_in_what_is_whole(hall_machine: type[HallMachine]) -> None:
    """Or finding what is broken would prove nothing."""
    CounterMachine.database = hall_machine.database
    run(CounterMachine, 20, STEPS, start=2)


def test_sheets_are_printed_once_or_known_not_to_be(hall_machine: type[HallMachine]) -> None:
    SheetMachine.database = hall_machine.database
    run(SheetMachine, 30, STEPS, start=2)


def test_the_machine_of_loudspeakers_finds_nothing_in_what_is_whole(hall_machine: type[HallMachine]) -> None:
    VoiceMachine.database = hall_machine.database
    run(VoiceMachine, 20, STEPS, start=2)
