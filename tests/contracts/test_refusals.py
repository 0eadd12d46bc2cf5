"""A refusal is promised in four places: the class, its status, the protocol, and the sentences."""

import json
import re
from typing import Any

import pytest

from queue_server.domain.errors import Refused
from queue_server.web.errors import HTTP_CODES, STATUS
from tests.contracts.sources import PROTOCOL, STATIC, words


def kinds(of: type[Refused]) -> list[type[Refused]]:
    return [kind for sub in of.__subclasses__() for kind in (sub, *kinds(sub))]


def sentences(language: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((STATIC / "i18n" / language / "common.json").read_text())
    return loaded


ALL = kinds(Refused)
CODES = sorted({kind.code for kind in ALL} | set(HTTP_CODES.values()) | {"internal", "busy", "disk_full"})
TABLE = PROTOCOL.split("## Refusal codes")[1]


@pytest.mark.parametrize("refusal", ALL, ids=lambda kind: kind.code)
def test_every_refusal_has_a_status(refusal: type[Refused]) -> None:
    assert refusal in STATUS


def test_no_two_refusals_share_a_code() -> None:
    codes = [kind.code for kind in ALL]

    assert len(codes) == len(set(codes)) > 30
    assert all(re.fullmatch("[a-z_]+", code) for code in codes)


@pytest.mark.parametrize("code", CODES)
def test_every_code_stands_in_the_protocol_s_table(code: str) -> None:
    assert code in words(TABLE)


@pytest.mark.parametrize("refusal", ALL, ids=lambda kind: kind.code)
def test_the_protocol_gives_a_refusal_the_status_it_has(refusal: type[Refused]) -> None:
    row = next((line for line in TABLE.splitlines() if refusal.code in words(line)), "")

    assert str(STATUS[refusal]) in (row or "||").split("|")[1]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence(language: str, code: str) -> None:
    assert sentences(language).get(f"error.{code}", "").strip()


def test_both_languages_have_the_same_sentences_with_the_same_facts() -> None:
    for chinese in sorted((STATIC / "i18n" / "zh-CN").glob("*.json")):
        english = STATIC / "i18n" / "en" / chinese.name
        here, there = json.loads(chinese.read_text()), json.loads(english.read_text())
        assert here.keys() == there.keys(), chinese.name
        for key, text in here.items():
            assert facts(text) == facts(there[key]), f"{chinese.name}: {key}"


def facts(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", text))


def test_the_codes_in_the_table_are_all_known_to_the_server() -> None:
    rows = [line for line in TABLE.splitlines() if re.match(r"\| \d", line)]
    listed = {word for line in rows for word in re.findall(r"`([a-z_]+)", line)}

    assert listed - set(CODES) == set()
