"""A second hall in the same database, with one of everything that the first hall's people might reach for."""

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from queue_server.domain.day import Hall
from queue_server.domain.numbering import TicketClass
from queue_server.domain.window import Line, Window
from queue_server.domain.zone import Zone
from queue_server.services import access, counters, days, intake, seats, setup, transfers
from queue_server.store import tables
from queue_server.store.tables import metadata
from tests.support.halls import service
from tests.web.visitors import Site

OTHER = "other"
#: A code that only the second hall has, so that naming it in the first is naming a stranger's.
ELSEWHERE = "77"
SERVICE = "E77"


@dataclass
class SecondHall:
    """An open hall with a clerk, a waiting, a called and a missed ticket, a note, a service and two devices."""

    site: Site
    ids: dict[str, str] = field(default_factory=dict)

    def found(self) -> "SecondHall":
        lines = [Line(OTHER, "A", "别处", "Elsewhere", "specialist", 0, 9)]
        lines.append(Line(OTHER, "B", "别处二", "Elsewhere too", "specialist", 1, 9))
        windows = [Window(OTHER, code, "specialist", 7, "", ["A", "B"]) for code in (ELSEWHERE, "1", "2")]
        hall = Hall(OTHER, "别的大厅", "Other hall", "Asia/Shanghai", demo=True)
        services = [service(SERVICE, "别处的事项", hall_id=OTHER)]
        zones = [Zone(OTHER, ELSEWHERE, "别处的区", "Elsewhere", 1)]
        setup.found(self.site.parts.store, self.site.parts.clock, hall, lines, windows, services=services, zones=zones)
        self.do(days.open_day, manual=False)
        self._people()
        self._devices()
        return self

    def do(self, order: Any, *arguments: Any, **named: Any) -> Any:
        with self.site.parts.uow(OTHER, "staff:elsewhere") as uow:
            return order(uow, *arguments, **named)

    def _people(self) -> None:
        member = setup.NewMember("elsewhere", "别处的人", "clerk", access.hasher.hash("another horse"))
        clerk = self.ids["clerk"] = self.do(setup.add_member, member)
        self.do(seats.open_window, ELSEWHERE, clerk)
        for _ in range(4):
            self.do(intake.issue, "A", TicketClass.CARE, "staff")
        missed = self.do(counters.call_next, ELSEWHERE, clerk)["ticket"]["id"]
        self.do(counters.miss, missed, clerk)
        noted = self.do(counters.call_next, ELSEWHERE, clerk)["ticket"]["id"]
        self.do(counters.start, noted, clerk)
        self.do(transfers.transfer, noted, clerk, "B", "别处的便条")
        called = self.do(counters.call_next, ELSEWHERE, clerk)["ticket"]["id"]
        waiting = self.do(intake.issue, "A", TicketClass.ORDINARY, "staff")["ticket"]["id"]
        self.ids |= {"missed": missed, "noted": noted, "called": called, "waiting": waiting}
        with self.site.parts.store.reading() as connection:
            latest = sa.select(sa.func.max(tables.announcements.c.seq)).where(tables.announcements.c.hall_id == OTHER)
            self.ids["seq"] = str(connection.scalar(latest))

    def _devices(self) -> None:
        made = self.do(access.create_device, "screen", "别处的屏", self.site.parts.sign)["device"]
        self.do(access.enrol, access.enrolment_code(self.site.parts.sign, made["id"]))
        self.ids["device"] = made["id"]


def contents(site: Site, but: frozenset[str] = frozenset({"sessions"})) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the database, to see that nothing changed. Sessions come and go with visitors."""
    with site.parts.store.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name not in but
        }
