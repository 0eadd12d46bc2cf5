"""How often a password may be wrong: for one name, and from one address. Every number of it is here.

A name rests after five wrong passwords in a row, whether an account has it or not, so that the answer tells
nobody which names there are. An address is a bucket of failures that empties by itself: all clerks of a hall
may stand behind one, so right passwords fill nothing, and a full bucket refuses only names that were wrong
before: a clerk who types the right password signs in whatever a neighbour does.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: Wrong passwords in a row before a name rests, and for how long.
FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)
#: What was wrong so long ago counts no longer: guessing by the rhythm of the locks is faster, and whoever
#: invents names fills no disk.
FORGOTTEN_AFTER = timedelta(hours=1)
#: Wrong passwords in a row that a name has at a full address, too: people mistype.
ALLOWED_ANYWAY = 2


@dataclass(frozen=True)
class Limit:
    """A bucket: it holds ``most``, and one leaves it every ``one_every``."""

    kind: str
    most: int
    one_every: timedelta

    def level(self, level: float, at: datetime, now: datetime) -> float:
        """How full it is now, when it was ``level`` full at ``at``; a clock that went back empties nothing."""
        return max(0.0, level - max(timedelta(0), now - at) / self.one_every)

    def with_one_more(self, level: float, at: datetime, now: datetime) -> float:
        """How full it is with one more; never more than full, so that room comes soon after the last."""
        return min(float(self.most), self.level(level, at, now) + 1)

    def room_at(self, level: float, at: datetime, now: datetime) -> datetime | None:
        """From when one more fits; None when one does now."""
        over = self.level(level, at, now) - (self.most - 1)
        return now + over * self.one_every if over > 0 else None


#: Fifty clerks sign in at half past eight; some thirty typing errors at once, and three a minute, are theirs.
#: Who guesses from one address is left 4,350 tries a day, and two an hour for each name; at once it can lock six
#: names, and then one in two minutes.
SIGN_IN_FAILURES = Limit("sign-in", most=30, one_every=timedelta(seconds=20))
