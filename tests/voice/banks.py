"""Small banks of made-up sounds: every clip is another noise, so that none can be taken for another."""

import hashlib
import io
import json
import zlib

import numpy as np
import soundfile

RATE = 24_000


def sound(key, seconds=0.5, rate=RATE):
    """A noise of its own for each key, coded as in the bank."""
    random = np.random.default_rng(zlib.crc32(key.encode()))
    wave = np.convolve(random.normal(0, 1, int(seconds * rate)), np.ones(12) / 12, "same")
    wave = 0.12 * wave / np.sqrt(np.mean(wave**2))
    out = io.BytesIO()
    soundfile.write(out, np.clip(wave, -0.8, 0.8), rate, format="OGG", subtype="OPUS")
    return out.getvalue()


def write(folder, keys, voice="test", sounds=None):
    """A bank of these clips in ``folder``; ``sounds`` gives some of them another sound than their own."""
    folder.mkdir(parents=True, exist_ok=True)
    whole, clips = b"", []
    for key in keys:
        data = (sounds or {}).get(key) or sound(f"{voice} {key}")
        samples, rate = soundfile.read(io.BytesIO(data))
        told = {"key": key, "text": key, "lang": key[:2], "sha256": hashlib.sha256(data).hexdigest()}
        place = {"archive": "all.clips", "offset": len(whole), "length": len(data)}
        clips.append(told | {"ms": round(1000 * len(samples) / rate)} | place)
        whole += data
    (folder / "all.clips").write_bytes(whole)
    told = {"version": 1, "voice": voice, "licence": "none", "clips": clips}
    (folder / "manifest.json").write_text(json.dumps(told))
    return folder


MANDARIN = [
    *(f"zh/letter/{letters}" for letters in ("A", "Z", "VA", "YB")),
    *(f"zh/digit/{figure}" for figure in range(10)),
    *(f"zh/tail/{tail:02d}" for tail in (1, 2, 12, 58)),
    "zh/number/007", "zh/number/008", "zh/call/A001",
    *(f"zh/window/{window}" for window in (1, 3, 4, 20)),
    "zh/zero", "zh/zero/3", "zh/again",
]  # fmt: skip
ENGLISH = [
    *(f"en/letter/{letters}" for letters in ("A", "VA")),
    *(f"en/{kind}/{figure}" for kind in ("digit", "last") for figure in range(10)),
    "en/window/3", "en/zero", "en/zero/3", "en/again",
]  # fmt: skip
