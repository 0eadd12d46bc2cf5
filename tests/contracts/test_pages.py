"""Pages load nothing from another host, and the copied libraries are the ones that were checked."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.contracts.sources import ROOT, STATIC

#: Names, not addresses: nothing is fetched from them.
NAMESPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml", "http://www.w3.org/1999/xlink"}
OWN = [
    path
    for path in sorted(STATIC.rglob("*"))
    if path.suffix in {".html", ".js", ".css", ".svg", ".json"} and "vendor" not in path.relative_to(STATIC).parts
]
ADDRESS = re.compile(r"""(?:https?|wss?)://[^\s"'`)>]+""")
#: ``//host`` where an address is expected: after a quote or an opening bracket.
SCHEMELESS = re.compile(r"""(?:["'`(]|=)//[A-Za-z0-9]""")


@pytest.mark.parametrize("path", OWN, ids=lambda path: str(path.relative_to(STATIC)))
def test_no_page_names_another_host(path: Path) -> None:
    text = re.sub(r"(?m)^\s*(//|/?\*).*$", "", path.read_text())
    hosts = {found for found in ADDRESS.findall(text) if not found.startswith(("ws://${", "wss://${", "http://${"))}

    assert hosts - NAMESPACES == set()
    assert not SCHEMELESS.findall(text)


@pytest.mark.parametrize("path", [p for p in OWN if p.suffix == ".html"], ids=lambda path: path.parent.name)
def test_no_page_has_inline_script_or_style(path: Path) -> None:
    text = path.read_text()

    assert not re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", text), "the content policy forbids it"
    assert not re.findall(r"<style|\sstyle=|\son[a-z]+=", text)


def test_the_copied_libraries_are_those_of_the_manifest() -> None:
    vendor = STATIC / "vendor"
    manifest = json.loads((vendor / "MANIFEST.json").read_text())
    files = {path.name for path in vendor.iterdir()} - {"MANIFEST.json"}

    assert files == manifest.keys()
    for name, entry in manifest.items():
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == entry["sha256"], name
        assert entry["version"] in name


def test_copied_libraries_import_only_each_other() -> None:
    for path in (STATIC / "vendor").glob("*.js"):
        imported = re.findall(r"""\b(?:from|import)\s*["']([^"']+)["']""", path.read_text())
        assert all((path.parent / name).is_file() for name in imported if name.startswith("./")), path.name
        assert all(name.startswith("./") for name in imported), path.name


def test_the_counter_s_page_of_the_docs_names_every_key_it_has() -> None:
    source = (STATIC / "counter" / "action.js").read_text().split("export const KEYS")[1].split("});")[0]
    keys = re.findall(r'^  \w+: "([^"]+)"', source, re.MULTILINE)
    text = (ROOT / "docs" / "counter.md").read_text()

    assert len(keys) > 10
    assert [key for key in keys if f"`{key}`" not in text] == []
