"""One server, or one restore, at a time on a SQLite file."""

import fcntl
import os
from pathlib import Path


class InUse(Exception):
    """A server or a restore has this database in its hands."""


def hold(database: Path) -> int:
    """Take the database for this process and its children until they end; returns the lock's descriptor.

    The system lets go by itself, also after kill -9. Raises InUse.
    """
    handle = os.open(database.with_name(f"{database.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise InUse(str(database)) from None
    return handle
