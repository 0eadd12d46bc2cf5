"""The long runs: python -m tests.model.long server|readers --examples 20000 --steps 100

Histories are done in batches, each with a seed of its own, in as many processes as asked. Batches that are done are
written into a book: the same command goes on where it was stopped. What is found is printed with its shortest history.
Ctrl-C or SIGTERM ends it, and nothing stays behind but the book.
"""

import argparse
import json
import multiprocessing
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from tests.model.database import PostgresHall, SqliteFile, folder_in_memory, private_postgres
from tests.model.house_rules import HallMachine
from tests.model.news_machine import NewsMachine
from tests.model.run import run
from tests.model.stage import Pages
from tests.support.postgres import PrivatePostgres


@dataclass(frozen=True)
class Batch:
    machine: str
    database: str
    seed: int
    number: int
    examples: int
    steps: int

    @property
    def start(self) -> int:
        return self.seed * 1_000_000 + self.number


#: Where the databases of a run are.
Place = Path | PrivatePostgres
#: What a worker has: its place, later its database and its pages.
kept: dict[str, Any] = {}


@contextmanager
def place(database: str) -> Iterator[Place]:
    """One for all workers and kept by who starts them: it is gone afterwards, however they end."""
    if database == "postgresql":
        server = private_postgres()
        try:
            yield server
        finally:
            server.stop()
    else:
        folder = folder_in_memory()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def begin(place: Place) -> None:
    """A worker begins. Ctrl-C goes to the whole group; who started the workers ends them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    kept["place"] = place


def prepare(batch: Batch) -> type[HallMachine] | type[NewsMachine]:
    """The machine with its database and its pages; both last as long as the process."""
    if "database" not in kept:
        at = kept["place"]
        kept["database"] = SqliteFile(at) if isinstance(at, Path) else PostgresHall(at, f"model_{os.getpid()}")
        kept["pages"] = Pages() if batch.machine == "readers" else None
    machine: Any = NewsMachine if batch.machine == "readers" else HallMachine
    machine.database, machine.pages = kept["database"], kept["pages"]
    chosen: type[HallMachine] | type[NewsMachine] = machine
    return chosen


def work(batch: Batch) -> tuple[Batch, float, str]:
    """Do one batch; returns how long it took and what was found, or nothing."""
    started = time.monotonic()
    try:
        run(prepare(batch), batch.examples, batch.steps, batch.start)
    except BaseException:
        return batch, time.monotonic() - started, traceback.format_exc()
    return batch, time.monotonic() - started, ""


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("machine", choices=["server", "readers"])
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--examples", type=int, default=20_000)
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=50, help="histories in one batch")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--minutes", type=float, default=0, help="stop after the batch it ends in; 0 for never")
    parser.add_argument("--book", type=Path, default=Path("var/model-runs.jsonl"), help="batches that are done")
    return parser.parse_args()


def batches(options: argparse.Namespace) -> list[Batch]:
    count = -(-options.examples // options.batch)
    machine, database, seed = options.machine, options.database, options.seed
    if machine == "readers" and database != "sqlite":
        raise SystemExit("the readers' machine restores files: SQLite only")
    return [Batch(machine, database, seed, n, options.batch, options.steps) for n in range(count)]


def done_before(book: Path) -> set[Batch]:
    lines = book.read_text().splitlines() if book.exists() else []
    return {Batch(**json.loads(line)["batch"]) for line in lines}


Results = Generator[tuple[Batch, float, str], None, None]


def results(todo: list[Batch], processes: int, at: Place) -> Results:
    with multiprocessing.get_context("spawn").Pool(processes, begin, (at,)) as pool:
        yield from pool.imap_unordered(work, todo)


def stop(number: int, _: object) -> None:
    """End as if by ourselves, once: what was begun is put away."""
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


def main() -> int:
    options = asked()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    with place(options.database) as at:
        print(f"databases: {at if isinstance(at, Path) else at.url('postgres')}", flush=True)
        return go_through(options, at)


def go_through(options: argparse.Namespace, at: Place) -> int:
    wanted = batches(options)
    before = done_before(options.book)
    todo = [batch for batch in wanted if batch not in before]
    options.book.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    steps, spent = 0, 0.0
    bar = tqdm(total=len(wanted) * options.batch, initial=(len(wanted) - len(todo)) * options.batch, unit="history")
    with closing(results(todo, options.processes, at)) as done, bar:
        for batch, seconds, found in done:
            if found:
                print(f"\nFOUND in batch {batch.number} (seed {batch.start}):\n{found}", file=sys.stderr)
                return 1
            with options.book.open("a") as book:
                book.write(json.dumps({"batch": asdict(batch), "seconds": round(seconds, 1)}) + "\n")
            steps, spent = steps + batch.examples * batch.steps, spent + seconds
            bar.update(batch.examples)
            bar.set_postfix_str(f"{steps / spent:.0f} steps/s per process")
            if options.minutes and time.monotonic() - started > options.minutes * 60:
                break
    print(f"{steps} steps in {time.monotonic() - started:.0f} s; {steps / max(spent, 1):.0f} steps/s per process")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
