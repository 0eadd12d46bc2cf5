"""``python -m benchmarks``: what the system costs, one table, each figure beside its baseline.

Baselines are measured in the same run, their samples between those of the server, so that
whatever else the machine does falls on both: compare the ratios, not two runs' milliseconds.

Exit code 1 when a figure misses its bar; --quick judges none.
"""

import argparse
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from tqdm import tqdm

from benchmarks import memory, news, orders, pages, start
from benchmarks.databases import postgresql
from benchmarks.report import Row, table

CROWDS = (50, 500, 2000)


def _news(asked: argparse.Namespace) -> list[Row]:
    rows: list[Row] = []
    samples = asked.samples or (3 if asked.quick else 40)
    for readers in asked.clients or ([10] if asked.quick else CROWDS):
        with _bar(samples + news.WARM_UP, f"call → news, {readers} readers") as bar:
            rows += news.rows(readers, news.measure(readers, samples, asked.database, bar.update))
    return rows


def _orders(asked: argparse.Namespace) -> list[Row]:
    rounds = asked.samples or (1 if asked.quick else 30)
    found: list[Row] = []
    with ExitStack() as stack:
        more = None if asked.quick or asked.database else stack.enter_context(postgresql())
        for url in [asked.database, *filter(None, [more])]:
            with _bar(rounds, "orders") as bar:
                found += orders.rows(orders.measure(rounds, url, bar.update))
    return found


def _memory(asked: argparse.Namespace) -> list[Row]:
    readers = (asked.clients or [20 if asked.quick else 500])[-1]
    with _bar(4, "memory") as bar:
        return memory.rows(readers, memory.measure(readers, bar.update))


def _start(asked: argparse.Namespace) -> list[Row]:
    rounds = 1 if asked.quick else 5
    with _bar(rounds, "cold start") as bar:
        return start.rows(start.measure(rounds, bar.update))


def _pages(asked: argparse.Namespace) -> list[Row]:
    rounds = 1 if asked.quick else 5
    with _bar(rounds * len(pages.PAGES), "pages") as bar:
        return pages.rows(pages.measure(rounds, bar.update))


PARTS: dict[str, Callable[[argparse.Namespace], list[Row]]] = {
    "news": _news,
    "orders": _orders,
    "memory": _memory,
    "start": _start,
    "pages": _pages,
}


def _bar(total: int, what: str) -> "tqdm[Any]":
    return tqdm(total=total, desc=what, leave=False)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = made.add_argument
    add("--only", type=_parts, default=list(PARTS), metavar="PART,…", help=f"some of: {', '.join(PARTS)}")
    add("--quick", action="store_true", help="a few samples of each, to see that it runs (seconds); judges no bar")
    add("--clients", type=_numbers, metavar="N,…", help="readers of the news (50,500,2000; memory: the last)")
    add("--samples", type=int, metavar="N", help="samples that count (news 40, orders 30)")
    add("--database", default="", metavar="URL", help="an empty database; default: new ones for each part")
    return made


def _parts(text: str) -> list[str]:
    names = text.split(",")
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no part {unknown[0]}; there are: {', '.join(PARTS)}")
    return names


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def main() -> int:
    asked = parser().parse_args()
    rows: list[Row] = []
    for name in asked.only:
        rows += PARTS[name](asked)
    if asked.quick:  # too few samples to say ok or missed of anything
        rows = [replace(row, bar=None) for row in rows]
    sys.stdout.write(table(rows) + "\n")
    missed = [row for row in rows if row.missed]
    if missed:
        sys.stderr.write(f"{len(missed)} of {sum(row.bar is not None for row in rows)} bars missed\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
