"""Initials of names, against those of the demonstration's file, which come from a dictionary of sounds."""

import pytest

from queue_server.cli import catalogue
from queue_server.cli.catalogue import PlannedService
from queue_server.domain.initials import RARE, WORDS, NoInitial, initials


@pytest.mark.parametrize("one", catalogue.demonstration(), ids=lambda one: one.code)
def test_the_demonstration_s_initials_are_those_of_its_names(one: PlannedService) -> None:
    assert initials(one.name) == one.initials


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("重庆", "cq"),
        ("重点企业", "zdqy"),
        ("银行开户许可", "yhkhxk"),
        ("行业许可、行政许可", "hyxkxzxk"),
        ("会计从业登记", "kjcydj"),
        ("社会会计", "shkj"),
        ("厦门大厦", "xmds"),
        ("校长任职资格", "xzrzzg"),
        ("长期护理保险", "cqhlbx"),
        ("殡葬服务", "bzfw"),
        ("个人所得税APP（2026版）", "grsdsapp2026b"),
        ("零号窗", "lhc"),
    ],
)
def test_characters_with_several_sounds_have_the_right_one(name: str, expected: str) -> None:
    assert initials(name) == expected


@pytest.mark.parametrize(("name", "character"), [("番禺", "禺"), ("𠮷野家", "𠮷"), ("発行", "発"), ("ａ", "ａ")])
def test_a_character_whose_sound_is_not_known_is_named(name: str, character: str) -> None:
    with pytest.raises(NoInitial) as unknown:
        initials(name)
    assert unknown.value.args == (character,)


def test_the_tables_of_exceptions_say_what_could_be() -> None:
    assert all(len(word) == len(spelled) for word, spelled in (WORDS | RARE).items())
    assert {letter for spelled in (WORDS | RARE).values() for letter in spelled} <= set("abcdefghjklmnopqrstwxyz")
