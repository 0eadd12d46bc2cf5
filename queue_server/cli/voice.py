"""``hall voice``: makes, checks and packs voice banks in an environment of their own."""

import os
import subprocess
from pathlib import Path

import click

ROOT = Path(__file__).parents[2]
#: Made by bin/hall from requirements-voice.lock; the hall's own environment has none of it.
PYTHON = ROOT / ".venv-voice" / "bin" / "python"
CACHE = ROOT / ".venv-voice" / "materials"
SHIPPED = ROOT / "static" / "sound" / "bank"


@click.group()
def voice() -> None:
    """Make and check a voice bank (docs/voice.md). A running hall needs none of this."""


@voice.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="where the clips grow")
@click.option(
    "--only", multiple=True, help="a tier (zh, numbers, en, more, half) or the beginning of keys; may be repeated"
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="processor threads")
@click.option("--retry", is_flag=True, help="render what was flagged again, in every way there is")
def build(out: Path, only: tuple[str, ...], jobs: int, retry: bool) -> None:
    """Render clips and have each heard. Stopped at any moment, it goes on where it was."""
    chosen = [argument for one in only for argument in ("--only", one)]
    _run(jobs, "build", "--out", str(out.resolve()), *chosen, *(["--retry"] if retry else []))


@voice.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=SHIPPED)
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="default: check.jsonl in the folder")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="processor threads")
def check(folder: Path, report: Path | None, jobs: int) -> None:
    """Have a finished bank heard again, your own recordings as well; ends with 1 when a clip is wrong."""
    _run(jobs, "check", str(folder.resolve()), *(["--report", str(report.resolve())] if report else []))


@voice.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=SHIPPED)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--count", type=int, default=50, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
def hear(folder: Path, lang: str, count: int, seed: int) -> None:
    """Have whole random calls heard and say how many figures, letters and windows came out right."""
    _run(1, "hear", str(folder.resolve()), "--lang", lang, "--count", str(count), "--seed", str(seed))


@voice.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("target", type=click.Path(path_type=Path, file_okay=False), default=SHIPPED)
def pack(folder: Path, target: Path) -> None:
    """Make of the clips in FOLDER that passed the bank in TARGET."""
    _run(1, "pack", str(folder.resolve()), str(target.resolve()))


def _run(jobs: int, *arguments: str) -> None:
    if not PYTHON.exists():
        raise click.ClickException("the environment of the voice is not there: start this through bin/hall")
    common = ["-m", "queue_server.voice.bank_build", "--cache", str(CACHE), "--jobs", str(jobs)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": str(jobs), "HF_HUB_OFFLINE": "1"}
    done = subprocess.run([str(PYTHON), *common, *arguments], env=environment, check=False)  # noqa: S603 - our own program
    if done.returncode != 0:
        raise click.exceptions.Exit(done.returncode)
