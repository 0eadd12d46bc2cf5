"""The printer's program against a server that answers as it is told: each sheet once, or the reason."""

from typing import Any

import pytest

from counter_client.api import Answer, Refusal, UnreachableError
from counter_client.printer.agent import Agent
from counter_client.printer.device import State, Trouble
from tests.counter_client.test_printer import content, sheet

JOB = "a" * 32


class Hall:
    """What the server would say, in the order in which it is asked."""

    def __init__(self, *jobs: dict[str, Any]) -> None:
        self.jobs = [*jobs]
        self.content: Any = content()
        self.orders: list[tuple[str, dict[str, Any]]] = []
        self.keys: list[str | None] = []
        #: What happens to the next orders instead of an answer.
        self.trouble: list[Exception] = []

    def get(self, path: str) -> Answer:
        if path == "/prints":
            return Answer(200, {"jobs": self.jobs})
        if isinstance(self.content, Exception):
            raise self.content
        return Answer(200, self.content)

    def order(self, method: str, path: str, body: dict[str, Any], key: str | None = None) -> Answer:
        self.keys.append(key)
        if self.trouble:
            raise self.trouble.pop(0)
        self.orders.append((path.removeprefix("/prints/"), body))
        return Answer(201, {})


class Paper:
    def __init__(self, trouble: str = "") -> None:
        self.sheets: list[bytes] = []
        self.trouble = trouble

    def put(self, sheet: bytes) -> State:
        if self.trouble:
            raise Trouble(self.trouble)
        self.sheets.append(sheet)
        return State()


def job(state: str = "queued", name: str = JOB) -> dict[str, Any]:
    return {"id": name, "state": state, "kind": "notice"}


def test_where_no_websocket_passes_the_printer_says_itself_that_it_is_alive() -> None:
    hall = Hall()
    agent = Agent(hall, Paper(), lambda: False)

    agent.work()
    assert hall.orders == []
    agent.work(alone=True)
    assert hall.orders == [("here", {})]


def work(hall: Hall, paper: Paper, stopped: bool = False) -> None:
    Agent(hall, paper, lambda: stopped).work()


def test_a_job_is_claimed_read_printed_and_ended() -> None:
    hall, paper = Hall(job()), Paper()
    work(hall, paper)
    assert hall.orders == [(f"{JOB}/starts", {}), (f"{JOB}/ends", {})]
    assert paper.sheets == [sheet()]


def test_what_an_earlier_run_began_is_reported_as_unknown_and_never_printed() -> None:
    hall, paper = Hall(job("printing")), Paper()
    work(hall, paper)
    assert hall.orders == [(f"{JOB}/failures", {"reason": "unknown"})]
    assert paper.sheets == []


@pytest.mark.parametrize("reason", ["paper", "offline", "device", "unknown"])
def test_the_printer_s_trouble_is_reported(reason: str) -> None:
    hall = Hall(job())
    work(hall, Paper(reason))
    assert hall.orders[-1] == (f"{JOB}/failures", {"reason": reason})


@pytest.mark.parametrize("broken", [{"kind": "rocket"}, {"kind": "notice", "notice": None}])
def test_a_sheet_that_cannot_be_laid_out_stops_no_other(broken: dict[str, Any]) -> None:
    hall, paper = Hall(job(), job(name="b" * 32)), Paper()
    hall.content = broken | {"language": "zh-CN"}
    work(hall, paper)
    assert [body for _, body in hall.orders if body] == [{"reason": "render"}] * 2
    assert paper.sheets == []


def test_a_claim_without_an_answer_is_repeated_under_its_key() -> None:
    hall, paper = Hall(job()), Paper()
    hall.trouble = [UnreachableError("gone"), UnreachableError("gone")]
    work(hall, paper)
    assert len(set(hall.keys[:3])) == 1
    assert len(set(hall.keys)) == 2
    assert len(paper.sheets) == 1


def test_what_is_another_s_or_over_is_not_printed() -> None:
    for refused in ("starts", "content"):
        hall, paper = Hall(job()), Paper()
        taken = Refusal("print_taken", {}, 409)
        hall.trouble, hall.content = ([taken], content()) if refused == "starts" else ([], taken)
        work(hall, paper)
        assert paper.sheets == []
        assert not [path for path, _ in hall.orders if path.endswith(("ends", "failures"))]


@pytest.mark.parametrize("code", ["not_signed_in", "forbidden"])
def test_a_printer_that_was_struck_off_learns_it(code: str) -> None:
    hall = Hall(job())
    hall.trouble = [Refusal(code, {}, 401)]
    with pytest.raises(Refusal):
        work(hall, Paper())


def test_a_program_that_is_told_to_stop_begins_no_other_job() -> None:
    hall, paper = Hall(job()), Paper()
    work(hall, paper, stopped=True)
    assert (hall.orders, paper.sheets) == ([], [])
