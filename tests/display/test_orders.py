"""Orders on the wire, and the token they carry."""

import json
import os
import stat
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from display_client import enrolment, orders
from display_client.enrolment import NotEnrolled, token_for
from display_client.orders import Orders, Refused, Unreachable


class Desk:
    """A small HTTP server: answers what it is told to, and keeps what it was asked."""

    def __init__(self):
        self.answers, self.asked = [], []
        desk = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                desk.asked.append((self.path, body, dict(self.headers)))
                status, answer = desk.answers.pop(0)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            def log_message(self, *_):
                pass

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"


@pytest.fixture
def desk(monkeypatch):
    monkeypatch.setattr(orders, "PAUSE_S", 0.01)
    desk = Desk()
    threading.Thread(target=desk.http.serve_forever, kwargs={"poll_interval": 0.01}).start()
    yield desk
    desk.http.shutdown()
    desk.http.server_close()


def orders_to(desk, patience_s=5.0):
    return Orders(desk.url, "demo", "secret", threading.Event(), patience_s)


def test_an_order_is_tried_again_with_its_own_key_until_it_is_answered(desk):
    desk.answers = [(503, {"error": "busy"}), (500, {}), (429, {}), (201, {"seq": 9})]

    orders_to(desk).starts(5, "key-of-this-call")

    assert {path for path, _, _ in desk.asked} == {"/api/halls/demo/announcements/5/starts"}
    assert {headers["Idempotency-Key"] for _, _, headers in desk.asked} == {"key-of-this-call-starts"}
    assert {headers["Authorization"] for _, _, headers in desk.asked} == {"Bearer secret"}
    assert len(desk.asked) == 4


def test_claim_end_and_failure_are_different_presses(desk):
    desk.answers = [(201, {})] * 3
    sender = orders_to(desk)
    sender.starts(5, "k" * 8)
    sender.ends(5, "k" * 8)
    sender.failures(5, "k" * 8, "player")

    assert len({headers["Idempotency-Key"] for _, _, headers in desk.asked}) == 3
    assert [body for _, body, _ in desk.asked] == [{}, {}, {"reason": "player"}]


def test_a_refusal_is_final_and_carries_its_code(desk):
    desk.answers = [(409, {"error": "already_started", "facts": {}}), (404, ["not the protocol's form"])]

    with pytest.raises(Refused, match="already_started"):
        orders_to(desk).starts(5, "k" * 8)
    with pytest.raises(Refused, match="http_404"):
        orders_to(desk).starts(5, "k" * 8)


def test_a_server_that_stays_away_is_given_up_in_time(desk):
    desk.answers = [(503, {})] * 100

    with pytest.raises(Unreachable):
        orders_to(desk, patience_s=0.05).ends(5, "k" * 8)


@pytest.mark.parametrize(("code", "alive"), [("unknown_announcement", True), ("not_signed_in", False)])
def test_a_dead_token_is_noticed_at_the_start(desk, code, alive):
    desk.answers = [(503, {}), (404, {"error": code, "facts": {}})]

    if alive:
        orders_to(desk).check_token()
    else:
        with pytest.raises(Refused, match=code):
            orders_to(desk).check_token()


def enrolled(desk, tmp_path, code=None):
    return token_for(desk.url, "demo", code, tmp_path, threading.Event())


def device(kind="screen", hall="demo"):
    return {"token": "fresh", "device": {"id": "d", "kind": kind, "name": "box", "hall": hall}}


def test_a_code_becomes_a_token_that_only_the_owner_may_read(desk, tmp_path):
    desk.answers = [(201, device())]

    assert enrolled(desk, tmp_path, "CODE") == "fresh"
    assert enrolled(desk, tmp_path) == "fresh"
    assert stat.S_IMODE(os.stat(tmp_path / "token-demo.json").st_mode) == 0o600
    assert [body for _, body, _ in desk.asked] == [{"code": "CODE"}]


def test_a_used_code_does_not_matter_where_a_token_is_kept(desk, tmp_path):
    desk.answers = [(201, device()), (403, {"error": "bad_code", "facts": {}})]
    enrolled(desk, tmp_path, "CODE")

    assert enrolled(desk, tmp_path, "CODE") == "fresh"


def test_a_used_code_without_a_token_tells_what_to_do(desk, tmp_path):
    desk.answers = [(403, {"error": "bad_code", "facts": {}})]

    with pytest.raises(NotEnrolled, match="add a device of kind screen"):
        enrolled(desk, tmp_path, "CODE")


def test_a_box_without_code_or_token_tells_what_to_do(desk, tmp_path):
    with pytest.raises(NotEnrolled, match="--code CODE"):
        enrolled(desk, tmp_path)


@pytest.mark.parametrize("other", [device(kind="kiosk"), device(hall="east")])
def test_a_code_for_something_else_is_not_kept(desk, tmp_path, other):
    desk.answers = [(201, other)]

    with pytest.raises(NotEnrolled, match="now used up"):
        enrolled(desk, tmp_path, "CODE")
    assert list(tmp_path.iterdir()) == []


def test_a_token_of_another_server_is_not_shown_to_this_one(desk, tmp_path):
    enrolment._keep(tmp_path / "token-demo.json", "http://elsewhere", "secret")

    with pytest.raises(NotEnrolled):
        enrolled(desk, tmp_path)
