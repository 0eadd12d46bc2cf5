"""What the model reads: its symbols, and every word of a call in them. A closed list: nothing else can be rendered."""

#: The model's symbols (Kokoro-82M, config.json, Apache-2.0); those that no call needs are left out.
SYMBOLS = {
    ";": 1, ":": 2, ",": 3, ".": 4, "!": 5, " ": 16, "ʤ": 82, "ʥ": 19, "ʦ": 20, "ʨ": 21, "ꭧ": 23,
    "A": 24, "I": 25, "O": 31, "W": 39, "ᵊ": 42, "a": 43, "b": 44, "d": 46, "e": 47, "f": 48, "h": 50,
    "i": 51, "j": 52, "k": 53, "l": 54, "m": 55, "n": 56, "o": 57, "p": 58, "s": 61, "t": 62, "u": 63,
    "v": 64, "w": 65, "x": 66, "z": 68, "ɑ": 69, "æ": 72, "ɔ": 76, "ð": 81, "ə": 83, "ɚ": 85, "ɛ": 86,
    "ɜ": 87, "ɡ": 92, "ɨ": 101, "ɪ": 102, "ŋ": 112, "θ": 119, "ɹ": 123, "ɾ": 125, "ʂ": 130, "ʃ": 131,
    "ʧ": 133, "ʌ": 138, "ɤ": 140, "ˈ": 156, "ˌ": 157, "ː": 158, "ʰ": 162, "↓": 169, "→": 171, "↗": 172, "↘": 173,
}  # fmt: skip

#: Hanzi of the calls, as misaki 0.9.4 writes them for this model (its legacy Mandarin form). 一 is always yī:
#: the other readings (yì, yāo) are what listeners and recognisers mix up with other figures.
MANDARIN = {
    "零": "li↗ŋ", "一": "i→", "二": "ɚ↘", "三": "sa→n", "四": "sɨ↘", "五": "u↓", "六": "ljou↘", "七": "ʨʰi→",
    "八": "pa→", "九": "ʨjou↓", "十": "ʂɨ↗", "百": "pai↓", "号": "xau↘", "请": "ʨʰi↓ŋ", "到": "tau↘",
    "台": "tʰai↗", "窗": "ꭧʰwa→ŋ", "口": "kʰou↓", "再": "ʦai↘", "次": "ʦʰɨ↘", "呼": "xu→", "叫": "ʨjau↘",
}  # fmt: skip

#: Letters within Mandarin: several ways, the likeliest first; the build keeps the one that is heard best.
#: Stops carry their aspiration (kʰ), or a Mandarin ear takes K for G and T for D.
LETTERS_MANDARIN = {
    "A": ("ˈA", "ei→", "ˈAː"), "B": ("bˈi", "pi→", "pi↘"), "C": ("sˈi", "sˈiː", "sei→"),
    "F": ("ˈɛf", "ai→fu↓", "ˈɛfu↓"), "G": ("ʤˈi", "ʤˈiː", "ʨi→"), "H": ("ˈAʧ", "ei→ʧʰ", "ˈAʧʰi→", "ˈAːʧʰ", "ei→ʨʰi↓"),
    "J": ("ʤˈA", "ʤˈAː", "ʨei→"), "K": ("kʰˈA", "kʰˈAː", "kʰei→"), "L": ("ˈɛl", "ai→lou↘", "ˈɛlə"),
    "M": ("ˈɛm", "ˈɛːm", "ai→mu↓"), "N": ("ˈɛn", "ɤ→n", "ˈɛːn"), "P": ("pʰˈi", "pʰi→", "pʰˈiː"),
    "R": ("ˈɑɹ", "a→ɚ", "ˈɑːɹ"), "S": ("ˈɛs", "ai→sɨ→", "ˈɛːs"), "T": ("tʰˈi", "tʰi→", "tʰˈiː"),
    "U": ("jˈu", "jou→", "jˈuː"), "V": ("vˈi", "wei→", "vˈiː"), "W": ("dˈʌbᵊlju", "ta→pu↘ljou→"),
    "X": ("ˈɛks", "ai→kʰɤ↘sɨ→", "ˈɛːks"), "Y": ("wˈI", "wai→", "wˈIː"), "Z": ("zˈɛd", "zˈi", "ʦei→"),
}  # fmt: skip

#: English words of the calls, from misaki's dictionary of American English.
ENGLISH = {
    "zero": "zˈɪɹO", "one": "wˈʌn", "two": "tˈu", "three": "θɹˈi", "four": "fˈɔɹ", "five": "fˈIv", "six": "sˈɪks",
    "seven": "sˈɛvən", "eight": "ˈAt", "nine": "nˈIn", "ten": "tˈɛn", "eleven": "əlˈɛvᵊn", "twelve": "twˈɛlv",
    "thirteen": "θˌɜɹtˈin", "fourteen": "fˌɔɹtˈin", "fifteen": "fˌɪftˈin", "sixteen": "sˌɪkstˈin",
    "seventeen": "sˌɛvəntˈin", "eighteen": "ˌAtˈin", "nineteen": "nˌIntˈin", "twenty": "twˈɛnti",
    "thirty": "θˈɜɹɾi", "forty": "fˈɔɹɾi", "fifty": "fˈɪfti", "sixty": "sˈɪksti", "seventy": "sˈɛvənti",
    "eighty": "ˈAɾi", "ninety": "nˈIndi", "hundred": "hˈʌndɹəd", "and": "ænd", "ticket": "tˈɪkət",
    "please": "plˈiz", "go": "ɡˌO", "to": "tu", "the": "ðə", "window": "wˈɪndO", "desk": "dˈɛsk",
    "calling": "kˈɔlɪŋ", "again": "əɡˈɛn",
}  # fmt: skip
LETTERS_ENGLISH = {
    "A": "ˈA", "B": "bˈi", "C": "sˈi", "F": "ˈɛf", "G": "ʤˈi", "H": "ˈAʧ", "J": "ʤˈA", "K": "kˈA", "L": "ˈɛl",
    "M": "ˈɛm", "N": "ˈɛn", "P": "pˈi", "R": "ˈɑɹ", "S": "ˈɛs", "T": "tˈi", "U": "jˈu", "V": "vˈi",
    "W": "dˈʌbᵊlju", "X": "ˈɛks", "Y": "wˈI", "Z": "zˈɛd",
}  # fmt: skip


#: From this way on two letters are said apart: 外恩 is what is heard of YN in one breath, 为 of VA.
APART = 5


def mandarin(text: str, way: int = 0) -> str:
    """Symbols of a Mandarin text with letters; ``way`` picks the letters' rendering. KeyError outside the list."""
    marks = [mark for mark in text if mark != "，"]
    said = [MANDARIN[mark] if mark in MANDARIN else _letter(mark, way % APART) for mark in marks]
    if way >= APART:
        for at in range(len(marks) - 1):
            if marks[at] not in MANDARIN and marks[at + 1] not in MANDARIN:
                said[at] += ","
    return " ".join(said)


def _letter(mark: str, way: int) -> str:
    ways = LETTERS_MANDARIN[mark]
    return ways[way % len(ways)]


def english(text: str) -> str:
    """Symbols of an English text; single capitals are letters. KeyError for a word outside the list."""
    words = text.replace(",", " ,").split()
    said = [mark if mark == "," else LETTERS_ENGLISH.get(mark) or ENGLISH[mark.lower()] for mark in words]
    return " ".join(said).replace(" ,", ",")


def tokens(symbols: str) -> list[int]:
    """The model's numbers for the symbols. KeyError for one it does not have."""
    return [SYMBOLS[symbol] for symbol in symbols]
