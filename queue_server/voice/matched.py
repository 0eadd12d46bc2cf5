"""Proof that a wave says what it should: every clip of the bank is looked for in it. Needs NumPy; never runs in a hall.

The wave of a joined announcement holds its clips sample for sample, so the right ones correlate with 1.000 at their
places, and the sequence that is found must be the plan.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

#: Correlation from which a clip counts as found; other clips stay far below (docs/voice.md).
FOUND = 0.98
#: Samples are averaged in groups of this many first: 3 kHz keep what tells words apart, in an eighth of the time.
THIN = 8


@dataclass(frozen=True)
class Finding:
    """The keys in the order of their places, the least correlation of them, and the best of all other clips."""

    keys: tuple[str, ...]
    least: float
    best_wrong: float
    wrong_key: str


def decode(wave: Sequence[int], bank: Mapping[str, Any]) -> Finding:
    """What the samples say, of the clips of ``bank`` (key → ``thin`` samples)."""
    whole = thin(wave)
    size = 1 << int(np.ceil(np.log2(2 * len(whole))))
    spectrum = np.fft.rfft(whole, size)
    energy = np.concatenate([[0.0], np.cumsum(whole.astype(np.float64) ** 2)])
    peaks = {
        key: _correlations(whole, clip, spectrum, energy, size) for key, clip in bank.items() if len(clip) <= len(whole)
    }
    places = [(place, key, peak[place]) for key, peak in peaks.items() for place in _tops(peak)]
    wrong = {key: float(peak.max()) for key, peak in peaks.items() if peak.max() < FOUND}
    worst = max(wrong, key=wrong.__getitem__, default="")
    found = sorted(places)
    return Finding(
        tuple(key for _, key, _ in found),
        min((float(value) for *_, value in found), default=0.0),
        wrong.get(worst, 0.0),
        worst,
    )


def thin(samples: Iterable[int]) -> Any:
    """Fewer samples, of which the announcement's and the clip's are the same wherever the clip begins on a group."""
    wave = np.asarray(samples, dtype=np.float32)
    return wave[: len(wave) // THIN * THIN].reshape(-1, THIN).mean(axis=1)


def _correlations(whole: Any, clip: Any, spectrum: Any, energy: Any, size: int) -> Any:
    """Normalised cross-correlation of the clip at every place, 0 where the wave is silent."""
    product = np.fft.irfft(spectrum * np.conj(np.fft.rfft(clip, size)), size)[: len(whole) - len(clip) + 1]
    own = float(np.sum(clip.astype(np.float64) ** 2))
    there = energy[len(clip) :] - energy[: len(energy) - len(clip)]
    return product / np.sqrt(np.maximum(there, own * 1e-3) * own)


def _tops(peak: Any) -> list[int]:
    """The places where it was found; neighbours of a place are the same place."""
    places: list[int] = []
    for place in np.nonzero(peak >= FOUND)[0]:
        if not places or place - places[-1] > len(peak) // 50 + 2:
            places.append(int(place))
        elif peak[place] > peak[places[-1]]:
            places[-1] = int(place)
    return places
