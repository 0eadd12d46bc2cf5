"""Renders and judges clip by clip, best first; goes on where it was stopped."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from queue_server.voice.bank_build import expect, sound
from queue_server.voice.bank_build.clips import Clip, everything
from queue_server.voice.bank_build.judge import Verdict, joined, judge
from queue_server.voice.bank_build.store import Store

if TYPE_CHECKING:  # model and recogniser are in .venv-voice only
    from queue_server.voice.bank_build.hear import Ear
    from queue_server.voice.bank_build.model import Speaker

#: Clips of one rendering: the model spends 1.5 s a rendering on silence around the voice.
AT_ONCE = 4
BETWEEN = "; "
#: Rendered alone: the voice must fall at its end, and in a row only the last one's does.
ALONE = ("last",)
SPEED = 0.9


@dataclass(frozen=True)
class Attempt:
    """One way of rendering: which letters, how fast, how the phrase ends."""

    way: int
    speed: float
    end: str


#: In this order until one passes; the best is kept where none does.
ATTEMPTS = (
    Attempt(0, SPEED, "."), Attempt(1, SPEED, "."), Attempt(2, SPEED, "."), Attempt(0, 0.8, "."),
    Attempt(0, 1.0, ","), Attempt(1, 0.8, ","), Attempt(2, 0.8, ","), Attempt(0, 0.75, ""),
    Attempt(3, SPEED, "."), Attempt(4, SPEED, "."), Attempt(1, 0.75, ""), Attempt(2, 1.0, "."),
    Attempt(5, SPEED, "."), Attempt(6, SPEED, "."), Attempt(7, SPEED, "."), Attempt(5, 0.8, "."),
)  # fmt: skip
#: Of a first run; what it leaves flagged, a run with --retry tries in all ways.
FIRST_RUN = 4


class Builder:
    def __init__(self, store: Store, speaker: "Speaker", ear: "Ear", retry: bool = False) -> None:
        self._store, self._speaker, self._ear, self._retry = store, speaker, ear, retry

    def _done(self, clip: Clip) -> bool:
        facts = self._store.facts(clip.key)
        return facts is not None and not (self._retry and facts["how"] == "flagged")

    def build(self, wanted: Iterable[Clip]) -> None:
        """Every clip of the list that is not in the store yet."""
        missing = [clip for clip in wanted if not self._done(clip)]
        with tqdm(total=len(missing), unit=" clips", mininterval=5) as bar:
            for group in _groups(missing):
                self._prepare(group[0])
                for clip, first in zip(group, self._together(group), strict=True):
                    self._make(clip, first)
                    bar.set_postfix_str(clip.key, refresh=False)
                    bar.update()

    def _together(self, group: Sequence[Clip]) -> list[Any]:
        """The first rendering of each clip of a group; None for all when they could not be cut apart."""
        if len(group) == 1 or self._retry:
            return [None] * len(group)
        said = BETWEEN.join(clip.said(0) for clip in group) + "."
        return sound.phrases(self._speaker.say(said, group[0].lang, SPEED), len(group)) or [None] * len(group)

    def _prepare(self, clip: Clip) -> None:
        """The other clips of the announcements in which this kind of clip is heard, unjudged if need be."""
        for piece in (piece for base in expect.BASES for piece in expect.pieces(clip, base)):
            if piece.key != clip.key and not self._store.path(piece.key).exists():
                other = next(found for found in everything() if found.key == piece.key)
                wave = self._rendered(other, ATTEMPTS[0])
                self._store.path(piece.key).write_bytes(sound.coded(wave))

    def _rendered(self, clip: Clip, attempt: Attempt) -> Any:
        # A figure that another follows must not fall: alone, that takes a comma. The last one is a clip of its own.
        end = "," if clip.key.startswith("en/digit") else attempt.end
        wave = self._speaker.say(clip.said(attempt.way) + end, clip.lang, attempt.speed)
        found = sound.phrases(wave, 1) or [wave]
        return sound.finished(found[0])

    def _make(self, clip: Clip, first: Any) -> None:
        best: tuple[bytes, Verdict, int] | None = None
        for number, wave in enumerate(self._renderings(clip, first)):
            data = sound.coded(wave)
            verdict = judge(clip, partial(self._announced, clip, data), self._ear)
            if best is None or verdict.passed or (verdict.margin or 0) > (best[1].margin or 0):
                best = data, verdict, number
            if verdict.passed:
                break
        if best is not None:
            data, verdict, number = best
            facts = {"text": clip.text, "lang": clip.lang, "attempt": number, **verdict.facts()}
            self._store.keep(clip.key, data, facts | sound.measures(data))

    def _announced(self, clip: Clip, data: bytes, base: expect.Call) -> Any:
        return joined(clip, sound.decoded(data), self._store.wave, base)

    def _renderings(self, clip: Clip, first: Any) -> Iterator[Any]:
        if first is not None:
            yield sound.finished(first)
        different = {(clip.said(attempt.way), attempt.end, attempt.speed): attempt for attempt in ATTEMPTS}
        for attempt in list(different.values())[: None if self._retry else FIRST_RUN]:
            yield self._rendered(clip, attempt)


def _groups(missing: Sequence[Clip]) -> Iterator[Sequence[Clip]]:
    """Clips of one kind and language, four at a time."""
    at = 0
    while at < len(missing):
        size = 1
        while size < AT_ONCE and missing[at].kind not in ALONE and _alike(missing, at, size):
            size += 1
        yield missing[at : at + size]
        at += size


def _alike(missing: Sequence[Clip], at: int, size: int) -> bool:
    following = missing[at + size : at + size + 1]
    return [(clip.kind, clip.lang) for clip in following] == [(missing[at].kind, missing[at].lang)]
