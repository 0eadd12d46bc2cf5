"""Settings: one frozen object, from ``HALL_*`` variables; an unknown name stops the start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

AsyncMode = Literal["eventlet", "gevent", "threading"]
#: Read by programs other than the server, which may share an environment with it.
FOREIGN = frozenset({"HALL_PASSWORD"})


class BadSetting(Exception):
    """A ``HALL_*`` variable is unknown or has a value that cannot be used."""


@dataclass(frozen=True)
class Settings:
    """What an operator may set; docs/operations.md lists each with its unit."""

    #: Folder of the database, the server key and logs.
    data: Path = Path("var")
    #: Database URL; empty means a SQLite file in ``data``.
    database_url: str = ""
    #: Hall that pages show when the address names none.
    hall: str = "demo"
    host: str = "127.0.0.1"
    port: int = 8000
    async_mode: AsyncMode = "eventlet"
    #: Send cookies over HTTPS only: on wherever the pages are served over HTTPS.
    secure_cookies: bool = False
    #: Sockets and requests that may be open at once.
    connections: int = 4000
    log_level: str = "INFO"

    @property
    def url(self) -> str:
        return self.database_url or f"sqlite:///{self.data.resolve() / 'hall.db'}"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read ``HALL_DATA``, ``HALL_PORT`` and so on. Raises BadSetting."""
        names = {_variable(field.name): field.name for field in fields(cls)}
        given = {name: value for name, value in environ.items() if name.startswith("HALL_") and name not in FOREIGN}
        unknown = sorted(given.keys() - names.keys())
        if unknown:
            raise BadSetting(f"unknown setting {unknown[0]}; known: {', '.join(sorted(names))}")
        values: dict[str, Any] = {names[name]: _parse(name, value) for name, value in given.items()}
        return cls(**values)


def _variable(name: str) -> str:
    return "HALL_ASYNC" if name == "async_mode" else f"HALL_{name.upper()}"


def _parse(name: str, value: str) -> object:
    if name == "HALL_DATA":
        return Path(value)
    if name in ("HALL_PORT", "HALL_CONNECTIONS"):
        return _number(name, value)
    if name == "HALL_SECURE_COOKIES":
        if value not in ("0", "1"):
            raise BadSetting(f"{name} must be 0 or 1, not {value!r}")
        return value == "1"
    if name == "HALL_ASYNC" and value not in get_args(AsyncMode):
        raise BadSetting(f"{name} must be one of {', '.join(get_args(AsyncMode))}, not {value!r}")
    return value


def _number(name: str, value: str) -> int:
    if not value.isdigit():
        raise BadSetting(f"{name} must be a whole number, not {value!r}")
    return int(value)
