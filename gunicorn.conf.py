"""gunicorn's settings, from the same ``HALL_*`` variables as the server's."""

import os
import sys
import warnings
from pathlib import Path
from typing import Any

from queue_server.config import Settings
from queue_server.exclusive import InUse, hold
from queue_server.limits import connections_possible

# Not used here: it must be loaded before the worker patches the standard library.
from queue_server.store import nearby  # noqa: F401

# That eventlet is being retired is known, said in the README, and not the operator's to act on.
warnings.filterwarnings("ignore", message="\nEventlet is deprecated")

_settings = Settings.from_env()


#: Where several processes keep their counts, so that any of them can tell the sum.
_counts = _settings.data.resolve() / "metrics"
if _settings.workers > 1:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_counts)


def child_exit(server: Any, worker: Any) -> None:
    """A dead process's present values (open sockets, longest stop) count no longer."""
    for file in _counts.glob(f"gauge_live*_{worker.pid}.db"):
        file.unlink(missing_ok=True)


def _forget_counts() -> None:
    _counts.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in _counts.glob("*.db"):
        file.unlink(missing_ok=True)


def on_starting(server: Any) -> None:
    """One server on a SQLite file: two would each tell only their own screens; several processes count anew."""
    if _settings.workers > 1:
        _forget_counts()
    if not _settings.url.startswith("sqlite"):
        return
    path = Path(_settings.url.removeprefix("sqlite:///"))
    try:
        server.hall_lock = hold(path)
    except InUse:
        sys.exit(f"another server or a restore uses {path}: stop it first")


bind = f"{_settings.host}:{_settings.port}"
# Several need PostgreSQL: the settings say so.
workers = _settings.workers
worker_class = {
    "eventlet": "queue_server.gunicorn_worker.EventletWorker",
    "gevent": "gevent",
    "threading": "gthread",
}[_settings.async_mode]
worker_connections = connections_possible(_settings.connections)
threads = 64
# The app is loaded in the worker: the async library patches the standard library after the fork.
preload_app = False
# Whose word is taken that the browser came over HTTPS: orders are refused when the scheme does not fit.
forwarded_allow_ips = _settings.proxy
# The database and its log hold what a hall's other users need not read.
umask = 0o077
# A stop is done in five seconds, the requests in flight answered.
graceful_timeout = 3
timeout = 30
keepalive = 15
control_socket_disable = True
# os.sendfile on a green socket stops short when the reader is slower than the file.
sendfile = False
proc_name = "window-zero"
