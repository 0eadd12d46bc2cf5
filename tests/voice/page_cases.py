"""The table by which a page's voice and a box's are the same: made by the box's own code, read by tests/js too.

``python -m tests.voice.page_cases`` writes it anew after a change of the rules.
"""

import itertools
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from display_client import duty, saying
from queue_server.voice import bank, chime
from queue_server.voice.plan import Announcement
from tests.voice.banks import ENGLISH, MANDARIN

TABLE = Path(__file__).parents[1] / "js" / "voice-cases.json"
#: The real bank has no half phrases for most lines; this one has all kinds of clip, and lacks some.
KEYS = sorted([*MANDARIN, *ENGLISH])
NUMBERS = (
    "A001", "A002", "A007", "A012", "A058", "Z001", "Z008", "VA012", "YB001", "A1001", "A123012", "A099", "B001",
    "001", "AA001", "A01", "A1234567", "a001", "A٠٠١", "",
)  # fmt: skip
WINDOWS = (
    ("specialist", 1), ("specialist", 3), ("specialist", 5), ("specialist", 0), ("specialist", 1000),
    ("specialist", -1), ("specialist", None), ("zero", None), ("zero", 3), ("zero", 7), ("zero", 1000),
)  # fmt: skip
ALSO = ((), ("A002",), ("A007", "VA012"), ("A099",), ("?",))
DAY = {"quiet": [["12:00", "13:30"], ["22:00", "06:00"]], "volumes": [["17:00", 0.6], ["08:00", 0.8]]}
TIMES = (
    "00:00", "05:59", "06:00", "07:59", "08:00", "11:59", "12:00", "13:29", "13:30", "16:59", "17:00", "21:59", "22:00",
)  # fmt: skip
LANGUAGES = (None, [], ["zh"], ["zh", "en"], ["en", "zh"], ["fr"], ["zh", "fr", "en"])
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def table() -> dict[str, object]:
    return {"keys": KEYS, "clips": clips(), "scripts": scripts(), "duty": duties(), "times": times(), "chime": chimes()}


def clips() -> list[dict[str, object]]:
    """Every number to two places, and to every place one number; alone, again and with others."""
    said = [(number, window) for number in NUMBERS for window in (("specialist", 3), ("zero", None))]
    said += [("A001", window) for window in WINDOWS]
    everything = itertools.product(said, (False, True), ((),))
    together = itertools.product(said[:4], (False,), ALSO)
    return [
        _clips({"number": number, "window": {"kind": kind, "number": n}, "repeat": repeat, "also": list(also)}, lang)
        for ((number, (kind, n)), repeat, also), lang in itertools.product([*everything, *together], ("zh", "en"))
    ]


def _clips(said: dict[str, object], lang: str) -> dict[str, object]:
    """``pieces``: the clips with their pauses, null where the bank lacks one, false where it cannot be said."""
    try:
        found = bank.pieces(Announcement.of(said), lang, frozenset(KEYS))
    except ValueError:
        return {"said": said, "lang": lang, "pieces": False}
    return {"said": said, "lang": lang, "pieces": found and [[piece.key, piece.pause_ms] for piece in found]}


def scripts() -> list[dict[str, object]]:
    """Languages and chime by queue; volume by the time of day."""
    asked = itertools.product(LANGUAGES, (None, "zh", "en"), range(5), ("09:00",))
    zones = [({"languages": langs}, lang, waiting, time) for langs, lang, waiting, time in asked]
    zones += [({**DAY, "languages": ["zh"], "chime": bell}, None, 0, time) for time in TIMES for bell in (True, False)]
    zones += [({"volumes": [["08:00", 0], ["09:00", 1.5]]}, None, 0, time) for time in ("08:30", "09:00")]
    told = []
    for zone, lang, waiting, time in zones:
        said = saying.script(zone, lang, waiting, time)
        told.append({"zone": zone, "lang": lang, "waiting": waiting, "time": time, "script": said and said.told()})
    return told


def duties() -> list[dict[str, object]]:
    """With a box's patience; a page has the same rules and waits longer."""
    every = itertools.product((None, "me", "other"), ("", "me"), (True, False), (0, 2999, 3000, 5999, 6000))
    return [
        {"announcer": held, "me": me, "audible": audible, "waited": waited, "may": _may(held, me, audible, waited)}
        for held, me, audible, waited in every
    ]


def _may(held: str | None, me: str, audible: bool, waited_ms: int) -> bool:
    zone = duty.ZoneNow({"announcer": held})
    return duty.may_try(zone, NOW - timedelta(milliseconds=waited_ms), duty.Me(me), audible, NOW)


def times() -> list[list[str | None]]:
    return [
        [zone, saying.time_of_day({"timezone": zone} if zone else {}, NOW)]
        for zone in (None, "Asia/Shanghai", "Asia/Urumqi", "?")
    ]


def chimes() -> list[dict[str, object]]:
    """Every 101st sample of each, and how many there are."""
    return [
        {"form": form, "rate": rate, "length": len(sound), "samples": list(sound[::101])}
        for form in ("long", "short")
        for rate in (22_050, 24_000)
        for sound in [chime.chime(form, rate)]
    ]


def written() -> str:
    """One case a line."""
    parts = []
    for name, cases in table().items():
        lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
        parts.append(f'"{name}": [\n{lines}\n]')
    return "{" + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    TABLE.write_text(written(), encoding="utf-8")
