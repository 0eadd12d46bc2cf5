"""The box's orders to the server: claim a call, end it, or say that it failed. The token is a bearer's: no cookies."""

import itertools
import logging
import math
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import requests

from display_client.duty import Me
from queue_server.protocol import IDEMPOTENCY_HEADER

logger = logging.getLogger(__name__)

#: In which a browser keeps a device's token; the session is told to whoever brings it.
DEVICE_COOKIE = "hall_device"
#: How long one attempt may take, to connect and to answer, in seconds.
ATTEMPT_S = (2.0, 5.0)
#: The same for one try at the polling fall-back: the program waits for it, and the next try may be the one
#: that gets through.
POLL_S = (1.0, 2.0)
#: How long to go on trying when the server is away, and the pause between two attempts, in seconds.
#: A claim that comes later than this would be for a call nobody listens for any more.
PATIENCE_S = 30.0
PAUSE_S = 0.5


class Refused(Exception):
    """The server said no; ``code`` is from docs/protocol.md."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unreachable(Exception):
    """The server did not answer within the patience; it may or may not have done the order."""


class Orders:
    """Sends orders for one hall. Each is tried again with its own key until it is answered."""

    def __init__(
        self, server: str, hall: str, token: str, stopping: threading.Event, patience_s: float = PATIENCE_S
    ) -> None:
        self._announcements = f"{server}/api/halls/{hall}/announcements"
        self._zones = f"{server}/api/halls/{hall}/zones"
        self._session = f"{server}/api/session"
        self._news = f"{server}/api/halls/{hall}/news"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._cookies = {DEVICE_COOKIE: token}
        self._stopping = stopping
        self._patience_s = patience_s

    def starts(self, seq: int, key: str) -> None:
        """Claim the announcement. Raises Refused (``already_started``: another box speaks it), Unreachable."""
        self._order(seq, "starts", key, {})

    def ends(self, seq: int, key: str) -> None:
        """It was spoken. Raises Refused, Unreachable."""
        self._order(seq, "ends", key, {})

    def failures(self, seq: int, key: str, reason: str) -> None:
        """It could not be spoken: ``render``, ``player`` or ``device``. Raises Refused, Unreachable."""
        self._order(seq, "failures", key, {"reason": reason})

    def ask_for(self, zone: str) -> None:
        """Ask to sound in the zone before there is a call. One try. Raises Refused, Unreachable."""
        headers = {**self._headers, IDEMPOTENCY_HEADER: f"zone-{uuid.uuid4().hex}"}
        url = f"{self._zones}/{zone}/announcer"
        until_answered(lambda: requests.post(url, json={}, headers=headers, timeout=POLL_S), self._stopping, 0.0)

    def who_am_i(self) -> Me | None:
        """One try to learn which device this is and where it stands; None when the server does not say."""
        try:
            answer = requests.get(self._session, cookies=self._cookies, timeout=POLL_S)
            device = answer.json()["device"] if answer.ok else None
        except (requests.RequestException, KeyError, TypeError):
            return None
        return Me(str(device["id"]), device.get("zone")) if device else None

    def check_token(self) -> None:
        """Raises Refused when the token is dead; waits for a server that is not up yet.

        Asks to end announcement 0, which never is: a live token is told just that.
        """
        try:
            self._order(0, "ends", f"check-{time.time_ns()}", {}, math.inf)
        except Refused as refusal:
            if refusal.code != "unknown_announcement":
                raise

    def news(self, place: dict[str, Any]) -> dict[str, Any] | None:
        """One try at the polling fall-back; None when the server does not answer."""
        try:
            answer = requests.get(
                self._news, params={"scope": "public", **place}, headers=self._headers, timeout=POLL_S
            )
            return dict(answer.json()) if answer.status_code == requests.codes.ok else None
        except requests.RequestException:
            return None

    def _order(self, seq: int, what: str, key: str, body: dict[str, Any], patience_s: float | None = None) -> None:
        headers = {**self._headers, IDEMPOTENCY_HEADER: f"{key}-{what}"}
        url = f"{self._announcements}/{seq}/{what}"
        patience_s = self._patience_s if patience_s is None else patience_s
        until_answered(
            lambda: requests.post(url, json=body, headers=headers, timeout=ATTEMPT_S), self._stopping, patience_s
        )


def hall_of(server: str, stopping: threading.Event) -> str:
    """The hall that the server serves to those who name none. Waits for it; raises Unreachable when told to stop."""
    answer = until_answered(lambda: requests.get(f"{server}/api/session", timeout=ATTEMPT_S), stopping)
    return str(answer["hall"])


def until_answered(
    send: Callable[[], requests.Response], stopping: threading.Event, patience_s: float = math.inf
) -> dict[str, Any]:
    """Send until the server answers for good: 429, 5xx and silence are tried again.

    Raises Refused, or Unreachable when the patience is over or the program is ending.
    """
    give_up_at = time.monotonic() + patience_s
    for attempt in itertools.count():
        answer, trouble = _attempt(send)
        if answer is not None:
            return _settled(answer)
        if attempt == 0:
            logger.warning("the server does not answer (%s); trying again", trouble)
        if time.monotonic() + PAUSE_S > give_up_at or stopping.wait(PAUSE_S):
            break
    raise Unreachable(trouble)


def _attempt(send: Callable[[], requests.Response]) -> tuple[requests.Response | None, str]:
    """The answer, or None and why there is none that counts."""
    try:
        answer = send()
    except requests.RequestException as error:
        return None, type(error).__name__
    passing = answer.status_code == requests.codes.too_many or answer.status_code >= requests.codes.server_error
    return (None, f"status {answer.status_code}") if passing else (answer, "")


def _settled(answer: requests.Response) -> dict[str, Any]:
    """The answer's body. Raises Refused with the protocol's code, or ``http_<status>`` where there is none."""
    try:
        body = answer.json()
    except requests.JSONDecodeError:
        body = None
    body = body if isinstance(body, dict) else {}
    if answer.ok:
        return body
    raise Refused(str(body.get("error", f"http_{answer.status_code}")))
