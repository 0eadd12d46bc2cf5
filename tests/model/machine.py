"""The machine's body: gives one order to the product and to the model, and lays their books side by side."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

import pytest
from hypothesis.stateful import RuleBasedStateMachine

from queue_server.domain.day import Hall as HallRow
from queue_server.domain.errors import KeyReused
from queue_server.domain.events import micros, moment
from queue_server.domain.service import Service
from queue_server.domain.window import Line
from queue_server.domain.window import Window as WindowRow
from queue_server.domain.zone import Zone
from queue_server.services import days, setup, transfers
from queue_server.services.maintenance import verify, verify_statistics
from queue_server.services.orders import Order, perform
from queue_server.services.report import DayReport
from queue_server.store import people
from queue_server.store.engine import Store
from queue_server.store.idempotency import Answer
from queue_server.store.unit_of_work import UnitOfWork
from queue_server.web.errors import refusal_status
from tests.model.database import Database
from tests.model.figures import compare_figures
from tests.model.floor import Floor
from tests.model.hall import CATALOGUE, OWNER
from tests.model.ledger import Ledger
from tests.model.papers import MINUTE, SECOND, No, Ticket, Yes
from tests.model.press import KEPT, NOBODY, Pressed, check
from tests.support.halls import NINE

#: Tickets ended or moved in one transaction: few, so that a small hall has several portions of them.
PORTION = 3
STAFF = ("wang", "li")
#: What the clock moves by between presses, in turn: also not at all, for a tie is decided by the order of issue.
PACE = (0, 7 * SECOND, 0, 1, 40 * SECOND)
FIGURES_EVERY = 25


def found(store: Store, hall_id: str) -> None:
    """The hall of tests.model.hall, one hour before nine."""
    plan = {"Z1": ("zero", 1, "Z", ""), "1": ("specialist", 1, "A", ""), "2": ("specialist", 2, "AB", "")}
    plan["3"] = ("specialist", 3, "B", "A")
    lines = [Line(hall_id, x, x, x, "zero" if x == "Z" else "specialist", n, 5, x != "C") for n, x in enumerate("ZABC")]
    windows = [
        WindowRow(hall_id, code, kind, n, "厅", [*served], [*helps]) for code, (kind, n, served, helps) in plan.items()
    ]
    members = [setup.NewMember(f"{name}-{hall_id}", name, "clerk", "no hash") for name in STAFF]
    hall = HallRow(hall_id, "厅", "Hall", "Asia/Shanghai", demo=True)
    services = [_service(hall_id, code, papers) for code, papers in CATALOGUE.items()]
    windows[-1].zone = "b"
    zones = [Zone(hall_id, "b", "B区", "Area B")]
    setup.found(store, lambda: moment(micros(NINE) - 60 * MINUTE), hall, lines, windows, members, services, zones)


def _service(hall_id: str, code: str, papers: set[str]) -> Service:
    needed = [{"code": paper, "name": paper, "name_en": paper, "required": True, "copies": 1} for paper in papers]
    said = {"area": "厅", "name": code, "name_en": code, "initials": "x", "fee": "", "fee_en": "", "place": ""}
    rest = {"legal_days": 5, "channels": ["window"], "guide_url": None, "owner": OWNER, "popular": 1}
    return Service(hall_id, code, code[0], papers=needed, **said, **rest)  # type: ignore[arg-type]


class Machine(RuleBasedStateMachine):
    """Rules come from the themes (desk_rules and its like), which press through ``press``."""

    database: ClassVar[Database]

    def __init__(self) -> None:
        super().__init__()
        self.patches = pytest.MonkeyPatch()
        self.patches.setattr(days, "PORTION", PORTION)
        self.patches.setattr(transfers, "PORTION", PORTION)
        self.hall_id = self.database.fresh(found)
        self.ledger = Ledger(self.database, self.hall_id)
        self.hall = Floor(real=micros(NINE), seq=self.ledger.seq, last_at=self.ledger.last_at)
        #: Ids of the clerks who are on the staff; the others come from elsewhere and may serve everything.
        self.staff = self._staff()
        self.hall.skills = dict.fromkeys(self.staff.values())
        self.pressed: list[Pressed] = []
        self.presses = 0
        #: The statement of the next order at which the process dies; 0 for never.
        self.doom = 0
        self.report: DayReport | None = None
        self.morning()

    def _staff(self) -> dict[str, str]:
        with self.store.reading() as connection:
            rows = {name: people.credentials(connection, f"{name}-{self.hall_id}") for name in STAFF}
        return {name: row.id for name, row in rows.items() if row}

    def who(self, name: str) -> str:
        """The id of a clerk: of the staff, or the name itself."""
        return self.staff.get(name, name)

    def morning(self) -> None:
        """The day is open and a clerk sits at every window, in every history."""
        self.press("open day", "system", lambda uow: days.open_day(uow, False), lambda: self.hall.open_day(False))

    # -- the product -------------------------------------------------------------------------

    @property
    def store(self) -> Store:
        return self.database.store

    def clock(self) -> datetime:
        return moment(self.hall.real)

    def uow(self, actor: str = "system") -> UnitOfWork:
        return UnitOfWork(self.store, self.hall_id, self.clock, actor)

    def perform(self, pressed: Pressed, body: str | None = None) -> Answer:
        return perform(self.uow(pressed.actor), pressed.order, pressed.press(body), pressed.status, refusal_status)

    # -- orders ------------------------------------------------------------------------------

    def press(
        self, name: str, actor: str, order: Order, rule: Callable[[], No | Yes], status: int = 201, body: str = "{}"
    ) -> Answer:
        """Press a button for the first time."""
        self.presses += 1
        self.hall.real += PACE[self.presses % len(PACE)]
        pressed = Pressed(name, actor, self.hall_id, f"key-{self.presses:08d}", order, rule, status, body)
        self.pressed.append(pressed)
        return self.do(pressed)

    def do(self, pressed: Pressed) -> Answer:
        side = self.ledger.side()
        answer = self._with_death(lambda: self.perform(pressed))
        self.hall.begin()
        said = pressed.rule()
        assert not answer.replay, f"{pressed.name}: answered from an earlier press"
        check(said, pressed, answer, self.hall.seq)
        pressed.answer, pressed.until = answer, self.hall.real + KEPT
        self.see()
        if isinstance(said, No):
            assert self.ledger.side() == side, f"{pressed.name} was refused and yet changed something"
        return answer

    def by_itself(self, name: str, work: Callable[[], Any], rule: Callable[[], Any]) -> None:
        """What the server does by itself, outside the orders' frame."""
        done = work()
        self.hall.begin()
        wanted = rule()
        assert done == wanted, f"{name}: {done}, must be {wanted}"
        self.see()

    def see(self) -> None:
        """The log has the events that the model told, at its time, and the tables are the model's."""
        types = self.ledger.follow()
        assert types == self.hall.told, f"events {types}, must be {self.hall.told}"
        assert all(event[2] == self.hall.now for event in self.ledger.events), "events at another time than the order's"
        self.ledger.compare(self.hall)
        if self.presses % FIGURES_EVERY == 0:
            self.check_figures()

    def unchanged(self, act: Callable[[], Any]) -> Any:
        """Do something that must leave no trace."""
        before = self.marks()
        outcome = act()
        self.require_unchanged(before)
        return outcome

    def marks(self) -> tuple[Any, Any]:
        return self.ledger.stands(), self.ledger.side()

    def require_unchanged(self, before: tuple[Any, Any]) -> None:
        assert self.marks() == before
        assert self.ledger.follow() == []

    # -- trouble -----------------------------------------------------------------------------

    def _with_death(self, order: Callable[[], Answer]) -> Answer:
        """Do an order in a process that may die in the middle of it; the retry then does it."""
        if not self.doom:
            return order()
        before = self.marks()
        self.database.die_at(self.doom)
        self.doom = 0
        try:
            answer = order()
        except BaseException:
            died = self.database.reopen()
            self.require_unchanged(before)
            if not died:
                raise
            return order()
        self.database.reopen()
        return answer

    def retry_press(self, pressed: Pressed) -> None:
        """The same press once more: the same answer, nothing done; later than 48 h it is a new one."""
        if self.hall.real >= pressed.until:
            self.do(pressed)
            return
        again = self.unchanged(lambda: self.perform(pressed))
        first = pressed.answer
        assert first is not None
        assert again.replay
        assert (again.status, again.body) == (first.status, first.body), f"{pressed.name}: another answer than before"

    def retry_otherwise(self, pressed: Pressed) -> None:
        """The same key with another body is refused and changes nothing."""
        if self.hall.real >= pressed.until:
            return
        before = self.marks()
        with pytest.raises(KeyReused):
            self.perform(pressed, body='{"other": 1}')
        self.require_unchanged(before)

    # -- whom and what an order is about -----------------------------------------------------

    def pick(self, n: int, *states: str) -> Ticket | None:
        """Mostly a ticket for which the order makes sense; now and then any; None when there is none."""
        fitting = self.hall.in_state(*states) if n % 8 else self.hall.tickets
        if n == 0:
            return None
        return fitting[n // 8 % len(fitting)] if fitting else None

    @staticmethod
    def id_of(ticket: Ticket | None) -> str:
        return ticket.id if ticket else NOBODY

    # -- the end of a history ----------------------------------------------------------------

    def check_figures(self) -> None:
        with self.store.reading() as connection:
            self.report = DayReport.going_on(connection, self.report, self.hall_id, None)
            assert self.report is not None
            compare_figures(self.hall, self.report.figures(connection))

    def teardown(self) -> None:
        self.patches.undo()
        with self.store.reading() as connection:
            faults = [*verify(connection), *verify_statistics(connection)]
        assert [fault for fault in faults if fault.hall_id == self.hall_id] == []
