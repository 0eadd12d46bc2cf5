"""Runs a machine: a number of histories of a number of steps, from a seed; the same seed gives the same histories."""

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

#: Finding is enough where the test only asks whether there is something to find.
FIND, FIND_AND_SHRINK = (Phase.generate,), (Phase.generate, Phase.shrink)


def only(every: Any, names: frozenset[str]) -> Any:
    """A machine's rules, but only those of these names: for what is seldom done among all the others."""
    rules = [one for one in every.rules if one.function.__name__ in names]
    assert len(rules) == len(names), "hypothesis or the rules are not what this knows"
    return replace(every, rules=rules)


def run(machine: type[RuleBasedStateMachine], examples: int, steps: int, start: int, shrink: bool = True) -> None:
    """Raises what the machine found, after it made the history as short as it could."""
    wanted = settings(
        max_examples=examples,
        stateful_step_count=steps,
        phases=FIND_AND_SHRINK if shrink else FIND,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    # A subclass, as the seed is a mark on the class.
    seeded = seed(start)(type(machine.__name__, (machine,), {}))
    run_state_machine_as_test(seeded, settings=wanted)
