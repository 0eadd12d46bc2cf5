"""One key per press: retries repeat it, refusals end it."""

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from counter_client.api import Api, Patience, Refusal, UnreachableError, new_key

DONE = (201, {"seq": 7, "ticket": {"number": "A001"}})
SIGNED_IN = (201, {"staff": {"id": "7", "name": "3号窗口"}, "csrf": "first"})
BUSY = (503, {"error": "busy", "facts": {}})
#: The server hangs up without a word.
HANG_UP = (0, {})


class Hall(HTTPServer):
    """Gives the answers it was told to give, in order, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Window)
        self.answers: list[tuple[int, dict]] = []
        self.asked: list[tuple[str, str, dict, dict]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Window(BaseHTTPRequestHandler):
    server: Hall

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "{}")
        self.server.asked.append((self.command, self.path, dict(self.headers), body))
        status, answer = self.server.answers.pop(0)
        if (status, answer) == HANG_UP:
            self.close_connection = True
            return
        content = json.dumps(answer).encode() if answer is not None else b"<html>bad gateway</html>"
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if answer is None else "application/json")
        self.send_header("Content-Length", str(len(content)))
        if status == 201 and self.path == "/api/sessions":
            self.send_header("Set-Cookie", "hall=7; Path=/")
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_DELETE = do_POST  # noqa: N815 (the library's names)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def hall() -> Iterator[Hall]:
    server = Hall()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class Time:
    """Real time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now, self.slept = 0.0, []

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.append(seconds)

    def patience(self, deadline_s: float = 10) -> Patience:
        return Patience(deadline_s, 0.1, 2.0, self.sleep, lambda: self.now)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def api(hall: Hall, time: Time) -> Iterator[Api]:
    # Answered by one thread: a kept connection would keep it.
    found = Api(hall.address, "demo", time.patience())
    found._session.headers["Connection"] = "close"
    yield found
    found._session.close()


def keys(hall: Hall) -> list[str]:
    return [headers["Idempotency-Key"] for _, _, headers, _ in hall.asked]


@pytest.mark.parametrize("trouble", [BUSY, (502, None), (504, {}), (429, {}), (500, None), HANG_UP])
def test_a_retry_has_the_key_and_the_body_of_its_press(hall, api, trouble):
    hall.answers = [trouble, trouble, DONE]

    answer = api.order("POST", "/tickets", {"line": "A", "class": "care"})

    assert (answer.status, answer.seq, answer.attempts) == (201, 7, 3)
    assert len(set(keys(hall))) == 1
    assert [body for *_, body in hall.asked] == [{"line": "A", "class": "care"}] * 3


def test_another_press_has_another_key(hall, api):
    hall.answers = [DONE, DONE]
    api.order("POST", "/tickets", {})
    api.order("POST", "/tickets", {})

    assert len(set(keys(hall))) == 2


def test_a_key_that_was_given_is_used(hall, api):
    hall.answers = [DONE]
    api.order("POST", "/tickets", {}, key="press-0001")

    assert keys(hall) == ["press-0001"]


def test_a_key_is_what_the_server_takes():
    assert all(8 <= len(new_key()) <= 128 and new_key().replace("-", "").replace("_", "").isalnum() for _ in range(99))


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 500, 507])
def test_a_refusal_is_raised_with_its_code_and_facts_and_not_tried_again(hall, api, status):
    hall.answers = [(status, {"error": "window_busy", "facts": {"window": "3"}})]

    with pytest.raises(Refusal) as refused:
        api.order("POST", "/windows/3/calls", {})

    assert (refused.value.code, refused.value.facts, refused.value.status) == ("window_busy", {"window": "3"}, status)
    assert len(hall.asked) == 1


def test_retries_wait_longer_each_time_and_end_at_the_deadline(hall, api, time):
    hall.answers = [BUSY] * 99

    with pytest.raises(UnreachableError):
        api.order("POST", "/tickets", {})

    assert time.slept[:6] == [0.1, 0.2, 0.4, 0.8, 1.6, 2.0]
    assert 8 <= time.now <= 10
    assert len(set(keys(hall))) == 1


def test_a_server_that_is_not_there_is_unreachable(time):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"

        with pytest.raises(UnreachableError):
            Api(nobody, "demo", time.patience(1)).order("POST", "/tickets", {})


def test_signing_in_gives_orders_their_cookie_and_token_against_cross_site_orders(hall, api):
    hall.answers = [SIGNED_IN, DONE]
    assert api.sign_in("clerk03", "secret")["name"] == "3号窗口"
    api.order("POST", "/windows/3/calls", {})

    _, path, headers, _ = hall.asked[1]
    assert path == "/api/halls/demo/windows/3/calls"
    assert (headers["X-CSRF-Token"], headers["Cookie"]) == ("first", "hall=7")


def test_a_session_that_ended_is_signed_in_again_and_the_press_goes_on(hall, api):
    ended = (401, {"error": "not_signed_in", "facts": {}})
    hall.answers = [SIGNED_IN, ended, SIGNED_IN, DONE]
    api.sign_in("clerk03", "secret")

    assert api.order("POST", "/windows/3/calls", {}).seq == 7
    assert hall.asked[1][2]["Idempotency-Key"] == hall.asked[3][2]["Idempotency-Key"]


def test_a_stale_token_is_fetched_again_once(hall, api):
    stale = (403, {"error": "csrf_failed", "facts": {}})
    hall.answers = [SIGNED_IN, stale, (200, {"csrf": "second"}), stale]
    api.sign_in("clerk03", "secret")

    with pytest.raises(Refusal, match="csrf_failed"):
        api.order("POST", "/windows/3/calls", {})
    assert hall.asked[3][2]["X-CSRF-Token"] == "second"


def test_an_enrolled_device_uses_its_token(hall, api):
    hall.answers = [(201, {"token": "t0ken", "device": {}}), DONE]
    assert api.enrol("VYMWV7S4") == "t0ken"
    api.order("POST", "/tickets", {"line": "A", "class": "ordinary"})

    assert hall.asked[1][2]["Authorization"] == "Bearer t0ken"


def test_a_page_that_is_no_json_is_refused_by_its_status(hall, api):
    hall.answers = [(404, None)]

    with pytest.raises(Refusal, match="http_404"):
        api.get("/snapshot")
