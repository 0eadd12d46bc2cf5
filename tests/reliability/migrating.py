"""Brings a database up, and kills itself at the n-th statement.

Run as ``python -m tests.reliability.migrating URL SCRIPTS N``.

Without ``last`` it lives and returns how many steps there were: the statements, the commit, and
the moment after it.
"""

import os
import signal
import sys
from typing import Any

from alembic import command
from sqlalchemy import event

from queue_server.cli import database
from queue_server.store.engine import open_store


def upgrade(url: str, scripts: str, last: int = 0) -> int:
    """Upgrade as ``hall`` does it, with the migrations of a folder; returns the steps."""
    store, count = open_store(url), 0

    def step(*_: Any, **__: Any) -> None:
        nonlocal count
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(store.writer, "before_cursor_execute", step)
    event.listen(store.writer, "commit", step)
    made = database.config(store)
    made.set_main_option("script_location", scripts)
    with store.writer.begin() as connection:
        made.attributes["connection"] = connection
        command.upgrade(made, "head")
    step()
    store.dispose()
    return count


if __name__ == "__main__":
    upgrade(sys.argv[1], sys.argv[2], int(sys.argv[3]))
