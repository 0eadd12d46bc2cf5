"""The book's figures, on answers made by hand."""

import pytest

from counter_client import compare, figures
from counter_client.book import Book, micros

A_DAY = "2026-11-24T"


def at(time: str) -> str:
    return f"{A_DAY}{time}.000000Z"


class Answers:
    """Answers of a hall as the server words them, entered in a book as they come."""

    def __init__(self) -> None:
        self.book = Book()
        self.views: dict[str, dict] = {}

    def issue(self, number: str, time: str) -> None:
        self.views[number] = {
            "id": f"id-{number}", "number": number, "line": number[0], "class": "ordinary", "state": "waiting",
            "issued_at": at(time), "reference_at": at(time), "joined_at": at(time),
        }  # fmt: skip
        self.book.issued(self.views[number])

    def call(self, number: str, time: str, window: str = "1") -> None:
        self.book.called(self._now(number, state="called", called_at=at(time), window=window), window)

    def start(self, number: str, time: str) -> None:
        self.book.started(self._now(number, state="serving", started_at=at(time)))

    def finish(self, number: str, time: str) -> None:
        self.book.finished(self._now(number, state="done", ended_at=at(time)))

    def miss(self, number: str) -> None:
        self.book.missed(self._now(number, state="missed"))

    def reinstate(self, number: str) -> None:
        self.book.reinstated(self._now(number, state="waiting"))

    def transfer(self, number: str, line: str, time: str) -> None:
        self.book.transferred(self._now(number, state="waiting", line=line, joined_at=at(time)))

    def leave(self, number: str) -> None:
        self.book.left(self._now(number, state="left"))

    def _now(self, number: str, **changes: str) -> dict:
        self.views[number] |= changes
        return self.views[number]


@pytest.fixture
def hall() -> Answers:
    return Answers()


def served(hall: Answers, number: str, issued: str, called: str, finished: str, window: str = "1") -> None:
    hall.issue(number, issued)
    hall.call(number, called, window)
    hall.start(number, called)
    hall.finish(number, finished)


def test_a_wait_runs_from_the_issue_to_the_first_call_and_zero_counts(hall):
    served(hall, "A001", "09:00:00", "09:00:00", "09:05:00")
    served(hall, "A002", "09:01:00", "09:07:00", "09:09:00")

    assert figures.hall(hall.book)["wait"] == {"n": 2, "mean_s": 180, "median_s": 180, "p90_s": 360, "max_s": 360}
    assert figures.hall(hall.book)["handling"]["mean_s"] == 210


def test_a_ticket_never_called_has_no_wait(hall):
    hall.issue("A001", "09:00:00")

    assert figures.hall(hall.book)["wait"] == {"n": 0, "mean_s": None, "median_s": None, "p90_s": None, "max_s": None}
    assert figures.hall(hall.book)["waiting"] == 1


def test_a_transfer_is_a_new_stay_whose_wait_begins_at_its_line(hall):
    hall.issue("Z001", "09:00:00")
    hall.call("Z001", "09:10:00", "Z1")
    hall.start("Z001", "09:11:00")
    hall.transfer("Z001", "A", "09:15:00")
    hall.call("Z001", "09:18:00", "3")

    zero, line, whole = figures.line(hall.book, "Z"), figures.line(hall.book, "A"), figures.hall(hall.book)
    assert (zero["issued"], zero["transferred_out"]) == (1, 1)
    assert (zero["wait"]["max_s"], zero["handling"]["max_s"]) == (600, 240)
    assert (line["issued"], line["joined"], line["transferred_in"], line["wait"]["max_s"]) == (0, 1, 1, 180)
    assert (whole["issued"], whole["called"], whole["in_service"], whole["wait"]["max_s"]) == (1, 1, 1, 600)


def test_a_wrong_line_is_handed_out_but_was_not_handled(hall):
    hall.issue("A001", "09:00:00")
    hall.call("A001", "09:01:00")
    hall.transfer("A001", "B", "09:02:00")

    assert figures.line(hall.book, "A")["transferred_out"] == 1
    assert figures.line(hall.book, "A")["handling"]["n"] == 0
    assert figures.window(hall.book, "1")["transferred_out"] == 1


def test_somebody_missed_and_back_is_not_missed_and_waited_until_the_first_call(hall):
    hall.issue("A001", "09:00:00")
    hall.call("A001", "09:10:00", "1")
    hall.miss("A001")
    hall.reinstate("A001")
    assert hall.book.waiting["A"] == 1
    hall.call("A001", "09:30:00", "2")
    hall.start("A001", "09:31:00")
    hall.finish("A001", "09:40:00")

    line = figures.line(hall.book, "A")
    assert (line["called"], line["missed"], line["served"], line["wait"]["max_s"]) == (1, 0, 1, 600)


def test_a_window_counts_what_happened_there_and_a_wait_once(hall):
    hall.issue("A001", "09:00:00")
    hall.call("A001", "09:10:00", "1")
    hall.miss("A001")
    hall.call("A001", "09:30:00", "2")

    first, second = figures.window(hall.book, "1"), figures.window(hall.book, "2")
    assert (first["called"], first["missed"], first["wait"]["n"]) == (1, 1, 1)
    assert (second["called"], second["missed"], second["wait"]["n"]) == (1, 0, 0)


def test_the_close_of_the_day_expires_who_waits_and_leaves_the_missed_missed(hall):
    for number in ("A001", "A002", "A003", "A004"):
        hall.issue(number, "09:00:00")
    hall.call("A002", "09:01:00", "2")
    hall.miss("A002")
    hall.call("A003", "09:01:00", "3")
    hall.leave("A003")
    hall.call("A004", "09:01:00", "4")
    hall.book.day_closed()

    found = figures.hall(hall.book)
    assert {name: found[name] for name in ("expired", "missed", "left", "unfinished", "abandoned")} == {
        "expired": 1, "missed": 1, "left": 1, "unfinished": 1, "abandoned": 3,
    }  # fmt: skip
    assert found["waiting"] == found["in_service"] == 0


def test_somebody_back_in_line_at_the_close_expires_and_is_counted_once(hall):
    hall.issue("A001", "09:00:00")
    hall.call("A001", "09:01:00")
    hall.miss("A001")
    hall.reinstate("A001")
    hall.book.day_closed()

    found = figures.hall(hall.book)
    assert (found["missed"], found["expired"], found["abandoned"]) == (0, 1, 1)


def test_an_ordinary_day_holds_no_surprise(hall):
    served(hall, "A001", "09:00:00", "09:01:00", "09:05:00")
    hall.book.nobody(["A"], "1")

    assert hall.book.surprises == []


def test_a_ticket_called_to_two_windows_is_a_surprise(hall):
    hall.issue("A001", "09:00:00")
    hall.call("A001", "09:01:00", "1")
    hall.call("A001", "09:01:00", "2")

    assert len(hall.book.surprises) == 1


def test_a_window_that_holds_somebody_and_is_given_another_is_a_surprise(hall):
    for number in ("A001", "A002"):
        hall.issue(number, "09:00:00")
        hall.call(number, "09:01:00", "1")

    assert len(hall.book.surprises) == 1


def test_a_number_given_twice_is_a_surprise(hall):
    hall.issue("A001", "09:00:00")
    hall.issue("A001", "09:00:01")

    assert len(hall.book.surprises) == 1


def test_nobody_waits_said_beside_a_waiting_ticket_is_a_surprise(hall):
    hall.issue("A001", "09:00:00")
    hall.book.nobody(["A", "B"], "1")

    assert len(hall.book.surprises) == 1


def test_an_instant_is_read_to_the_microsecond():
    assert micros("1970-01-01T00:00:01.000002Z") == 1_000_002


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([5], 5),
        ([1, 2], 2),
        (list(range(1, 10)), 9),
        (list(range(1, 11)), 9),
        (list(range(1, 12)), 10),
        ([0] * 9 + [7], 0),
    ],
)
def test_p90_is_the_smallest_value_that_nine_tenths_do_not_exceed(values, expected):
    assert figures.nearest_rank(values, 90) == expected
    assert sum(value <= expected for value in values) >= 0.9 * len(values)


def test_there_is_no_rank_in_an_empty_list():
    with pytest.raises(ValueError, match="no values"):
        figures.nearest_rank([], 90)


def test_the_median_of_an_even_number_is_the_mean_of_the_middle_two():
    assert figures.spread([1_000_000, 2_000_000, 4_000_000, 9_000_000])["median_s"] == 3


def test_the_same_figures_do_not_disagree_and_one_changed_is_named(hall):
    served(hall, "A001", "09:00:00", "09:01:00", "09:05:00")
    mine, theirs = (figures.all_figures(hall.book, "A", ["1"]) for _ in range(2))
    assert compare.disagreements(mine, theirs) == []

    theirs["lines"]["A"]["wait"]["p90_s"] += 1
    assert compare.disagreements(mine, theirs) == [("line A", "wait.p90_s", 60, 61)]
    assert "!1.02" in compare.table(mine, theirs)


def test_a_millisecond_of_rounding_is_no_disagreement_but_a_ticket_is(hall):
    served(hall, "A001", "09:00:00", "09:01:00", "09:05:00")
    mine, theirs = (figures.all_figures(hall.book, "A", ["1"]) for _ in range(2))
    theirs["hall"]["wait"]["mean_s"] += 0.001
    assert compare.disagreements(mine, theirs) == []

    theirs["hall"]["served"] += 1
    assert [found.figure for found in compare.disagreements(mine, theirs)] == ["served"]


def test_a_line_that_only_one_side_knows_is_a_disagreement(hall):
    mine = figures.all_figures(hall.book, "A", [])
    theirs = figures.all_figures(hall.book, "AB", [])

    assert [found.where for found in compare.disagreements(mine, theirs)] == ["line B"]
    assert compare.disagreements(theirs, mine)
