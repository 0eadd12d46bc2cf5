"""Orders in several green threads under eventlet; counts the hub's turns inside a transaction.

Run as ``python -m tests.reliability.green_orders URL [pause]``; prints the orders done and the
switches seen. With ``pause`` an order yields on purpose, to show that the trace sees it.
"""

import eventlet

eventlet.monkey_patch()

import sys  # noqa: E402
from functools import partial  # noqa: E402
from typing import Any  # noqa: E402

import greenlet  # noqa: E402

from queue_server.domain.numbering import TicketClass  # noqa: E402
from queue_server.parts import real_clock  # noqa: E402
from queue_server.services import counters, intake, orders, seats  # noqa: E402
from queue_server.store.engine import open_store  # noqa: E402
from queue_server.store.idempotency import Press  # noqa: E402
from queue_server.store.unit_of_work import UnitOfWork  # noqa: E402
from tests.support.halls import HALL  # noqa: E402

#: Green threads that hold a transaction at the moment; more than one would be a fault of its own.
inside: set[greenlet.greenlet] = set()
switches: list[str] = []


class Watched(UnitOfWork):
    """Knows from when to when the lock is held: after the begin, up to the end of the commit."""

    def __enter__(self) -> "Watched":
        super().__enter__()
        inside.add(greenlet.getcurrent())
        return self

    def _finish(self) -> None:
        super()._finish()
        inside.discard(greenlet.getcurrent())

    def _close(self) -> None:
        inside.discard(greenlet.getcurrent())
        super()._close()


def watch(event: str, arguments: tuple[greenlet.greenlet, greenlet.greenlet]) -> None:
    if arguments[0] in inside:
        switches.append(event)


class Presses:
    def __init__(self, url: str, pause: bool) -> None:
        self.store, self.pause, self.count = open_store(url), pause, 0

    def do(self, who: str, order: orders.Order) -> dict[str, Any]:
        self.count += 1
        press = Press(who, f"press-{self.count:06d}", "")
        uow = Watched(self.store, HALL, real_clock, who)
        return orders.perform(uow, partial(self._with_pause, order), press, 201, lambda refusal: 409).body

    def _with_pause(self, order: orders.Order, uow: UnitOfWork) -> dict[str, Any]:
        if self.pause and self.count % 50 == 0:
            eventlet.sleep(0)
        return order(uow)

    def issue(self, name: str, times: int) -> None:
        for _ in range(times):
            self.do(name, partial(intake.issue, line="A", ticket_class=TicketClass.ORDINARY, channel="staff"))
            eventlet.sleep(0)

    def serve(self, window: str, times: int) -> None:
        self.do(window, partial(seats.open_window, code=window, clerk=window))
        for _ in range(times):
            ticket = self.do(window, partial(counters.call_next, code=window, clerk=window)).get("ticket")
            for service in (counters.start, counters.finish) if ticket else ():
                self.do(window, partial(service, ticket_id=ticket["id"], clerk=window))
            eventlet.sleep(0)


def main(url: str, pause: bool) -> None:
    presses = Presses(url, pause)
    greenlet.settrace(watch)
    running = [eventlet.spawn(presses.issue, name, 50) for name in ("kiosk1", "kiosk2")]
    running += [eventlet.spawn(presses.serve, window, 50) for window in ("1", "2")]
    for green in running:
        green.wait()
    greenlet.settrace(None)
    presses.store.dispose()
    print(presses.count, len(switches))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:] == ["pause"])
