"""Each guard taken out in turn: the race must show it, and show which layer was left to catch it.

The layers are listed in ``sabotage``. A race is repeated until it shows what is looked for; a race
that must show nothing is one in which the remaining guards are certain, not likely, to hold.
"""

import itertools
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from queue_server.store.engine import Store, open_store
from tests.conftest import _create
from tests.reliability import sabotage
from tests.reliability.evidence import Evidence
from tests.reliability.race import Race, direct, found, racing
from tests.support.postgres import PrivatePostgres

#: Races until a missing guard must have shown. One or two are enough as a rule.
BOUND = 60
#: Everything that keeps the orders of two processes apart, except the stored answers.
APART = ("lock", "snapshot", "log", "claim", "numbers")

_names = itertools.count(1)
Weakened = Callable[[Iterable[str]], str]


@pytest.fixture(params=["sqlite", "postgresql"])
def weakened(request: pytest.FixtureRequest, tmp_path: Path) -> Weakened:
    """The URL of a founded hall whose database lacks some guards of its own."""
    return lambda guards: weak_hall(request, request.param, tmp_path, guards)


def weak_hall(request: pytest.FixtureRequest, kind: str, folder: Path, guards: Iterable[str]) -> str:
    name = f"weak_{next(_names)}"
    url = f"sqlite:///{folder / name}.db"
    if kind == "postgresql":
        server: PrivatePostgres = request.getfixturevalue("postgres")
        _create(server, name, "template1")
        url = server.url(name)
    store = open_store(url)
    sabotage.weak_tables(store, guards)
    found(store)
    store.dispose()
    return url


def raced(weakened: Weakened, without: Iterable[str], shows: Callable[[list[str]], bool]) -> list[str]:
    """Race, each time on a new database, until the faults show what is looked for; returns them all."""
    without, faults = list(without), list[str]()
    for _ in range(BOUND):
        url = weakened(without)
        task = direct(url, issuing=3, issues=12, windows=("1", "2", "3"), transfers=False, without=without)
        with racing(task) as race:
            race.round(0)
        faults += judged(race, url)
        if shows(faults):
            break
    return faults


def judged(race: Race, url: str) -> list[str]:
    history, store = race.history(), open_store(url)
    history.evidence = look(store)
    store.dispose()
    return history.faults()


def look(store: Store) -> Evidence | None:
    """The evidence; None where the log is too damaged even to be checked."""
    try:
        return Evidence.read(store)
    except Exception:
        return None


def any_of(*texts: str) -> Callable[[list[str]], bool]:
    return lambda faults: all(any(text in fault for fault in faults) for text in texts)


def test_the_write_lock_alone_is_enough(weakened: Weakened) -> None:
    without = [guard for guard in APART if guard not in ("lock", "snapshot")]
    assert raced(weakened, without, lambda faults: True) == []


def test_without_the_write_lock_orders_fail_and_none_goes_wrong(weakened: Weakened) -> None:
    """The next layers catch it: SQLite's snapshots, PostgreSQL's keys of the log."""
    faults = raced(weakened, ["lock"], any_of("failed: "))
    assert any_of("failed: ")(faults), faults
    assert wrong(faults) == []


def test_the_claim_is_the_last_guard_against_a_number_called_twice(weakened: Weakened) -> None:
    # The numbers stay unique: an issue that failed half-way would leave a second ticket of that number.
    without = [guard for guard in APART if guard not in ("claim", "numbers")]
    faults = raced(weakened, without, any_of("ClaimLost"))
    assert any_of("ClaimLost")(faults), faults
    assert not called_twice(faults), faults


def test_without_the_claim_a_number_is_called_twice(weakened: Weakened) -> None:
    without = [guard for guard in APART if guard != "numbers"]
    faults = raced(weakened, without, called_twice)
    assert called_twice(faults), faults


def called_twice(faults: list[str]) -> bool:
    return any("was called" in fault and "times" in fault for fault in faults)


def test_the_unique_index_is_the_last_guard_against_a_number_given_twice(weakened: Weakened) -> None:
    without = [guard for guard in APART if guard != "numbers"]
    faults = raced(weakened, without, any_of("IntegrityError"))
    assert any_of("IntegrityError")(faults), faults
    assert [fault for fault in faults if "was given" in fault] == []


def test_without_any_guard_numbers_are_given_and_called_twice(weakened: Weakened) -> None:
    shown = any_of("times and stood in line", "was given 2 times")
    faults = raced(weakened, APART, shown)
    assert shown(faults), faults


def test_without_the_stored_answer_a_press_happens_twice(weakened: Weakened) -> None:
    shown = any_of("the second answer to one press was another")
    faults = raced(weakened, ["keys"], shown)
    assert shown(faults), faults


def test_news_before_the_commit_are_seen(weakened: Weakened) -> None:
    faults = raced(weakened, ["commit_first"], any_of("before it was committed"))
    assert any_of("before it was committed")(faults), faults


def wrong(faults: list[str]) -> list[str]:
    """Everything but orders that failed loudly, and refusals that come of those."""
    return [fault for fault in faults if "failed: " not in fault and "was refused" not in fault]
