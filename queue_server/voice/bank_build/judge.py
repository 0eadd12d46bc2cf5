"""Whether a clip says what it should: written down right, or clearly likelier than everything it could be taken for."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from queue_server.voice.bank_build import expect, sound
from queue_server.voice.bank_build.clips import Clip

if TYPE_CHECKING:  # the recogniser is in .venv-voice only
    from queue_server.voice.bank_build.hear import Ear, Impression

#: By how much (natural logarithm) the truth must be likelier than the best rival: 2.7 times.
LEAST_MARGIN = 1.0
#: The transcript alone was right; no weighing was needed.
EXACT = "exact"


@dataclass(frozen=True)
class Verdict:
    """``how``: exact, closed set, or flagged. ``margin`` and ``rival`` are known where sentences were weighed."""

    how: str
    transcript: str
    margin: float | None = None
    rival: str | None = None

    @property
    def passed(self) -> bool:
        return self.how != "flagged"

    def facts(self) -> dict[str, Any]:
        return asdict(self)


def joined(clip: Clip, wave: Any, others: Callable[[str], Any], base: expect.Call = expect.BASES[0]) -> Any:
    """The whole announcement around the clip."""
    found = []
    for piece in expect.pieces(clip, base):
        found += [sound.silence(piece.pause_ms), wave if piece.key == clip.key else others(piece.key)]
    return np.concatenate(found)


def judge(clip: Clip, announced: Callable[[expect.Call], Any], ear: "Ear") -> Verdict:
    """Heard within one call; what neither is written down right nor wins there is weighed in other calls as well,
    and the mean of its margins must win: a neighbour that suits one rival says nothing about the clip.
    ``announced`` gives None for a call whose other clips are not there.
    """
    first = expect.BASES[0]
    heard = ear.listen(announced(first))
    transcript = heard.transcript(clip.lang)
    if expect.is_right(clip, transcript):
        return Verdict(EXACT, transcript)
    margin, rival = weighed(clip, heard)
    if margin < LEAST_MARGIN:
        others = [(base, wave) for base in expect.BASES[1:] if (wave := announced(base)) is not None]
        margins = [margin, *(weighed(clip, ear.listen(wave), base)[0] for base, wave in others)]
        margin = sum(margins) / len(margins)
    return Verdict("closed set" if margin >= LEAST_MARGIN else "flagged", transcript, round(margin, 2), rival)


def weighed(clip: Clip, heard: "Impression", base: expect.Call = expect.BASES[0]) -> tuple[float, str]:
    """How much likelier the truth is than its best rival, in the way of writing that suits the truth best."""
    truths = heard.weights(expect.forms(expect.call(clip, base), clip.lang), clip.lang)
    form = int(np.argmax(truths))
    texts = [expect.forms(rival, clip.lang)[form] for rival in expect.rivals(clip, base)]
    weights = heard.weights(texts, clip.lang)
    best = int(np.argmax(weights))
    return truths[form] - weights[best], texts[best]
