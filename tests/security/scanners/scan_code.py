"""bandit and the house's own semgrep rules: they find every planted fault, and nothing in the product."""

import re
from pathlib import Path

from tests.security.scanners.product import CANARIES, PYTHON, ROOT, answer, marks, program

SEMGREP = [
    *("semgrep", "scan", "--metrics=off", "--disable-version-check", "--quiet", "--json"),
    *("--no-git-ignore", "--config", "security/semgrep"),
]
BANDIT = ["bandit", "--quiet", "--format", "json", "--configfile", "security/bandit.yml", "--recursive"]
#: ``# nosec`` with the number of the check and the reason; a bare one would hide everything.
NOSEC = re.compile(r"# nosec(?! B\d{3} - \w)")


def planted(folder: str, word: str) -> tuple[list[str], set[tuple[str, int, str]]]:
    """The canaries of a folder and everything that was planted in them."""
    files = sorted(path for path in (CANARIES / folder).iterdir() if path.suffix in (".py", ".js"))
    return [str(path.relative_to(ROOT)) for path in files], set().union(*(marks(path, word) for path in files))


def scan(*targets: str) -> set[tuple[str, int, str]]:
    found = answer([program(SEMGREP[0]), *SEMGREP[1:], *targets])
    assert found["errors"] == []
    scanned = {Path(path).parts[0] for path in found["paths"]["scanned"]}
    assert {Path(target).parts[0] for target in targets} <= scanned, "a folder that is not there is not clean"
    return {(hit["path"], hit["start"]["line"], hit["check_id"].rsplit(".", 1)[1]) for hit in found["results"]}


def test_semgrep_finds_each_planted_fault_and_nothing_in_the_product() -> None:
    files, expected = planted("semgrep", "finds: ")

    found = scan(*PYTHON, "static", *files)

    assert {hit for hit in found if not hit[0].startswith("tests/")} == set()
    assert found == expected


def test_every_rule_has_a_planted_fault() -> None:
    rules = "".join(path.read_text() for path in (ROOT / "security" / "semgrep").glob("*.yml"))
    named = set(re.findall(r"- id: (\S+)", rules))

    assert named == {rule for _, _, rule in planted("semgrep", "finds: ")[1]}
    assert len(named) == rules.count("severity: ERROR") >= 18


def bandit(*targets: str) -> set[tuple[str, int, str]]:
    found = answer([program(BANDIT[0]), *BANDIT[1:], *targets])
    assert found["errors"] == []
    assert found["metrics"]["_totals"]["loc"] > 10
    return {(hit["filename"].removeprefix("./"), hit["line_number"], hit["test_id"]) for hit in found["results"]}


def test_bandit_finds_each_planted_fault_and_nothing_in_the_product() -> None:
    files, expected = planted("bandit", "finds: ")

    assert bandit(*files) == expected
    assert bandit(*PYTHON) == set()


def test_every_exception_says_which_check_and_why() -> None:
    bare = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for target in PYTHON
        for path in ([ROOT / target] if target.endswith(".py") else (ROOT / target).rglob("*.py"))
        for line in path.read_text().splitlines()
        if NOSEC.search(line) or "nosemgrep" in line
    ]

    assert bare == []
