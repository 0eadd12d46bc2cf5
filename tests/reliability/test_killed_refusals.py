"""kill -9 between a refusal and its record: the order is undone in one transaction, the refusal stored in another.

Whoever pressed has no answer, so any true one will do: refused as long as the rules refuse, done once the
rules are content, and from then on the same for ever. Once stored, the refusal is the answer, whatever the
rules say by then.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability import death
from tests.reliability.built import Built, built_hall
from tests.reliability.test_kill import seq_at_death
from tests.reliability.watcher import Watcher
from tests.support.served import Client, Sent, ServedHall
from tests.support.servers import wait_until

UNSTORED, STORED = death.REFUSALS
#: Which of the refusals is the last.
NTH = 3


@pytest.fixture
def built(database_url: str, tmp_path: Path) -> Iterator[tuple[ServedHall, Built]]:
    hall, server = built_hall(database_url, tmp_path)
    yield hall, server
    server.end()


def refused_to_death(server: Built, kiosk: Client, point: str) -> Sent:
    """Press for numbers of the closed line B, and of A, until the server dies at the point; the press it left."""
    server.start(DIE_AT=f"{point}:{NTH}")
    with Watcher(server.address) as reader:
        wait_until(lambda: reader.synced, what="the first snapshot")
        while kiosk.send(refused := Sent("/tickets", {"line": "B", "class": "ordinary"})):
            assert (refused.status, refused.answer["error"]) == (409, "line_closed")
            assert kiosk.order("/tickets", line="A", **{"class": "ordinary"}).status == 201
        wait_until(server.has_died, what="the server's end")
    assert server.last_words() == {"point": point, "key": refused.key}
    return refused


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_server_killed_between_a_refusal_and_its_record_tells_the_truth(built: tuple[ServedHall, Built]) -> None:
    hall, server = built
    server.start()
    kiosk, supervisor = hall.client(token=hall.kiosk), hall.client("supervisor")
    supervisor.order("/lines/B/closing")
    server.kill()
    left = [refused_again(hall, server, kiosk), done_at_last(server, kiosk, supervisor)]
    supervisor.order("/lines/B/closing")
    server.kill()
    left.append(stored_already(server, kiosk, supervisor))
    for sent in left:
        again = Sent(sent.path, sent.body, sent.key)
        assert kiosk.send(again)
        assert (again.status, again.answer, again.replayed) == (sent.status, sent.answer, True)
    assert kiosk.order("/tickets", line="B", **{"class": "ordinary"}).answer["ticket"]["number"] == "B002"


def refused_again(hall: ServedHall, server: Built, kiosk: Client) -> Sent:
    """The rules still refuse, and nothing of the press that died is left."""
    sent = refused_to_death(server, kiosk, UNSTORED)
    died_at = seq_at_death(hall)
    server.start()
    assert kiosk.send(sent)
    assert (sent.status, sent.answer["error"], sent.replayed) == (409, "line_closed", False)
    server.kill()
    assert seq_at_death(hall) == died_at
    return sent


def done_at_last(server: Built, kiosk: Client, supervisor: Client) -> Sent:
    """The rules have become content: nobody was told otherwise, and the press is done."""
    sent = refused_to_death(server, kiosk, UNSTORED)
    server.start()
    supervisor.order("/lines/B/opening")
    assert kiosk.send(sent)
    assert (sent.status, sent.answer["ticket"]["number"], sent.replayed) == (201, "B001", False)
    return sent


def stored_already(server: Built, kiosk: Client, supervisor: Client) -> Sent:
    """The refusal is the answer although the rules have become content."""
    sent = refused_to_death(server, kiosk, STORED)
    server.start()
    supervisor.order("/lines/B/opening")
    assert kiosk.send(sent)
    assert (sent.status, sent.answer["error"], sent.replayed) == (409, "line_closed", True)
    return sent
