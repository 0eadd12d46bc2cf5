"""What is said about a press: one line for people, and one for programs."""

import json

import pytest

from counter_client.counter import COMMANDS
from counter_client.presser import Outcome
from counter_client.sentences import LANGUAGES, SOURCES, Sentences, own_language
from counter_client.telling import EXIT, record, told


def outcomes() -> list[Outcome]:
    done = Outcome("done", "next", "call", body={"ticket": {"number": "A003"}})
    return [
        done,
        Outcome("refused", "next", "call", error="window_busy", facts={"window": "3", "ticket": "A001"}),
        Outcome("refused", "next", "call", error="something_new"),
        Outcome("unconfirmed", "next", "call"),
        Outcome("unsent", "next", error="unreachable"),
        Outcome("ignored", "next", error="under_way"),
        Outcome("ignored", "next", error="double_press"),
        Outcome("earlier", "missed", settled=done),
        *(
            Outcome("done", command, {"missed": "miss"}.get(command, command), "A003")
            for command in COMMANDS
            if command != "next"
        ),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", outcomes(), ids=lambda outcome: f"{outcome.kind}-{outcome.command}")
def test_every_outcome_is_one_line_for_people_and_for_programs(outcome, language):
    say = Sentences(language)
    text = told(outcome, say)

    assert text
    assert "\n" not in text
    assert "{" not in text
    assert not text.startswith(("counter.", "desk.", "error."))
    assert json.loads(json.dumps(record(outcome, say)))["text"] == text
    assert outcome.kind in EXIT


def facts_in(text: str) -> set[str]:
    """The facts that a sentence names; ``{n|copy|copies}`` is about ``n``."""
    return {part.split("}")[0].split("|")[0] for part in text.split("{")[1:]}


def test_the_program_s_own_sentences_are_there_in_both_languages():
    folder, names = SOURCES[1]
    chinese, english = (json.loads((folder / lang / f"{names[0]}.json").read_text()) for lang in LANGUAGES)

    assert chinese.keys() == english.keys()
    for key, text in chinese.items():
        assert facts_in(text) == facts_in(english[key]), key


def test_a_refusal_tells_its_instants_as_the_clock_on_the_wall():
    text = Sentences("en").refusal("locked_out", {"until": "2026-11-24T01:02:03.000000Z"})

    assert "2026" not in text
    assert ":" in text


def test_the_language_is_the_machine_s(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    found = {}
    for said in ("en_GB.UTF-8", "zh_CN.UTF-8", "C", ""):
        monkeypatch.setenv("LANG", said)
        found[said] = own_language()

    assert found == {"en_GB.UTF-8": "en", "zh_CN.UTF-8": "zh-CN", "C": "zh-CN", "": "zh-CN"}
