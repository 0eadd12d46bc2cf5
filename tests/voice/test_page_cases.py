"""A page's voice and a box's are the same by one table; the page's half is tests/js/page-voice.test.js."""

from tests.voice import page_cases


def test_the_table_says_what_the_box_does():
    told = page_cases.TABLE.read_text(encoding="utf-8")

    assert told == page_cases.written(), "after a change of the rules: python -m tests.voice.page_cases"


def test_the_table_has_every_kind_of_case():
    clips = page_cases.clips()

    assert {bool(case["pieces"]) for case in clips} == {True, False}
    assert any(case["pieces"] is None for case in clips)
    assert any(case["pieces"] is False for case in clips)
    kinds = {key.split("/")[1] for case in clips for key, _ in case["pieces"] or ()}
    assert kinds == {"again", "call", "digit", "last", "letter", "number", "tail", "window", "zero"}
