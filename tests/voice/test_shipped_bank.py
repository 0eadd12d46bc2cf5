"""The bank that comes along: whole, small enough, and every call in it decoded back into its plan."""

import array
import json
import os
import random
import wave
from itertools import product

import pytest

from queue_server.voice import bank, library, matched
from queue_server.voice.bank_build import clips
from queue_server.voice.plan import Announcement

LARGEST_BYTES = 21_000_000
#: What no wrong clip may reach, and every right one must.
MOST_WRONG, LEAST_RIGHT = 0.8, 0.999
#: Calls that a run decodes, half a second each; the long run has every letter and class several times.
SAMPLE = 200 if os.environ.get("VOICE_LONG") else 40


@pytest.fixture(scope="module")
def ours():
    return library.Library([library.OURS])


def test_every_clip_is_the_one_of_the_manifest_and_says_the_words_of_its_key(ours):
    words = {clip.key: clip.text for clip in clips.everything()}
    for key, clip in ours.clips.items():
        assert ours.data(key)
        assert clip.text == words[key]


def test_it_fits_into_the_repository():
    assert sum(path.stat().st_size for path in library.OURS.iterdir()) <= LARGEST_BYTES
    assert "Apache" in (library.OURS / "NOTICE").read_text(encoding="utf-8")


def test_lengths_levels_and_coding_are_those_of_the_bank(ours):
    for key in random.Random(4).sample(sorted(ours.clips), 60):
        samples = ours.samples(key)
        assert 1000 * len(samples) / library.RATE == pytest.approx(ours.clips[key].ms, abs=1)
        assert max(map(abs, samples)) / 32768 < 0.891, key


def test_it_says_every_mandarin_call_but_those_of_letters_that_the_report_names(ours):
    report = json.loads((library.OURS / "report.json").read_text(encoding="utf-8"))
    flagged = {facts["key"] for facts in report["flagged"]}
    letters = [kind + letter for kind, letter in product(("", "V", "Y"), clips.LINES)]
    for letter in (letter for letter in letters if f"zh/letter/{letter}" not in flagged):
        assert bank.pieces(Announcement(f"{letter}001", "specialist", 3), "zh", ours), letter
    for window in (window for window in range(121) if f"zh/window/{window}" not in flagged):
        assert bank.pieces(Announcement("A001", "specialist", window), "zh", ours), window


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_found_in_finished_calls_is_their_plan(ours, lang, tmp_path):
    decoder = matched.Decoder(ours)
    said = [(call, found) for call in some_calls() if (found := bank.pieces(call, lang, ours))]
    assert len(said) >= (SAMPLE * 0.8 if lang == "zh" else 0)
    for call, pieces in said:
        library.join(ours, pieces, tmp_path / "call.wav")
        with wave.open(str(tmp_path / "call.wav"), "rb") as file:
            found = decoder.decode(array.array("h", file.readframes(file.getnframes())))

        assert found.keys == tuple(piece.key for piece in pieces), call
        assert found.least >= LEAST_RIGHT, call
        assert found.best_wrong <= MOST_WRONG, found


def some_calls():
    pick = random.Random(20)
    letters = [kind + letter for kind, letter in product(("", "V", "Y"), clips.LINES)]
    for number in range(SAMPLE):
        figures = f"{pick.randrange(1, 1300):03d}"
        zero = number % 9 == 0
        place = pick.choice([None, *range(1, 13)]) if zero else pick.randrange(121)
        kind = "zero" if zero else "specialist"
        yield Announcement(letters[number % len(letters)] + figures, kind, place, number % 7 == 0)
