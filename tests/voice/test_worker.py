"""The worker, as the display client runs it: a process that leaves a checked wave or a reason."""

import array
import json
import math
import os
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from queue_server.voice import wave_check
from queue_server.voice.faults import BadLength, BadWave, Exit, Silent
from tests.voice.espeak import needs_espeak

CALL = {"number": "A001", "window": {"kind": "specialist", "number": 3}, "repeat": False}
RATE = 22050


def worker(*options, said="", path=None):
    environment = os.environ | {"HALL_VOICE_BANK": "none"} | ({"PATH": path} if path is not None else {})
    command = [sys.executable, "-m", "queue_server.voice.worker", *map(str, options)]
    done = subprocess.run(command, input=said, capture_output=True, text=True, env=environment, timeout=20, check=False)
    return Exit(done.returncode), json.loads(done.stdout)


def rendered(folder, number, window=3, **more):
    out = folder / f"{number}-{window}.wav"
    call = {"number": number, "window": {"kind": "specialist", "number": window}, **more}
    code, answer = worker("--out", out, said=json.dumps(call))
    assert code is Exit.DONE, answer
    return out.read_bytes()


def write_wave(path, seconds, level=8000, channels=1):
    samples = array.array("h", (int(level * math.sin(i / 10)) for i in range(int(seconds * RATE) * channels)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return path


@needs_espeak
def test_a_call_becomes_a_wave_of_sensible_length_and_level(tmp_path):
    out = tmp_path / "call.wav"

    code, answer = worker("--out", out, said=json.dumps(CALL))

    assert code is Exit.DONE
    assert answer["path"] == str(out)
    assert 1000 <= answer["ms"] <= 8000
    assert 0.3 <= answer["peak"] <= 0.97
    assert 0.05 <= answer["rms"] <= 0.3
    assert [file.name for file in tmp_path.iterdir()] == ["call.wav"]


@needs_espeak
def test_a_call_begins_at_once_and_ends_in_a_short_silence(tmp_path):
    rendered(tmp_path, "A001")
    with wave.open(str(tmp_path / "A001-3.wav"), "rb") as file:
        samples = array.array("h", file.readframes(file.getnframes()))
    loud = [place for place, sample in enumerate(samples) if abs(sample) > 300]

    assert loud[0] / RATE < 0.15
    assert 0.1 < (len(samples) - loud[-1]) / RATE < 0.6


@needs_espeak
def test_different_calls_sound_different_and_the_same_call_the_same(tmp_path):
    waves = [rendered(tmp_path, "A001"), rendered(tmp_path, "A007"), rendered(tmp_path, "VA001")]
    waves += [rendered(tmp_path, "A001", window=4), rendered(tmp_path, "A001", window=5, repeat=True)]

    assert len(set(waves)) == len(waves)
    assert rendered(tmp_path, "A001") == waves[0]


@needs_espeak
def test_english_can_be_asked_for(tmp_path):
    code, answer = worker("--out", tmp_path / "call.wav", "--lang", "en", said=json.dumps(CALL))

    assert code is Exit.DONE, answer


@needs_espeak
@pytest.mark.parametrize("options", [("--check",), ("--out", "call.wav", "--text", "请")])
def test_the_voice_that_reads_mandarin_as_english_is_refused(options, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(wave_check.__file__).parents[2]))

    code, answer = worker(*options, "--voice", "cmn")

    assert code is Exit.WRONG_VOICE
    assert "reads Mandarin as English" in answer["problem"]
    assert list(tmp_path.iterdir()) == []


@needs_espeak
def test_a_voice_that_does_not_exist_is_refused():
    assert worker("--check", "--voice", "no-such-voice")[0] is Exit.WRONG_VOICE


@needs_espeak
def test_the_default_voice_is_accepted():
    assert worker("--check") == (Exit.DONE, {"voice": "cmn-latn-pinyin"})


def test_without_espeak_the_operator_is_told_what_to_install(tmp_path):
    code, answer = worker("--check", path=str(tmp_path))

    assert code is Exit.ESPEAK_MISSING
    assert "apt-get install espeak-ng" in answer["problem"]


@pytest.mark.parametrize(
    "said", ["", "[]", "{}", '{"number": "O001", "window": {"kind": "specialist", "number": 3}}', '{"number": "A001"']
)
def test_what_cannot_be_said_is_refused_and_leaves_nothing(said, tmp_path):
    code, _ = worker("--out", tmp_path / "call.wav", said=said)

    assert code is Exit.BAD_ANNOUNCEMENT
    assert list(tmp_path.iterdir()) == []


@needs_espeak
def test_a_folder_that_is_not_there_has_its_own_exit(tmp_path):
    assert worker("--out", tmp_path / "nowhere" / "call.wav", said=json.dumps(CALL))[0] is Exit.CANNOT_WRITE


def test_a_wave_of_the_right_length_and_level_passes(tmp_path):
    sound = wave_check.check(write_wave(tmp_path / "good.wav", 3.0), syllables=12)

    assert sound.ms == 3000
    assert sound.peak == pytest.approx(0.244, abs=0.01)


@pytest.mark.parametrize("seconds", [0.9, 9.0])
def test_a_wave_too_short_or_too_long_for_its_words_is_refused(seconds, tmp_path):
    with pytest.raises(BadLength):
        wave_check.check(write_wave(tmp_path / "odd.wav", seconds), syllables=12)


@pytest.mark.parametrize("level", [0, 300])
def test_a_wave_nobody_can_hear_is_refused(level, tmp_path):
    with pytest.raises(Silent):
        wave_check.check(write_wave(tmp_path / "quiet.wav", 3.0, level), syllables=12)


def test_what_is_no_mono_wave_is_refused(tmp_path):
    (tmp_path / "text.wav").write_text("RIFF? no")
    (tmp_path / "empty.wav").touch()
    write_wave(tmp_path / "stereo.wav", 1.0, channels=2)

    for name in ("text.wav", "empty.wav", "stereo.wav", "missing.wav"):
        with pytest.raises(BadWave):
            wave_check.measure(tmp_path / name)


@needs_espeak
@pytest.mark.parametrize("way", ["alone", "helped"])
def test_a_worker_that_stands_by_makes_the_same_wave_as_one_that_is_started_for_it(tmp_path, way):
    asked = CALL | {"script": {"langs": ["zh", "en"], "chime": "short", "gain": 1.0}}
    anew, stood_by = tmp_path / "anew.wav", tmp_path / "stood-by.wav"

    assert worker("--out", anew, said=json.dumps(asked))[0] is Exit.DONE
    code, answer = worker("--stand-by", way, said=json.dumps(asked | {"out": str(stood_by)}))

    assert code is Exit.DONE
    assert answer["path"] == str(stood_by)
    assert stood_by.read_bytes() == anew.read_bytes()


def test_a_worker_that_stands_by_for_nothing_ends_when_nobody_is_there_any_more():
    code, answer = worker("--stand-by", "helped", said="")

    assert code is Exit.BAD_ANNOUNCEMENT
    assert answer["error"] == "bad_announcement"
