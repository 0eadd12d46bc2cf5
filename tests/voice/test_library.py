"""Banks on disk, the driver that joins them, and the proof that a wave says its plan."""

import array
import json
import os
import random
import subprocess
import sys
import wave

import pytest

from queue_server.voice import bank, library, matched
from queue_server.voice.faults import BrokenBank, Exit
from queue_server.voice.plan import Announcement
from tests.voice import banks
from tests.voice.espeak import needs_espeak

CALL = {"number": "A007", "window": {"kind": "specialist", "number": 3}, "repeat": True}


def worker(tmp_path, folders, call, *options, path=None):
    setting = os.pathsep.join([*map(str, folders), "none"])
    environment = os.environ | {"HALL_VOICE_BANK": setting} | ({"PATH": path} if path is not None else {})
    command = [sys.executable, "-m", "queue_server.voice.worker", "--out", str(tmp_path / "call.wav"), *options]
    done = subprocess.run(
        command, input=json.dumps(call), capture_output=True, text=True, env=environment, timeout=20, check=False
    )
    return Exit(done.returncode), json.loads(done.stdout)


def samples(path):
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, library.RATE)
        return array.array("h", file.readframes(file.getnframes()))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return banks.write(tmp_path_factory.mktemp("bank"), [*banks.MANDARIN, *banks.ENGLISH])


def test_the_worker_joins_clips_through_pyttsx3_and_needs_no_espeak(tmp_path, folder):
    code, answer = worker(tmp_path, [folder], CALL, path="")

    assert code is Exit.DONE, answer
    assert answer["tier"] == "bank"
    pieces = bank.pieces(Announcement.of(CALL), "zh", banks.MANDARIN)
    assert answer["ms"] == pytest.approx(library.Library([folder]).expected_ms(pieces), abs=5)
    assert [file.name for file in tmp_path.iterdir()] == ["call.wav"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_found_in_the_finished_wave_is_the_plan(tmp_path, folder, lang):
    opened = library.Library([folder])
    decoder = matched.Decoder(opened)
    pick = random.Random(11)
    for number in [f"{pick.choice(['A', 'VA'])}{pick.choice(['001', '012', '007', '358', '5002'])}" for _ in range(12)]:
        call = Announcement(number, "specialist", 3, pick.random() < 0.5, ("A001",) if pick.random() < 0.3 else ())
        pieces = bank.pieces(call, lang, opened)
        library.join(opened, pieces, tmp_path / "call.wav")

        found = decoder.decode(samples(tmp_path / "call.wav"))

        assert found.keys == tuple(piece.key for piece in pieces)
        assert found.least > 0.99
        assert found.best_wrong < 0.5, found


def test_a_planted_wrong_clip_is_found(tmp_path, folder):
    wrong = {"zh/window/3": banks.sound("test zh/window/4")}
    planted = library.Library([banks.write(tmp_path / "wrong", banks.MANDARIN, sounds=wrong)])
    pieces = bank.pieces(Announcement("A007", "specialist", 3), "zh", planted)
    library.join(planted, pieces, tmp_path / "call.wav")

    found = matched.Decoder(library.Library([folder])).decode(samples(tmp_path / "call.wav"))

    assert found.keys[-1] == "zh/window/4"
    assert found.keys != tuple(piece.key for piece in pieces)


def test_a_halls_own_recordings_go_before_ours_key_by_key(tmp_path, folder):
    own = banks.write(tmp_path / "own", ["zh/window/3"], voice="our own clerk")
    both = library.Library([own, folder])

    assert both.data("zh/window/3") == library.Library([own]).data("zh/window/3")
    assert both.data("zh/again") == library.Library([folder]).data("zh/again")


def test_a_clip_that_was_changed_is_refused(tmp_path):
    folder = banks.write(tmp_path / "bank", ["zh/again", "zh/zero"])
    archive = folder / "all.clips"
    archive.write_bytes(archive.read_bytes()[:-1] + b"?")
    opened = library.Library([folder])

    assert opened.data("zh/again")
    with pytest.raises(BrokenBank, match="not the clip of the manifest"):
        opened.data("zh/zero")


@pytest.mark.parametrize(
    "data", [banks.sound("slow", rate=48_000), b"no sound at all"], ids=["another rate", "no sound"]
)
def test_a_clip_of_another_form_is_refused(tmp_path, data, monkeypatch):
    folder = banks.write(tmp_path / "bank", ["zh/again"])
    opened = library.Library([folder])
    monkeypatch.setattr(opened, "data", lambda key: data)

    with pytest.raises(BrokenBank, match="zh/again"):
        opened.samples("zh/again")


@pytest.mark.parametrize("told", ["", "[]", '{"version": 2, "clips": []}', '{"version": 1, "clips": [{"key": "a"}]}'])
def test_a_manifest_that_is_none_is_refused(tmp_path, told):
    (tmp_path / "manifest.json").write_text(told)

    with pytest.raises(BrokenBank, match="manifest"):
        library.Library([tmp_path])


@needs_espeak
@pytest.mark.parametrize("harm", ["a changed clip", "no archive", "no manifest"])
def test_a_broken_bank_does_not_silence_the_hall(tmp_path, harm):
    folder = banks.write(tmp_path / "bank", banks.MANDARIN)
    spoilt = folder / ("manifest.json" if harm == "no manifest" else "all.clips")
    spoilt.write_bytes(spoilt.read_bytes()[::-1]) if harm == "a changed clip" else spoilt.unlink()

    code, answer = worker(tmp_path, [folder], CALL)

    assert code is Exit.DONE
    assert answer["tier"] == "espeak"
    assert "note" in answer


@needs_espeak
def test_espeak_says_what_no_clip_covers(tmp_path, folder):
    code, answer = worker(tmp_path, [folder], CALL | {"number": "K007"})

    assert (code, answer["tier"], answer["note"]) == (Exit.DONE, "espeak", "no clips cover it")


def test_the_check_names_the_bank_and_says_when_espeak_is_missing(tmp_path, folder):
    command = [sys.executable, "-m", "queue_server.voice.worker", "--check"]
    environment = os.environ | {"HALL_VOICE_BANK": str(folder), "PATH": ""}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=20, check=False)

    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert answer["voice"].startswith("bank of ")
    assert answer["fallback"] is None
    assert "apt-get install espeak-ng" in answer["note"]


def test_the_driver_never_plays(folder):
    from queue_server.voice import hallbank

    with pytest.raises(NotImplementedError):
        hallbank.buildDriver(None).say("0:zh/again")
