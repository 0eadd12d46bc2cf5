"""The hall as the driver sees it: presses, the agenda of the day, and who walks about."""

import heapq
import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from counter_client.api import Answer, Api, Refusal
from counter_client.book import Book, View
from counter_client.plan import Person, Stay, stranger

Learn = Callable[[Answer], None]


@dataclass
class Press:
    """One press of one button: who, what, and what to make of the answer."""

    api: Api
    path: str
    body: dict[str, Any]
    learn: Learn
    refused: Callable[[Refusal], None] = lambda refusal: None
    method: str = "POST"


#: Decides, when its time has come, what to press; None when there is no reason left.
Action = Callable[[], Press | None]


class Agenda:
    """What is to be done when; same time, same order as it was entered."""

    def __init__(self, grid_s: int = 1) -> None:
        self._grid_s = grid_s
        self._heap: list[tuple[float, int, Action]] = []
        self._n = itertools.count()
        #: Seconds of the day.
        self.now = 0.0

    def at(self, when: float, action: Action) -> None:
        """Enter for a time of day in seconds, rounded up to the grid; what is past is done next."""
        rounded = -(-when // self._grid_s) * self._grid_s
        heapq.heappush(self._heap, (max(rounded, self.now), next(self._n), action))

    def after(self, delay_s: float, action: Action) -> None:
        self.at(self.now + delay_s, action)

    def at_once(self, action: Action) -> None:
        heapq.heappush(self._heap, (self.now, next(self._n), action))

    def next_time(self) -> float | None:
        return self._heap[0][0] if self._heap else None

    def due(self) -> list[Action]:
        """Take out everything of the next time and make that the present."""
        if not self._heap:
            return []
        self.now = self._heap[0][0]
        taken = []
        while self._heap and self._heap[0][0] == self.now:
            taken.append(heapq.heappop(self._heap)[2])
        return taken


@dataclass
class Journey:
    """A person with a number: which of the planned stays they are at."""

    person: Person
    at: int = 0
    #: Missed at this stay before and back: comes when called.
    returned: bool = False

    @property
    def stay(self) -> Stay:
        return self.person.stays[self.at]

    def move_on(self) -> None:
        self.at, self.returned = self.at + 1, False


@dataclass
class Floor:
    """What desks share. Used by one thread; answers are learned in the order of their ``seq``."""

    agenda: Agenda
    book: Book
    #: The supervisor, who puts people back in line.
    reception: Api
    kiosks: list[Api]
    journeys: dict[str, Journey] = field(default_factory=dict)
    refusals: Counter[str] = field(default_factory=Counter)

    def arrive(self, person: Person) -> Press:
        """Somebody presses a line's button at a kiosk."""
        body = {"line": person.stays[0].line, "class": "care" if person.care else "ordinary"}

        def learn(answer: Answer) -> None:
            view = answer.body["ticket"]
            self.book.issued(view)
            self.journeys[view["id"]] = Journey(person)

        return Press(self.kiosks[person.n % len(self.kiosks)], "/tickets", body, learn)

    def journey(self, view: View) -> Journey:
        """Whose ticket this is; somebody made up when the plan knows nobody."""
        if view["id"] not in self.journeys:
            self.journeys[view["id"]] = Journey(stranger(view["line"], view["number"]))
        return self.journeys[view["id"]]

    def reinstate(self, ticket: str) -> Press:
        def learn(answer: Answer) -> None:
            self.book.reinstated(answer.body["ticket"])
            self.journeys[ticket].returned = True

        return Press(self.reception, f"/tickets/{ticket}/reinstatements", {}, learn)
