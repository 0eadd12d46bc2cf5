"""The hall, as whoever is signed in at this desk."""

from typing import Final

from counter_client.api import Api, Patience
from counter_client.memory import Memory, Seat

#: To connect, and to wait for what is only read, in seconds.
READING_S: Final = (2.0, 3.5)


class NotSignedIn(Exception):
    """Nobody is signed in at this desk."""


def desk(memory: Memory, patience: Patience) -> tuple[Api, Seat]:
    """Raises NotSignedIn."""
    seat = memory.seat()
    if seat is None:
        raise NotSignedIn
    api = Api(seat.server, seat.hall, patience)
    api.go_on_as(seat.identity)
    return api, seat
