"""Becoming a device of the hall: the one-time code, and the token it is exchanged for."""

import json
import logging
import os
import threading
from pathlib import Path

import requests

from display_client.orders import ATTEMPT_S, Refused, until_answered

logger = logging.getLogger(__name__)


class NotEnrolled(Exception):
    """This box has no token for the hall, and no code that gives it one. The text tells what to do."""


def token_for(
    server: str, hall: str, code: str | None, state_dir: Path, stopping: threading.Event, kind: str = "screen"
) -> str:
    """The box's token as a device of ``kind``: by the code if that works, else the one kept from before.

    The box may be switched on before the server: it waits for it. Raises NotEnrolled, and Unreachable when the program
    is ending.
    """
    file = state_dir / f"token-{hall}.json"
    kept = _kept(file, server)
    if code is None:
        if kept is None:
            raise NotEnrolled(f"this box is not enrolled in hall {hall!r} of {server}: {_advice(kind)}")
        return kept
    try:
        token = _enrol(server, hall, code, stopping, kind)
    except Refused as refusal:
        # A service file goes on naming the code that was used up at the first start.
        if kept is not None:
            logger.info("the code is not accepted (%s); going on with the token kept from before", refusal.code)
            return kept
        raise NotEnrolled(f"the server refused the code ({refusal.code}): {_advice(kind)}") from None
    _keep(file, server, token)
    return token


def _advice(kind: str) -> str:
    return (
        f"let a manager or administrator add a device of kind {kind}, and start with --code CODE "
        "within 15 minutes; a code works once"
    )


def _enrol(server: str, hall: str, code: str, stopping: threading.Event, kind: str) -> str:
    """Raises Refused, Unreachable, and NotEnrolled when the code was for something else."""
    url = f"{server}/api/enrolments"
    answer = until_answered(lambda: requests.post(url, json={"code": code}, timeout=ATTEMPT_S), stopping)
    device = answer["device"]
    if device["hall"] != hall or device["kind"] != kind:
        what = f"a {device['kind']} of hall {device['hall']!r}"
        raise NotEnrolled(f"the code was for {what} and is now used up: {_advice(kind)}")
    return str(answer["token"])


def _kept(file: Path, server: str) -> str | None:
    try:
        stored = json.loads(file.read_text())
    except FileNotFoundError:
        return None
    return str(stored["token"]) if stored["server"] == server else None


def _keep(file: Path, server: str, token: str) -> None:
    """Store the token, readable by this user only, whole or not at all."""
    fresh = file.with_suffix(".part")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as open_file:
        json.dump({"server": server, "token": token}, open_file)
    fresh.replace(file)
