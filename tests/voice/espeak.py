"""What the tests of the voice need of espeak-ng, and the reason they give when it is not there."""

import re
import shutil

import pytest

needs_espeak = pytest.mark.skipif(
    shutil.which("espeak-ng") is None, reason="espeak-ng is not installed (apt-get install espeak-ng): no voice to test"
)
#: The pinyin voice's phonemes of 零 to 九, without tones and stress.
DIGIT_PHONEMES = ["liN", "ji", "@r", "san", "si[", "wu", "liou", "tS;hi", "pA", "tS;iou"]


def without_tones(phonemes: str) -> list[str]:
    """One entry per syllable: ``"l'i35N_| j'i55_|"`` → ``["liN", "ji"]``."""
    return [re.sub(r"['0-9]", "", syllable) for syllable in phonemes.split("_|") for syllable in syllable.split()]
