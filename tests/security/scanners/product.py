"""What the scanners of code look at, and how they are started."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
CANARIES = ROOT / "tests" / "security" / "canaries"
PYTHON = ("queue_server", "display_client", "counter_client", "migrations", "wsgi.py", "gunicorn.conf.py")
#: A tool that takes longer than this has failed, in seconds.
PATIENCE_S = 120
#: Where a tool that installs itself nowhere else is looked for.
TOOLS = ROOT / ".venv-security" / "bin"


def program(name: str) -> str:
    """Where a tool is. Where it is missing the whole step has failed: a scan that did not run found nothing."""
    for place in (Path(sys.executable).parent, TOOLS):
        if (place / name).exists():
            return str(place / name)
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is not installed: run bin/test security")
    return found


def run(command: list[str], patience_s: float = PATIENCE_S, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run a tool without the network's proxies; its own code says whether it found something."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return subprocess.run(
        command, cwd=ROOT, env=kept, capture_output=True, text=True, timeout=patience_s, check=False, **more
    )


def answer(command: list[str], patience_s: float = PATIENCE_S) -> Any:
    """What a tool prints as JSON."""
    done = run(command, patience_s)
    try:
        return json.loads(done.stdout)
    except ValueError:
        pytest.fail(f"{command[0]} ended with {done.returncode} and no answer: {done.stderr[-2000:]}")


def marks(path: Path, word: str) -> set[tuple[str, int, str]]:
    """The planted faults of a canary: file, line (the one below the mark) and what is to be found there."""
    lines = path.read_text().splitlines()
    return {
        (str(path.relative_to(ROOT)), number + 1, line.split(word)[1].strip())
        for number, line in enumerate(lines, 1)
        if word in line
    }
