"""The machine's side of the box: worker processes and players."""

import json
import sys
from pathlib import Path

import pytest

from display_client import player, renderer
from display_client.player import Aplay, Folder, Nowhere, PlayFailed, Silent, player_for
from display_client.renderer import Renderer, RenderFailed, Wave


def is_gone(pid):
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"


WORDS = {"number": "A001", "window": {"kind": "specialist", "number": 3}, "repeat": False}
GOOD = 'import json; print("noise"); print(json.dumps({"ms": 3400}))'


def program(folder, name, text):
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return str(path)


def worker(tmp_path, *texts):
    """A renderer whose worker runs the given programs, one per attempt."""
    for number, text in enumerate(texts):
        (tmp_path / f"attempt-{number}.py").write_text(text)
    chooser = (
        "import pathlib, runpy, sys; folder = pathlib.Path(sys.argv[1]); "
        "attempt = sorted(folder.glob('attempt-*.py'))[0]; text = attempt.read_text(); attempt.unlink(); exec(text)"
    )
    return Renderer(tmp_path, (sys.executable, "-c", chooser, str(tmp_path)))


def attempts_left(tmp_path):
    return len(list(tmp_path.glob("attempt-*.py")))


def test_a_worker_that_fails_once_gets_one_more_try(tmp_path):
    wave = worker(tmp_path, "sys.exit(6)", GOOD).render(5, WORDS)

    assert wave == Wave(tmp_path / "5.wav", 3400)


def test_a_worker_that_hangs_is_killed_and_tried_again(tmp_path, monkeypatch):
    monkeypatch.setattr(renderer, "WATCHDOG_S", 0.5)
    hangs = "import signal; signal.pause()"

    assert worker(tmp_path, hangs, GOOD).render(5, WORDS).ms == 3400
    with pytest.raises(RenderFailed, match="hung and was killed"):
        worker(tmp_path, hangs, hangs).render(6, WORDS)


def test_a_worker_that_hangs_leaves_none_of_its_own_workers_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(renderer, "WATCHDOG_S", 1.5)
    child = "import signal; signal.pause()"
    hangs = f"import subprocess; c = subprocess.Popen([sys.executable, '-c', {child!r}]); "
    hangs += "open(sys.argv[1] + '/child', 'w').write(str(c.pid)); c.wait()"

    worker(tmp_path, hangs, GOOD).render(5, WORDS)

    assert is_gone(int((tmp_path / "child").read_text()))


class Standing:
    """A renderer whose worker says how it was started, and a clock."""

    ANSWERS = (
        "import json, sys; way = sys.argv[1]; words = sys.stdin.read() or sys.exit(0); "
        "print(json.dumps({'ms': {'--stand-by': 1, '--out': 2}[way]}))"
    )

    def __init__(self, folder, text=ANSWERS):
        self.now = 0.0
        self.renderer = Renderer(folder, (sys.executable, "-c", text), lambda: self.now)

    def said(self):
        return {1: "stood by", 2: "started anew"}[self.renderer.render(5, WORDS).ms]

    def later(self, seconds):
        self.now += seconds
        self.renderer.stand_by()


@pytest.fixture
def standing(tmp_path):
    standing = Standing(tmp_path)
    yield standing
    standing.renderer.close()


def test_a_worker_that_stands_by_says_one_announcement_and_another_takes_its_place(standing):
    standing.renderer.stand_by()

    assert standing.said() == "stood by"
    standing.later(0.5)
    assert standing.said() == "started anew", "too soon: the first sound is not to be disturbed"
    standing.later(1.5)
    assert standing.said() == "stood by"


def test_a_worker_that_ends_before_it_is_asked_costs_no_announcement(tmp_path):
    standing = Standing(tmp_path, f"import sys; sys.argv[1] == '--stand-by' and sys.exit(3); {Standing.ANSWERS}")
    standing.renderer.stand_by()
    standing.renderer._ready.wait(10)

    assert standing.said() == "started anew"
    standing.later(2)
    standing.renderer._ready.wait(10)
    standing.later(0)
    standing.later(9)
    assert standing.renderer._ready is None, "one that cannot stand by is not started again at once"
    standing.later(2)
    assert standing.renderer._ready is not None
    standing.renderer.close()


def test_a_worker_that_has_stood_by_for_an_hour_is_replaced_and_at_the_end_none_is_left(standing):
    standing.renderer.stand_by()
    first = standing.renderer._ready
    standing.later(3600)
    second = standing.renderer._ready
    standing.renderer.close()
    standing.later(10_000)

    assert first is not second
    assert is_gone(first.pid)
    assert is_gone(second.pid)


def test_after_two_failures_the_workers_own_words_are_the_reason(tmp_path):
    says = 'print(\'{"problem": "apt-get install espeak-ng"}\'); sys.exit(3)'

    with pytest.raises(RenderFailed, match=r"apt-get install espeak-ng \(worker's exit code 3\)"):
        worker(tmp_path, says, says, GOOD).render(5, WORDS)
    assert attempts_left(tmp_path) == 1


def test_the_second_try_says_the_first_language_once(tmp_path):
    keeps = "open(sys.argv[1] + '/said', 'a').write(sys.stdin.read() + '\\n'); "
    words = WORDS | {"script": {"langs": ["zh", "zh", "en"], "chime": "long", "gain": 1.0}}
    worker(tmp_path, keeps + "sys.exit(5)", keeps + GOOD).render(5, words)

    said = [json.loads(line)["script"] for line in (tmp_path / "said").read_text().splitlines()]
    assert [script["langs"] for script in said] == [["zh", "zh", "en"], ["zh"]]
    assert said[1]["chime"] == "long"


def test_aplay_is_believed_only_with_status_zero(tmp_path):
    wave = Wave(tmp_path / "5.wav", 100)
    fails = program(tmp_path, "fails", "#!/bin/sh\necho 'audio open error' >&2\nexit 1\n")
    works = program(tmp_path, "works", f'#!/bin/sh\necho "$@" > {tmp_path}/heard\n')

    with pytest.raises(PlayFailed, match="left with 1: audio open error"):
        Aplay(fails).play(wave, "5-A001")
    Aplay(works).play(wave, "5-A001")
    assert (tmp_path / "heard").read_text().split() == ["-q", str(wave.path)]


def test_a_player_that_never_ends_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(player, "GRACE_S", 0.2)
    stuck = program(tmp_path, "stuck", f"#!{sys.executable}\nimport signal\nsignal.pause()\n")

    with pytest.raises(PlayFailed, match="timed out"):
        Aplay(stuck).play(Wave(tmp_path / "5.wav", 100), "5-A001")


def test_a_machine_without_a_sound_device_is_told_so(tmp_path):
    none = program(tmp_path, "none", "#!/bin/sh\necho 'aplay: device_list:276: no soundcards found...' >&2\nexit 1\n")
    some = program(tmp_path, "some", "#!/bin/sh\necho 'card 0: PCH [HDA Intel PCH], device 0'\n")

    assert "no soundcards found" in Aplay(none).trouble()
    assert Aplay(some).trouble() is None
    assert "apt-get install alsa-utils" in Aplay(str(tmp_path / "missing")).trouble()


def test_a_folder_keeps_the_waves_by_call(tmp_path):
    (tmp_path / "5.wav").write_bytes(b"RIFF")
    (tmp_path / "kept").mkdir()

    Folder(tmp_path / "kept").play(Wave(tmp_path / "5.wav", 1), "5-A001")

    assert [file.name for file in (tmp_path / "kept").iterdir()] == ["5-A001.wav"]
    assert Folder(tmp_path / "nowhere").trouble() is not None


def test_no_player_never_pretends():
    assert Nowhere().trouble() is not None
    with pytest.raises(PlayFailed):
        Nowhere().play(Wave(None, 1), "5-A001")


def test_the_player_is_named_on_the_command_line(tmp_path):
    assert isinstance(player_for("aplay"), Aplay)
    assert isinstance(player_for("none"), Nowhere)
    assert isinstance(player_for("off"), Silent)
    assert isinstance(player_for(f"dir:{tmp_path}"), Folder)
    for wrong in ("dir:", "loud", ""):
        with pytest.raises(ValueError, match="--play is"):
            player_for(wrong)
