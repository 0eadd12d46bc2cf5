"""Proof that a wave says what it should: every clip of the bank is looked for in it. Needs NumPy; never runs in a hall.

The wave of a joined announcement holds its clips sample for sample, so the right ones correlate with 1.000 at their
places, and the sequence that is found must be the plan.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from queue_server.voice.library import Library

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


class Decoder:
    """Looks for the clips of a bank in waves; holds their spectra (about 130 kB a clip)."""

    def __init__(self, library: Library) -> None:
        self._clips = {key: thin(library.samples(key)) for key in library.clips}
        self._words = {key: (key[:2], clip.text) for key, clip in library.clips.items()}
        self._spectra: dict[int, Any] = {}

    def decode(self, wave: Sequence[int]) -> Finding:
        """What the samples say. A second for a thousand clips on a busy core."""
        whole = thin(wave)
        peaks = self._correlations(whole)
        places = [(place, key, float(peak[place])) for key, peak in peaks for place in _tops(peak)]
        keys = {key for _, key, _ in places}
        # The same word with another ending is not wrong, only not the one that was taken.
        said = {self._words[key] for key in keys}
        wrong = {key: float(peak.max()) for key, peak in peaks if self._words[key] not in said}
        worst = max(wrong, key=wrong.__getitem__, default="")
        found = sorted(places)
        least = min((value for *_, value in found), default=0.0)
        return Finding(tuple(key for _, key, _ in found), least, wrong.get(worst, 0.0), worst)

    def _correlations(self, whole: Any) -> list[tuple[str, Any]]:
        """Normalised cross-correlation of each clip at every place; next to nothing where the wave is silent."""
        fitting = {key: clip for key, clip in self._clips.items() if len(clip) <= len(whole)}
        # A clip that lies wholly in the wave does not wrap around: twice the length is not needed.
        size = 1 << int(np.ceil(np.log2(len(whole))))
        spectrum = np.fft.rfft(whole, size)
        energy = np.concatenate([[0.0], np.cumsum(whole.astype(np.float64) ** 2)])
        found = []
        for key, clip in fitting.items():
            product = np.fft.irfft(spectrum * self._spectrum(key, size), size)[: len(whole) - len(clip) + 1]
            own = float(np.sum(clip.astype(np.float64) ** 2))
            there = energy[len(clip) :] - energy[: len(energy) - len(clip)]
            found.append((key, product / np.sqrt(np.maximum(there, own * 1e-3) * own)))
        return found

    def _spectrum(self, key: str, size: int) -> Any:
        if size not in self._spectra:
            self._spectra = {size: {}}
        spectra = self._spectra[size]
        if key not in spectra:
            spectra[key] = np.conj(np.fft.rfft(self._clips[key], size))
        return spectra[key]


def thin(samples: Iterable[int]) -> Any:
    """Fewer samples, of which the announcement's and the clip's are the same wherever the clip begins on a group."""
    wave = np.asarray(samples, dtype=np.float32)
    return wave[: len(wave) // THIN * THIN].reshape(-1, THIN).mean(axis=1)


def _tops(peak: Any) -> list[int]:
    """The places where it was found; neighbours of a place are the same place."""
    places: list[int] = []
    for place in np.nonzero(peak >= FOUND)[0]:
        if not places or place - places[-1] > len(peak) // 50 + 2:
            places.append(int(place))
        elif peak[place] > peak[places[-1]]:
            places[-1] = int(place)
    return places
