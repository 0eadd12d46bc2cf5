"""kill -9 at named points of an order, under load: before the commit, between commit and answer, before the news.

``NAMED_KILLS=100`` kills so often on each database; as a command, with a progress bar:
``NAMED_KILLS=100 bin/test python -s tests/reliability/test_named_kills.py``.
"""

import itertools
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tqdm import tqdm

from tests.reliability import death
from tests.reliability.built import Built, built_hall
from tests.reliability.evidence import Evidence
from tests.reliability.history import Done
from tests.reliability.load import Load
from tests.reliability.test_kill import (
    Death,
    assert_every_answer_happened_once,
    assert_pressing_again_changes_nothing,
    assert_retries_tell_the_truth,
    seq_at_death,
)
from tests.reliability.watcher import Watcher
from tests.support.served import Sent, ServedHall
from tests.support.servers import wait_until

#: Kills on each database: each point once, unless told otherwise.
KILLS = int(os.environ.get("NAMED_KILLS", str(len(death.POINTS))))
#: The answers to orders, by the end of their path.
KINDS = {"tickets": "issue", "calls": "call", "starts": "start"}

Built_hall = tuple[ServedHall, Built]


@pytest.fixture
def built(database_url: str, tmp_path: Path) -> Iterator[Built_hall]:
    hall, server = built_hall(database_url, tmp_path)
    yield hall, server
    server.end()


@pytest.mark.timeout(120 + 15 * KILLS)
def test_a_server_killed_at_every_point_of_an_order_loses_and_repeats_nothing(built: Built_hall) -> None:
    hall, server = built
    plans = [aimed(point) for point in itertools.islice(itertools.cycle(death.POINTS), KILLS)]
    server.start(DIE_AT=plans[0])
    with Watcher(server.address) as reader:
        wait_until(lambda: reader.synced, what="the first snapshot")
        load = Load(hall)
        try:
            deaths, victims = killed(hall, server, load, reader, plans)
            load.more(20)
        finally:
            load.end()
        assert load.failures == []
        assert_readers_know_everything(hall, reader)
    report(hall, load, victims)
    assert_victims_learned_the_truth(victims, deaths)
    assert_retries_tell_the_truth(load.presses, deaths)
    assert_every_answer_happened_once(hall, load.presses)
    assert_pressing_again_changes_nothing(hall, load)


def killed(
    hall: ServedHall, server: Built, load: Load, reader: Watcher, plans: list[str]
) -> tuple[list[Death], list[tuple[str, Sent]]]:
    """Let the server die by each plan in turn, and live in the end."""
    deaths, victims = list[Death](), list[tuple[str, Sent]]()
    following = [{"DIE_AT": plan} for plan in plans[1:]]
    shown = tqdm([*following, {}], desc="kills", file=sys.stderr, disable=len(plans) == len(death.POINTS))
    for planted in shown:
        deaths.append(one_death(hall, server, load, reader))
        victims.append(victim(server, load))
        server.start(**planted)
    return deaths, victims


def aimed(point: str) -> str:
    """A death at this point of one of the next orders: not of the three by which clerks sit down."""
    return f"{point}:{random.randint(4, 15)}"


def one_death(hall: ServedHall, server: Built, load: Load, reader: Watcher) -> Death:
    """Wait until the server has killed itself, and look at what it left."""
    wait_until(lambda: server.has_died() or load.failures, what="the server's end")
    seq = seq_at_death(hall)
    dead = Death(seq, [sent for sent in load.presses if not sent.status])
    told = max((told.seq for told in list(reader.told)), default=0)
    assert told <= seq, "readers were told of what did not happen"
    known = acknowledged(load)
    with hall.database() as store:
        evidence = Evidence.read(store, all_answered=False)
    assert list(evidence.faults(known)) == []
    return dead


def acknowledged(load: Load) -> list[Done]:
    """The orders that were answered, as the log must know them."""
    answered = [(KINDS.get(sent.path.rsplit("/", 1)[1]), sent) for sent in load.presses if sent.status in (200, 201)]
    return [
        Done(kind, 0, 0, sent.answer["ticket"]["number"], seq=sent.answer["seq"])
        for kind, sent in answered
        if kind and sent.answer["ticket"]
    ]


def victim(server: Built, load: Load) -> tuple[str, Sent]:
    """The point of death, and the press that was being served then."""
    words = server.last_words()
    return words["point"], next(sent for sent in load.presses if sent.key == words["key"])


def assert_victims_learned_the_truth(victims: list[tuple[str, Sent]], deaths: list[Death]) -> None:
    """Whose order had not happened had it done by the retry; whose had happened was told what came of it."""
    # A press may have met a second death before its answer: then that one counts.
    last = {sent.key: (point, sent, dead) for (point, sent), dead in zip(victims, deaths, strict=True)}
    for point, sent, dead in last.values():
        assert sent.replayed == (point in death.BETWEEN), (point, sent)
        assert (sent.answer["seq"] <= dead.seq) == (point not in death.BEFORE), (point, sent, dead.seq)
        assert sent.tries > 1 or point in death.AFTER, (point, sent)


def assert_readers_know_everything(hall: ServedHall, reader: Watcher) -> None:
    """One reader that came back after every kill has every event, and was never sent back to a snapshot."""
    with hall.database() as store:
        last = Evidence.read(store, all_answered=False).entries[-1].seq
    wait_until(lambda: reader.position["seq"] >= last, what=f"news up to {last}")
    replayed = [event["seq"] for synced in reader.synced for event in synced.get("events", ())]
    told = {told.seq for told in reader.told} | set(replayed)
    story = [(synced.get("mode"), synced.get("seq")) for synced in reader.synced], reader.ends
    assert [seq for seq in range(reader.synced[0]["seq"] + 1, last + 1) if seq not in told] == [], story
    assert {synced["mode"] for synced in reader.synced[1:]} == {"replay"}, story


def report(hall: ServedHall, load: Load, victims: list[tuple[str, Sent]]) -> None:
    points = Counter(point for point, _ in victims)
    retried = [sent for sent in load.presses if sent.tries > 1]
    replayed = sum(sent.replayed for sent in retried)
    kind = "SQLite" if hall.is_sqlite else "PostgreSQL"
    print(f"\n{kind}, {len(victims)} kills {dict(points)}: {len(load.presses)} presses,", end=" ")
    print(f"{len(retried)} retried, {replayed} of those had happened")
