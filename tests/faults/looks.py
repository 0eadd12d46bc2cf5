"""What a client showed, looked at ten times a second, and what may be concluded from it."""

import itertools
import time
from dataclasses import dataclass

from queue_server.protocol import STALE_AFTER_S

#: Time between two looks, in seconds.
LOOK_EVERY_S = 0.1


@dataclass(frozen=True)
class Look:
    """What a client showed at one moment; times are the machine's wall clock, in seconds."""

    at: float
    stale: bool
    seq: int
    unconfirmed: bool = False
    #: A person's own number and nothing else was to be seen: that does not age.
    apart: bool = False


def lateness(looks: list[Look]) -> float:
    """By how much the machine itself kept the client waiting at worst: a look that came too late.

    Two cores carry the server, the databases, a browser and the test; a bound on the product is held
    against the product's own time only.
    """
    gaps = [later.at - earlier.at for earlier, later in itertools.pairwise(looks)]
    return max([0.0, *[gap - LOOK_EVERY_S for gap in gaps]]) + LOOK_EVERY_S


def between(looks: list[Look], since: float, until: float) -> list[Look]:
    return [look for look in looks if since <= look.at <= until]


def stale_after(looks: list[Look], since: float) -> float | None:
    """Seconds from ``since`` to the first look that was stale; None when none was."""
    return next((look.at - since for look in looks if look.at >= since and look.stale), None)


class Acknowledged:
    """Orders that were answered: when, and with which position in the log."""

    def __init__(self) -> None:
        self.answers: list[tuple[float, int]] = []

    def note(self, seq: int) -> None:
        self.answers.append((time.time(), seq))

    def known_by(self, moment: float) -> int:
        """The newest position that everybody could know at that moment."""
        return max((seq for at, seq in list(self.answers) if at <= moment), default=0)

    def shown_as_fresh_though_old(self, looks: list[Look], late: float) -> list[Look]:
        """Looks that said nothing of an interruption and yet missed what happened over six seconds before."""
        fresh = [look for look in looks if not look.stale and not look.apart]
        return [look for look in fresh if look.seq < self.known_by(look.at - STALE_AFTER_S - late)]
