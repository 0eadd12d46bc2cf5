"""Has whole calls heard, as a visitor hears them: how many figures, letters and windows come out right."""

import random
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from tqdm import tqdm

from queue_server.voice import bank, library
from queue_server.voice.bank_build import clips, expect, sound
from queue_server.voice.plan import Announcement, Lang

if TYPE_CHECKING:
    from queue_server.voice.bank_build.hear import Ear


def hear(ours: library.Library, ear: "Ear", lang: Lang, count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """How often each part was written down right, of ``calls``; and what was heard where one was not."""
    pick, right, wrong = random.Random(seed), Counter[str](), []  # noqa: S311 # nosec B311 - repeatable, nothing secret
    for _ in tqdm(range(count), unit=" calls", mininterval=5):
        said = _call(pick, lang, ours)
        pieces = bank.pieces(said, lang, ours) or []
        parts = [
            part for piece in pieces for part in (sound.silence(piece.pause_ms), sound.decoded(ours.data(piece.key)))
        ]
        transcript = ear.listen(np.concatenate(parts)).transcript(lang)
        marks = expect.marks(said.number, said.window or 0, transcript, lang)
        right.update(["calls", *(name for name, good in marks.items() if good)])
        if not all(marks.values()):
            wrong.append(f"{said.number} → {said.window}: {transcript}")
    return right, wrong


def _call(pick: random.Random, lang: Lang, ours: library.Library) -> Announcement:
    """A call that the bank can say."""
    while True:
        letters = pick.choice(["", "", "V", "Y"]) + pick.choice(clips.LINES)
        said = Announcement(f"{letters}{pick.randrange(1, 1200):03d}", "specialist", pick.randrange(1, 121))
        if bank.pieces(said, lang, ours):
            return said
