"""The processes of a race, forked from one that has everything loaded.

Run as ``python -m tests.reliability.crew``: reads the task, then one line for each round, and
answers each with what all processes noted. Processes and not threads: each has its own
connections, its own locks and its own idea of the time.
"""

import faulthandler
import json
import multiprocessing
import socket
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any

from queue_server.store import log
from queue_server.store.engine import open_store
from tests.reliability import sabotage
from tests.reliability.pressing import Hands, InProcess, OverHTTP
from tests.reliability.racer import Racer
from tests.support.halls import HALL

fork = multiprocessing.get_context("fork")
Member = dict[str, Any]
#: A process that works at one round for so long writes where it is, in seconds.
HANGS_S = 100


def _hands(task: dict[str, Any], member: Member) -> Hands:
    if "url" in member:
        observer = task.get("observer", 0)
        return InProcess(member["name"], member["url"], task["origin_ns"], member.get("window", ""), observer)
    return OverHTTP(member["address"], member.get("window", ""), member.get("token", ""))


def race(task: dict[str, Any], member: Member, over: Callable[[], bool], orders: "Connection[Any, Any]") -> None:
    """What one process does: a round for each number it is sent, until the other end is closed."""
    sabotage.take_out(task.get("without", ()))
    traits = {name: member[name] for name in ("window", "lines", "secondary", "issues", "transfers") if name in member}
    racer = Racer(member["name"], _hands(task, member), over, **traits)
    orders.send("ready")
    while True:
        number = orders.recv()
        faulthandler.dump_traceback_later(HANGS_S, repeat=True)
        result = racer.round(number)
        faulthandler.cancel_dump_traceback_later()
        orders.send(result)


def observe(url: str, news: socket.socket, orders: "Connection[Any, Any]") -> None:
    """Compare each piece of news with the committed log, at once; answer a round with what was seen."""
    store, told = open_store(url), list[tuple[int, int]]()
    orders.send("ready")
    while True:
        for ready in wait([orders, news]):
            if ready is news:
                seq = int(news.recv(64))
                with store.reading() as connection:
                    told.append((seq, log.head(connection, HALL).seq))
            else:
                orders.recv()
                orders.send(told)
                told = []


class Crew:
    def __init__(self, task: dict[str, Any]) -> None:
        self._over = fork.Event()
        self._ends: list[Connection[Any, Any]] = []
        self._observer = self._watch(task)
        self._issuing, self._calling = [
            [self._begin(race, task, member, self._over.is_set) for member in task[kind]]
            for kind in ("issuing", "calling")
        ]
        for end in self._ends:
            end.recv()

    def _watch(self, task: dict[str, Any]) -> "Connection[Any, Any] | None":
        """Start the observer where the database itself is raced on; it learns of news by UDP."""
        if "url" not in task["issuing"][0]:
            return None
        news = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        news.bind(("127.0.0.1", 0))
        task["observer"] = news.getsockname()[1]
        return self._begin(observe, task["issuing"][0]["url"], news)

    def _begin(self, work: Callable[..., None], *arguments: Any) -> "Connection[Any, Any]":
        ours, theirs = fork.Pipe()
        self._ends.append(ours)
        fork.Process(target=_alone, args=(list(self._ends), work, (*arguments, theirs)), daemon=True).start()
        theirs.close()
        return ours

    def round(self, number: int) -> dict[str, Any]:
        """Everybody starts at once; the callers stop when all have been issued and called."""
        self._over.clear()
        for end in [*self._issuing, *self._calling]:
            end.send(number)
        results = [end.recv() for end in self._issuing]
        self._over.set()
        results += [end.recv() for end in self._calling]
        told = []
        if self._observer:
            self._observer.send(number)
            told = self._observer.recv()
        gathered = {name: [each for result in results for each in result[name]] for name in ("records", "problems")}
        return gathered | {"told": told}


def _alone(inherited: "list[Connection[Any, Any]]", work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """Work without the other processes' connections: a process whose crew is gone ends."""
    for end in inherited:
        end.close()
    try:
        work(*arguments)
    except EOFError:
        return


def main() -> None:
    crew = Crew(json.loads(sys.stdin.readline()))
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(crew.round(int(line))), flush=True)


if __name__ == "__main__":
    main()
