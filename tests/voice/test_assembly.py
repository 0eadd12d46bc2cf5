"""Whole announcements: chime, phrases and pauses in one checked wave."""

import array
import itertools
import json
import math
import wave

import pytest

from queue_server.voice import assembly, chime
from queue_server.voice.assembly import GAP_MS, Script, assemble
from queue_server.voice.faults import BadWave, Exit, Silent
from tests.voice.espeak import needs_espeak
from tests.voice.test_worker import CALL, worker

RATE = 24_000


def phrase(path, seconds, rate=RATE, level=9000):
    samples = array.array("h", (int(level * math.sin(i / 7)) for i in range(int(seconds * rate))))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return path


def samples(path):
    with wave.open(str(path), "rb") as file:
        return array.array("h", file.readframes(file.getnframes()))


@pytest.mark.parametrize(("form", "ms"), [("long", 1000), ("short", 300)])
def test_a_chime_lasts_what_it_says_and_neither_clips_nor_clicks(form, ms):
    made = chime.chime(form, RATE)
    loudest = max(map(abs, made))

    assert len(made) == RATE * ms // 1000
    assert 0.15 < loudest / 32768 < 0.6
    assert abs(made[0]) < 50
    assert abs(made[-1]) < 50
    assert max(abs(after - before) for before, after in itertools.pairwise(made)) < 0.15 * 32768


@pytest.mark.parametrize(
    ("langs", "sound", "ms"),
    [
        (("zh", "zh", "en"), "long", 1000 + 2000 + 2000 + 1500 + 2 * GAP_MS),
        (("zh",), "short", 300 + 2000),
        (("en",), None, 1500),
    ],
)
def test_the_whole_is_as_long_as_its_parts(tmp_path, langs, sound, ms):
    parts = {"zh": phrase(tmp_path / "zh.wav", 2.0), "en": phrase(tmp_path / "en.wav", 1.5)}

    measured = assemble(Script(langs, sound), parts, tmp_path / "whole.wav")

    assert abs(measured.ms - ms) <= 2
    assert len(samples(tmp_path / "whole.wav")) == RATE * measured.ms // 1000


def test_a_phrase_at_espeaks_rate_keeps_its_length_and_its_shape(tmp_path):
    parts = {"zh": phrase(tmp_path / "zh.wav", 2.0, rate=22_050), "en": phrase(tmp_path / "en.wav", 1.0)}

    measured = assemble(Script(("zh", "en")), parts, tmp_path / "whole.wav")

    assert abs(measured.ms - 3000 - GAP_MS) <= 2
    assert measured.peak == pytest.approx(9000 / 32768, rel=0.02)


def test_volume_is_a_share_of_every_sample(tmp_path):
    parts = {"zh": phrase(tmp_path / "zh.wav", 1.0)}
    full = assemble(Script(("zh",), "long"), parts, tmp_path / "full.wav")
    half = assemble(Script(("zh",), "long", 0.5), parts, tmp_path / "half.wav")

    assert (half.ms, half.peak) == (full.ms, pytest.approx(full.peak / 2, rel=0.01))


def test_what_is_no_wave_or_silent_is_refused(tmp_path):
    (tmp_path / "zh.wav").write_text("no")
    with pytest.raises(BadWave):
        assemble(Script(("zh",)), {"zh": tmp_path / "zh.wav"}, tmp_path / "whole.wav")
    with pytest.raises(Silent):
        assemble(Script(("zh",)), {"zh": phrase(tmp_path / "q.wav", 1.0, level=100)}, tmp_path / "whole.wav")


@pytest.mark.parametrize(
    "wrong",
    [{}, {"langs": []}, {"langs": ["fr"]}, {"langs": ["zh"] * 5}, {"langs": ["zh"], "chime": "gong"}]
    + [{"langs": ["zh"], "gain": gain} for gain in (0, 1.2, "loud", True)],
    ids=str,
)
def test_a_script_of_another_form_is_refused(wrong, tmp_path):
    with pytest.raises(ValueError):
        Script.of(wrong)
    code, _ = worker("--out", tmp_path / "call.wav", said=json.dumps(CALL | {"script": wrong}))
    assert code is Exit.BAD_ANNOUNCEMENT
    assert list(tmp_path.iterdir()) == []


@needs_espeak
def test_the_worker_makes_a_whole_announcement_in_both_languages(tmp_path):
    script = {"langs": ["zh", "zh", "en"], "chime": "long", "gain": 0.6}
    code, answer = worker("--out", tmp_path / "call.wav", said=json.dumps(CALL | {"script": script}))

    assert code is Exit.DONE, answer
    assert (answer["tier"], answer["says"]) == ("espeak", ["zh", "zh", "en"])
    assert 9000 < answer["ms"] < 15000
    assert 0.2 < answer["peak"] < 0.6
    assert [file.name for file in tmp_path.iterdir()] == ["call.wav"]


@needs_espeak
def test_an_announcement_that_cannot_be_said_is_refused_as_before(tmp_path):
    wrong = CALL | {"number": "O001", "script": {"langs": ["zh", "en"]}}

    assert worker("--out", tmp_path / "call.wav", said=json.dumps(wrong))[0] is Exit.BAD_ANNOUNCEMENT
    assert list(tmp_path.iterdir()) == []


def test_two_voices_in_one_announcement_are_told():
    said = {"zh": {"tier": "bank"}, "en": {"tier": "espeak", "note": "no clips cover it"}}
    told = assembly.told(Script(("zh", "en")), said, assembly.Sound(3000, 0.5, 0.1))

    assert (told["tier"], told["note"]) == ("mixed", "no clips cover it")
