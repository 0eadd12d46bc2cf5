"""What the recogniser should hear: a clip is heard within a whole announcement, as the hall hears it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from queue_server.voice import bank, normalise
from queue_server.voice.bank_build.clips import LINES, WINDOWS, Clip
from queue_server.voice.plan import Announcement

#: The recogniser writes either script.
SIMPLIFIED = str.maketrans("請號個窗臺兩與", "请号个窗台两与")
_CARDINALS = sorted(((normalise.cardinal(n), str(n)) for n in range(1, 200)), key=lambda pair: -len(pair[0]))
_WORDS = sorted(((normalise.cardinal_en(n), str(n)) for n in range(200)), key=lambda pair: -len(pair[0]))


@dataclass(frozen=True)
class Call:
    """A call as somebody would write it down. Window 0 is the zero window."""

    letters: str = "B"
    figures: str = "258"
    window: int = 3
    desk: int | None = None
    again: bool = False


#: What a clip is heard in: its neighbours, and the number around a clip that says none.
BASES = (Call(), Call("S", "137", 12), Call("C", "046", 25))


class _Tiers:
    """A bank that has every clip; of the numbers and half phrases only the clip itself and the call's own number."""

    def __init__(self, clip: Clip, base: Call) -> None:
        self._key = clip.key
        self._numbers = (
            {f"{clip.lang}/number/{base.figures}"} if clip.kind in ("letter", "window", "zero", "again") else set()
        )

    def __contains__(self, key: object) -> bool:
        sort = str(key).split("/")[1]
        return sort not in ("number", "call") or key == self._key or (key in self._numbers and str(key)[:2] == "zh")


def call(clip: Clip, base: Call = BASES[0]) -> Call:
    """The call in which the clip is heard, as ``base`` but for what the clip says."""
    kind, name = clip.kind, clip.name
    last = f"25{name}" if kind == "last" else f"2{name}8"
    changes: dict[str, dict[str, object]] = {
        "letter": {"letters": name},
        "number": {"figures": name},
        "call": {"letters": name[:-3], "figures": name[-3:]},
        "digit": {"figures": f"{name}58" if clip.lang == "zh" else last},
        "tail": {"figures": f"8{name}"},  # after 二 the recogniser takes it for a date
        "last": {"figures": last},
        "window": {"window": int(name or 0)} if kind == "window" else {},
        "zero": {"window": 0, "desk": int(name) if kind == "zero" and name else None},
        "again": {"again": True},
    }
    return replace(base, **changes[kind])  # type: ignore[arg-type]


def pieces(clip: Clip, base: Call = BASES[0]) -> list[bank.Piece]:
    """The clips that make that call."""
    heard = call(clip, base)
    kind, window = ("zero", heard.desk) if clip.kind == "zero" else ("specialist", heard.window)
    said = Announcement(heard.letters + heard.figures, kind, window, heard.again)  # type: ignore[arg-type]
    return bank.pieces(said, clip.lang, _Tiers(clip, base)) or []


def rivals(clip: Clip, base: Call = BASES[0]) -> Iterator[Call]:
    """Every call that would be wrong in what this clip says: another letter, figure, window or desk; or no 再次."""
    truth = call(clip, base)
    if clip.kind in ("letter", "call"):
        first = truth.letters[:-1]
        found = {kind + letter for letter in LINES for kind in {first, ""}} | {k + truth.letters[-1] for k in "VY"}
        yield from (replace(truth, letters=letters) for letters in sorted(found - {truth.letters}))
    if clip.kind in ("number", "call", "digit", "last", "tail"):
        yield from (replace(truth, figures=figures) for figures in sorted(_near(truth.figures)))
    if clip.kind in ("window", "zero"):
        yield from (replace(truth, window=window) for window in _near_window(truth.window))
    if truth.desk is not None:
        yield from (replace(truth, desk=desk) for desk in range(1, 13) if desk != truth.desk)
    if truth.again:
        yield replace(truth, again=False)


def _near(figures: str) -> set[str]:
    changed = {figures[:at] + new + figures[at + 1 :] for at in range(len(figures)) for new in "0123456789"}
    dropped = {figures[:at] + figures[at + 1 :] for at in range(len(figures))}
    return (changed | dropped) - {figures}


def _near_window(window: int) -> list[int]:
    text = str(window)
    near = {int(other) for other in _near(text) | {f"{text}0", f"1{text}", f"2{text}"} if other}
    return sorted((near & set(WINDOWS)) - {window})


def forms(said: Call, lang: str) -> list[str]:
    """The ways to write a call down; the recogniser takes the one it likes best."""
    if lang == "en":
        return _forms_en(said)
    again = "再次呼叫," if said.again else ""
    desk = f"{said.desk}号台" if said.desk else ""
    arabic = f"{again}请{said.letters}{said.figures}号到{said.window}号窗口{desk}"
    hanzi_desk = f"{normalise.cardinal(said.desk)}号台" if said.desk else ""
    figures = "".join(normalise.DIGITS[int(figure)] for figure in said.figures)
    hanzi = f"{again}请{said.letters}{figures}号到{normalise.cardinal(said.window)}号窗口{hanzi_desk}"
    old = str.maketrans("请号台", "請號臺")
    return [arabic, arabic.translate(old), hanzi, hanzi.translate(old)]


def _forms_en(said: Call) -> list[str]:
    start = " Calling again, ticket" if said.again else " Ticket"
    letters, desk = " ".join(said.letters), f", desk {said.desk}" if said.desk else ""
    place = f"window {said.window}" if said.window else f"the zero window{desk}"
    words = " ".join(normalise.DIGITS_EN[int(figure)] for figure in said.figures)
    spelt = f"window {normalise.cardinal_en(said.window)}" if said.window else place
    return [
        f"{start} {said.letters}{said.figures}, please go to {place}.",
        f"{start} {letters} {said.figures}, please go to {place}.",
        f"{start} {letters} {words}, please go to {spelt}.",
    ]


def is_right(clip: Clip, transcript: str) -> bool:
    """Whether the transcript says exactly what the clip should; its neighbours may be misspelt."""
    truth, found = call(clip), (_parsed if clip.lang == "zh" else _parsed_en)(transcript)
    if clip.kind == "again":
        return ("再次呼叫" in found["text"]) if clip.lang == "zh" else ("calling again" in found["text"])
    if clip.kind in ("letter", "call") and found["letters"] != truth.letters:
        return False
    if clip.kind in ("number", "call", "digit", "last", "tail") and found["figures"] != truth.figures:
        return False
    if clip.kind == "window" and found["window"] != str(truth.window):
        return False
    return clip.kind != "zero" or (found["window"] == "0" and found["desk"] == str(truth.desk or ""))


def marks(number: str, window: int, transcript: str, lang: str) -> dict[str, bool]:
    """Which parts of a whole call the transcript has right."""
    found = (_parsed if lang == "zh" else _parsed_en)(transcript)
    letters, figures = normalise.split(number)
    return {
        "figures": found["figures"] == figures,
        "letters": found["letters"] == letters,
        "windows": found["window"] == str(window),
    }


def _parsed(transcript: str) -> dict[str, str]:
    text = re.sub(r"[^\w]", "", transcript.translate(SIMPLIFIED))
    before, _, after = text.partition("到")
    for words, number in _CARDINALS:
        after = after.replace(words, number)
    for value, words in enumerate(normalise.DIGITS):
        before = before.replace(words, str(value))
    after = after.replace("零", "0")
    call_ = re.match(r"^(?:再次呼叫)?\D*?([A-Z]*)(\d+)号$", before)
    place = re.match(r"^(\d+)号(?:\D*?口)?(?:(\d+)号)?", after)
    letters, figures = call_.groups() if call_ else ("", "")
    window, desk = place.groups() if place else ("", "")
    return {"text": text, "letters": letters, "figures": figures, "window": window, "desk": desk or ""}


def _parsed_en(transcript: str) -> dict[str, str]:
    text = re.sub(r"[^a-z0-9 ]", " ", transcript.lower())
    for words, number in _WORDS:
        text = re.sub(rf"\b{words}\b", number, text)
    text = re.sub(r"\bthe (0|zero) window\b", "window 0", text)
    call_ = re.search(r"ticket ((?:[a-z] ?)*?)((?:\d ?)+) please", re.sub(r" +", " ", text))
    place = re.search(r"go to windows? (\d+)(?: *desk (\d+))?", re.sub(r" +", " ", text))
    letters, figures = call_.groups() if call_ else ("", "")
    window, desk = place.groups() if place else ("", "")
    found = {"letters": letters.replace(" ", "").upper(), "figures": figures.replace(" ", "")}
    return {"text": re.sub(r" +", " ", text), **found, "window": window, "desk": desk or ""}
