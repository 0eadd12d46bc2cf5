"""The project's own gunicorn worker for eventlet: gunicorn dropped its own in release 26.

One of the three places that know the async library; docs/decisions/0002 says why, and the way out.
Tested with gunicorn 27.0; the base class it stands on is pinned to ``>=26,<28``.
"""

import io
import os
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import eventlet
from eventlet import hubs
from eventlet.greenio import GreenSocket
from eventlet.support.greenlets import GreenletExit
from eventlet.wsgi import WSGI_LOCAL
from gunicorn.workers.base_async import AsyncWorker

from queue_server.gunicorn_wire import WIRE, wire_for

#: How often the worker looks whether it shall go on, in seconds; bounds the start of a graceful stop.
HEARTBEAT_S = 0.2
#: How long the body of a request may take to arrive, in seconds.
BODY_WITHIN_S = 10
TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
#: The largest body that is read before the app is asked; no order's is larger.
LARGEST_READ = 16 * 1024
#: How often a full house looks for an idle connection to let go, in seconds.
ROOM_AGAIN_S = 0.01
#: Pause after the system refused a connection, in seconds.
ACCEPT_AGAIN_S = 0.05
#: Share of connections kept for plain HTTP: a hall full of screens must not keep clerks from calling.
RESERVED_SHARE = 4

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class _Input:
    """What python-engineio asks an eventlet server for: the connection's own socket."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def get_socket(self) -> Any:
        return self._connection


class _Aside:
    """Where eventlet's websocket writes that a reader had already gone: every reload does that."""

    def __init__(self, log: Any) -> None:
        self._log = log

    def write(self, text: str) -> None:
        self._log.debug("websocket: %s", text.strip())

    def flush(self) -> None:
        """Nothing is held back."""


def is_websocket(environ: dict[str, Any]) -> bool:
    return str(environ.get("HTTP_UPGRADE", "")).lower() == "websocket"


def whole_body(environ: dict[str, Any]) -> bool:
    """Read a small body before the app sees the request; False when it does not come in time.

    Whoever announces a body and never sends it would otherwise hold a place for ever. A body that
    is too large is left to the app, which refuses it by its length.
    """
    if environ["REQUEST_METHOD"] in ("GET", "HEAD") or int(environ.get("CONTENT_LENGTH") or 0) > LARGEST_READ:
        return True
    body = None
    with eventlet.Timeout(BODY_WITHIN_S, False):
        body = environ["wsgi.input"].read(LARGEST_READ + 1)
    if body is None:
        return False
    environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(body), str(len(body))
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    return True


class EventletWorker(AsyncWorker):  # type: ignore[misc]
    """Serves each connection in a green thread; stops without breaking a request in flight."""

    def init_process(self) -> None:
        """Patch the standard library after the fork, with a hub of this process's own."""
        hubs.use_hub()
        eventlet.monkey_patch()
        self._requests = 0
        self._websockets = 0
        self._idle: dict[Any, None] = {}
        self._clients: dict[Any, Any] = {}
        super().init_process()

    def load_wsgi(self) -> None:
        super().load_wsgi()
        self.wsgi: App = self._counted(self.wsgi)

    def _counted(self, app: App) -> App:
        """Give websockets their socket, and know how many requests and websockets are open."""

        def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            if not is_websocket(environ):
                if not whole_body(environ):
                    # Straight to the socket: the rest of the body may still come, and must not be
                    # read as another request.
                    environ["gunicorn.socket"].sendall(TOO_SLOW)
                    raise StopIteration
                return app(environ, start_response)
            if self._websockets >= self.worker_connections - self.worker_connections // RESERVED_SHARE:
                self.log.error("full: a websocket was refused; raise HALL_CONNECTIONS")
                start_response("503 Service Unavailable", [("Retry-After", "5"), ("Connection", "close")])
                return [b""]
            self._prepare(environ)
            environ["wsgi.errors"] = _Aside(self.log)
            self._websockets += 1
            self._requests -= 1
            try:
                return app(environ, start_response)
            finally:
                self._requests += 1
                self._websockets -= 1

        return serve

    def _prepare(self, environ: dict[str, Any]) -> None:
        """Leave the app the connection itself, and offer readers no compression.

        A compressor for each reader costs 300 kB of memory and packs the same news once for each.
        """
        connection = environ["gunicorn.socket"]
        wire = wire_for(connection)
        if wire is not None:
            environ[WIRE] = wire
        environ["eventlet.input"] = wire or _Input(connection)
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)

    def handle_request(self, *arguments: Any) -> Any:
        self._requests += 1
        try:
            return super().handle_request(*arguments)
        except GreenletExit:
            # The process ends under a request that came too late on a kept connection. No answer is
            # better than a wrong one: the press is retried with its key.
            raise StopIteration from None
        finally:
            self._requests -= 1

    def is_already_handled(self, respiter: Any) -> bool:
        """A websocket was served to its end: there is no response to write."""
        if getattr(WSGI_LOCAL, "already_handled", None):
            WSGI_LOCAL.already_handled = None
            raise StopIteration
        return bool(super().is_already_handled(respiter))

    def handle(self, listener: Any, client: Any, addr: Any) -> None:
        self._clients[eventlet.getcurrent()] = client
        try:
            super().handle(listener, client, addr)
        finally:
            self._clients.pop(eventlet.getcurrent(), None)

    @contextmanager
    def timeout_ctx(self) -> Iterator[None]:
        """Wait for a connection's next request; meanwhile it is idle and may be let go."""
        # Whose next request is there already must not be served again and again before all the others.
        eventlet.sleep(0)
        thread = eventlet.getcurrent()
        self._idle[thread] = None
        try:
            with eventlet.Timeout(self.cfg.keepalive or None, False):
                yield
        finally:
            self._idle.pop(thread, None)

    def _make_room(self) -> None:
        """Let the connection go that has been idle for longest: somebody with an order is at the door."""
        for thread in self._idle:
            del self._idle[thread]
            with suppress(OSError):
                self._clients[thread].shutdown(socket.SHUT_RDWR)
            return

    def handle_quit(self, sig: int, frame: Any) -> None:
        """Ctrl-C stops as gently as TERM: requests in flight are answered."""
        self.handle_exit(sig, frame)

    def run(self) -> None:
        pool = eventlet.GreenPool(self.worker_connections)
        acceptors = [eventlet.spawn(self._accept, listener, pool) for listener in self.sockets]
        while self.alive:
            self._beat()
            eventlet.sleep(HEARTBEAT_S)
        for acceptor in acceptors:
            acceptor.kill()
        for listener in self.sockets:
            listener.close()
        self._finish_requests()

    def _accept(self, listener: Any, pool: eventlet.GreenPool) -> None:
        green = GreenSocket(socket.socket(fileno=os.dup(listener.fileno())))
        while self.alive:
            try:
                connection, address = green.accept()
            except OSError as error:
                # Out of file descriptors, most likely: without the pause this would spin and stop
                # every order; letting an idle connection go makes room for the next.
                self.log.error("a connection was not taken: %s", error)
                self._make_room()
                eventlet.sleep(ACCEPT_AGAIN_S)
                continue
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while pool.free() < 1:
                # Again and again: a connection that was just taken is not idle until its thread has run.
                self._make_room()
                eventlet.sleep(ROOM_AGAIN_S)
            pool.spawn_n(self.handle, listener, connection, address)

    def _finish_requests(self) -> None:
        """Answer plain requests in flight; open websockets are cut when the process ends, and come back."""
        deadline = time.monotonic() + self.cfg.graceful_timeout
        while self._requests > 0 and time.monotonic() < deadline:
            self._beat()
            eventlet.sleep(0.02)

    def _beat(self) -> None:
        self.notify()
        if self.ppid != os.getppid():
            self.log.info("parent changed, stopping: %s", self)
            sys.exit(0)
