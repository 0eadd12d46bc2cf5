"""What the system knows of a process: memory, threads, open files."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Vitals:
    #: Anonymous memory: what the process itself holds, without files that are mapped.
    own_mb: float
    rss_mb: float
    pss_mb: float
    threads: int
    files: int
    sockets: int


def vitals_of(pid: int) -> Vitals:
    process = Path(f"/proc/{pid}")
    memory = _kilobytes((process / "smaps_rollup").read_text())
    opened = list[str]()
    for descriptor in (process / "fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            opened.append(str(descriptor.readlink()))
    sockets = sum(name.startswith("socket:") for name in opened)
    threads = int(_fields((process / "status").read_text())["Threads"])
    own, rss, pss = (memory[name] / 1024 for name in ("Anonymous", "Rss", "Pss"))
    return Vitals(own, rss, pss, threads, len(opened), sockets)


def _fields(text: str) -> dict[str, str]:
    return {name: rest.strip() for name, _, rest in (line.partition(":") for line in text.splitlines())}


def _kilobytes(text: str) -> dict[str, int]:
    values = {name: rest.split()[0] for name, rest in _fields(text.partition("\n")[2]).items()}
    return {name: int(value) for name, value in values.items()}
