"""A run that lasts for hours is of one state of the source, whatever happens to the tree meanwhile.

The server starts its report process again when nobody has asked for a while, every day has a driver of its
own, and pages are read from the disk: each would come from another state than the server itself.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.processes import ROOT

#: What is no source: environments, history, data, caches.
LEFT_OUT = shutil.ignore_patterns(".*", "var", "__pycache__", "*.pyc")


def freeze(folder: Path) -> Path:
    """Copy the source into a folder that does not exist yet."""
    return Path(shutil.copytree(ROOT, folder, ignore=LEFT_OUT))


def run_frozen(module: str, arguments: Sequence[str]) -> int:
    """Run a module of the benchmarks from a copy of the source that is made now; its exit code."""
    with tempfile.TemporaryDirectory(prefix="wz-frozen-") as folder:
        tree = freeze(Path(folder) / "source")
        environment = os.environ | {"PYTHONPATH": str(tree)}
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.run(command, cwd=tree, env=environment, check=False).returncode  # noqa: S603 - our own
