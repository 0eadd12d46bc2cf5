"""The recogniser: writes down what it hears, and weighs one sentence against others."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import soxr
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer

from queue_server.voice.bank_build import materials, sound

#: Seconds that it listens to at once. It was taught with 30; with 10 it hears calls as well, in a fifth of the time.
WINDOW_S = 10
SAMPLES, FRAMES_PER_S = 16_000, 100
#: Seconds of silence before the wave.
LEAD_S = 0.3
#: Encoder frames are 20 ms; the decoder weighs sentences against no more than the sound and this much after it.
AFTER_S = 0.5
BEAM = 5
LONGEST = 48


class Ear:
    """Never prompted: a sample call would teach it what to hear."""

    def __init__(self, cache: Path, threads: int = 1) -> None:
        whisper = WhisperModel(str(materials.ear(cache)), device="cpu", compute_type="int8", cpu_threads=threads)
        self._whisper = whisper
        self._tokenizers = {
            lang: Tokenizer(whisper.hf_tokenizer, True, task="transcribe", language=lang) for lang in ("zh", "en")
        }

    def listen(self, wave: Any) -> "Impression":
        """What it takes in of a wave of up to 9 s."""
        heard = soxr.resample(wave, sound.RATE, SAMPLES)
        heard = np.pad(heard, (int(LEAD_S * SAMPLES), 0))
        lasts = len(heard) / SAMPLES + AFTER_S
        heard = np.pad(heard, (0, max(0, WINDOW_S * SAMPLES - len(heard))))
        features = self._whisper.feature_extractor(heard, padding=0)[:, : WINDOW_S * FRAMES_PER_S]
        view = ctranslate2.StorageView.from_array(np.ascontiguousarray(features[None]).astype(np.float32))
        return Impression(self, self._whisper.model.encode(view), lasts)


class Impression:
    def __init__(self, ear: Ear, encoded: Any, lasts_s: float) -> None:
        self._model, self._tokenizers = ear._whisper.model, ear._tokenizers
        self._encoded, self._lasts_s = encoded, lasts_s

    def transcript(self, lang: str) -> str:
        tokenizer = self._tokenizers[lang]
        prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        found = self._model.generate(self._encoded, [prompt], beam_size=BEAM, max_length=LONGEST)[0]
        return str(tokenizer.decode([token for token in found.sequences_ids[0] if token < tokenizer.eot])).strip()

    def weights(self, sentences: Sequence[str], lang: str) -> list[float]:
        """Log-probability of each sentence, given what was heard."""
        tokenizer = self._tokenizers[lang]
        texts = [tokenizer.encode(sentence) for sentence in sentences]
        heard = np.array(self._encoded)[:, : int(self._lasts_s * FRAMES_PER_S / 2)]
        view = ctranslate2.StorageView.from_array(np.ascontiguousarray(np.repeat(heard, len(texts), axis=0)))
        frames = [int(self._lasts_s * FRAMES_PER_S)] * len(texts)
        found = self._model.align(view, list(tokenizer.sot_sequence), texts, frames)
        return [float(np.sum(np.log(np.maximum(one.text_token_probs, 1e-12)))) for one in found]
