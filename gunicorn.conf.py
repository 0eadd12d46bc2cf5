"""gunicorn's settings, from the same ``HALL_*`` variables as the server's."""

import sys
import warnings
from pathlib import Path
from typing import Any

from queue_server.config import Settings
from queue_server.exclusive import InUse, hold
from queue_server.limits import connections_possible

# That eventlet is being retired is known, said in the README, and not the operator's to act on.
warnings.filterwarnings("ignore", message="\nEventlet is deprecated")

_settings = Settings.from_env()


def on_starting(server: Any) -> None:
    """One server on a SQLite file: two would each tell only their own screens."""
    if not _settings.url.startswith("sqlite"):
        return
    path = Path(_settings.url.removeprefix("sqlite:///"))
    try:
        server.hall_lock = hold(path)
    except InUse:
        sys.exit(f"another server or a restore uses {path}: stop it first")


bind = f"{_settings.host}:{_settings.port}"
# One writer on SQLite; several workers need PostgreSQL behind a proxy (docs/operations.md).
workers = 1
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
