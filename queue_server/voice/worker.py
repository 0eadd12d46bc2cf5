"""Renders one phrase to a wave file, checks it, and ends: ``python -m queue_server.voice.worker --out FILE``.

Reads an announcement as JSON on standard input (``{number, window: {kind, number}, repeat}``), or takes ``--text``.
With ``script: {langs, chime, gain}`` the wave is the whole announcement: chime, and the phrase once for each language.
Prints one line of JSON: ``{path, ms, peak, rms, tier}``, or ``{error, problem}`` and leaves a code of ``faults.Exit``.
``tier`` is ``bank``, or ``espeak`` where no clips cover the announcement; ``note`` says why a bank was passed over.

One phrase per process, because pyttsx3 2.99 needs it: a second ``save_to_file`` before ``runAndWait`` replaces the
first, threads get each other's sound, and a fork after ``init`` hangs. For a script each further language is a worker
of its own. With ``--stand-by`` everything that takes time is done before the words come (``stand_by``); they then name
``out`` and ``lang`` themselves. It never plays: its ``say`` reports success when there is no sound card. A worker that
hangs is ended by whoever started it (the display client: after 6 s).
"""

import argparse
import contextlib
import io
import json
import os
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from queue_server.voice import assembly, hallbank, library, phonemes, phrases, plan, stand_by, wave_check
from queue_server.voice import bank as clips
from queue_server.voice.faults import EngineFailed, EspeakMissing, Exit, Undelivered
from queue_server.voice.wave_check import Sound

#: Words a minute, as espeak counts: a phrase of 12 syllables lasts 3.4 s.
RATE = 170
#: Of espeak's own. At 0.9 the syllable 二 in 十二 already touches full scale; at 0.8 it peaks at 0.91 (measured).
VOLUME = 0.8
#: A phrase takes 40 ms; below the parent's watchdog of 3 s, so that the worker can still say what went wrong.
WRITTEN_WITHIN_S = 2.0


def announce(
    said: plan.Announcement, out: Path, lang: plan.Lang, voice: str, opened: library.Library | None = None
) -> dict[str, Any]:
    """Make the announcement's wave: from the bank where it can, else with espeak. Raises as ``render`` does."""
    try:
        bank = library.open_bank() if opened is None else opened
        pieces = clips.pieces(said, lang, bank)
        if pieces:
            return {**vars(render_clips(bank, pieces, out)), "tier": "bank"}
        note = "no clips cover it" if bank.clips else ""
    except Undelivered as fault:  # a broken bank must not silence a hall that has espeak
        note = str(fault)
    sound = render(plan.text(said, lang), out, lang, voice)
    return {**vars(sound), "tier": "espeak"} | ({"note": note} if note else {})


def perform(
    asked: dict[str, Any], script: assembly.Script, out: Path, ready: stand_by.Ready = stand_by.NOTHING
) -> dict[str, Any]:
    """Make the whole announcement's wave: chime and phrases. Raises Undelivered, ValueError, OSError."""
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as folder, _unfinished(out) as unfinished:
        files = {lang: Path(folder, f"{lang}.wav") for lang in script.langs}
        first, *others = files
        with phrases.beside(asked, others, Path(folder), ready.helper) as finished:
            wanted, voice = plan.Announcement.of(asked), phonemes.VOICES[first]
            said = {first: announce(wanted, files[first], first, voice, ready.bank)}
            said |= finished()
        return assembly.told(script, said, assembly.assemble(script, files, unfinished))


def render_clips(bank: library.Library, pieces: Sequence[clips.Piece], out: Path) -> Sound:
    """Join the clips into ``out``, which appears whole and checked or not at all. Raises Undelivered, OSError."""
    with _unfinished(out) as unfinished:
        _write(_bank_engine(bank), clips.written(pieces), unfinished)
        return wave_check.check_joined(unfinished, bank.expected_ms(pieces))


def render(words: str, out: Path, lang: plan.Lang, voice: str) -> Sound:
    """Speak ``words`` into ``out``, which appears whole and checked or not at all. Raises Undelivered, ValueError
    for words that cannot be said, OSError when the file cannot be written.
    """
    spelt = plan.engine_text(words, lang)
    phonemes.check_voice(voice, lang)
    with _unfinished(out) as unfinished:
        _speak(spelt, unfinished, voice)
        return wave_check.check(unfinished, plan.syllables(spelt))


@contextlib.contextmanager
def _unfinished(out: Path) -> Iterator[Path]:
    """A file beside ``out`` that takes its place when nothing went wrong."""
    descriptor, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.", suffix=".part")
    os.close(descriptor)
    unfinished = Path(name)
    try:
        yield unfinished
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)


def _write(engine: Any, line: str, file: Path) -> None:
    """Have pyttsx3's ``hallbank`` write the line. pyttsx3 swallows what a driver raises: its notice is listened to."""
    faults: list[Exception] = []
    engine.connect("error", lambda name, exception: faults.append(exception))
    engine.save_to_file(line, str(file))
    engine.runAndWait()
    if faults:
        raise faults[0] if isinstance(faults[0], Undelivered | OSError) else EngineFailed(repr(faults[0]))


def _speak(text: str, file: Path, voice: str) -> None:
    """Let espeak speak into the file. The driver prints to standard output, which is ours: it is turned away.

    ``runAndWait`` does not wait: the driver leaves its loop 10 ms after espeak has begun in a thread of its own, and
    then the file is empty or half written (8 of 600 renders on a busy machine). Its last notice comes when the file
    is closed; that is what is waited for.
    """
    written = threading.Event()
    with contextlib.redirect_stdout(io.StringIO()):
        engine = _engine()
        try:
            _tune(engine, voice)
            engine.connect("finished-utterance", lambda name, completed: written.set() if completed else None)
            engine.save_to_file(text, str(file))
            engine.runAndWait()
        except Exception as error:  # the driver raises whatever ctypes does; the parent tries again
            raise EngineFailed(str(error)) from error
        if not written.wait(WRITTEN_WITHIN_S):
            raise EngineFailed(f"espeak did not finish within {WRITTEN_WITHIN_S} s")


def _tune(engine: Any, voice: str) -> None:
    """Set voice, speed and volume. Raises EngineFailed when espeak did not take the voice.

    Straight to the driver, then wait: properties that go through pyttsx3's queue are dropped when its end-of-loop
    finds espeak still busy with them, and the phrase comes out at the default speed and volume (4 of 600 renders on
    a busy machine).
    """
    from pyttsx3.drivers import _espeak, espeak

    for name, value in (("voice", voice), ("rate", RATE), ("volume", VOLUME)):
        espeak.EspeakDriver.setProperty(name, value)
    _espeak.Synchronize()
    taken = str(engine.getProperty("voice")).rpartition("/")[2]
    if taken != voice:
        raise EngineFailed(f"espeak took the voice {taken!r} instead of {voice!r}")


def _bank_engine(bank: library.Library) -> Any:
    """pyttsx3 with the driver of the bank. Raises EspeakMissing when pyttsx3 is not there."""
    try:
        import pyttsx3

        hallbank.install()
    except ImportError:
        raise EspeakMissing("pyttsx3 is not installed: pip install 'window-zero[display]'") from None
    engine = pyttsx3.init(hallbank.NAME)
    engine.setProperty("voice", bank)
    return engine


def _engine() -> Any:
    """pyttsx3 with its espeak driver. Raises EspeakMissing when pyttsx3 or libespeak-ng is not there."""
    try:
        import pyttsx3  # loads the library: only here, after the checks
    except ImportError:
        raise EspeakMissing("pyttsx3 is not installed: pip install 'window-zero[display]'") from None
    try:
        return pyttsx3.init("espeak")
    except (ImportError, RuntimeError, OSError) as error:
        raise EspeakMissing(f"{phonemes.INSTALL} ({error})") from None


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return _answer(_done(options, options.voice or phonemes.VOICES[options.lang]))
    except Undelivered as fault:
        return _refuse(fault.exit, fault)
    except ValueError as error:
        return _refuse(Exit.BAD_ANNOUNCEMENT, error)
    except OSError as error:
        return _refuse(Exit.CANNOT_WRITE, error)


def _done(options: argparse.Namespace, voice: str) -> dict[str, Any]:
    """What was asked for on the command line, as the answer to print. Raises Undelivered, ValueError, OSError."""
    if options.check:
        return _usable(voice, options.lang)
    if options.text:
        spoken = vars(render(options.text, options.out, options.lang, voice)) | {"tier": "espeak"}
        return {"path": str(options.out), **spoken}
    if not options.stand_by:
        return _spoken(json.load(sys.stdin), options.out, options.lang, voice, stand_by.NOTHING)
    with stand_by.made_ready(options.stand_by == "alone", _engine) as ready:
        asked = json.load(sys.stdin)
        lang: plan.Lang = "en" if asked.get("lang") == "en" else "zh"
        return _spoken(asked, Path(asked["out"]), lang, phonemes.VOICES[lang], ready)


def _spoken(asked: Any, out: Path, lang: plan.Lang, voice: str, ready: stand_by.Ready) -> dict[str, Any]:
    said = plan.Announcement.of(asked)
    if "script" in asked:
        return {"path": str(out), **perform(asked, assembly.Script.of(asked["script"]), out, ready)}
    return {"path": str(out), **announce(said, out, lang, voice, ready.bank)}


def _usable(voice: str, lang: plan.Lang) -> dict[str, Any]:
    """The voice that will speak, and the one for what no clip covers. Raises Undelivered when there is none at all."""
    bank = library.open_bank()
    try:
        phonemes.check_voice(voice, lang)
        _engine()
    except EspeakMissing as fault:
        if not bank.clips:
            raise
        return {"voice": f"bank of {len(bank.clips)} clips", "fallback": None, "note": str(fault)}
    return {"voice": f"bank of {len(bank.clips)} clips", "fallback": voice} if bank.clips else {"voice": voice}


def _refuse(code: Exit, error: Exception) -> int:
    _answer({"error": code.name.lower(), "problem": str(error)})
    return code


def _answer(said: dict[str, Any]) -> int:
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    return Exit.DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="queue_server.voice.worker", description=(__doc__ or "").split("\n")[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=Path, metavar="FILE", help="the wave file to make")
    what.add_argument("--check", action="store_true", help="only see whether the voice can be used")
    what.add_argument("--stand-by", choices=("alone", "helped"), help="get ready, then wait for the announcement")
    parser.add_argument("--text", help="words to say instead of an announcement on standard input; no digits")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--voice", help="an espeak-ng voice (default: by language)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
