"""What the clerk reads, in the clerk's language. Refusals and outcomes are the pages' own sentences."""

import json
import locale
import os
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Final

LANGUAGES: Final = ("zh-CN", "en")
#: The pages' sentences, where this release has them, and then the program's own, which come first.
SOURCES: Final = (
    (Path(__file__).resolve().parent.parent / "static" / "i18n", ("common", "counter")),
    (Path(__file__).resolve().parent / "i18n", ("counter_client",)),
)
#: ``{name}``, or ``{count|one|many}``.
_PLACE: Final = re.compile(r"\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}")


class Sentences:
    """One language's sentences; a key that has none is answered as it is."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts: dict[str, str] = {}
        for folder, names in SOURCES:
            for name in names:
                self._texts.update(_texts(folder / language / f"{name}.json"))

    def __call__(self, key: str, /, **facts: Any) -> str:
        def fact(place: re.Match[str]) -> str:
            name, one, many = place.groups()
            value = facts.get(name)
            if one is not None:
                return str(one if value == 1 else many)
            return "" if value is None else str(value)

        return _PLACE.sub(fact, self._texts.get(key, key))

    def has(self, key: str) -> bool:
        return key in self._texts

    def refusal(self, code: str, facts: dict[str, Any]) -> str:
        """The sentence of a refusal code; instants among the facts are told as this machine's time of day."""
        if not self.has(f"error.{code}"):
            return self("error.unknown", code=code)
        return self(f"error.{code}", **{name: _told(value) for name, value in facts.items()})

    def window(self, window: dict[str, Any]) -> str:
        """``3号窗口`` or ``零号窗1号台``."""
        kind = "zero" if window.get("kind") == "zero" else "specialist"
        return self(f"window.{kind}", number=window.get("number", window.get("code")))

    def line(self, line: dict[str, Any]) -> str:
        name = line.get("name_en") if self.language == "en" else line.get("name")
        return f"{line['letter']} {name or ''}".strip()


def _texts(path: Path) -> dict[str, str]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:  # a desk that has this program alone
        return {}


def _told(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", value):
        return value
    return datetime.fromisoformat(value).astimezone().strftime("%H:%M")


def own_language() -> str:
    """English where the machine says so, else Chinese."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    if not said and sys.platform == "win32":
        locale.setlocale(locale.LC_CTYPE, "")
        said = locale.getlocale()[0] or ""
    return "en" if said.lower().startswith("en") else "zh-CN"
