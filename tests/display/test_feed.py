"""The reader's side of the news: order, gaps, resends, other histories; its clock is an argument."""

from datetime import timedelta

import pytest

from display_client.feed import Feed
from tests.display.halls import NINE, called, event, hello, iso, replay, snapshot, tick


@pytest.fixture
def feed():
    """In step at seq 4."""
    feed = Feed()
    feed.hello(hello(4), now=0.0)
    assert feed.question(0.0) == {"epoch": "", "seq": 0, "hash": ""}
    feed.synced(snapshot(4), now=0.0)
    return feed


def issued(number):
    return {"tickets": [{"number": number, "line": "A", "state": "waiting", "window": None}]}


def waiting(feed):
    return sorted(feed.state["tickets"])


def test_events_are_applied_in_order(feed):
    feed.receive(event(5, issued("A001")), 0.1)
    feed.receive(event(6, issued("A002")), 0.1)

    assert (feed.seq, feed.hash, waiting(feed)) == (6, "epoch-1#6", ["A001", "A002"])


def test_a_resend_changes_nothing(feed):
    feed.receive(event(5, issued("A001")), 0.1)
    feed.receive(event(6, {"tickets": [{"number": "A001", "state": "done"}]}), 0.1)
    feed.receive(event(5, issued("A001")), 0.2)

    assert (feed.seq, waiting(feed)) == (6, [])
    assert feed.question(10.0) is None


def test_an_event_that_overtook_another_waits_for_it_and_nobody_is_asked(feed):
    feed.receive(event(6, issued("A002")), 0.1)
    assert (feed.seq, feed.question(0.39)) == (4, None)

    feed.receive(event(5, issued("A001")), 0.39)

    assert (feed.seq, waiting(feed)) == (6, ["A001", "A002"])
    assert feed.question(10.0) is None


def test_a_gap_that_stays_is_asked_about_once(feed):
    feed.receive(event(6), 0.1)

    assert feed.question(0.3) is None
    assert feed.question(0.4) == {"epoch": "epoch-1", "seq": 4, "hash": "epoch-1#4"}
    assert feed.question(1.0) is None

    feed.synced(replay(6, event(5, issued("A001")), event(6)), 1.1)
    assert (feed.seq, waiting(feed), feed.question(9.0)) == (6, ["A001"], None)


def test_a_question_that_gets_no_answer_is_asked_again(feed):
    feed.tick(tick(3), 0.0)
    assert feed.question(0.0) is not None
    assert feed.question(1.9) is None
    assert feed.question(2.0) is not None


def test_a_tick_ahead_of_us_is_a_gap_too(feed):
    feed.tick(tick(7), 0.0)

    assert feed.question(0.2) is None
    assert feed.question(0.3) is not None


@pytest.mark.parametrize(
    "suspicious",
    [tick(4, epoch="epoch-2"), tick(3), tick(4, hash_="another history")],
    ids=["another epoch", "a log behind ours", "another hash"],
)
def test_another_history_is_asked_about_at_once_and_its_snapshot_believed(feed, suspicious):
    feed.tick(suspicious, 0.0)
    assert not feed.in_step
    assert feed.question(0.0) is not None

    feed.synced(snapshot(2, epoch=suspicious["epoch"], tickets={"B001": {"number": "B001", "state": "waiting"}}), 0.1)

    assert feed.in_step
    assert (feed.seq, feed.epoch, waiting(feed)) == (2, suspicious["epoch"], ["B001"])


def test_a_snapshot_that_events_have_overtaken_does_not_take_us_back(feed):
    feed.receive(event(6), 0.0)
    assert feed.question(0.3) is not None
    feed.receive(event(5, issued("A001")), 0.4)

    feed.synced(snapshot(5), 0.5)

    assert (feed.seq, waiting(feed)) == (6, ["A001"])


def test_news_before_the_first_answer_are_kept_and_applied_after_it():
    feed = Feed()
    feed.hello(hello(4), 0.0)
    feed.receive(event(5, issued("A001")), 0.1)
    assert feed.seq == 0

    feed.synced(snapshot(4), 0.2)

    assert (feed.seq, waiting(feed)) == (5, ["A001"])


def test_after_a_reconnect_what_was_missed_is_asked_for_and_replayed(feed):
    feed.lost()
    feed.hello(hello(6), 9.0)
    assert feed.question(9.0) == {"epoch": "epoch-1", "seq": 4, "hash": "epoch-1#4"}

    feed.synced(replay(6, event(5, issued("A001")), event(6)), 9.1)

    assert (feed.in_step, feed.seq, waiting(feed)) == (True, 6, ["A001"])


def test_a_replay_of_another_history_is_not_applied(feed):
    feed.synced({**replay(5, event(5, issued("A001"))), "epoch": "epoch-2"}, 0.1)

    assert waiting(feed) == []
    feed.lost()
    assert feed.question(0.2) == {"epoch": "", "seq": 0, "hash": ""}


def test_six_seconds_without_a_word_are_stale(feed):
    feed.tick(tick(4), 10.0)

    assert not feed.stale(16.0)
    assert feed.stale(16.1)


def test_the_halls_time_goes_on_between_messages_and_follows_a_step(feed):
    assert feed.hall_now(5.0) == NINE + timedelta(seconds=5)
    feed.receive(event(5, after_s=3600.0), 5.0)
    assert feed.hall_now(6.0) == NINE + timedelta(seconds=3601)
    feed.receive(event(6, after_s=10.0), 6.0)
    assert feed.hall_now(6.0) == NINE + timedelta(seconds=3601)


def test_the_reducer_forgets_ended_tickets_and_keeps_thirty_announcements(feed):
    for seq in range(5, 45):
        feed.receive(event(seq, called(seq, f"A{seq:03d}")), 0.0)
    feed.receive(event(45, {"tickets": [{"number": "A044", "state": "done"}], "unheard_of": 1}), 0.0)

    assert [row["seq"] for row in feed.state["announcements"]] == list(range(44, 14, -1))
    assert "A044" not in feed.state["tickets"]


def test_a_new_day_begins_empty_and_an_unknown_announcement_is_not_invented(feed):
    feed.receive(event(5, called(5, "A001")), 0.0)
    feed.receive(event(6, {"day": {"date": "2026-11-24", "state": "closed"}}), 0.0)
    assert len(feed.state["announcements"]) == 1

    feed.receive(event(7, {"day": {"date": "2026-11-25", "state": "open"}}), 0.0)
    feed.receive(event(8, {"announcements": [{"seq": 5, "state": "ended"}]}), 0.0)

    assert (feed.state["tickets"], feed.state["announcements"]) == ({}, [])
    assert feed.state["day"] == {"date": "2026-11-25", "state": "open"}
    assert iso() == "2026-11-24T01:00:00.000000Z"


def test_a_server_that_cannot_tell_now_is_asked_again(feed):
    """It answers with nothing while its database is away."""
    feed.receive(event(6), 0.1)
    assert feed.question(0.4) is not None

    feed.synced({}, 0.5)

    assert (feed.seq, feed.question(2.3)) == (4, None)
    assert feed.question(2.5) == {"epoch": "epoch-1", "seq": 4, "hash": "epoch-1#4"}


def test_what_came_early_of_a_lost_history_is_not_put_upon_the_next(feed):
    feed.receive(event(6, issued("A002")), 0.1)
    feed.tick(tick(5, epoch="epoch-2"), 0.2)
    feed.synced(snapshot(5, epoch="epoch-2"), 0.3)

    assert (feed.seq, feed.epoch, waiting(feed)) == (5, "epoch-2", [])


def test_an_event_of_another_history_waits_for_the_answer(feed):
    feed.tick(tick(4, epoch="epoch-2"), 0.2)
    feed.receive(event(5, issued("A002")), 0.3)
    assert feed.seq == 4

    feed.synced(snapshot(4, epoch="epoch-2"), 0.4)

    assert (feed.seq, waiting(feed)) == (5, ["A002"])


def test_words_without_the_news_they_speak_of_are_stale(feed):
    for now in range(1, 9):
        feed.tick(tick(50), float(now))
        feed.synced({}, now + 0.1)

    assert feed.stale(8.2)
