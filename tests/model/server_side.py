"""The server as its readers know it: orders, news, snapshots, and everything it ever was."""

import json
from typing import Any, ClassVar

from queue_server.protocol import Scope
from queue_server.services import news
from queue_server.store import log
from queue_server.store.idempotency import Answer
from tests.model.archive import SCOPES, Archive
from tests.model.database import SqliteFile
from tests.model.network import NAMES, Network
from tests.model.press import Pressed
from tests.model.stage import Pages
from tests.model.voice_rules import VoiceRules
from tests.news.reader import known

Json = Any


class ServerSide(VoiceRules):
    """The server of the other machine, its orders unchecked here, and everything its readers are told."""

    database: ClassVar[SqliteFile]
    pages: ClassVar[Pages]

    def __init__(self) -> None:
        self.archive = Archive()
        self._network: Network | None = None
        self.epoch = ""
        #: Up to where the server's publisher has sent the news.
        self.cursor = 0
        self.kept: Any = None
        self.shown: dict[str, Json] = {}
        super().__init__()
        self._network = Network(self.pages, self.sync, self.look)
        for name in NAMES:
            self.cursor = self.ledger.seq
            self.network.connect(name, self.hello)
            self.network.deliver_everything(self.network.lines[name])

    @property
    def network(self) -> Network:
        assert self._network
        return self._network

    def hello(self) -> Json:
        return self.tick_now() | {"v": 1, "build": "b", "oldest": 1}

    def do(self, pressed: Pressed) -> Answer:
        answer = self.perform(pressed)
        self.hall.begin()
        said = pressed.rule()
        if isinstance(said, dict) and "ticket" in said and said["ticket"] and answer.status < 300:
            said["ticket"].id = answer.body["ticket"]["id"]
        pressed.answer = answer
        self.see()
        return answer

    def by_itself(self, name: str, work: Any, rule: Any) -> None:
        work()
        self.hall.begin()
        rule()
        self.see()

    def see(self) -> None:
        """New events go into the archive and out to whoever is connected."""
        if not self.epoch:
            self.epoch = self.ledger.stands()[4]
            self.archive.begin(self.store, self.hall_id, self.ledger.events)
        self.ledger.follow()
        self.archive.add(self.store, self.hall_id, self.epoch, self.ledger.events)
        if self._network and self.ledger.events:
            with self.store.reading() as connection:
                new = log.after(connection, self.hall_id, self.cursor, 10_000)
            self.cursor = max(self.cursor, self.ledger.seq)
            for event in new:
                for scope in SCOPES:
                    self.network.send(scope, "event", news.envelope(event, scope))

    def tick_now(self) -> Json:
        with self.store.reading() as connection:
            return dict(news.tick(connection, self.hall_id, self.clock()))

    def sync(self, scope: Scope, have: Json) -> Json:
        place = str(have["epoch"]), int(have["seq"]), str(have["hash"])
        return json.loads(json.dumps(news.sync(self.store, self.hall_id, scope, place, self.clock)))

    def look(self, shown: Json) -> None:
        """A reader shows something: it must be what the server had at that position."""
        self.shown[shown["name"]] = shown
        if shown["seq"]:
            scope: Scope = "staff" if shown["name"] == "staff" else "public"
            allowed = self.archive.at.get((shown["epoch"], shown["seq"], scope), [])
            state = known(shown["state"])
            assert state in allowed, f"{shown['name']} at {shown['seq']} shows what never was: {_where(state, allowed)}"

    def check_figures(self) -> None:
        """Not here."""

    def teardown(self) -> None:
        try:
            self.settle()
        finally:
            self.network.close()
            self.patches.undo()

    # -- in the end --------------------------------------------------------------------------

    def settle(self) -> None:
        """The network is whole again: within three ticks every reader stands at the head, and is not stale."""
        for line in self.network.lines.values():
            if not line.up:
                self.network.connect(line.name, self.hello)
        for _ in range(3):
            self.network.send(None, "tick", self.tick_now())
            for line in self.network.lines.values():
                self.network.deliver_everything(line)
            for ms in (400, 1700):
                self.network.forward(ms)
                for line in self.network.lines.values():
                    self.network.deliver_everything(line)
        for name in NAMES:
            self.require_up_to_date(name)

    def require_up_to_date(self, name: str) -> None:
        """Not only the same position: after an old backup another history may have stood there, too."""
        head, shown = self.tick_now(), self.shown[name]
        with self.store.reading() as connection:
            wanted = known(
                json.loads(json.dumps(news.snapshot(connection, self.hall_id, self.network.lines[name].scope)))
            )
        state = known(shown["state"])
        assert (shown["epoch"], shown["seq"]) == (head["epoch"], head["seq"]), f"{name} is not at the head"
        assert state == wanted, f"{name} shows a history that is no more: {_where(state, [wanted])}"
        assert not shown["stale"], f"{name} calls itself stale"


def _where(state: Json, allowed: list[Json]) -> str:
    if not allowed:
        return "no such position"
    return str(
        {name: (state.get(name), allowed[-1].get(name)) for name in state if state[name] != allowed[-1].get(name)}
    )
