"""What a worker can do before it knows its words: load the libraries, open the bank, try the voices, have a helper.

Starting the interpreter and all this takes 0.2 s, several times that on a busy machine; the words themselves 0.05 s.
It is one phrase a process all the same: whoever stands by says one announcement and ends. It ends as well when whoever
started it is gone: its standard input is closed then.
"""

import contextlib
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from queue_server.voice import library, phonemes, phrases
from queue_server.voice.faults import Undelivered


@dataclass(frozen=True)
class Ready:
    """What is at hand; None where it must still be made."""

    bank: library.Library | None = None
    #: A worker for a second language.
    helper: "subprocess.Popen[str] | None" = None


NOTHING = Ready()


@contextlib.contextmanager
def made_ready(alone: bool, engine: Callable[[], Any]) -> Iterator[Ready]:
    """Get ready, as far as it goes: what cannot be had now is said when the words have come. No helper outlives it."""
    helper = None if alone else phrases.standing_by()
    try:
        bank, kept = _bank(), _espeak(engine)
        yield Ready(bank, helper)
        del kept  # pyttsx3 gives the same engine as long as somebody holds it
    finally:
        if helper is not None:
            helper.kill()
            helper.wait()


def _bank() -> library.Library | None:
    with contextlib.suppress(ImportError, OSError):
        import pyttsx3  # noqa: F401 - they are loaded now and used later
        import soundfile  # noqa: F401
    with contextlib.suppress(Undelivered):
        return library.open_bank()
    return None


def _espeak(engine: Callable[[], Any]) -> Any:
    with contextlib.suppress(Undelivered):
        for lang, voice in phonemes.VOICES.items():
            phonemes.check_voice(voice, lang)
        return engine()
    return None
