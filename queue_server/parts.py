"""The parts a running server is made of, put together once per process."""

import hashlib
import hmac
import os
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from flask import current_app

from queue_server.config import BadSetting, Settings
from queue_server.report_process import ReportProcess
from queue_server.services.catalogue import Catalogues
from queue_server.services.news import Answers
from queue_server.store import log
from queue_server.store.engine import Busy, Store, open_store
from queue_server.store.unit_of_work import UnitOfWork

#: Slow functions that may wait for their turn; more are refused.
MOST_WAITING = 80
#: Length of the server key, in bytes.
KEY_BYTES = 32


def real_clock() -> datetime:
    return datetime.now(UTC)


class OneAtATime:
    """Runs slow functions one after another, and refuses when too many wait.

    Fifty clerks who sign in at half past eight wait a second or two; somebody who sends passwords
    by the hundred is told ``busy`` and cannot take the processor from the hall.
    """

    def __init__(self, run: Callable[..., Any]) -> None:
        self._run = run
        self._turn = threading.Lock()
        self.waiting = 0

    def __call__(self, function: Callable[..., Any], *arguments: Any) -> Any:
        if self.waiting >= MOST_WAITING:
            raise Busy
        self.waiting += 1
        try:
            with self._turn:
                return self._run(function, *arguments)
        finally:
            self.waiting -= 1


def offload(settings: Settings) -> Callable[..., Any]:
    """How to run a slow pure function beside the event loop; the third place that knows the async library."""
    if settings.async_mode == "eventlet":
        from eventlet import tpool

        # One runs at a time; every further thread would keep a password's 19 MiB for good.
        tpool.set_num_threads(1)
        return cast(Callable[..., Any], tpool.execute)
    if settings.async_mode == "gevent":
        import gevent

        return lambda function, *arguments: gevent.get_hub().threadpool.apply(function, arguments)
    return lambda function, *arguments: function(*arguments)


def server_key(data: Path) -> bytes:
    """The server's secret: made once, kept in the data folder. Raises OSError when unreadable
    and BadSetting when it is not whole."""
    path = data / "server.key"
    if not path.exists():
        _make_key(path)
    key = bytes.fromhex(path.read_text())
    if len(key) != KEY_BYTES:
        raise BadSetting(f"{path} is not a whole key: restore it, or remove it (everybody signs in again)")
    return key


def _make_key(path: Path) -> None:
    """Write the key beside its place and link it there: it is whole or it is not there."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        # Another process may have been faster: its key stands.
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


@dataclass
class Parts:
    settings: Settings
    store: Store
    key: bytes
    offload: Callable[..., Any]
    clock: Callable[[], datetime] = real_clock
    #: Set when there may be news; the publisher waits for it.
    news: threading.Event = field(default_factory=threading.Event)
    #: Set after every commit of this process; whoever tells the other processes waits for it.
    committed: threading.Event = field(default_factory=threading.Event)
    report: ReportProcess = field(init=False)
    answers: Answers = field(default_factory=Answers)
    catalogues: Catalogues = field(default_factory=Catalogues)

    def __post_init__(self) -> None:
        self.report = ReportProcess(self.settings.url)

    def uow(self, hall_id: str, actor: str = "system") -> UnitOfWork:
        return UnitOfWork(self.store, hall_id, self.clock, actor, wake=self._wake)

    def _wake(self) -> None:
        self.news.set()
        self.committed.set()

    def sign(self, text: str) -> str:
        """HMAC-SHA256 of a text under the server's key, in hex."""
        return hmac.new(self.key, text.encode(), hashlib.sha256).hexdigest()


def assemble(settings: Settings) -> Parts:
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Parts(settings, open_store(settings.url), server_key(settings.data), OneAtATime(offload(settings)))


def require_hall(parts: Parts) -> None:
    """Raises BadSetting where the hall that pages show is not in the database.

    A database that is away now is not asked again: the hall was there when it was set up.
    """
    try:
        with parts.store.reading() as connection:
            there = log.hall_ids(connection)
    except Busy:
        return
    wanted = parts.settings.hall
    if wanted not in there:
        names = ", ".join(there)
        raise BadSetting(_NO_HALL.format(wanted=wanted, there=names) if names else _NO_HALLS.format(wanted=wanted))


_NO_HALL = (
    "HALL_HALL={wanted}：数据库里没有这个大厅，只有：{there}。"
    "请把 HALL_HALL 设为其中一个，或用 bin/hall init PLAN 建立大厅，再启动。\n"
    "HALL_HALL={wanted}: the database has no such hall; it has: {there}. "
    "Set HALL_HALL to one of these, or set a hall up with bin/hall init PLAN, and start again."
)
_NO_HALLS = (
    "HALL_HALL={wanted}：数据库里还没有大厅。请先建立：bin/hall init PLAN（自己的大厅）或 bin/hall demo（示范大厅）。\n"
    "HALL_HALL={wanted}: the database has no hall yet. "
    "Set one up first: bin/hall init PLAN (your own) or bin/hall demo (the demonstration)."
)


def parts() -> Parts:
    """The parts of the app that handles the present request."""
    return cast(Parts, current_app.extensions["hall"])
