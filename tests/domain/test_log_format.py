"""The log's canonical form and its chain, as literals: a change here breaks every log ever written."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from queue_server.domain.events import GENESIS, Event, canonical, chained, micros, moment

NINE = datetime(2026, 11, 24, 1, 0, 0, 123456, tzinfo=UTC)
FIRST = Event(
    "test",
    1,
    "hall.created",
    NINE,
    None,
    "system",
    '{"changes":{"halls":[{"id":"test","name":"测试大厅"}]},"facts":{}}',
    "",
)
SECOND = Event(
    "test", 2, "ticket.issued", NINE, date(2026, 11, 24), "staff:7", '{"changes":{},"facts":{"window":"3"}}', ""
)


def test_canonical_json_has_sorted_keys_no_spaces_and_plain_unicode() -> None:
    value = {"b": [1, True, None], "a": {"名": "零号窗", "A": 'q"\\\n\u2028'}}

    assert canonical(value) == '{"a":{"A":"q\\"\\\\\\n\u2028","名":"零号窗"},"b":[1,true,null]}'


def test_times_are_integer_microseconds_in_utc_and_days_are_iso() -> None:
    shanghai = NINE.astimezone(timezone(timedelta(hours=8)))

    assert canonical([NINE, shanghai, date(2026, 11, 24)]) == '[1795482000123456,1795482000123456,"2026-11-24"]'


@pytest.mark.parametrize("micro", [0, 1, 999_999, 123_457])
def test_microseconds_survive_the_way_there_and_back_exactly(micro: int) -> None:
    for year in (1969, 2026, 2100):
        at = datetime(year, 12, 31, 23, 59, 59, micro, tzinfo=UTC)
        assert moment(micros(at)) == at


def test_naive_times_are_refused() -> None:
    naive = NINE.replace(tzinfo=None)

    with pytest.raises(ValueError, match="without a zone"):
        micros(naive)
    with pytest.raises(ValueError, match="without a zone"):
        canonical({"at": naive})


@pytest.mark.parametrize("value", [{1, 2}, b"bytes", object(), timedelta(seconds=1)], ids=lambda v: type(v).__name__)
def test_what_has_no_canonical_form_never_enters_the_log(value: object) -> None:
    with pytest.raises(TypeError, match="never enters the log"):
        canonical({"value": value})


def test_the_chain_has_the_hashes_it_always_had() -> None:
    first = chained(GENESIS, FIRST)
    second = chained(first, SECOND)

    assert first == "935fa43402d42e5727f9d7fc86b2dd421f30d4286c723c092b1d38ac7970ad9b"
    assert second == "ed4056ed5daaad2d86babde6de8ca7133cbde585cd0905a4cb88bccc87d31039"


@pytest.mark.parametrize(
    "changed",
    [
        {"hall_id": "other"},
        {"seq": 3},
        {"type": "ticket.called"},
        {"at": NINE + timedelta(microseconds=1)},
        {"day": date(2026, 11, 25)},
        {"actor": "staff:8"},
        {"data": SECOND.data.replace("3", "4")},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_every_part_of_an_event_is_in_its_hash(changed: dict[str, object]) -> None:
    assert chained(GENESIS, SECOND) != chained(GENESIS, Event(**vars(SECOND) | changed))


def test_the_hash_depends_on_everything_before() -> None:
    assert chained(GENESIS, SECOND) != chained("1" * 64, SECOND)


def test_an_event_gives_its_content_back() -> None:
    assert FIRST.content()["changes"]["halls"][0]["name"] == "测试大厅"
