"""What espeak-ng makes of a text, as phonemes: tells whether a voice speaks the language it should."""

import functools
import subprocess

from queue_server.voice.faults import EspeakMissing, WrongVoice
from queue_server.voice.plan import Lang

#: ``cmn`` is listed as Mandarin and speaks English (espeak-ng 1.51); an unknown name fails without a word.
VOICES: dict[Lang, str] = {"zh": "cmn-latn-pinyin", "en": "en-us"}
#: Marks a switch to the English rules in a Mandarin text.
ENGLISH = "(en)"
#: espeak-ng answers in about 12 ms; this is for a machine in distress.
PATIENCE_S = 2.0

INSTALL = "espeak-ng is not installed: apt-get install espeak-ng"


def phonemes(voice: str, text: str) -> str:
    """The phonemes of ``text`` on one line. Raises EspeakMissing, or WrongVoice for a voice that is not there."""
    command = ["espeak-ng", "-v", voice, "-x", "-q", "--", text]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)  # noqa: S603 - no shell
    except FileNotFoundError:
        raise EspeakMissing(INSTALL) from None
    if done.returncode != 0 or not done.stdout.strip():
        raise WrongVoice(f"voice {voice!r}: {done.stderr.strip() or 'espeak-ng says nothing'}")
    return " ".join(done.stdout.split())


@functools.cache
def check_voice(voice: str, lang: Lang) -> None:
    """Raises WrongVoice when 请, said by a Mandarin voice, comes out as English; EspeakMissing.

    A voice that was right once is right for this process.
    """
    heard = phonemes(voice, "请" if lang == "zh" else "please")
    if lang == "zh" and ENGLISH in heard:
        raise WrongVoice(f"voice {voice!r} reads Mandarin as English: 请 → {heard}; use {VOICES['zh']!r}")
