"""A small hall on a real database, and the orders a test gives."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from queue_server.domain.day import Hall
from queue_server.domain.numbering import TicketClass
from queue_server.domain.service import Service
from queue_server.domain.window import Line, Window
from queue_server.services import catalogue, counters, days, intake, seats, setup
from queue_server.store.engine import Store
from queue_server.store.unit_of_work import UnitOfWork

#: 09:00 of a Tuesday in the hall's time zone.
NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
HALL = "test"


def service(code: str = "A01", name: str = "社会保障卡申领", **values: Any) -> Service:
    """A service of the test's hall; ``values`` replace."""
    paper = {"code": "id-card", "name": "居民身份证", "name_en": "Resident ID card", "required": True, "copies": 1}
    given = {
        **{
            "line": "A",
            "area": "社保医保",
            "name_en": "Social security card",
            "initials": "shbzksl",
            "papers": [paper],
        },
        **{"fee": "不收费", "fee_en": "Free of charge", "place": "A区", "legal_days": 5, "channels": ["window"]},
        **{"guide_url": "https://guide.example/a01", "owner": "人社局", "popular": 1, "active": True},
    }
    return Service(**({"hall_id": HALL, "code": code, "name": name} | given | values))


class Clock:
    """A clock that a test moves."""

    def __init__(self, now: datetime = NINE) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def at(self, text: str) -> None:
        """Go to a time of day (hall time) of the test's day."""
        hours, minutes = map(int, text.split(":"))
        self.now = NINE.replace(hour=0) - timedelta(hours=8) + timedelta(hours=hours, minutes=minutes)

    def forward(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@dataclass
class Bench:
    """A hall with lines A, B and Z, windows 1 (A), 2 (A), 3 (B, helps A), Z1, and four clerks."""

    store: Store
    clock: Clock = field(default_factory=Clock)
    woken: int = 0

    def found(self) -> "Bench":
        hall = Hall(HALL, "测试大厅", "Test hall", "Asia/Shanghai", demo=True)
        lines = [
            Line(HALL, "Z", "零号窗", "Zero window", "zero", 0, 4),
            Line(HALL, "A", "社保医保", "Insurance", "specialist", 1, 9),
            Line(HALL, "B", "不动产", "Real estate", "specialist", 2, 20),
        ]
        windows = [
            Window(HALL, "Z1", "zero", 1, "零号窗", ["Z"]),
            Window(HALL, "1", "specialist", 1, "A区", ["A"]),
            Window(HALL, "2", "specialist", 2, "A区", ["A"]),
            Window(HALL, "3", "specialist", 3, "B区", ["B"], ["A"]),
        ]
        setup.found(self.store, self.clock, hall, lines, windows)
        return self

    def uow(self, actor: str = "staff:test") -> UnitOfWork:
        def wake() -> None:
            self.woken += 1

        return UnitOfWork(self.store, HALL, self.clock, actor, wake)

    def do(self, order: Callable[..., Any], *arguments: Any, **named: Any) -> dict[str, Any]:
        """Run one order in a transaction of its own."""
        with self.uow() as uow:
            result: dict[str, Any] = order(uow, *arguments, **named)
        return result

    def open_day(self) -> None:
        self.do(days.open_day, manual=False)

    def add_services(self, *services: Service) -> None:
        self.do(catalogue.add, services or [service(), service("B01", "存量房转移登记", line="B", initials="clfzydj")])

    def sit(self, window: str, clerk: str | None = None) -> None:
        self.do(seats.open_window, window, clerk or f"clerk-{window}")

    def issue(self, line: str = "A", ticket_class: TicketClass = TicketClass.ORDINARY) -> dict[str, Any]:
        ticket: dict[str, Any] = self.do(intake.issue, line, ticket_class, "staff")["ticket"]
        return ticket

    def call(self, window: str = "1", finishing: str | None = None) -> dict[str, Any] | None:
        called: dict[str, Any] | None = self.do(counters.call_next, window, f"clerk-{window}", finishing)["ticket"]
        return called

    def serve(self, window: str = "1") -> dict[str, Any] | None:
        """Call, start and finish one ticket."""
        ticket = self.call(window)
        if ticket is not None:
            self.do(counters.start, ticket["id"], f"clerk-{window}")
            self.do(counters.finish, ticket["id"], f"clerk-{window}")
        return ticket
