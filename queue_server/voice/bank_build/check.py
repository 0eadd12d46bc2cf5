"""Hears a finished bank again, clip by clip, whoever recorded it; goes on where it was stopped."""

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from queue_server.voice import library
from queue_server.voice.bank_build import sound
from queue_server.voice.bank_build.clips import Clip, everything
from queue_server.voice.bank_build.expect import BASES, Call, pieces
from queue_server.voice.bank_build.judge import joined, judge

if TYPE_CHECKING:
    from queue_server.voice.bank_build.hear import Ear


def check(folder: Path, report: Path, ear: "Ear") -> list[dict[str, Any]]:
    """A verdict for every clip of the folder, kept in ``report`` (a line each); returns those that did not pass.

    Where the folder lacks the neighbours of a clip, it is heard among ours.
    """
    ours = [library.OURS] if (library.OURS / library.MANIFEST).exists() else []
    bank = library.Library([folder, *ours])
    known = _known(report)
    wanted = [clip for clip in everything() if clip.key in library.Library([folder])]
    missing = [clip for clip in wanted if (clip.key, bank.clips[clip.key].sha256) not in known]
    with report.open("a", encoding="utf-8") as out:
        for clip in tqdm(missing, unit=" clips", mininterval=5):
            verdict = judge(clip, partial(_announced, clip, bank), ear)
            facts = {"key": clip.key, "sha256": bank.clips[clip.key].sha256, **verdict.facts()}
            out.write(json.dumps(facts, ensure_ascii=False) + "\n")
            out.flush()
    known = _known(report)
    verdicts = [known[clip.key, bank.clips[clip.key].sha256] for clip in wanted]
    return [facts for facts in verdicts if facts["how"] == "flagged"]


def _announced(clip: Clip, bank: library.Library, base: Call) -> Any:
    if base is not BASES[0] and any(piece.key not in bank for piece in pieces(clip, base)):
        return None
    return joined(clip, sound.decoded(bank.data(clip.key)), lambda key: sound.decoded(bank.data(key)), base)


def _known(report: Path) -> dict[tuple[str, str], dict[str, Any]]:
    lines = report.read_text(encoding="utf-8").splitlines() if report.exists() else []
    found = [json.loads(line) for line in lines if line.endswith("}")]
    return {(facts["key"], facts["sha256"]): facts for facts in found}
