"""A hall in which people did things, right and wrong, before the real server; with telling values everywhere."""

from dataclasses import dataclass, field
from typing import Any

import requests

from queue_server.services import access
from queue_server.web.access import DEVICE_COOKIE, SESSION_COOKIE
from tests.security.planted import (
    DEVICE,
    NAME,
    NOTE,
    PASSWORD,
    STRAY_CODE,
    STRAY_TOKEN,
    TYPED,
    UNKNOWN_USER,
    USERNAME,
    WRONG_PASSWORD,
)  # fmt: skip
from tests.support.halls import HALL
from tests.support.servers import Server
from tests.web.visitors import Site, new_key

API = f"/api/halls/{HALL}"


@dataclass
class Lived:
    """A hall in which people did things, right and wrong, before the real server."""

    site: Site
    server: Server
    secrets: dict[str, str] = field(default_factory=dict)
    session: requests.Session = field(default_factory=requests.Session)
    csrf: str = ""
    noted: str = ""
    called: str = ""

    @property
    def wanted(self) -> dict[str, str]:
        return TYPED | self.secrets

    def send(self, path: str, body: Any, method: str = "POST", **headers: str) -> requests.Response:
        raw = {"data": body} if isinstance(body, bytes | str) else {"json": body}
        given = {"X-CSRF-Token": self.csrf, "Idempotency-Key": new_key(), "Content-Type": "application/json"} | headers
        return self.session.request(method, f"{self.server.address}{path}", headers=given, timeout=20, **raw)

    def get(self, path: str) -> bytes:
        return requests.get(f"{self.server.address}{path}", timeout=20).content

    def log(self) -> bytes:
        return (self.server.data / "server.log").read_bytes()


def sign_in(lived: Lived) -> None:
    lived.send("/api/sessions", {"username": UNKNOWN_USER, "password": WRONG_PASSWORD})
    lived.send("/api/sessions", {"username": USERNAME, "password": WRONG_PASSWORD})
    answer = lived.send("/api/sessions", {"username": USERNAME, "password": PASSWORD})
    assert answer.status_code == 201, answer.text
    lived.csrf, lived.secrets["session token"] = answer.json()["csrf"], lived.session.cookies[SESSION_COOKIE]
    lived.secrets["csrf token"] = lived.csrf


def serve_people(lived: Lived) -> None:
    """A care ticket is called, and handed on with a note that says too much."""
    for kind in ("ordinary", "care"):
        assert lived.send(f"{API}/tickets", {"line": "A", "class": kind}).status_code == 201
    assert lived.send(f"{API}/windows/2/sessions", {}).status_code == 201
    called = lived.send(f"{API}/windows/2/calls", {}).json()["ticket"]
    lived.noted = called["id"]
    assert lived.send(f"{API}/tickets/{lived.noted}/starts", {}).status_code == 201
    handed = lived.send(f"{API}/tickets/{lived.noted}/transfers", {"line": "B", "note": NOTE})
    assert handed.status_code == 201, handed.text
    lived.called = lived.send(f"{API}/windows/2/calls", {}).json()["ticket"]["id"]


def write_everywhere(lived: Lived) -> None:
    """Every other place where somebody may type a sentence, with one that says too much."""
    send = lived.send
    assert send(f"{API}/tickets/{lived.called}/starts", {}).status_code == 201
    parked = send(f"{API}/tickets/{lived.called}/parkings", {"reason": "papers", "note": NOTE})
    assert parked.status_code == 201, parked.text
    waiting = send(f"{API}/tickets", {"line": "A"}).json()["ticket"]["id"]
    assert send(f"{API}/tickets/{waiting}/promotions", {"reason": "other", "note": NOTE}).status_code == 201
    asked = send(f"{API}/questions", {"channel": "phone", "question": NOTE, "caller": NOTE, "due": 30})
    answer = {"outcome": "answered", "answer": NOTE}
    path = f"{API}/questions/{asked.json()['consultation']['id']}/replies"
    assert send(path, answer).status_code == 201
    blocked = send(f"{API}/windows/2/calls", {}).json()["ticket"]["id"]
    assert send(f"{API}/tickets/{blocked}/starts", {}).status_code == 201
    case = send(f"{API}/tickets/{blocked}/blocked-cases", {"owner": "查档处", "text": NOTE})
    assert case.status_code == 201, case.text
    case_id = case.json()["case"]["id"]
    assert send(f"{API}/blocked-cases/{case_id}/advances", {"to": "sorted", "text": NOTE}).status_code == 201


def make_mistakes(lived: Lived) -> None:
    """Everything that is refused, with the planted values in the places where they do not belong."""
    send, ticket = lived.send, f"{API}/tickets/{lived.noted}/transfers"
    cut_off = f'{{"note": "{NOTE}"'
    for body in ({"line": NOTE}, {"line": "B", "note": NOTE * 9}, {"line": "B", NOTE: 1}, cut_off, [NOTE], NOTE):
        assert send(ticket, body.encode() if isinstance(body, str) else body).status_code == 400
    send(ticket, {"note": NOTE}, Authorization=f"Bearer {STRAY_TOKEN}")
    send(ticket, NOTE.encode() * 999)
    send("/api/enrolments", {"code": STRAY_CODE})
    send("/api/session/password", {"old": WRONG_PASSWORD, "new": PASSWORD}, "PUT")
    for path in (f"/api/halls/{NAME}/snapshot", f"/{NAME}", f"/static/{NAME}", f"{API}/windows/{USERNAME}/calls"):
        send(path, {"note": NOTE})
        lived.get(path)
    for query in (f"scope={NAME}", f"seq={NAME}", f"hash={USERNAME}&epoch={STRAY_TOKEN}"):
        lived.get(f"{API}/news?{query}")


def enrol(lived: Lived) -> None:
    """A device with a telling name; its code and its token."""
    site = lived.site
    with site.parts.uow(HALL) as uow:
        made = access.create_device(uow, "kiosk", DEVICE, site.parts.sign)["device"]
    code = lived.secrets["enrolment code"] = access.enrolment_code(site.parts.sign, made["id"])
    browser = requests.post(f"{lived.server.address}/api/enrolments", json={"code": code}, timeout=20)
    assert browser.cookies[DEVICE_COOKIE] == browser.json()["token"]
    lived.secrets["device token"] = browser.json()["token"]


#: One after another, each resting on the one before.
STEPS = (sign_in, serve_people, write_everywhere, make_mistakes, enrol)
