"""A connection to PostgreSQL that does not wait for ever. Imported only where PostgreSQL is used.

A network that swallows bytes tells nobody: the socket stays open, and whoever waits on it would hold the
hall's write lock until TCP gives up, a quarter of an hour later.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.abc import RV, PQGen

from queue_server.store.nearby import Nearby

#: How long PostgreSQL may be silent, in seconds: a little more than its own lock timeout for orders.
ANSWERS_WITHIN_S = 4.5
#: How long it may take to let us in, in seconds.
ADMITS_WITHIN_S = 3


@dataclass
class Limit:
    """Shared by a store's connections: how long each waits for an answer, in seconds; None for ever."""

    seconds: float | None = ANSWERS_WITHIN_S
    #: When one of them was last found dead (``time.monotonic``): those that rested then may be, too.
    lost_at: float = 0.0


class Answering(psycopg.Connection[Any]):
    """Gives up a connection on which nothing comes back in time."""

    limit = Limit(None)
    nearby = Nearby()
    _gathering = False

    def together(self, statements: Iterable[tuple[str, dict[str, Any]]]) -> list[psycopg.Cursor[Any]]:
        """Have several statements done in one way there and back; of those behind one that fails, none is.

        psycopg's own pipeline sends each by itself, and PostgreSQL's process is woken for each.
        """
        with self.pipeline() as pipeline:
            self._gathering = True
            try:
                cursors = [self.execute(text, values) for text, values in statements]
            finally:
                self._gathering = False
            # Into libpq's buffer, which leaves with the end of the pipeline.
            while pipeline.command_queue:
                pipeline.command_queue.popleft()()
        return cursors

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        if self._gathering:
            queued: RV = _as_far_as_sending(gen)
            return queued
        try:
            rest = self.nearby.answered_soon(gen, self.pgconn.socket)
            return super().wait(rest, interval, timeout if timeout is not None else self.limit.seconds)
        except psycopg.OperationalError as error:
            if error.sqlstate is None:
                # Half an answer may still come: nobody must take it for that to the next question.
                self.pgconn.finish()
            raise


def _as_far_as_sending(gen: PQGen[RV]) -> Any:
    """What a statement of a pipeline first waits for is to be sent: by then it stands in the pipeline's queue."""
    try:
        next(gen)
    except StopIteration as ended:
        return ended.value
    gen.close()
    return None


def connect(limit: Limit, arguments: dict[str, Any]) -> Answering:
    connection = Answering.connect(**arguments, connect_timeout=ADMITS_WITHIN_S)
    connection.limit = limit
    connection.nearby = Nearby()
    return connection
