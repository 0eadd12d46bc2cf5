"""One process tells the others over Redis that the log has grown. Nothing else travels there.

Every process reads the news from the log in the database. So a message that Redis loses, repeats or
brings late can delay news and cannot falsify it; and while Redis is silent the processes look for
themselves, more often (docs/decisions/0016).
"""

import os
import secrets
import time
from collections.abc import Callable
from typing import Any, Protocol

import structlog

from queue_server.config import BadSetting
from queue_server.parts import Parts
from queue_server.protocol import TICK_EVERY_S

logger = structlog.get_logger()

CHANNEL = "window-zero:committed"
#: Without a message for this long (every process sends one at least every two seconds), Redis counts as silent.
SILENT_AFTER_S = 5.0
#: How often a process looks into the log while nobody can tell it, in seconds.
LOOK_EVERY_S = 0.25
#: How long Redis may take to answer, and the pause before it is tried again, in seconds.
ANSWER_WITHIN_S = 2.0
AGAIN_AFTER_S = 1.0


class Alone:
    """One process on its own: it knows of every commit but those of the command line."""

    look_every_s = TICK_EVERY_S
    silent = False

    def start(self, background: Callable[..., object], sleep: Callable[[float], object]) -> None:
        """Nothing runs."""


class Unheard(Alone):
    """Several processes without Redis: they look into the log several times a second."""

    look_every_s = LOOK_EVERY_S


class Nudges:
    """Several processes with Redis: one task sends, one listens."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._me = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._heard_at = -SILENT_AFTER_S
        #: Whether the log says already that Redis is away.
        self._missed = False

    @property
    def silent(self) -> bool:
        """Whether Redis has told nothing for longer than anything but a fault explains."""
        return time.monotonic() - self._heard_at > SILENT_AFTER_S

    @property
    def look_every_s(self) -> float:
        return LOOK_EVERY_S if self.silent else TICK_EVERY_S

    def start(self, background: Callable[..., object], sleep: Callable[[float], object]) -> None:
        background(self._for_ever, self._tell, sleep)
        background(self._for_ever, self._listen, sleep)

    def _for_ever(self, work: Callable[[Any], None], sleep: Callable[[float], object]) -> None:
        while True:
            client = connection_to(self._parts.settings.redis_url)
            try:
                work(client)
            except Exception as error:
                # Whatever it is, it must not end the task, and its text may hold the address.
                self._miss(error)
            finally:
                client.close()
            sleep(AGAIN_AFTER_S)

    def _miss(self, error: Exception) -> None:
        """Say it once, not every second that Redis is away."""
        if not self._missed and self.silent:
            logger.warning("Redis is away; the log is read more often", kind=type(error).__name__)
        self._missed = self.silent

    def _tell(self, client: Any) -> None:
        while True:
            self._parts.committed.wait(TICK_EVERY_S)
            self._parts.committed.clear()
            client.publish(CHANNEL, self._me)

    def _listen(self, client: Any) -> None:
        channel = client.pubsub(ignore_subscribe_messages=True)
        channel.subscribe(CHANNEL)
        # Commits made before this moment were told to nobody here.
        self._parts.news.set()
        listening_since = time.monotonic()
        while time.monotonic() - max(self._heard_at, listening_since) <= SILENT_AFTER_S:
            message = channel.get_message(timeout=ANSWER_WITHIN_S)
            if message is not None:
                self._hear(message["data"])
        raise TimeoutError("a connection on which nothing comes, not even what this process sends")

    def _hear(self, sender: bytes) -> None:
        if self.silent:
            logger.info("Redis is heard")
            self._missed = False
        self._heard_at = time.monotonic()
        if sender != self._me.encode():
            self._parts.news.set()


def connection_to(url: str) -> Any:
    """A client that connects when it is first used. Raises BadSetting, without the address: it may hold a password."""
    import redis

    try:
        client = redis.Redis.from_url(url, socket_timeout=ANSWER_WITHIN_S, socket_connect_timeout=ANSWER_WITHIN_S)
        # The address' options are only looked at when a connection is made.
        client.connection_pool.connection_class(**client.connection_pool.connection_kwargs)
        return client
    except (ValueError, TypeError):
        text = "HALL_REDIS_URL cannot be read; in a password, write / as %2F, # as %23, @ as %40"
        raise BadSetting(text) from None


class Messenger(Protocol):
    """How this process learns of the others' commits."""

    @property
    def look_every_s(self) -> float: ...

    @property
    def silent(self) -> bool: ...

    def start(self, background: Callable[..., object], sleep: Callable[[float], object]) -> None: ...


def messenger(parts: Parts) -> Messenger:
    """What fits the settings."""
    if parts.settings.redis_url:
        # Here, so that an address that cannot be read stops the start.
        connection_to(parts.settings.redis_url).close()
        return Nudges(parts)
    return Unheard() if parts.settings.workers > 1 else Alone()
