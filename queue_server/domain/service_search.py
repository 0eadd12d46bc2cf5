"""Finding a service by initials, Chinese, English or code.

``static/lib/service-search.js`` is the same for the pages, which search without asking the server.
``tests/fixtures/service_search.json`` holds both to the same answers.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from queue_server.domain.service import Service

#: Nobody types more; the rest is not looked at. Characters.
LONGEST = 40
#: What parts words. Full-width punctuation has become half-width by then.
SEPARATORS = re.compile(r"[ \t\r\n,;:、。·()/\-]+")
DIGIT = re.compile("[0-9]")


@dataclass(frozen=True)
class Entry:
    """A service as the search sees it: folded, and names without spaces and punctuation."""

    code: str
    name: str
    name_en: str
    area: str
    initials: str
    words: tuple[str, ...]
    #: What people call it, and the initials of that.
    aliases: tuple[str, ...]
    alias_initials: tuple[str, ...]


def search(services: Iterable[Service], text: str, limit: int = 20) -> list[Service]:
    """At most ``limit`` services that fit, best first; without any text those asked for most.

    The whole text may be a code or a name, the beginning of a name or of its initials, where what
    people call it counts as a name; else every term must begin an English word, or stand somewhere in
    the name, what people call it, the area or the initials. Those
    that fit equally well go by use, then by code. Services that are not active are never found.
    """
    terms = terms_of(text)
    found = [
        (rank, service.popular, service.code, service)
        for service in services
        if service.active and (rank := _rank(_entry_of(service), terms)) is not None
    ]
    return [service for *_, service in sorted(found, key=lambda one: one[:3])[:limit]]


def terms_of(text: str) -> list[str]:
    return _split(text[:LONGEST])


def _rank(entry: Entry, terms: Sequence[str]) -> int | None:
    """How well it fits, 0 is best; None when it does not."""
    whole = "".join(terms)
    if not whole or whole in (entry.code, entry.name, entry.name_en):
        return 0
    if _begins(entry.name, entry.aliases, whole) or (DIGIT.search(whole) and entry.code.startswith(whole)):
        return 1
    if _begins(entry.initials, entry.alias_initials, whole):
        return 2
    if all(_begins_word(entry, term) for term in terms):
        return 3
    return 4 if all(_stands_in(entry, term) for term in terms) else None


def _begins(own: str, others: Sequence[str], text: str) -> bool:
    return own.startswith(text) or any(other.startswith(text) for other in others)


def _begins_word(entry: Entry, term: str) -> bool:
    return any(word.startswith(term) for word in entry.words)


def _stands_in(entry: Entry, term: str) -> bool:
    within = (entry.name, entry.area, entry.initials, *entry.aliases)
    return any(term in text for text in within) or _begins_word(entry, term)


def _entry_of(service: Service) -> Entry:
    called = tuple((alias["name"], alias["initials"]) for alias in service.aliases or ())
    return _entry(service.code, service.name, service.name_en, service.area, service.initials, called)


@lru_cache(maxsize=4096)
def _entry(code: str, name: str, name_en: str, area: str, initials: str, called: tuple[tuple[str, str], ...]) -> Entry:
    code, name, area, initials = ("".join(_split(text)) for text in (code, name, area, initials))
    words = tuple(_split(name_en))
    aliases, sounds = (tuple("".join(_split(one[part])) for one in called) for part in (0, 1))
    return Entry(code, name, "".join(words), area, initials, words, aliases, sounds)


def _split(text: str) -> list[str]:
    """Words without full-width forms and capitals."""
    return [word for word in SEPARATORS.split(unicodedata.normalize("NFKC", text).lower()) if word]
