"""kill -9 under load: what was acknowledged is there, what was not happened once or not at all."""

import os
import random
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from queue_server.services import maintenance
from queue_server.store import log
from queue_server.store.engine import Store
from tests.reliability.load import Load
from tests.support.halls import HALL
from tests.support.served import Sent, ServedHall, hall_on
from tests.support.servers import wait_until

#: ``KILLS=100`` for the long version.
KILLS = int(os.environ.get("KILLS", "5"))


@pytest.fixture
def hall(database_url: str, tmp_path: Path) -> Iterator[ServedHall]:
    served = hall_on(database_url, tmp_path)
    served.server.start()
    yield served
    served.server.kill()


def head_seq(hall: ServedHall) -> int:
    """Where the log stands, read from the database itself."""
    with hall.database() as store, store.reading() as connection:
        return log.head(connection, HALL).seq


def seq_at_death(hall: ServedHall) -> int:
    """Where the log stands once nothing works on it: PostgreSQL may still end a dead server's commit."""
    if not hall.is_sqlite:
        # This process may still hold connections of its own; they do nothing.
        others = f"datname = current_database() AND application_name <> 'window-zero {os.getpid()}'"
        count = sa.text(f"SELECT count(*) FROM pg_stat_activity WHERE {others}")
        with hall.database() as store:
            wait_until(lambda: look(store, count) == 0, what="the end of the dead server's connections")
    return head_seq(hall)


def look(store: Store, count: sa.TextClause) -> int:
    """One look in a transaction of its own: within one, PostgreSQL repeats the first look's connections."""
    with store.writer.connect() as connection:
        return connection.scalar(count) or 0


@pytest.mark.slow
@pytest.mark.timeout(120 + 15 * KILLS)
def test_five_kills_under_load_lose_no_acknowledged_order_and_repeat_none(hall: ServedHall) -> None:
    load, kills = Load(hall), KILLS
    deaths: list[Death] = []
    try:
        for _ in range(kills):
            load.more(random.randint(20, 60))
            threading.Event().wait(random.uniform(0, 0.02))
            hall.server.kill()
            deaths.append(Death(seq_at_death(hall), [sent for sent in load.presses if not sent.status]))
            hall.server.start()
        load.more(20)
    finally:
        load.end()
    assert load.failures == []
    retried = [sent for sent in load.presses if sent.tries > 1]
    happened = sum(sent.replayed for sent in retried)
    print(f"\n{len(load.presses)} presses, {kills} kills: {len(retried)} retried, {happened} had happened")
    assert retried
    assert_retries_tell_the_truth(load.presses, deaths)
    assert_every_answer_happened_once(hall, load.presses)
    assert_pressing_again_changes_nothing(hall, load)


@dataclass
class Death:
    """A kill: where the log then stood, and the presses that had no answer yet."""

    seq: int
    open: list[Sent]
    #: How often each of those had been sent by then.
    tries: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.tries = [sent.tries for sent in self.open]

    def sent_again(self) -> list[Sent]:
        """Those whose answer came afterwards: the answer of another may have been under way when the server died."""
        return [sent for sent, tries in zip(self.open, self.tries, strict=True) if sent.tries > tries]


def assert_retries_tell_the_truth(presses: list[Sent], deaths: list[Death]) -> None:
    """A replay's effect was in the log when the server died; a fresh answer's came after the restart."""
    for sent in presses:
        assert sent.status in (200, 201), sent
        assert sent.tries > 1 or not sent.replayed, sent
    for death in deaths:
        for sent in death.sent_again():
            if changed_something(sent):
                assert sent.replayed or sent.answer["seq"] > death.seq, (sent, death.seq)
    met = [(sent, [death.seq for death in deaths if sent in death.open]) for sent in presses if sent.replayed]
    assert all(any(sent.answer["seq"] <= seq for seq in seqs) for sent, seqs in met), met


@pytest.mark.parametrize(("more_tries", "truth"), [(0, True), (1, False)])
def test_only_what_was_sent_again_after_a_kill_is_taken_for_its_retry(more_tries: int, truth: bool) -> None:
    """Sent for the third time after an earlier kill, done last of all before this one, its answer read after it."""
    sent = Sent("/tickets", {}, tries=3)
    deaths = [Death(7, [sent])]
    sent.tries, sent.status, sent.answer = sent.tries + more_tries, 201, {"ticket": {"number": "A001"}, "seq": 7}
    if truth:
        assert_retries_tell_the_truth([sent], deaths)
        return
    with pytest.raises(AssertionError):
        assert_retries_tell_the_truth([sent], deaths)


def changed_something(sent: Sent) -> bool:
    return bool(sent.answer["ticket"] or sent.answer.get("finished"))


def assert_every_answer_happened_once(hall: ServedHall, presses: list[Sent]) -> None:
    with hall.database() as store, store.reading() as connection:
        events = list(log.whole(connection, HALL))
        faults = [*maintenance.verify(connection), *maintenance.verify_statistics(connection)]
    assert faults == []
    logged = Counter(event.type for event in events)
    issued = [sent.answer["ticket"] for sent in presses if sent.path == "/tickets"]
    called = [sent.answer["ticket"] for sent in presses if sent.path.endswith("/calls")]
    started = [sent for sent in presses if sent.path.endswith("/starts")]
    finished = [sent for sent in presses if sent.answer.get("finished")]
    answered = [len(issued), len([c for c in called if c]), len(started), len(finished)]
    assert [logged[f"ticket.{what}"] for what in ("issued", "called", "started", "finished")] == answered
    assert_numbers_have_no_gap([ticket["number"] for ticket in issued])
    assert len({ticket["id"] for ticket in called if ticket}) == answered[1]


def assert_numbers_have_no_gap(numbers: list[str]) -> None:
    for letter in "AB":
        serials = sorted(int(number[1:]) for number in numbers if number[0] == letter)
        assert serials == list(range(1, len(serials) + 1))


def assert_pressing_again_changes_nothing(hall: ServedHall, load: Load) -> None:
    """Every press that met a kill, and some that did not, sent once more: the same answer, nothing done."""
    before = orders_in_log(hall)
    for client in load.clients:
        for sent in [s for s in client.presses if s.tries > 1] + client.presses[::20]:
            again = Sent(sent.path, sent.body, sent.key)
            assert client.send(again)
            assert (again.status, again.answer, again.replayed) == (sent.status, sent.answer, True)
    assert orders_in_log(hall) == before


def orders_in_log(hall: ServedHall) -> int:
    """Events that somebody's press made; the server's own reports of unspoken calls go on."""
    with hall.database() as store, store.reading() as connection:
        return sum(event.actor != "system" for event in log.whole(connection, HALL))


def test_an_order_whose_answer_was_lost_in_the_kill_is_not_done_again(hall: ServedHall) -> None:
    """The order's transaction is in the file, its answer never came: the retry gets that answer."""
    kiosk = hall.client(token=hall.kiosk)
    before, lost = head_seq(hall), Sent("/tickets", {"line": "A", "class": "care"})
    with socket.create_connection(("127.0.0.1", hall.server.port)) as connection:
        connection.sendall(kiosk.raw(lost))
        wait_until(lambda: head_seq(hall) > before, what="the commit")
        hall.server.kill()
    hall.server.start()
    assert kiosk.send(lost)
    assert (lost.replayed, lost.status, lost.answer["seq"]) == (True, 201, before + 1)
    assert lost.answer["ticket"]["number"] == "VA001"
    assert kiosk.order("/tickets", line="A", **{"class": "ordinary"}).answer["ticket"]["number"] == "A002"


def test_an_order_that_the_kill_came_before_is_done_once_by_the_retry(hall: ServedHall) -> None:
    """Half the order had arrived when the server died: nothing was done, and the retry says so."""
    kiosk, sent = hall.client(token=hall.kiosk), Sent("/tickets", {"line": "A", "class": "ordinary"})
    before = head_seq(hall)
    with socket.create_connection(("127.0.0.1", hall.server.port)) as connection:
        connection.sendall(kiosk.raw(sent)[:-5])
        hall.server.kill()
    assert seq_at_death(hall) == before
    hall.server.start()
    assert kiosk.send(sent)
    assert (sent.replayed, sent.answer["ticket"]["number"]) == (False, "A001")
    assert head_seq(hall) == before + 1


def state_of(snapshot: dict[str, Any]) -> dict[str, Any]:
    """What a restart must leave alone; announcements go on being reported in the meantime."""
    return {name: snapshot["snapshot"][name] for name in ("hall", "day", "lines", "windows", "tickets")}


def test_a_restart_in_mid_day_loses_nothing_and_signs_nobody_out(hall: ServedHall) -> None:
    kiosk, clerk = hall.client(token=hall.kiosk), hall.seated("1")
    for n in range(12):
        kiosk.order("/tickets", line="AB"[n % 2], **{"class": "care" if n % 5 == 0 else "ordinary"})
    held = clerk.order("/windows/1/calls").answer["ticket"]
    clerk.order(f"/tickets/{held['id']}/starts")
    before = clerk.read("/snapshot?scope=staff")
    hall.server.kill()
    hall.server.start()
    after = clerk.read("/snapshot?scope=staff")
    assert state_of(after) == state_of(before)
    assert after["epoch"] == before["epoch"]
    assert clerk.order("/windows/1/calls", finishing=held["id"]).status == 201
    assert kiosk.order("/tickets", line="A", **{"class": "ordinary"}).answer["ticket"]["number"] == "A007"


def test_the_hall_clock_goes_on_where_it_stood_after_a_restart(hall: ServedHall) -> None:
    supervisor = hall.client("supervisor")
    now = supervisor.read("/snapshot")["now"]
    wanted = now[:11] + "02:30:00.000000Z"
    assert supervisor.order("/clock/steps", to=wanted).status == 201
    hall.server.kill()
    hall.server.start()
    after = supervisor.read("/snapshot")
    assert wanted <= after["now"] < now[:11] + "02:32:00.000000Z"
    assert after["snapshot"]["day"]["state"] == "open"
