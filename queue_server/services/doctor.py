"""``hall doctor``: what an operator should know about this machine, in plain findings."""

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import sqlalchemy as sa

from queue_server.config import Settings
from queue_server.limits import connections_possible
from queue_server.store import log
from queue_server.store.engine import Store, sqlite_is_sound, sqlite_module

#: Below this much free space the hall should be looked after, in bytes: a month of logs and backups.
LOW_DISK = 500 * 1024 * 1024
#: Programs beside the server: name, what it is for, Debian's package.
PROGRAMS = [
    ("espeak-ng", "the first voice", "espeak-ng"),
    ("aplay", "playing on this machine's loudspeaker", "alsa-utils"),
    ("chromium", "kiosk and board in a window of their own, browser tests", "chromium"),
]


@dataclass(frozen=True)
class Finding:
    level: Literal["ok", "note", "warning"]
    text: str


def examine(settings: Settings, store: Store, migrated: bool) -> Iterator[Finding]:
    yield Finding("ok", f"Python {platform.python_version()}, {platform.machine()}")
    yield from _database(store, migrated)
    yield from _disk(settings)
    yield _connections(settings)
    for name, purpose, package in PROGRAMS:
        yield _program(name, purpose, package)


def _database(store: Store, migrated: bool) -> Iterator[Finding]:
    if store.is_sqlite:
        version = sqlite_module().sqlite_version
        if sqlite_is_sound():
            yield Finding("ok", f"SQLite {version}")
        else:
            yield Finding("warning", f"SQLite {version} can corrupt a database (WAL reset): install 3.51.3 or later")
    else:
        with store.reading() as connection:
            yield Finding("ok", f"PostgreSQL {connection.scalar(sa.text('SHOW server_version'))}")
    if not migrated:
        yield Finding("warning", "the tables are not those of this release: run `bin/hall migrate`")
        return
    with store.reading() as connection:
        for hall_id in log.hall_ids(connection):
            head = log.head(connection, hall_id)
            yield Finding("ok", f"hall {hall_id}: {head.seq} events, epoch {head.epoch[:8]}")


def _disk(settings: Settings) -> Iterator[Finding]:
    usage = shutil.disk_usage(settings.data)
    level: Literal["ok", "warning"] = "ok" if usage.free > LOW_DISK else "warning"
    yield Finding(level, f"{usage.free // 2**20} MB free where the data is ({settings.data})")
    key = settings.data / "server.key"
    if key.exists() and key.stat().st_mode & 0o077:
        yield Finding("warning", f"{key} can be read by others: chmod 600")


def _connections(settings: Settings) -> Finding:
    possible = connections_possible(settings.connections)
    if possible < settings.connections:
        return Finding(
            "warning", f"{possible} connections fit under the limit of open files, not {settings.connections}"
        )
    return Finding("ok", f"{possible} connections fit under the limit of open files")


def _program(name: str, purpose: str, package: str) -> Finding:
    if name == "aplay" and shutil.which(name) and not any(Path("/dev/snd").glob("pcm*p")):
        return Finding("note", "aplay is there but no sound device: this machine cannot speak")
    if shutil.which(name):
        return Finding("ok", f"{name}: {purpose}")
    return Finding("note", f"{name} is missing ({purpose}): apt-get install {package}")
