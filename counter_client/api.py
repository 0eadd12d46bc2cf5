"""Orders over HTTP: signing in, one key per press, retries that do nothing twice."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter

from queue_server.protocol import CSRF_HEADER, IDEMPOTENCY_HEADER

#: Answers after which the same press is sent again: nothing is known to be done, nothing is stored.
PASSING: Final = frozenset({429, 502, 503, 504})
#: Seconds to connect, and to wait for an answer.
TIMEOUT_S: Final = (5.0, 30.0)
#: The same for orders with a key, which may be sent again at will: with the longest pause between two
#: tries a press is settled five seconds after the network is back (docs/reliability.md).
ORDER_TIMEOUT_S: Final = (2.0, 3.5)

Body = dict[str, Any]


class Refusal(Exception):
    """The server refused; ``code`` and ``facts`` are those of docs/protocol.md."""

    def __init__(self, code: str, facts: Body, status: int) -> None:
        super().__init__(f"{code} {facts}" if facts else code)
        self.code, self.facts, self.status = code, facts, status


class UnreachableError(Exception):
    """No answer before the deadline. What became of the press is not known."""


@dataclass(frozen=True)
class Answer:
    """An order that worked, or a page read."""

    status: int
    body: Body
    #: The server had done this press before and repeats what it said then.
    replayed: bool = False
    #: How often the press was sent, at least 1.
    attempts: int = 1

    @property
    def seq(self) -> int:
        """Position in the log of the order's last event; 0 when the answer has none."""
        return int(self.body.get("seq", 0))


@dataclass(frozen=True)
class Patience:
    """How long a press is repeated, in seconds."""

    deadline_s: float = 120.0
    first_s: float = 0.05
    most_s: float = 1.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    #: To connect, and to wait for an answer, where there is no key.
    reading_s: tuple[float, float] = TIMEOUT_S


def new_key() -> str:
    """The name of one press."""
    return secrets.token_urlsafe(18)


@dataclass(frozen=True)
class Identity:
    """What a signed-in session sends with its orders; another process can go on with it."""

    #: The text of the ``Cookie`` header.
    cookie: str
    csrf: str


class Api:
    """One person or device at one hall. Presses from several threads follow one another."""

    def __init__(
        self, server: str, hall: str, patience: Patience | None = None, adapter: HTTPAdapter | None = None
    ) -> None:
        self._server, self.hall = server.rstrip("/"), hall
        self._patience = patience or Patience()
        self._session = requests.Session()
        # A hall's own network has no proxy, and looking for one costs a millisecond a request.
        self._session.trust_env = False
        if adapter is not None:
            self._session.mount("http://", adapter)
            self._session.mount("https://", adapter)
        self._sign_in: Body | None = None
        self._hand = threading.RLock()

    def sign_in(self, username: str, password: str) -> Body:
        """Sign in as staff; answers the member of staff. Refuses with ``bad_credentials``, ``locked_out``."""
        self._sign_in = {"username": username, "password": password}
        answer = self._send("POST", "/api/sessions", self._sign_in, {})
        self._session.headers[CSRF_HEADER] = str(answer.body["csrf"])
        return dict(answer.body["staff"])

    def identity(self) -> Identity:
        """Who this is after ``sign_in``."""
        cookie = "; ".join(f"{kept.name}={kept.value}" for kept in self._session.cookies)
        return Identity(cookie, str(self._session.headers[CSRF_HEADER]))

    def go_on_as(self, identity: Identity) -> None:
        """Send what another process was given when it signed in."""
        self._session.headers.update({"Cookie": identity.cookie, CSRF_HEADER: identity.csrf})

    def sign_out(self) -> None:
        self.order("DELETE", "/api/session", {})

    def enrol(self, code: str) -> str:
        """Make this program a device; answers its token and uses it from now on."""
        token = str(self._send("POST", "/api/enrolments", {"code": code}, {}).body["token"])
        self.use_token(token)
        return token

    def use_token(self, token: str) -> None:
        self._session.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **query: str) -> Answer:
        return self._send("GET", path, None, {}, query)

    def order(self, method: str, path: str, body: Body, key: str | None = None) -> Answer:
        """Send one press until it is answered. ``path`` is under the hall unless it begins with /api/.

        Raises Refusal for what the server refused and UnreachableError after the deadline.
        """
        headers = {IDEMPOTENCY_HEADER: key or new_key()}
        with self._hand:
            try:
                return self._send(method, path, body, headers)
            except Refusal as refusal:
                if not self._renewed(refusal):
                    raise
            return self._send(method, path, body, headers)

    def _renewed(self, refusal: Refusal) -> bool:
        """Sign in or fetch the token again when that is what stood in the way."""
        if refusal.code == "not_signed_in" and self._sign_in is not None:
            self.sign_in(**self._sign_in)
            return True
        if refusal.code == "csrf_failed":
            self._session.headers[CSRF_HEADER] = str(self.get("/api/session").body["csrf"])
            return True
        return False

    def _send(
        self, method: str, path: str, body: Body | None, headers: dict[str, str], query: dict[str, str] | None = None
    ) -> Answer:
        url = self._server + (path if path.startswith("/api/") else f"/api/halls/{self.hall}{path}")
        patience = self._patience
        give_up, pause, attempts = patience.clock() + patience.deadline_s, patience.first_s, 0
        while True:
            attempts += 1
            answer = self._once(method, url, body, headers, query)
            if isinstance(answer, requests.Response):
                return _read(answer, attempts)
            if patience.clock() + pause > give_up:
                raise UnreachableError(f"{method} {path}: {answer}")
            patience.sleep(pause)
            pause = min(pause * 2, patience.most_s)

    def _once(
        self, method: str, url: str, body: Body | None, headers: dict[str, str], query: dict[str, str] | None
    ) -> requests.Response | str:
        """The answer, or in words why the press must be sent again."""
        timeout = ORDER_TIMEOUT_S if IDEMPOTENCY_HEADER in headers else self._patience.reading_s
        try:
            answer = self._session.request(
                method, url, params=query, json=body, headers=headers, timeout=timeout, allow_redirects=False
            )
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
            return type(error).__name__
        return f"HTTP {answer.status_code}" if _passing(answer) else answer


def _passing(answer: requests.Response) -> bool:
    """Whether the press should be sent again. A 500 that is not the hall's own words is a server on its way out."""
    stopped = answer.status_code == 500 and "json" not in answer.headers.get("Content-Type", "")
    return stopped or answer.status_code in PASSING


def _read(answer: requests.Response, attempts: int) -> Answer:
    try:
        body = answer.json()
    except requests.exceptions.JSONDecodeError:
        body = None
    if not isinstance(body, dict):
        raise Refusal(f"http_{answer.status_code}", {}, answer.status_code)
    if answer.ok:
        return Answer(answer.status_code, body, answer.headers.get("Idempotent-Replay") == "true", attempts)
    raise Refusal(str(body.get("error", "unknown")), dict(body.get("facts") or {}), answer.status_code)
