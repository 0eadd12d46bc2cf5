"""The least an application can be: the baseline of answers, of the cold start and of the first paint."""

from collections.abc import Callable, Iterable
from typing import Any

#: gunicorn's settings, which it reads from here: those of the server where they matter.
worker_class = "queue_server.gunicorn_worker.EventletWorker"
keepalive = 15
loglevel = "error"
control_socket_disable = True

PAGE = b"<!doctype html><title>hello</title><p>hello"


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(PAGE)))])
    return [PAGE]
