"""sqlmap and wapiti against the running server, signed in: they find the canary's faults, and none of ours."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests

from tests.security.long import LONG
from tests.security.scanners.product import program, run
from tests.security.scanners.targets import Canary, Running, log_of, product, report
from tests.support.servers import Server

#: Of one tool against one address, in seconds; the long version looks harder.
PATIENCE_S = 900 if LONG else 60
#: Boolean, error and union in CI; the long version adds time, stacked and inline queries.
EFFORT = (
    ["--technique=BEUSTQ", "--level=3", "--risk=2", "--time-sec=2"]
    if LONG
    else ["--technique=BEU", "--level=1", "--risk=1"]
)
#: Every press is a new one: a repeated key would be answered from the store, before the order is looked at.
NEW_KEY = "import uuid; _locals['auxHeaders']['Idempotency-Key'] = uuid.uuid4().hex"
FOUND = "sqlmap identified the following injection point"
CLEAN = "all tested parameters do not appear to be injectable"


@dataclass(frozen=True)
class Target:
    """One address with the places where a value goes in; ``*`` marks a place of its own."""

    path: str
    body: str = ""
    proof: str = "cookie"
    headers: tuple[str, ...] = ()
    #: What this request is answered with before anything is injected.
    status: int = 200


@dataclass
class Scanned:
    server: Server
    product: Running
    canary: Running
    folder: Path
    done: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scanned]:
    folder = tmp_path_factory.mktemp("scan")
    server = Server(folder)
    made = server.run("demo", "--set-up-only")
    assert made.returncode == 0, made.stderr
    server.start()
    canary = Canary()
    yield Scanned(server, product(server), canary.running, folder)
    canary.stop()
    server.kill()


def sqlmap(scanned: Scanned, running: Running, target: Target) -> str:
    """Run sqlmap on one address; returns what it said."""
    url = running.address + running.fill(target.path)
    command = [program("sqlmap"), "--batch", "--flush-session", "--disable-coloring", "--ignore-code=*", "-u", url]
    command += ["--output-dir", str(scanned.folder / "sqlmap"), f"--eval={NEW_KEY}", *EFFORT]
    for header in [*running.headers(target.proof), *target.headers]:
        command += ["-H", header]
    if target.body:
        command += ["--method", "POST", "--data", target.body, "-H", "Content-Type: application/json"]
    done = run(["env", f"HOME={scanned.folder}", *command], PATIENCE_S)
    said = re.sub(r"\x1b\S*", "", done.stdout)
    assert (FOUND in said) != (CLEAN in said), f"it came to no end: {said[-3000:]}"
    return said


CANARIES = {
    "query": Target("/staff?name=a"),
    "json": Target("/staff", '{"name": "a"}', "bearer"),
}
HALL = "/api/halls/demo"
PRODUCT = {
    "news": Target(f"{HALL}/news?scope=public&epoch=e&seq=1&hash=h", proof="none"),
    "snapshot": Target(f"{HALL}/snapshot?scope=staff"),
    "report": Target(f"{HALL}/report?date={{day}}"),
    "hall": Target("/api/halls/demo*/snapshot"),
    "notes": Target(f"{HALL}/tickets/{{ticket}}*/notes"),
    "sign-in": Target("/api/sessions", '{"username": "nobody", "password": "wrong"}', "none", status=401),
    "enrolment": Target("/api/enrolments", '{"code": "ABCDEFGH"}', "none", status=403),
    "tickets": Target(f"{HALL}/tickets", '{"line": "A", "class": "ordinary"}', "bearer", status=201),
    "transfer": Target(f"{HALL}/tickets/{{ticket}}/transfers", '{"line": "B", "note": "x"}', status=409),
    "devices": Target(f"{HALL}/devices", '{"kind": "pad", "name": "x"}', "manager", status=201),
    "session": Target("/api/session", proof="none", headers=("Cookie: hall_session=x*; hall_device=y*",)),
    "bearer": Target(f"{HALL}/devices", proof="none", headers=("Authorization: Bearer x*",), status=401),
}


@pytest.mark.parametrize("name", PRODUCT)
def test_every_address_is_reached_before_it_is_attacked(scanned: Scanned, name: str) -> None:
    """Else a scanner would look at the refusal of a session that it does not have."""
    target, running = PRODUCT[name], scanned.product
    given = dict(line.split(": ", 1) for line in [*running.headers(target.proof), *target.headers])
    url = running.address + running.fill(target.path).replace("*", "")
    method = "POST" if target.body else "GET"
    headers = given | {"Content-Type": "application/json", "Idempotency-Key": f"key-{name}-first"}

    answer = requests.request(method, url, data=target.body, headers=headers, timeout=9)

    assert answer.status_code == target.status, answer.text


@pytest.mark.timeout(PATIENCE_S + 60)
@pytest.mark.parametrize("name", CANARIES)
def test_sqlmap_finds_what_was_planted(scanned: Scanned, name: str) -> None:
    assert FOUND in sqlmap(scanned, scanned.canary, CANARIES[name])


@pytest.mark.timeout(PATIENCE_S + 60)
@pytest.mark.parametrize("name", PRODUCT)
def test_sqlmap_finds_nothing_of_ours(scanned: Scanned, name: str) -> None:
    said = sqlmap(scanned, scanned.product, PRODUCT[name])

    assert CLEAN in said, said[-3000:]
    assert "500 (Internal Server Error)" not in said


def wapiti(scanned: Scanned, running: Running, starts: list[str]) -> dict[str, set[str]]:
    """Run wapiti from the home page and some addresses; what it found, by kind."""
    modules = "sql,xss,file,exec,crlf,redirect,csp,cookieflags"
    modules += ",blindsql,permanentxss,htaccess,methods,backup,shellshock" if LONG else ""
    out = scanned.folder / f"wapiti-{running.address.rsplit(':', 1)[1]}"
    out.mkdir(exist_ok=True)
    command = [program("wapiti"), "-u", f"{running.address}/", "--scope", "folder", "--flush-session"]
    command += ["-m", modules, "-v", "0", "--no-bugreport", "--max-scan-time", "600" if LONG else "30"]
    command += ["--store-session", str(out), "--store-config", str(out), "-f", "json", "-o", str(out / "report.json")]
    command += [part for path in starts for part in ("-s", running.address + path)]
    command += [part for header in running.headers("cookie") for part in ("-H", header)]
    done = run(["env", f"HOME={scanned.folder}", *command], PATIENCE_S)
    assert (out / "report.json").exists(), done.stdout[-2000:] + done.stderr[-2000:]
    found = report(out / "report.json")
    return {
        kind: {hit["path"] for hit in hits}
        for kind, hits in (found["vulnerabilities"] | found["anomalies"]).items()
        if hits
    }


@pytest.mark.timeout(PATIENCE_S + 60)
def test_wapiti_finds_what_was_planted(scanned: Scanned) -> None:
    found = wapiti(scanned, scanned.canary, [])

    assert "/staff" in found["SQL Injection"]
    assert "/hello" in found["Cross Site Scripting"]
    assert "/read" in found["Path Traversal"]
    assert "/" in found["Content Security Policy Configuration"]


@pytest.mark.timeout(PATIENCE_S + 60)
def test_wapiti_finds_nothing_of_ours(scanned: Scanned) -> None:
    starts = ["/kiosk", "/board?lang=en", "/counter", "/manager", "/sign-in", "/openapi.json", "/healthz"]
    starts += [scanned.product.fill(target.path).replace("*", "") for target in PRODUCT.values() if not target.body]
    starts += ["/static/css/base.css?x=1", "/board?hall=demo", "/counter?next=/manager", "/sign-in?next=/counter"]

    assert wapiti(scanned, scanned.product, starts) == {}


def test_the_server_outlived_the_scanners_and_wrote_of_no_fault(scanned: Scanned) -> None:
    assert scanned.server.answers()
    asked = dict(line.split(": ", 1) for line in scanned.product.headers("manager"))
    made = requests.get(f"{scanned.product.address}{HALL}/devices", headers=asked, timeout=9).json()["devices"]
    assert len([one for one in made if one["kind"] == "pad"]) > 10, "the scanners' orders were done, each as a new one"
    assert [line for line in log_of(scanned.server) if "unexpected" in line or "Traceback" in line] == []
    verified = scanned.server.run("verify")
    assert "whole" in verified.stdout, verified.stderr
    assert os.path.getsize(scanned.server.data / "server.log") < 100_000, "a scanner must not fill the disk with lines"
