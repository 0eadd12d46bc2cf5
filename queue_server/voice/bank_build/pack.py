"""Makes of a folder of clips the bank that is shipped: archives, a manifest, the licences and the report."""

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from queue_server.voice import library
from queue_server.voice.bank_build.clips import TIERS, Clip
from queue_server.voice.bank_build.store import Store

#: What stands in the manifest.
VOICE = "Kokoro-82M: zm_yunjian (Mandarin), af_heart (English)"
LICENCE = "Apache-2.0 (model and voices); see NOTICE"
LICENCE_TEXT = Path(__file__).with_name("APACHE-2.0")
NOTICE = """\
The clips in this folder were rendered by this project with:

- Kokoro-82M, model and voices (zm_yunjian, af_heart), by hexgrad: Apache License 2.0.
- The int8 ONNX export of Kokoro-82M, from kokoro-onnx by thewh1teagle: MIT License.

Their wording was verified with Whisper base by OpenAI (MIT License), run with faster-whisper and CTranslate2
(both MIT License). None of these programs or models is part of this folder or needed to use it.
The clips may be used and passed on under the Apache License 2.0, whose text is in LICENSE.
"""


def pack(store: Store, target: Path) -> dict[str, Any]:
    """Write the bank of all clips that passed; returns the report. Files of an earlier bank are taken away."""
    target.mkdir(parents=True, exist_ok=True)
    listed, names = [], set()
    for tier, wanted in TIERS.items():
        passed = [clip for clip in wanted() if _passed(store.facts(clip.key))]
        if passed:
            entries = _archive(store, tier, passed, target)
            names.add(entries[0]["archive"])
            listed += entries
    for old in target.glob("*.clips"):
        if old.name not in names:
            old.unlink()
    report = _report(store)
    manifest = {"version": library.VERSION, "voice": VOICE, "licence": LICENCE, "clips": listed}
    (target / library.MANIFEST).write_text(_lines(manifest), encoding="utf-8")
    (target / "NOTICE").write_text(NOTICE, encoding="utf-8")
    shutil.copyfile(LICENCE_TEXT, target / "LICENSE")
    (target / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return report


def _passed(facts: dict[str, Any] | None) -> bool:
    return facts is not None and facts["how"] != "flagged"


def _archive(store: Store, tier: str, wanted: Sequence[Clip], target: Path) -> list[dict[str, Any]]:
    """One archive for a tier: the clips one after another, named by what is in it."""
    whole, entries = bytearray(), []
    for clip in wanted:
        data = store.path(clip.key).read_bytes()
        facts = store.facts(clip.key) or {}
        place = {"offset": len(whole), "length": len(data)}
        entries.append(
            {"key": clip.key, "text": clip.text, "lang": clip.lang, "sha256": facts["sha256"], "ms": facts["ms"]}
            | place
        )
        whole += data
    name = f"{tier}-{hashlib.sha256(whole).hexdigest()[:16]}.clips"
    (target / name).write_bytes(whole)
    return [{**entry, "archive": name} for entry in entries]


def _lines(manifest: dict[str, Any]) -> str:
    """JSON with one clip a line, so that a changed clip is a changed line."""
    head = json.dumps({**manifest, "clips": None}, ensure_ascii=False).replace("null}", "")
    rows = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in manifest["clips"])
    return f"{head}[\n{rows}\n]}}\n"


def _report(store: Store) -> dict[str, Any]:
    """By kind of clip how many were heard how, their lengths and levels, and all that did not pass."""
    wanted = [clip for tier in TIERS.values() for clip in tier()]
    known = [(clip, facts) for clip in wanted if (facts := store.facts(clip.key)) is not None]
    kinds: dict[str, list[dict[str, Any]]] = {}
    for clip, facts in known:
        kinds.setdefault(f"{clip.lang}/{clip.kind}", []).append(facts)
    flagged = [facts for _, facts in known if facts["how"] == "flagged"]
    return {
        "wanted": len(wanted),
        "made": len(known),
        "kinds": {kind: _figures(found) for kind, found in kinds.items()},
        "flagged": [{name: facts[name] for name in ("key", "transcript", "margin", "rival")} for facts in flagged],
    }


def _figures(found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    heard = {how: sum(facts["how"] == how for facts in found) for how in ("exact", "closed set", "flagged")}
    margins = [facts["margin"] for facts in found if facts["how"] == "closed set"]
    spans = {name: [min(f[name] for f in found), max(f[name] for f in found)] for name in ("ms", "rms", "peak")}
    return {"clips": len(found), **heard, "least margin": min(margins, default=None), **spans}
