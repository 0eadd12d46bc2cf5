"""The table of calls: every letter, class and window is in it, and what was said is found in the wave."""

import pytest

from queue_server.voice import bank, rehearse
from queue_server.voice.plan import Announcement
from tests.voice import banks


class NoHalfPhrases:
    """A bank that has everything but those: letters, numbers and windows are looked for one by one."""

    def __contains__(self, key):
        return "/call/" not in key


def test_two_hundred_calls_have_every_letter_class_and_window():
    said = rehearse.calls(200, 7)

    letters = {call["number"].rstrip("0123456789") for call in said}
    assert letters == {f"{kind}{letter}" for kind in ("", "V", "Y") for letter in rehearse.LINES}
    at_specialists = {call["window"]["number"] for call in said if call["window"]["kind"] == "specialist"}
    assert at_specialists == set(range(121))
    assert said == rehearse.calls(200, 7) != rehearse.calls(200, 8)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sample_of_the_table_is_said_by_the_real_worker_and_decoded_right(tmp_path, monkeypatch, lang):
    wanted = rehearse.calls(6, 7)
    keys = {piece.key for call in wanted for piece in bank.pieces(Announcement.of(call), lang, NoHalfPhrases())}
    # Two more of a kind, so that there is something to take for the right ones.
    keys |= {f"{lang}/letter/VA", f"{lang}/window/3", f"{lang}/zero/4"}
    monkeypatch.setenv("HALL_VOICE_BANK", str(banks.write(tmp_path / "bank", sorted(keys))))

    said = list(rehearse.spoken(wanted, tmp_path / "call.wav", lang))

    rows = [line.split("\t") for line in rehearse.table(said, lang)]
    assert [(answer["tier"], answer["right"]) for _, answer in said] == [("bank", True)] * 6
    assert rows[0] == list(rehearse.COLUMNS)
    assert [(row[0], row[-1]) for row in rows[1:]] == [(call["number"], "yes") for call in wanted]
    assert max(answer["best_wrong"] for _, answer in said) < 0.8
    assert min(answer["least_fit"] for _, answer in said) >= 0.999
