"""Everybody who works in the hall on a demonstration day, signed in for real."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from requests.adapters import HTTPAdapter
from tqdm import tqdm

from counter_client.api import Api, Patience


@dataclass(frozen=True)
class Crew:
    #: By window.
    clerks: dict[str, Api]
    supervisor: Api
    manager: Api
    kiosks: list[Api]


class CredentialsError(Exception):
    """The credentials file cannot be read or lacks somebody the day needs."""


def sign_in_all(server: str, hall: str, path: Path, workers: int, quiet: bool) -> Crew:
    """Sign in the staff of a credentials file; about 0.2 s each, because passwords are hashed slowly."""
    known = read_credentials(path)
    # The day outlives a restart of the server; a server that is not there at all is said at once.
    Api(server, hall, Patience(deadline_s=5)).get("/api/session")
    # One pool of connections for all: a window presses every few minutes, and its own would have been closed.
    adapter = HTTPAdapter(pool_connections=1, pool_maxsize=max(8, workers))
    staff = [member for member in known["staff"] if member["role"] in ("clerk", "supervisor", "manager")]

    def enter(member: dict[str, Any]) -> Api:
        api = Api(server, hall, Patience(), adapter)
        api.sign_in(member["username"], member["password"])
        return api

    with ThreadPoolExecutor(workers) as pool:
        signing_in = pool.map(enter, staff)
        apis = list(tqdm(signing_in, total=len(staff), desc="signing in", unit=" people", disable=quiet))
    kiosks = [Api(server, hall, Patience(), adapter) for _ in range(workers)]
    for kiosk in kiosks:
        kiosk.use_token(known["kiosk_token"])
    return _crew(staff, apis, kiosks)


def read_credentials(path: Path) -> dict[str, Any]:
    try:
        known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CredentialsError(f"{path}: {error}") from error
    if not {"kiosk_token", "staff"} <= known.keys():
        raise CredentialsError(f"{path}: not the credentials of a demonstration hall")
    return known


def _crew(staff: Sequence[dict[str, Any]], apis: Sequence[Api], kiosks: list[Api]) -> Crew:
    by_role: dict[str, Api] = {}
    clerks: dict[str, Api] = {}
    for member, api in zip(staff, apis, strict=True):
        by_role.setdefault(member["role"], api)
        if member["role"] == "clerk" and member.get("window"):
            clerks.setdefault(str(member["window"]), api)
    missing = [role for role in ("supervisor", "manager") if role not in by_role]
    if missing or not clerks:
        raise CredentialsError(f"credentials lack: {' '.join(missing) or 'clerks with windows'}")
    return Crew(clerks, by_role["supervisor"], by_role["manager"], kiosks)
