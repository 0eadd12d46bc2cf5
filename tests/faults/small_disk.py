"""A file system of two megabytes, and what fills it."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

SIZE = "2m"
#: Set in the process that runs in a name space of its own, so that it does not make another.
INSIDE = "WINDOW_ZERO_TESTS_OWN_MOUNTS"


def why_no_mount(folder: Path) -> str:
    """Why this process may not mount; empty when it may."""
    folder.mkdir(exist_ok=True)
    tried = _mount(folder)
    if tried.returncode == 0:
        subprocess.run(["umount", str(folder)], check=True)
        return ""
    return tried.stderr.strip() or "mount failed"


def run_in_own_mounts(test: str) -> None:
    """Run one test again where its user is root of a name space; skip, and say why, where there is none."""
    program = ["unshare", "-rm", sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test]
    possible = subprocess.run(["unshare", "-rm", "true"], capture_output=True, text=True, check=False)
    if os.environ.get(INSIDE) or possible.returncode != 0:
        pytest.skip(f"neither mount nor unshare -rm is allowed here: {possible.stderr.strip()}")
    done = subprocess.run(program, env=os.environ | {INSIDE: "1"}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def _mount(folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir(exist_ok=True)
    assert _mount(folder).returncode == 0
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """Take every free byte; removing the file gives them back."""
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            with suppress(OSError):
                while file.write(b"\0" * size) == size:
                    pass
    return ballast


def is_full(disk: Path) -> bool:
    try:
        (disk / "probe").write_bytes(b"\0" * 8192)
    except OSError as error:
        return error.errno == errno.ENOSPC
    finally:
        (disk / "probe").unlink(missing_ok=True)
    return False
