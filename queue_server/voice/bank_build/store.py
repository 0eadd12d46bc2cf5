"""The folder in which a bank grows: one file a clip, one line of JSON a verdict. May be stopped at any moment."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from queue_server.voice.bank_build import sound


class Store:
    def __init__(self, folder: Path) -> None:
        self._clips = folder / "clips"
        self._clips.mkdir(parents=True, exist_ok=True)
        self._log = folder / "verdicts.jsonl"
        self._facts: dict[str, dict[str, Any]] = {}
        for line in self._log.read_text().splitlines() if self._log.exists() else ():
            try:
                facts = json.loads(line)
            except ValueError:  # the last line of a run that was killed
                continue
            self._facts[facts["key"]] = facts

    def facts(self, key: str) -> dict[str, Any] | None:
        """What is known of a clip, if its file is still the one that was judged."""
        facts = self._facts.get(key)
        path = self.path(key)
        if facts is None or not path.exists():
            return None
        return facts if hashlib.sha256(path.read_bytes()).hexdigest() == facts["sha256"] else None

    def all(self) -> dict[str, dict[str, Any]]:
        return dict(self._facts)

    def path(self, key: str) -> Path:
        return self._clips / (key.replace("/", "-") + ".opus")

    def wave(self, key: str) -> Any:
        """The clip as it will be heard: decoded. FileNotFoundError when it was not made yet."""
        return sound.decoded(self.path(key).read_bytes())

    def keep(self, key: str, data: bytes, facts: dict[str, Any]) -> None:
        path = self.path(key)
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(data)
        unfinished.replace(path)
        facts = {"key": key, "sha256": hashlib.sha256(data).hexdigest(), **facts}
        with self._log.open("a+") as log:
            log.write(self._line_end())
            log.write(json.dumps(facts, ensure_ascii=False) + "\n")
            log.flush()
            os.fsync(log.fileno())
        self._facts[key] = facts

    def _line_end(self) -> str:
        """A line break where a killed run left half a line: else the next verdict would be lost with it."""
        half = self._log.stat().st_size and not self._log.read_bytes().endswith(b"\n")
        return "\n" if half else ""
