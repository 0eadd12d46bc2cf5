"""Numbers and letters as they are spoken. Standard library only; no engine ever sees a digit.

Engines read figures wrongly: espeak says 108 as 一百八, which is 180. So figures become words here.
"""

import re

DIGITS = "零一二三四五六七八九"
#: The largest number that is said as a cardinal; halls number their windows below this.
LARGEST_CARDINAL = 999

#: Letters for the pinyin voice: the 19 letters of lines, and V and Y of the classes. Hanzi, because of
#: what espeak-ng 1.51 makes of Latin letters (``espeak-ng -v cmn-latn-pinyin -x -q``): two together are
#: read as one pinyin syllable (VA: "va"), YB as English; R is the syllable of 二 in another tone; G is
#: "zhi"; W loses a vowel. Only Hanzi that this voice reads in one way: 欸, for one, comes out as "ai".
#: H is "ai qu" and J "jie", the names in use; no two letters share syllables, tones left aside.
LETTERS = {
    "A": "诶", "B": "必", "C": "西", "F": "艾夫", "G": "记", "H": "艾取", "J": "杰",
    "K": "开", "L": "艾勒", "M": "艾姆", "N": "恩", "P": "批", "R": "阿尔", "S": "艾斯",
    "T": "踢", "U": "优", "V": "微", "W": "达不溜", "X": "艾克斯", "Y": "歪", "Z": "贼",
}  # fmt: skip

DIGITS_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
#: For the English voice: it reads a lone A as the article (``a#``), and Z as "zee", which is C to a tired ear.
LETTERS_EN = {"A": "eh", "Z": "zed"}


def ticket(number: str) -> str:
    """``A001`` → ``A零零一``, ``VA012`` → ``VA零一二``: letters stay, figures one by one.

    Raises ValueError for what is not a ticket number.
    """
    letters, figures = split(number)
    return letters + "".join(DIGITS[int(figure)] for figure in figures)


def ticket_en(number: str) -> str:
    """``VA012`` → ``V A zero one two``. Raises ValueError as ``ticket`` does."""
    letters, figures = split(number)
    return " ".join([*letters, *(DIGITS_EN[int(figure)] for figure in figures)])


def split(number: str) -> tuple[str, str]:
    """A ticket number's letters and figures: ``VA012`` → ``("VA", "012")``.

    Raises ValueError unless it is one letter of the table, or V or Y and one, then three to six ASCII figures.
    """
    figures = number.lstrip("".join(LETTERS))
    letters = number[: len(number) - len(figures)]
    lettered = len(letters) == 1 or (len(letters) == 2 and letters[0] in "VY")
    if not (lettered and 3 <= len(figures) <= 6 and figures.isascii() and figures.isdigit()):
        raise ValueError(f"not a ticket number: {number!r}")
    return letters, figures


def cardinal(number: int) -> str:
    """``12`` → ``十二``, ``105`` → ``一百零五``, ``110`` → ``一百一十``. Raises ValueError outside 0 to 999."""
    _require_sayable(number)
    if number < 10:
        return DIGITS[number]
    if number < 20:
        return "十" + _unit(number % 10)
    if number < 100:
        return DIGITS[number // 10] + "十" + _unit(number % 10)
    rest = number % 100
    if rest == 0:
        return DIGITS[number // 100] + "百"
    between = "零" if rest < 10 else ""
    tens = "一" if 10 <= rest < 20 else ""
    return DIGITS[number // 100] + "百" + between + tens + cardinal(rest)


def _unit(figure: int) -> str:
    return DIGITS[figure] if figure else ""


def cardinal_en(number: int) -> str:
    """``12`` → ``twelve``, ``105`` → ``one hundred and five``. Raises ValueError outside 0 to 999."""
    _require_sayable(number)
    if number < 10:
        return DIGITS_EN[number]
    if number < 20:
        return _TEENS[number - 10]
    if number < 100:
        return _TENS[number // 10 - 2] + (f" {DIGITS_EN[number % 10]}" if number % 10 else "")
    rest = f" and {cardinal_en(number % 100)}" if number % 100 else ""
    return f"{DIGITS_EN[number // 100]} hundred{rest}"


def _require_sayable(number: int) -> None:
    if not 0 <= number <= LARGEST_CARDINAL:
        raise ValueError(f"not a number of a window: {number}")


def for_pinyin_voice(text: str) -> str:
    """The text with every letter spelt in Hanzi, ready for the voice ``cmn-latn-pinyin``.

    Raises ValueError for a digit of any script, and for a letter without a spelling.
    """
    spelt = without_digits("".join(LETTERS.get(character, character) for character in text))
    if any(character.isascii() and character.isalpha() for character in spelt):
        raise ValueError(f"a letter that the voice has no name for: {text!r}")
    return spelt


def for_english_voice(text: str) -> str:
    """The text with single letters spelt as the voice needs them. Raises ValueError for a digit."""
    return without_digits(re.sub(r"\b[A-Z]\b", lambda letter: LETTERS_EN.get(letter[0], letter[0]), text))


def without_digits(text: str) -> str:
    """The text itself. Raises ValueError when it holds a digit of any script: engines misread them."""
    if any(character.isdigit() for character in text):
        raise ValueError(f"a digit must not reach an engine: {text!r}")
    return text
