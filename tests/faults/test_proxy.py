"""The proxy does what each fault says: the faults' tests are worth no more than this."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.faults.proxy import DELAY_S, FaultProxy
from tests.support.servers import wait_until


class Echo:
    """Answers every line with itself."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    @staticmethod
    def _serve(connection: socket.socket) -> None:
        try:
            while piece := connection.recv(100):
                connection.sendall(piece)
        except OSError:
            pass
        connection.close()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@pytest.fixture
def proxy() -> Iterator[FaultProxy]:
    echo = Echo()
    proxy = FaultProxy(echo.port)
    yield proxy
    proxy.close()
    echo.close()


def connected(proxy: FaultProxy) -> socket.socket:
    return socket.create_connection(("127.0.0.1", proxy.port), timeout=10)


def said(connection: socket.socket, text: bytes, within_s: float = 10.0) -> bytes:
    """What comes back; empty when nothing does in time."""
    connection.sendall(text)
    connection.settimeout(within_s)
    try:
        return connection.recv(100)
    except TimeoutError:
        return b""


def test_what_was_frozen_arrives_after_the_healing(proxy: FaultProxy) -> None:
    with connected(proxy) as old:
        assert said(old, b"one") == b"one"
        proxy.set("freeze")
        assert said(old, b"two", 0.2) == b""
        with connected(proxy) as new:
            assert said(new, b"new", 0.2) == b""
            proxy.heal()
            new.settimeout(10)
            assert new.recv(100) == b"new"
        old.settimeout(10)
        assert old.recv(100) == b"two"


def test_a_connection_that_lost_bytes_stays_dead_and_a_new_one_works(proxy: FaultProxy) -> None:
    with connected(proxy) as old, connected(proxy) as idle:
        assert said(idle, b"idle") == b"idle"
        with proxy.broken("drop"):
            assert said(old, b"lost", 0.2) == b""
        assert said(old, b"after", 0.2) == b""
        assert said(idle, b"nothing was lost here") == b"nothing was lost here"
        with connected(proxy) as new:
            assert said(new, b"new") == b"new"


def test_nobody_listens_while_connections_are_refused(proxy: FaultProxy) -> None:
    with connected(proxy) as old:
        assert said(old, b"one") == b"one"
        with proxy.broken("refuse"):
            assert old.recv(100) == b""
            wait_until(lambda: refused(proxy), 5, "the refusal")
        with connected(proxy) as new:
            assert said(new, b"new") == b"new"


def refused(proxy: FaultProxy) -> bool:
    try:
        connected(proxy).close()
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:  # the listener was just about to go
        return False
    return False


def test_every_connection_is_reset(proxy: FaultProxy) -> None:
    with connected(proxy) as old:
        assert said(old, b"one") == b"one"
        with proxy.broken("reset"):
            with pytest.raises(ConnectionResetError):
                old.recv(100)
            # Which call meets the reset is a matter of luck.
            with pytest.raises((ConnectionResetError, BrokenPipeError)), connected(proxy) as new:
                said(new, b"new")
        with connected(proxy) as later:
            assert said(later, b"later") == b"later"


def test_a_delayed_piece_comes_whole_and_late(proxy: FaultProxy) -> None:
    with connected(proxy) as connection:
        assert said(connection, b"one") == b"one"
        with proxy.broken("delay"):
            started = time.monotonic()
            assert said(connection, b"two") == b"two"
            assert time.monotonic() - started >= 2 * DELAY_S
