"""``python -m queue_server.voice.bank_build``: what ``bin/hall voice`` runs in the environment of the voice."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from queue_server.voice.bank_build import pack
from queue_server.voice.bank_build.clips import TIERS, Clip
from queue_server.voice.bank_build.materials import WrongMaterial
from queue_server.voice.bank_build.store import Store


def build(options: argparse.Namespace) -> int:
    """Render and judge what is missing."""
    from queue_server.voice.bank_build.build import Builder
    from queue_server.voice.bank_build.hear import Ear
    from queue_server.voice.bank_build.model import Speaker

    speaker, ear = Speaker(options.cache, options.jobs), Ear(options.cache, options.jobs)
    Builder(Store(options.out), speaker, ear, options.retry).build(chosen(options.only))
    return 0


def check(options: argparse.Namespace) -> int:
    """Hear a finished bank again; 1 when a clip does not say what it should."""
    from queue_server.voice.bank_build import check as checking
    from queue_server.voice.bank_build.hear import Ear

    report = options.report or options.dir / "check.jsonl"
    wrong = checking.check(options.dir, report, Ear(options.cache, options.jobs))
    for facts in wrong:
        sys.stdout.write(f"{facts['key']}: {facts['transcript']!r}, margin {facts['margin']} ({facts['rival']})\n")
    sys.stdout.write(f"{len(wrong)} clips do not pass; {report}\n")
    return 1 if wrong else 0


def hear(options: argparse.Namespace) -> int:
    """Have whole random calls heard."""
    from queue_server.voice import library
    from queue_server.voice.bank_build import whole_calls
    from queue_server.voice.bank_build.hear import Ear

    ear = Ear(options.cache, options.jobs)
    right, wrong = whole_calls.hear(library.Library([options.dir]), ear, options.lang, options.count, options.seed)
    sys.stdout.write("".join(f"{line}\n" for line in wrong) + json.dumps(right) + "\n")
    return 0


def packed(options: argparse.Namespace) -> int:
    """Make the bank that is shipped of what was built."""
    report = pack.pack(Store(options.dir), options.to)
    sys.stdout.write(json.dumps(report["kinds"], ensure_ascii=False, indent=1) + "\n")
    sys.stdout.write(f"{report['made']} of {report['wanted']} clips made, {len(report['flagged'])} left out\n")
    return 0


def chosen(only: Sequence[str]) -> list[Clip]:
    """The clips of the named tiers or with keys that begin so; all of them without a name."""
    return [
        clip
        for name, tier in TIERS.items()
        for clip in tier()
        if not only or name in only or any(clip.key.startswith(one) for one in only if one not in TIERS)
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except WrongMaterial as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hall voice")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=1)
    orders = parser.add_subparsers(required=True)
    order = orders.add_parser("build")
    order.add_argument("--out", type=Path, required=True)
    order.add_argument("--only", action="append", default=[])
    order.add_argument("--retry", action="store_true")
    order.set_defaults(run=build)
    order = orders.add_parser("check")
    order.add_argument("dir", type=Path)
    order.add_argument("--report", type=Path)
    order.set_defaults(run=check)
    order = orders.add_parser("hear")
    order.add_argument("dir", type=Path)
    order.add_argument("--lang", default="zh")
    order.add_argument("--count", type=int, default=50)
    order.add_argument("--seed", type=int, default=1)
    order.set_defaults(run=hear)
    order = orders.add_parser("pack")
    order.add_argument("dir", type=Path)
    order.add_argument("to", type=Path)
    order.set_defaults(run=packed)
    return parser


if __name__ == "__main__":
    sys.exit(main())
