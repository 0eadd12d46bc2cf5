"""A reader of the news: the pages' reducer under Node, and what counts as the same state."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

Json = Any
HERE = Path(__file__).resolve().parent


def node() -> str:
    """The Node on the path, else the one that Playwright's package ships."""
    found = shutil.which("node")
    if found:
        return found
    import playwright

    shipped = Path(playwright.__file__).parent / "driver" / "node"
    if not shipped.exists():
        raise AssertionError("no Node: neither `node` on the path nor Playwright's (pip install playwright)")
    return str(shipped)


def applied(cases: list[dict[str, Json]], folder: Path) -> list[Json]:
    """The states that ``before`` and ``events`` of each case amount to in a page."""
    given, results = folder / "cases.json", folder / "results.json"
    given.write_text(json.dumps(cases), encoding="utf-8")
    command = [node(), str(HERE / "apply.mjs"), str(given), str(results)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    states: list[Json] = json.loads(results.read_text(encoding="utf-8"))
    return states


def known(value: Json) -> Json:
    """Without what is null: to a reader, absent and null are the same."""
    if isinstance(value, dict):
        return {key: known(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [known(inner) for inner in value]
    return value


def keys_in(value: Json) -> set[str]:
    """Every key at any depth."""
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys_in(inner)}
    if isinstance(value, list):
        return {key for inner in value for key in keys_in(inner)}
    return set()
