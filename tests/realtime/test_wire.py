"""Frames written at once: whole, in order, and never in the middle of another."""

import select
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from engineio.packet import NOOP

from queue_server.gunicorn_wire import Wire, text_frame, wire_for
from queue_server.realtime.broadcast import Line


class Green:
    """A green socket: the system's under ``fd``, and a ``sendall`` that lets the reader read meanwhile."""

    def __init__(self, system: socket.socket, reader: "Reader") -> None:
        self.fd, self._reader = system, reader
        self.during = lambda: None

    def sendall(self, data: bytes, flags: int = 0) -> None:
        while data:
            try:
                data = data[self.fd.send(data) :]
            except BlockingIOError:
                self._reader.read()
                select.select([], [self.fd], [], 1)
                # There is room now: only the wire itself can refuse.
                self.during()


@dataclass
class Reader:
    system: socket.socket
    got: bytes = b""

    def read(self) -> bytes:
        while True:
            try:
                self.got += self.system.recv(1 << 16)
            except BlockingIOError:
                return self.got

    def read_all(self, length: int) -> bytes:
        """Read until so many bytes have come, or none come for a second."""
        while len(self.got) < length and select.select([self.system], [], [], 1)[0]:
            self.read()
        return self.got


@pytest.fixture
def ends() -> Iterator[tuple[Green, Reader]]:
    # TCP, as in production: it takes a part of a frame where a socket pair takes all or nothing.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        theirs = socket.socket()
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        theirs.connect(listener.getsockname())
        ours, _ = listener.accept()
    with ours, theirs:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        for end in (ours, theirs):
            end.setblocking(False)
        reader = Reader(theirs)
        yield Green(ours, reader), reader


def filled(wire: Wire, size: int = 1000) -> bytes:
    """Write until the system takes no more; everything that was accepted."""
    accepted = b""
    for n in range(10_000):
        frame = text_frame(f"{n:06d}".encode() * size)
        if not wire.write_now(frame):
            return accepted
        accepted += frame
    raise AssertionError("the system takes everything")


def test_a_slow_reader_s_frames_arrive_whole_and_in_order(ends: tuple[Green, Reader]) -> None:
    green, reader = ends
    wire = Wire(green)
    accepted = filled(wire)
    assert wire.behind, "the last frame was taken in part"
    later = text_frame(b"later")
    wire.sendall(later)
    assert reader.read_all(len(accepted + later)) == accepted + later
    assert not wire.behind
    assert wire.write_now(later)
    assert reader.read_all(len(accepted + later + later)) == accepted + later + later


def test_nothing_is_written_into_the_middle_of_a_frame_that_waits(ends: tuple[Green, Reader]) -> None:
    green, reader = ends
    wire, refused = Wire(green), []
    accepted = filled(wire)
    green.during = lambda: refused.append(wire.write_now(b"intruder"))  # type: ignore[func-returns-value]
    long = text_frame(b"x" * 300_000)
    wire.sendall(long)
    assert refused
    assert not any(refused)
    assert reader.read_all(len(accepted + long)) == accepted + long


def test_the_rest_of_a_frame_goes_before_any_other_though_there_is_room(ends: tuple[Green, Reader]) -> None:
    green, reader = ends
    wire = Wire(green)
    accepted = filled(wire)
    reader.read()
    select.select([], [green.fd], [], 1)
    assert not wire.write_now(text_frame(b"intruder"))
    later = text_frame(b"later")
    wire.sendall(later)
    assert reader.read_all(len(accepted + later)) == accepted + later


def test_a_reader_that_is_gone_is_not_waited_for(ends: tuple[Green, Reader]) -> None:
    green, reader = ends
    reader.system.close()
    wire = Wire(green)
    # The system takes the first and hears that nobody is there; the second fails.
    assert wire.write_now(text_frame(b"to nobody"))
    select.select([green.fd], [], [], 1)
    assert wire.write_now(text_frame(b"to nobody"))
    with pytest.raises(OSError, match=r"pipe|reset"):
        green.fd.send(b"a third")


@dataclass
class Queue:
    waiting: list[Any] = field(default_factory=list)

    def empty(self) -> bool:
        return not self.waiting


@dataclass
class Engine:
    closed: bool = False
    queue: Queue = field(default_factory=Queue)

    def send(self, packet: Any) -> None:
        self.queue.waiting.append(packet)


def test_news_does_not_overtake_what_waits_for_a_reader(ends: tuple[Green, Reader]) -> None:
    green, reader = ends
    engine = Engine()
    line = Line("sid", engine, Wire(green))
    assert line.write_now(b"first")
    engine.send("waits")
    assert not line.write_now(b"second")
    assert reader.read_all(5) == b"first"


def test_whoever_is_cut_off_gets_nothing_of_a_broadcast_under_way(ends: tuple[Green, Reader]) -> None:
    green, reader = ends
    line = Line("sid", Engine(), Wire(green))
    line.left = True
    assert not line.write_now(b"staff news")
    assert reader.read() == b""


def test_the_rest_of_a_frame_is_sent_on_though_no_other_news_comes(ends: tuple[Green, Reader]) -> None:
    green, _reader = ends
    engine, wire = Engine(), Wire(green)
    line = Line("sid", engine, wire)
    while not wire.behind:
        assert not engine.queue.waiting
        assert line.write_now(text_frame(b"x" * 30_000))
    assert [packet.packet_type for packet in engine.queue.waiting] == [NOOP]
    assert not line.write_now(text_frame(b"the next one goes the usual way"))


def test_nothing_is_written_to_a_connection_that_the_engine_has_closed(ends: tuple[Green, Reader]) -> None:
    green, reader = ends
    assert not Line("sid", Engine(closed=True), Wire(green)).write_now(b"news")
    assert reader.read() == b""


@pytest.mark.parametrize("length", [0, 125, 126, 65535, 65536])
def test_a_frame_says_its_length_as_the_standard_does(length: int) -> None:
    frame = text_frame(b"x" * length)
    assert frame[0] == 0x81
    assert frame.endswith(b"x" * length)
    header = frame[1 : len(frame) - length]
    expected = {1: header[0], 3: int.from_bytes(header[1:3], "big"), 9: int.from_bytes(header[1:9], "big")}
    assert expected[len(header)] == length
    assert len(header) == (1 if length < 126 else 3 if length < 65536 else 9)


def test_only_a_plain_connection_is_written_to_directly(ends: tuple[Green, Reader]) -> None:
    green, _ = ends

    class Sealed:
        fd = type("TLS", (), {"do_handshake": None})()

    assert wire_for(green) is not None
    assert wire_for(Sealed()) is None
    assert wire_for(object()) is None
