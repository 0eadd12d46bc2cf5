"""The files of the project, as the contract tests read them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROTOCOL = (ROOT / "docs" / "protocol.md").read_text()
STATIC = ROOT / "static"
PROGRAMS = ("queue_server", "counter_client", "display_client", "tests")


def python_files() -> list[Path]:
    inside = [path for folder in PROGRAMS for path in (ROOT / folder).rglob("*.py")]
    return sorted([*inside, ROOT / "wsgi.py", ROOT / "gunicorn.conf.py"])


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a file with the lines it takes, its docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            told = isinstance(first, ast.Expr) and isinstance(getattr(first.value, "value", None), str)
            docstring = (first.end_lineno or 0) - first.lineno + 1 if told else 0
            yield node.name, (node.end_lineno or 0) - node.lineno + 1 - docstring


def words(text: str) -> set[str]:
    """Everything that stands in backticks, split at spaces."""
    return {word for quoted in re.findall(r"`([^`]+)`", text) for word in quoted.split()}


def locked(name: str) -> dict[str, tuple[str, int]]:
    """A lock file: package → version and number of hashes."""
    found: dict[str, tuple[str, int]] = {}
    for block in re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text()):
        line = re.match(r"([a-z0-9][a-z0-9._-]*)(?:\[[^]]*])?==([^\s;\\]+)", block)
        if line:
            found[line[1]] = line[2], block.count("--hash=sha256:")
    return found
