"""For every order: what a reader knew, plus the events, is what a new reader is told."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from queue_server.domain.events import Event
from queue_server.protocol import ENDED
from queue_server.store import log
from queue_server.store.engine import open_store
from tests.conftest import fresh_database
from tests.news.reader import applied, keys_in, known
from tests.news.story import ORDERS, SCOPES, Story
from tests.support.halls import HALL, Bench

#: Nothing of this may reach a citizen's page: who is favoured, who serves, what was noted.
SECRET = {"turn_at", "class", "ticket_class", "id", "clerk", "note", "notes", "because", "device", "ordinal"}


class Told:
    """The story of one database, and what a page made of it."""

    def __init__(self, story: Story, folder: Path) -> None:
        self.story = story
        self.chapters = story.chapters
        last = {scope: [c for c in self.chapters if c.scope == scope][-1].after for scope in SCOPES}
        cases = [{"before": c.before["snapshot"], "events": c.events} for c in self.chapters]
        # A reader that comes back late: from before each order to the end of the story, in one replay.
        cases += [
            {"before": c.before["snapshot"], "events": story.sync(c.scope, c.before)["events"]} for c in self.chapters
        ]
        states = applied(cases, folder)
        self.at_once = states[: len(self.chapters)]
        self.late = [
            (c, state, last[c.scope]) for c, state in zip(self.chapters, states[len(self.chapters) :], strict=True)
        ]

    def of(self, name: str) -> Iterator[tuple[Any, Any]]:
        for chapter, state in zip(self.chapters, self.at_once, strict=True):
            if chapter.name == name:
                yield chapter, state


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    folder = tmp_path_factory.mktemp("story")
    store = open_store(fresh_database(request, request.param, folder))
    yield Told(Story(Bench(store).found()).tell(), folder)
    store.dispose()


@pytest.mark.parametrize("name", ORDERS)
def test_state_and_events_are_the_fresh_state(told: Told, name: str) -> None:
    seen = list(told.of(name))
    assert len(seen) == len(SCOPES)
    for chapter, state in seen:
        assert known(state) == known(chapter.after["snapshot"]), chapter.scope


def test_an_order_that_says_something_changes_what_a_reader_knows(told: Told) -> None:
    """Else the comparison above would prove nothing."""
    for chapter in told.chapters:
        data = [event["data"] for event in chapter.events]
        says = any(set(one) - {"facts"} for one in data)
        assert says is (known(chapter.before["snapshot"]) != known(chapter.after["snapshot"])), chapter.name


def test_the_story_tells_every_order(told: Told) -> None:
    assert list(dict.fromkeys(chapter.name for chapter in told.chapters)) == ORDERS


def test_a_reader_that_comes_back_late_is_told_the_same(told: Told) -> None:
    for chapter, state, last in told.late:
        assert known(state) == known(last["snapshot"]), (chapter.name, chapter.scope)


def test_every_event_is_told_to_both_scopes_and_none_is_left_out(told: Told) -> None:
    for scope in SCOPES:
        first = next(chapter.before for chapter in told.chapters if chapter.scope == scope)
        events = told.story.sync(scope, first)["events"]
        assert [event["seq"] for event in events] == list(range(first["seq"] + 1, first["seq"] + len(events) + 1))
        assert {event["type"] for event in events if not event["data"]} <= {"other"}


def test_the_public_is_told_other_where_nothing_is_public(told: Told) -> None:
    for name in ("somebody signs in", "a device is created", "the clock is stepped", "an account is added"):
        public = next(chapter for chapter, _ in told.of(name) if chapter.scope == "public")
        assert [(event["type"], event["data"]) for event in public.events] == [("other", {})]


def test_nothing_secret_is_told_to_the_public(told: Told) -> None:
    public = [chapter for chapter in told.chapters if chapter.scope == "public"]
    snapshots = [known(chapter.after["snapshot"]) for chapter in public]
    data = [event["data"] for chapter in public for event in chapter.events]
    parts = [{name: value for name, value in one.items() if name != "hall"} for one in [*snapshots, *data]]
    assert keys_in(parts) & SECRET == set()
    assert not any("facts" in one for one in data)


def test_nobody_is_told_a_note_or_a_name(told: Told) -> None:
    whole = repr([(chapter.after["snapshot"], chapter.events) for chapter in told.chapters])
    assert "带齐材料" not in whole
    assert "王芳" not in whole


def test_the_story_has_every_type_of_event_of_the_protocol(told: Told) -> None:
    """What protocol.md lists is what the log may hold, and this story proves each of them."""
    text = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
    listed = text.split("### Event types")[1].split("`")[1].split()
    with told.story.bench.store.reading() as connection:
        events: list[Event] = list(log.whole(connection, HALL))
    types = {event.type for event in events}
    assert types - set(listed) == set()
    # A restore is a story of its own (test_sync.py), and learning needs a hundred people (test_learning.py).
    assert set(listed) - types == {"hall.restored", "line.learned"}


def test_a_snapshot_has_no_ticket_that_has_ended(told: Told) -> None:
    tickets = itertools.chain.from_iterable(c.after["snapshot"]["tickets"].values() for c in told.chapters)
    assert {ticket["state"] for ticket in tickets} & ENDED == set()
