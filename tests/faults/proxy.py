"""A TCP proxy that breaks: between a page or program and the server, or between the server and its database.

``pass``    everything goes through.
``freeze``  nothing moves, nothing is lost: it all goes on where it stood after the healing.
``drop``    bytes vanish. A connection that lost some is dead for good, and neither end is told: TCP would
            not deliver what follows a hole either.
``refuse``  nobody listens; connections that were open are closed, as when a program ends.
``reset``   every connection is reset, also the new ones.
``delay``   each piece takes ``delay_s`` longer.
"""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal, get_args

from tests.support.postgres import free_port

Fault = Literal["pass", "freeze", "drop", "refuse", "reset", "delay"]
FAULTS: tuple[Fault, ...] = tuple(fault for fault in get_args(Fault) if fault != "pass")
#: How much longer a piece takes while the fault is ``delay``, in seconds.
DELAY_S = 0.3
PIECE = 65536


class _Pair:
    """One connection: the client's end and the server's."""

    def __init__(self, client: socket.socket, server: socket.socket) -> None:
        self.client, self.server = client, server
        #: Bytes were lost: nothing passes any more, and neither end hears of it.
        self.dead = False

    def close(self) -> None:
        for end in (self.client, self.server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def reset(self) -> None:
        # The threads that wake up must not say goodbye first.
        self.dead = True
        for end in (self.client, self.server):
            _cut(end)


def _cut(end: socket.socket) -> None:
    """Close with a reset: what lingers for no time is not said goodbye to."""
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # Wakes the thread that waits in recv, which a mere close does not.
        end.shutdown(socket.SHUT_RD)
    end.close()


class FaultProxy:
    """Listens on a port of its own and passes to ``target``; ``set`` changes what becomes of the bytes."""

    def __init__(self, target: int) -> None:
        self.target, self.port = target, free_port()
        self.fault: Fault = "pass"
        self.delay_s = DELAY_S
        self._changed = threading.Condition()
        self._pairs: set[_Pair] = set()
        self._open = True
        self._listener = self._listen()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def set(self, fault: Fault) -> None:
        with self._changed:
            before, self.fault = self.fault, fault
            self._changed.notify_all()
            pairs = list(self._pairs) if fault in ("refuse", "reset") else []
        if fault == "refuse":
            self._listener.close()
        elif before == "refuse":
            self._listener = self._listen()
        for pair in pairs:
            pair.reset() if fault == "reset" else pair.close()

    def heal(self) -> None:
        self.set("pass")

    @contextmanager
    def broken(self, fault: Fault) -> Iterator[None]:
        self.set(fault)
        try:
            yield
        finally:
            self.heal()

    def close(self) -> None:
        self._open = False
        self.set("refuse")

    # -- the threads -------------------------------------------------------------------------

    def _listen(self) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(128)
        # A blocked accept would keep the port open after the close.
        listener.settimeout(0.05)
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            threading.Thread(target=self._admit, args=(client,), daemon=True).start()

    def _admit(self, client: socket.socket) -> None:
        client.settimeout(None)
        if self.fault == "reset":
            return _cut(client)
        self._wait_while_frozen()
        try:
            server = socket.create_connection(("127.0.0.1", self.target), timeout=5)
        except OSError:
            return _cut(client)
        server.settimeout(None)
        for end in (client, server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        pair = _Pair(client, server)
        with self._changed:
            self._pairs.add(pair)
            too_late = self.fault in ("refuse", "reset")
        if too_late:
            pair.reset()
        for ends in ((client, server), (server, client)):
            threading.Thread(target=self._pump, args=(pair, *ends), daemon=True).start()

    def _pump(self, pair: _Pair, source: socket.socket, sink: socket.socket) -> None:
        """Carry one direction until its source ends."""
        with suppress(OSError):
            while piece := source.recv(PIECE):
                if self._may_pass(pair):
                    sink.sendall(piece)
        # The end of a connection is a message too: it is frozen, or lost, like any other.
        if self._may_pass(pair):
            self._forget(pair)
        else:
            source.close()

    def _may_pass(self, pair: _Pair) -> bool:
        """Wait as the fault wants it; whether the piece in hand reaches the other end."""
        self._wait_while_frozen()
        if self.fault == "delay":
            threading.Event().wait(self.delay_s)
        if self.fault == "drop":
            pair.dead = True
        return not pair.dead

    def _wait_while_frozen(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self.fault != "freeze")

    def _forget(self, pair: _Pair) -> None:
        with self._changed:
            self._pairs.discard(pair)
        pair.close()
