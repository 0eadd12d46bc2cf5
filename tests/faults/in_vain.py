"""Presses that the hall's rules refuse, or that find nobody waiting, while the database is away.

Window 3 serves line B alone, and B is closed and empty for as long as the database comes and goes: a number
of B is refused, and a call at window 3 finds nobody. Any other answer is untrue. Afterwards both would be
done, and the same presses must still be told what they were told.
"""

from dataclasses import dataclass, field

from queue_server.store import log
from tests.support.halls import HALL
from tests.support.served import Client, Sent, ServedHall


@dataclass
class InVain:
    """Who presses in vain, and what each press was told."""

    kiosk: Client
    clerk: Client
    supervisor: Client
    #: Presses that were answered for good, with who sent them.
    told: list[tuple[Client, Sent]] = field(default_factory=list)

    @classmethod
    def at(cls, hall: ServedHall) -> "InVain":
        """Close the line and seat the clerk, while the database is there."""
        made = cls(hall.client(token=hall.kiosk), hall.seated("3"), hall.client("supervisor"))
        for sent in (
            made._supervises("PUT", "/windows/3/lines", lines=["B"], secondary=[]),
            made._supervises("POST", "/lines/B/closing"),
        ):
            assert sent in (200, 201)
        return made

    def _supervises(self, method: str, path: str, **body: object) -> int:
        sent = Sent(path, body)
        answer = self.supervisor.session.request(
            method, self.supervisor.url(path), json=body, headers=self.supervisor.headers(sent), timeout=10
        )
        return answer.status_code

    def number_of_a_closed_line(self) -> tuple[Client, Sent]:
        return self.kiosk, Sent("/tickets", {"line": "B", "class": "ordinary"})

    def call_where_nobody_waits(self) -> tuple[Client, Sent]:
        return self.clerk, Sent("/windows/3/calls", {})

    def untrue(self) -> list[str]:
        """Answers that the hall's state never gave reason for."""
        return [f"{sent.path} was told {sent.status} {sent.answer}" for _, sent in self.told if not _true(sent)]

    def told_otherwise(self, hall: ServedHall) -> list[str]:
        """Open the line, let somebody wait, and press every press again: what was told something else."""
        before = _orders(hall)
        assert self._supervises("POST", "/lines/B/opening") == 201
        assert self.kiosk.order("/tickets", line="B", **{"class": "ordinary"}).status == 201
        wrong = []
        for client, sent in self.told:
            again = Sent(sent.path, sent.body, sent.key)
            assert client.send(again)
            if (again.status, again.answer, again.replayed) != (sent.status, sent.answer, True):
                wrong.append(f"{sent.path} was told {sent.status} {sent.answer}, then {again.status} {again.answer}")
        if _orders(hall) != before + 2:
            wrong.append("a press that was answered once did something")
        return wrong


def _true(sent: Sent) -> bool:
    if sent.path == "/tickets":
        return sent.status == 409 and sent.answer["error"] == "line_closed"
    return sent.status == 200 and sent.answer["ticket"] is None


def _orders(hall: ServedHall) -> int:
    """Events that somebody's press made."""
    with hall.database() as store, store.reading() as connection:
        return sum(event.actor != "system" for event in log.whole(connection, HALL))
