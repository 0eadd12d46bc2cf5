"""Signs of life between the socket and the database: many devices, one transaction a second at most."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from queue_server.parts import Parts
from queue_server.services import presence
from queue_server.services.presence import Sign

#: How often a device that says nothing new is written down, in seconds; well below zone.ALIVE_WITHIN.
SEEN_EVERY_S = 3.0
#: What one program of a device said counts for this long beside what another one says, in seconds.
COUNTS_FOR_S = 6.0
#: How often is looked whether there is something to write, in seconds.
WRITE_EVERY_S = 1.0


@dataclass
class Heard:
    """The devices of one hall that this process hears."""

    #: By device and connection: what was said last, and when. A box and the page it shows are one device.
    said: dict[str, dict[str, tuple[Sign, float]]] = field(default_factory=dict)
    #: Not written yet, by device.
    waiting: dict[str, Sign] = field(default_factory=dict)
    #: What was written last, by device, and when.
    written: dict[str, tuple[Sign, float]] = field(default_factory=dict)

    def take_in(self, device: str, connection: str, sign: Sign, now: float) -> None:
        earlier = self.said.get(device, {}).items()
        kept = {one: told for one, told in earlier if one != connection and now - told[1] < COUNTS_FOR_S}
        # The newest last: a dict keeps its order.
        self.said[device] = {**kept, connection: (sign, now)}
        self.waiting[device] = Sign.together(told for told, _ in self.said[device].values())

    def is_due(self, now: float) -> bool:
        """Somebody says something new, or has not been written down for three seconds."""
        return any(
            device not in self.written
            or self.written[device][0] != sign
            or now - self.written[device][1] >= SEEN_EVERY_S
            for device, sign in list(self.waiting.items())
        )


class Presence:
    """What devices say is kept here, and written for all of a hall together: each write waits for the disk."""

    def __init__(self, parts: Parts, clock: Callable[[], float] = time.monotonic) -> None:
        self._parts, self._clock = parts, clock
        self._halls: dict[str, Heard] = {}

    def hear(self, hall_id: str, device: str, sign: Sign, connection: str = "") -> int | None:
        """Keep it for the next write; returns up to where the device's calls are written down as shown."""
        heard = self._halls.setdefault(hall_id, Heard())
        heard.take_in(device, connection, sign, self._clock())
        return heard.written[device][0].shown if device in heard.written else None

    def write(self) -> None:
        """Write what is due, everything that waits with it. What cannot be written waits for the next time."""
        now = self._clock()
        for hall_id, heard in list(self._halls.items()):
            if heard.is_due(now):
                self._write(hall_id, heard, now)

    def _write(self, hall_id: str, heard: Heard, now: float) -> None:
        signs = dict(heard.waiting)
        with self._parts.uow(hall_id) as uow:
            presence.note(uow, signs)
        for device, sign in signs.items():
            heard.written[device] = sign, now
            # What came in while it was written stays.
            if heard.waiting[device] is sign:
                del heard.waiting[device]
