"""What a hall learns from its own past days."""

from queue_server.domain.figures import nearest_rank
from queue_server.store import current, handled
from queue_server.store.unit_of_work import UnitOfWork

#: From the latest so many handlings of a line; fewer than ``ENOUGH`` say nothing about one in a hundred.
LATEST, ENOUGH = 1000, 100


def long_services(uow: UnitOfWork, letter: str) -> bool:
    """Set from when a service of the line counts as too long: the 99th percentile of the latest handlings.

    Until it is known, pages reckon with 3.56 times the planned mean: the 99th percentile of a lognormal
    with the coefficient of variation 0.7 of product.md. Returns whether anything was changed.
    """
    seconds = sorted(handled.latest_handlings(uow, letter, LATEST))
    line = uow.line(letter)
    learned = nearest_rank(seconds, 0.99) if len(seconds) >= ENOUGH else line.long_service_s
    if learned == line.long_service_s:
        return False
    line.long_service_s = learned
    uow.record("line.learned", line, day=uow.latest_day())
    return True


def letters(uow: UnitOfWork) -> list[str]:
    return [row["letter"] for row in current.hall_lines(uow.connection, uow.hall_id)]
