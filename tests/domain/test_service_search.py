"""Finding services: the cases of the shared fixture, the demonstration's hundred, and how long it takes."""

import json
import subprocess
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from queue_server.cli import demo
from queue_server.domain.service import Service
from queue_server.domain.service_search import LONGEST, search
from tests.news.reader import node
from tests.support.halls import service

FIXTURE = json.loads((Path(__file__).parents[1] / "fixtures" / "service_search.json").read_text(encoding="utf-8"))
SERVICES = [service(line="A", **given) for given in FIXTURE["services"]]
DEMONSTRATION = demo.services()
#: Searches services with the pages' own function: reads a file of services and texts, prints codes.
PAGE = """
import { readFileSync } from "node:fs";
import { searchServices } from %s;
const { services, texts } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map((text) => searchServices(services, text).map((one) => one.code))));
"""


def codes(services: list[Service]) -> list[str]:
    return [one.code for one in services]


@pytest.mark.parametrize("case", FIXTURE["cases"], ids=lambda case: case["why"])
def test_a_search_finds(case: dict[str, Any]) -> None:
    assert codes(search(SERVICES, case["text"], case.get("limit", 20))) == case["found"]


def test_text_behind_the_longest_is_not_looked_at() -> None:
    name = "存" * (LONGEST + 5)
    assert codes(search([service(name=name)], "存" * LONGEST + "款")) == ["A01"]


def texts() -> list[str]:
    """What a clerk might type for each service: parts of its name, initials and English, and nonsense."""
    typed = []
    for one in DEMONSTRATION:
        typed += [one.code, one.name, one.name[:2], one.name[2:5], one.initials, one.initials[:3], one.initials[2:5]]
        typed += [one.name_en, one.name_en[:4], one.name_en.upper().split()[-1], f"{one.area} {one.name[-2:]}"]
    for one in DEMONSTRATION:
        for alias in one.aliases or ():
            typed += [alias["name"], alias["name"][1:3], alias["initials"]]
    typed += [f"{first} {second}" for first, second in pairwise(typed[::7])]
    return [*typed, "", "  ", "ＡＢ１", "İstanbul", "ﬁre", "ΣΑΣ", "\u3000税\u3000", "é", "𠮷", "a" * 60, "-", "·（）"]


def test_the_server_and_the_pages_find_the_same_in_the_same_order() -> None:
    program = PAGE % json.dumps(str(Path(__file__).parents[2] / "static" / "lib" / "service-search.js"))
    given = json.dumps({"services": [vars(one) for one in DEMONSTRATION], "texts": texts()})
    command = [node(), "--input-type=module", "-e", program]
    run = subprocess.run(command, input=given, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr

    found = json.loads(run.stdout)
    assert sum(map(bool, found)) > 1000
    for text, theirs in zip(texts(), found, strict=True):
        assert codes(search(DEMONSTRATION, text)) == theirs, text


@pytest.mark.parametrize("one", DEMONSTRATION, ids=lambda one: one.code)
def test_every_service_of_the_demonstration_is_found_by_what_it_is_called(one: Service) -> None:
    assert codes(search(DEMONSTRATION, one.name))[0] == one.code
    assert codes(search(DEMONSTRATION, one.name_en))[0] == one.code
    assert codes(search(DEMONSTRATION, one.code)) == [one.code]
    assert one.code in codes(search(DEMONSTRATION, one.initials))


def test_a_search_among_five_hundred_takes_less_than_a_tenth_of_a_second() -> None:
    """Time of the processor, the first search with its preparation: other tests run beside this one."""
    many = [
        service(
            f"{one.code}-{n}",
            f"{one.name}{n}",
            name_en=f"{one.name_en} {n}",
            initials=one.initials,
            aliases=one.aliases,
        )
        for n in range(5)
        for one in DEMONSTRATION
    ]
    assert len(many) == 500
    for text in ("登记", "dj", "re", "公积金 提取", ""):
        started = time.process_time()
        assert len(search(many, text)) == 20
        assert time.process_time() - started < 0.1


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("社保卡", "A01"), ("房产证", "B01"), ("护照", "C01"), ("驾照", "N01"),
        ("公积金提取", "G01"), ("身份证补办", "H03"), ("退休", "A04"), ("生育", "W01"),
        ("上户口", "H05"), ("二手房过户", "B01"), ("开公司", "J01"), ("营业执照", "J01"),
        ("无房证明", "K04"), ("低保", "F04"), ("准生证", "W01"), ("年检", "N05"),
        ("sbk", "A01"), ("fcz", "B01"), ("jz", "N01"), ("gjjtq", "G01"),
        ("sfzbb", "H03"), ("wfzm", "K04"),
    ],
)  # fmt: skip
def test_what_people_call_it_finds_what_they_mean(said: str, meant: str) -> None:
    """Among the first four, for one word may mean several services."""
    assert meant in codes(search(DEMONSTRATION, said))[:4]


def test_every_alias_of_the_demonstration_finds_its_service_by_its_initials_too() -> None:
    for one in DEMONSTRATION:
        for alias in one.aliases or ():
            assert one.code in codes(search(DEMONSTRATION, alias["name"])), alias
            assert one.code in codes(search(DEMONSTRATION, alias["initials"], 100)), alias
