"""Initials of a Chinese name's syllables (重庆 → ``cq``), from the order of GB 2312 itself.

Its 3,755 common characters stand in the order of their sounds, so that no dictionary is needed.
"""

import re
from bisect import bisect_right

#: The first common character of each initial, and where the common ones end.
_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_LETTERS = "abcdefghjklmnopqrstwxyz"
_STARTS = [character.encode("gb2312") for character in _FIRST]
_LAST_COMMON = b"\xd7\xf9"
#: Words in which a character does not sound as GB 2312 has it; the longest that fits counts.
WORDS = {
    **{"重庆": "cq", "重新": "cx", "重复": "cf", "重组": "cz", "重建": "cj", "重置": "cz"},
    **{"调整": "tz", "调解": "tj", "调节": "tj", "调剂": "tj"},
    **{"银行": "yh", "行业": "hy", "会计": "kj", "校对": "jd", "传记": "zj"},
    **{"给付": "jf", "供给": "gj", "补给": "bj"},
    **{"校长": "xz", "家长": "jz", "院长": "yz", "成长": "cz", "增长": "zz", "长者": "zz"},
    **{"厦门": "xm", "厦": "s", "牲畜": "sc", "家畜": "jc"},
}
#: Characters of halls that are not among the common ones.
RARE = {"殡": "b", "赈": "z", "徭": "y", "赝": "y", "蠲": "j", "鳏": "g", "孀": "s", "衢": "q"}
_WORD = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))
_KEPT = re.compile("[0-9a-z]")


class NoInitial(ValueError):
    """The sound of a character is not known; ``args[0]`` is the character."""


def initials(name: str) -> str:
    """A name's initials in lower case; digits and Latin letters stay, punctuation goes.

    Raises NoInitial for a character that is neither common nor in ``RARE``.
    """
    spelled = _WORD.sub(lambda found: WORDS[found[0]], name.lower())
    return "".join(map(_initial, spelled))


def _initial(character: str) -> str:
    if character in RARE:
        return RARE[character]
    if character.isascii() or not character.isalnum():
        return character if _KEPT.match(character) else ""
    try:
        place = character.encode("gb2312")
    except UnicodeEncodeError:
        raise NoInitial(character) from None
    if not _STARTS[0] <= place <= _LAST_COMMON:
        raise NoInitial(character)
    return _LETTERS[bisect_right(_STARTS, place) - 1]
