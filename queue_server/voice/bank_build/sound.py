"""Waves on their way to clips: cut, levelled, faded, coded. Mono, 24 kHz, floats of -1 to 1."""

import io
from typing import Any

import numpy as np
import soundfile

Wave = Any
RATE = 24_000
#: Frames of 10 ms; one is quiet below this share of the loudest.
FRAME, QUIET = RATE // 100, 0.02
#: What every clip has: RMS over its loud frames, and a peak that coding cannot push over -1 dBFS (0.891).
LEVEL, CEILING = 0.12, 0.84
#: What no clip may reach when it is played, of full scale: -1 dBFS.
HIGHEST = 0.891
#: Seconds left around the voice, and faded.
BEFORE_S, AFTER_S, FADE_IN_S, FADE_OUT_S = 0.015, 0.040, 0.005, 0.020
#: Least silence between two phrases of one rendering; plosives within a phrase stay below it.
LEAST_GAP = 7
#: Of Opus in soundfile: 0 is 256 kbit/s, 1 is 6; measured with clips, see docs/voice.md.
COMPRESSION = 0.9


def frames(wave: Wave) -> Wave:
    """RMS of each frame."""
    whole = wave[: len(wave) // FRAME * FRAME].reshape(-1, FRAME)
    return np.sqrt(np.mean(whole**2, axis=1))


def phrases(wave: Wave, count: int) -> list[Wave] | None:
    """The ``count`` phrases of one rendering, cut at its longest silences; None when they cannot be told apart."""
    loud = np.nonzero(frames(wave) > QUIET * frames(wave).max())[0]
    gaps = np.diff(loud)
    cuts = np.sort(np.argsort(gaps)[::-1][: count - 1])
    chosen, others = gaps[cuts], np.delete(gaps, cuts)
    if count > 1 and (len(cuts) < count - 1 or chosen.min() < LEAST_GAP or chosen.min() <= others.max() + 1):
        return None
    firsts, lasts = [loud[0], *loud[cuts + 1]], [*loud[cuts], loud[-1]]
    limits = [0, *((last + first) // 2 for last, first in zip(lasts[:-1], firsts[1:], strict=True)), len(wave) // FRAME]
    return [_around(wave, *span) for span in zip(firsts, lasts, limits[:-1], limits[1:], strict=True)]


def _around(wave: Wave, first: int, last: int, least: int, most: int) -> Wave:
    start = max(first * FRAME - int(BEFORE_S * RATE), least * FRAME)
    end = min((last + 1) * FRAME + int(AFTER_S * RATE), most * FRAME)
    return wave[start:end].copy()


def finished(wave: Wave) -> Wave:
    """The wave at the level of the bank, its ends faded."""
    loud = frames(wave)
    level = float(np.sqrt(np.mean(loud[loud > QUIET * 5 * loud.max()] ** 2)))
    wave = wave * min(LEVEL / level, CEILING / float(np.abs(wave).max()))
    rise, fall = int(FADE_IN_S * RATE), int(FADE_OUT_S * RATE)
    wave[:rise] *= np.linspace(0, 1, rise)
    wave[-fall:] *= np.linspace(1, 0, fall)
    return wave.astype(np.float32)


def coded(wave: Wave) -> bytes:
    """The wave as Opus in Ogg, a little softer where the coding raises its peak beyond the bank's."""
    data = _as_opus(wave)
    peak = float(np.abs(decoded(data)).max(initial=0.0))
    return data if peak < HIGHEST else coded(wave * (CEILING / peak))


def _as_opus(wave: Wave) -> bytes:
    out = io.BytesIO()
    soundfile.write(out, wave, RATE, format="OGG", subtype="OPUS", compression_level=COMPRESSION)
    return out.getvalue()


def decoded(data: bytes) -> Wave:
    """What coded() made, as a wave."""
    return soundfile.read(io.BytesIO(data), dtype="float32")[0]


def silence(ms: int) -> Wave:
    return np.zeros(RATE * ms // 1000, dtype=np.float32)


def measures(data: bytes) -> dict[str, float]:
    """Length in ms, RMS over the loud frames, and peak of a coded clip."""
    wave = decoded(data)
    loud = frames(wave)
    rms = float(np.sqrt(np.mean(loud[loud > QUIET * 5 * loud.max()] ** 2)))
    return {
        "ms": round(1000 * len(wave) / RATE),
        "rms": round(rms, 4),
        "peak": round(float(np.abs(wave).max()), 4),
        "bytes": len(data),
    }
