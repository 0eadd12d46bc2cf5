"""The news feed: ``hello``, ``sync``, ``event``, ``tick``. It carries news only; orders go over HTTP."""

from typing import Any, cast

import structlog
from flask import request
from flask_socketio import ConnectionRefusedError, Namespace, SocketIO

from queue_server.domain.errors import NotSignedIn, Refused, UnknownHall, UnknownVersion
from queue_server.metrics import READERS
from queue_server.parts import Parts
from queue_server.protocol import HELLO, NAMESPACE, VERSION, Scope
from queue_server.realtime.broadcast import Broadcast
from queue_server.realtime.encoding import Encoded
from queue_server.realtime.presence import Presence
from queue_server.services import news
from queue_server.services.presence import Sign
from queue_server.sparingly import Sparingly
from queue_server.store import log, people
from queue_server.store.engine import Busy, DiskFull
from queue_server.web.access import DEVICES, Principal, authorise, principals
from queue_server.web.pages import build

logger = structlog.get_logger()


def room(hall_id: str, scope: Scope) -> str:
    return f"{hall_id}:{scope}"


class HallNews(Namespace):  # type: ignore[misc]
    """One reader's connection. What it may hear is settled when it connects."""

    def __init__(self, parts: Parts, socketio: SocketIO) -> None:
        super().__init__(NAMESPACE)
        self._parts, self._socketio = parts, socketio
        self.broadcast = Broadcast(socketio)
        #: By connection: hall, scope and who it is. A cache of what the socket itself was told.
        self._readers: dict[str, tuple[str, Scope, Principal]] = {}
        self.presence = Presence(parts)
        self._last_trouble = ""
        self._say_trouble = Sparingly(
            lambda times: logger.warning("readers could not be served", kind=self._last_trouble, times=times)
        )

    def on_connect(self, auth: object = None) -> None:
        asked = auth if isinstance(auth, dict) else {}
        try:
            reader = self._admit(asked)
        except Refused as refusal:
            raise ConnectionRefusedError(refusal.code) from None
        except Exception as error:
            # Anything else would leave the reader on an open line that nobody ever answers.
            self._trouble(error)
            raise ConnectionRefusedError("busy") from None
        self._readers[_sid()] = reader
        READERS.labels(reader[1]).inc()
        self._socketio.start_background_task(self._greet, _sid(), request.environ)

    def _trouble(self, error: Exception) -> None:
        """Note it; hundreds of readers may meet the same trouble at once."""
        self._last_trouble = type(error).__name__
        self._say_trouble()

    def _greet(self, sid: str, environ: dict[str, Any]) -> None:
        # What is sent inside on_connect overtakes the acceptance of the connection, and a reader
        # may not answer on a connection that it does not have yet.
        self._socketio.sleep(0.01)
        if sid not in self._readers:
            return
        hall_id, scope, _ = self._readers[sid]
        # First in the room, then the position: no event lies between the two.
        if not self.broadcast.join(room(hall_id, scope), sid, environ):
            self._socketio.server.enter_room(sid, room(hall_id, scope), namespace=NAMESPACE)
        try:
            with self._parts.store.reading() as connection:
                tick = news.tick(connection, hall_id, self._parts.clock())
        except Busy as error:
            # A reader that was never greeted takes no news: it shall come again.
            self._trouble(error)
            self._forget(sid)
            self._socketio.server.disconnect(sid, namespace=NAMESPACE)
            return
        hello = {"v": VERSION, **tick, "oldest": 1, "build": build()}
        self._socketio.emit(HELLO, hello, namespace=NAMESPACE, to=sid)

    def _admit(self, asked: dict[str, Any]) -> tuple[str, Scope, Principal]:
        if asked.get("v") != VERSION:
            raise UnknownVersion()
        hall_id, scope = str(asked.get("hall", "")), asked.get("scope", "public")
        with self._parts.store.reading() as connection:
            if hall_id not in log.hall_ids(connection):
                raise UnknownHall()
        token = asked.get("token")
        asking = principals(self._parts, request, token if isinstance(token, str) else None)
        if token is not None and not any(who.role in DEVICES and not who.by_cookie for who in asking):
            # A program whose token is dead must learn it, not listen on as anybody.
            raise NotSignedIn()
        action = "read_staff_news" if scope == "staff" else "read_public"
        return hall_id, "staff" if scope == "staff" else "public", _who(asking, action, hall_id)

    def on_disconnect(self, reason: object = None) -> None:
        self._forget(_sid())

    def _forget(self, sid: str) -> None:
        if sid in self._readers:
            hall_id, scope, _ = self._readers.pop(sid)
            self.broadcast.leave(room(hall_id, scope), sid)
            READERS.labels(scope).dec()

    def on_sync(self, has: object = None) -> object:
        """Answer what the reader misses, as the acknowledgement."""
        try:
            return self._missed(_sid(), has)
        except (Busy, DiskFull) as error:
            self._trouble(error)
            return {}

    def _missed(self, sid: str, has: object) -> object:
        if sid not in self._readers or not self._still_good(sid):
            return {}
        hall_id, scope, _ = self._readers[sid]
        known = has if isinstance(has, dict) else {}
        seq = known.get("seq")
        position = str(known.get("epoch", "")), seq if isinstance(seq, int) else 0, str(known.get("hash", ""))
        return Encoded(self._parts.answers.sync(self._parts.store, hall_id, scope, position, self._parts.clock))

    def _still_good(self, sid: str) -> bool:
        """Whether one reader's credential is; a reader whose is not is cut off."""
        who = self._readers[sid][2]
        with self._parts.store.reading() as connection:
            good = not who.credential or people.is_good(connection, who.credential, self._parts.clock())
        if not good:
            self._forget(sid)
            self.disconnect(sid)
        return good

    def cut_off(self) -> None:
        """Disconnect whoever signed out, was locked or revoked since the socket was opened."""
        with self._parts.store.reading() as connection:
            good = people.good_credentials(connection, self._parts.clock())
        for sid, (_hall, _scope, who) in list(self._readers.items()):
            if who.credential and who.credential not in good:
                self._forget(sid)
                self.disconnect(sid)

    def on_here(self, told: object = None) -> dict[str, Any]:
        """A device is alive, and says what it shows. The answer is what is written down of that so far."""
        reader = self._readers.get(_sid())
        if reader is None or reader[2].role not in DEVICES:
            return {}
        hall_id, _scope, who = reader
        sign = Sign.of(told) if who.role == "screen" else Sign()
        return {"shown": self.presence.hear(hall_id, who.id, sign, _sid())}


def _who(asking: list[Principal], action: str, hall_id: str) -> Principal:
    """The device or person that listens; a device is preferred, so that it counts as alive."""
    who = authorise(asking, action, hall_id)
    devices = [p for p in asking if p.role in DEVICES and p.hall_id == hall_id]
    return devices[0] if action == "read_public" and devices else who


def _sid() -> str:
    return cast(str, request.sid)  # type: ignore[attr-defined]
