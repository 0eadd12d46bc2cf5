"""A road to the server on which answers get lost."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

from tests.support.served import ServedHall

#: What must not pass a proxy: it is the connection's own.
HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "server", "date"}


@dataclass
class Thief:
    """A road to the server. What stands in ``steals`` reaches it, and its answer nobody; ``then`` comes between."""

    hall: ServedHall
    steals: str = ""
    then: Callable[[], Any] = lambda: None
    #: Requests that passed: method, path, key.
    seen: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def keys(self, noun: str) -> list[str]:
        return [key for _, path, key in self.seen if path.endswith(noun)]

    def fetch(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> requests.Response | None:
        """The server's answer; None when it was stolen, or there is no server."""
        try:
            answer = requests.request(method, self.hall.server.address + path, data=body, headers=headers, timeout=10)
        except requests.RequestException:
            return None
        if self.steals and path.endswith(self.steals):
            self.steals = ""
            self.then()
            return None
        return answer

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler(thief: Thief) -> type[BaseHTTPRequestHandler]:
    class Road(BaseHTTPRequestHandler):
        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            thief.seen.append((self.command, self.path, self.headers.get("Idempotency-Key", "")))
            self.close_connection = True
            if self.path.startswith("/socket.io"):  # a road without websockets
                return
            answer = thief.fetch(self.command, self.path, body, dict(self.headers))
            if answer is not None:
                self._give(answer)

        def _give(self, answer: requests.Response) -> None:
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                if name.lower() not in HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_POST = do_DELETE = pass_on  # noqa: N815 (the library's names)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    return Road
