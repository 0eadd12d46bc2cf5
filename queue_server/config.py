"""Settings: one frozen object, from ``HALL_*`` variables; an unknown name stops the start.

Standard library only: gunicorn reads them before the async library has patched it, and whatever is
imported here keeps what it took from the unpatched one.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

AsyncMode = Literal["eventlet", "gevent", "threading"]
CHOICES: dict[str, tuple[str, ...]] = {
    "HALL_ASYNC": get_args(AsyncMode),
    "HALL_SECURE_COOKIES": ("0", "1"),
    "HALL_LOG_LEVEL": ("DEBUG", "INFO", "WARNING", "ERROR"),
}
#: Numbers, and the largest each may be.
LARGEST = {"HALL_PORT": 65535, "HALL_CONNECTIONS": 100_000, "HALL_WORKERS": 32}
#: Addresses, and how each must begin.
SCHEMES: dict[str, tuple[str, ...]] = {
    "HALL_DATABASE_URL": ("sqlite:///", "postgresql+psycopg://"),
    "HALL_REDIS_URL": ("redis://", "rediss://", "unix://"),
}
#: Read by programs other than the server, which may share an environment with it.
FOREIGN = frozenset({"HALL_PASSWORD", "HALL_VOICE_BANK"})


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
    #: Addresses of reverse proxies whose X-Forwarded-Proto and -For are believed, with commas; empty for none.
    proxy: str = "127.0.0.1"
    #: Server processes; more than one needs PostgreSQL.
    workers: int = 1
    #: Where the processes tell one another that there is news; empty: they look for it themselves.
    redis_url: str = ""
    #: Bearer token that may read /metrics; empty: only signed-in staff may.
    metrics_token: str = ""

    def __post_init__(self) -> None:
        if self.workers > 1 and self.url.startswith("sqlite"):
            raise BadSetting("HALL_WORKERS above 1 needs PostgreSQL: set HALL_DATABASE_URL")

    @property
    def url(self) -> str:
        if self.database_url:
            return self.database_url
        return f"sqlite:///{self.data.resolve() / 'hall.db'}"

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
        return _folder(name, value)
    if name in LARGEST:
        return _number(name, value)
    if name in CHOICES and value not in CHOICES[name]:
        raise BadSetting(f"{name} must be one of {', '.join(CHOICES[name])}, not {value!r}")
    if name in SCHEMES and value:
        _require_scheme(name, value)
    return value == "1" if name == "HALL_SECURE_COOKIES" else value


def _folder(name: str, value: str) -> Path:
    # A database's address ends at these: the file would come to lie elsewhere.
    if not value or set(value) & set("?#%"):
        raise BadSetting(f"{name} must name a folder, without ? # %")
    return Path(value)


def _number(name: str, value: str) -> int:
    if not (value.isascii() and value.isdecimal()) or not 1 <= int(value) <= LARGEST[name]:
        raise BadSetting(f"{name} must be a whole number from 1 to {LARGEST[name]}, not {value!r}")
    return int(value)


def _require_scheme(name: str, value: str) -> None:
    if not value.startswith(SCHEMES[name]):
        # The address may hold a password: it is not repeated.
        raise BadSetting(f"{name} must begin with {' or '.join(SCHEMES[name])}")
