"""Pages and assets: headers, paths, and that looking changes nothing."""

import gzip
import os
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from queue_server.web import pages
from queue_server.web.orders import ROUTES
from queue_server.web.pages import PAGES, RECORDER, STATIC
from tests.services.looking import everything
from tests.support.halls import HALL
from tests.web.visitors import Site

RATING = f"/rate/{HALL}/{'a' * 32}/{'b' * 32}"
ADDRESSES = ["/", *(f"/{page}" for page in PAGES), RATING, RECORDER]
#: What a browser never shows as a page of its own.
NO_DOCUMENTS = {"text/javascript", "text/css", "application/json"}
ASSETS = sorted(str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file())


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_there_and_asks_only_for_what_is_there(shared_site: Site, address: str) -> None:
    visitor = shared_site.visitor()
    page = visitor.get(address)

    assert (page.status_code, page.mimetype) == (200, "text/html")
    wanted = re.findall(r'(?:src|href)="([^"#]+)', page.get_data(as_text=True))
    parts = [urljoin(f"http://localhost{address}", name) for name in wanted if not name.startswith("data:")]
    assert parts
    for part in parts:
        assert part.startswith("http://localhost/"), part
        assert visitor.get(part).status_code == 200, part


def test_no_search_engine_keeps_a_rating_link(shared_site: Site) -> None:
    answer = shared_site.visitor().get(RATING)

    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.get_data(as_text=True)


def test_every_answer_that_may_be_a_document_carries_the_same_strict_headers(shared_site: Site) -> None:
    visitor = shared_site.visitor()
    part_of_pages = {f"/static/{name}" for name in ASSETS if name.endswith((".js", ".css", ".json"))}
    paths = [*ADDRESSES, *(f"/static/{name}" for name in ASSETS), "/healthz", "/openapi.json", "/nothing", "/static/no"]

    for path in [*paths, "/api/session", f"/api/halls/{HALL}/snapshot", f"/api/halls/{HALL}/report"]:
        headers = visitor.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cache-Control"] == cached(path), path
        if path in part_of_pages:
            assert headers["Content-Type"].split(";")[0] in NO_DOCUMENTS, path
            continue
        policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'", path
        assert policy["script-src"] == policy["style-src"] == "'self'", path
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'", path
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert policy["connect-src"] == "'self' ws://localhost wss://localhost"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Permissions-Policy"] == ("microphone=(self)" if path == RECORDER else "microphone=()"), path


@pytest.mark.parametrize("path", ["/static/counter/app.js", "/static/css/base.css", "/counter"])
def test_words_are_packed_for_who_takes_them_so(shared_site: Site, path: str) -> None:
    visitor = shared_site.visitor()
    plain, packed = visitor.get(path), visitor.get(path, headers={"Accept-Encoding": "gzip, deflate"})

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data)
    assert gzip.decompress(packed.data) == plain.data
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    known = {"If-None-Match": packed.headers["ETag"], "Accept-Encoding": "gzip"}
    again = visitor.get(path, headers=known)
    assert (again.status_code, again.data) == (304, b"")


def test_a_file_that_was_edited_is_packed_anew(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "STATIC", tmp_path)
    part, taken = tmp_path / "one.js", {"Accept-Encoding": "gzip"}
    part.write_text("// one\n" * 99)
    first = site.visitor().get("/static/one.js", headers=taken)
    part.write_text("// two\n" * 99)
    os.utime(part, ns=(1, 1))

    second = site.visitor().get("/static/one.js", headers=taken)

    assert b"one" in gzip.decompress(first.data)
    assert b"two" in gzip.decompress(second.data)


def test_pictures_and_small_files_stay_as_they_are(shared_site: Site) -> None:
    for name in ("counter/package.json", "sound/bank/zh-0123456789abcdef.clips"):
        answer = shared_site.visitor().get(f"/static/{name}", headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in answer.headers


def cached(path: str) -> str:
    if path.startswith("/api/"):
        return "no-store"
    for_good = path.startswith("/static/vendor/") or path.endswith(".clips")
    return "public, max-age=31536000, immutable" if for_good else "no-cache"


def test_an_archive_of_clips_is_kept_for_good_and_its_manifest_asked_for_again(shared_site: Site) -> None:
    visitor = shared_site.visitor()

    for path in ("/static/sound/bank/zh-0123456789abcdef.clips", "/static/sound/bank/manifest.json"):
        assert visitor.get(path).headers["Cache-Control"] == cached(path)


@pytest.mark.parametrize(
    "name",
    [
        "../pyproject.toml",
        "..%2fpyproject.toml",
        "%2e%2e/pyproject.toml",
        "lib/../../pyproject.toml",
        "....//pyproject.toml",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "..\\pyproject.toml",
        "%00",
        "lib/%00.js",
        "lib",
        "",
    ],
)
def test_nothing_outside_the_folder_of_assets_is_served(shared_site: Site, name: str) -> None:
    answer = shared_site.visitor().get(f"/static/{name}", follow_redirects=True)

    assert answer.status_code == 404
    assert b"window-zero" not in answer.data
    assert b"root:" not in answer.data


def test_looking_changes_nothing(site: Site) -> None:
    manager = site.visitor("manager")
    site.bench.issue()
    before = everything(site.parts.store)
    reads = [route.rule.replace("<hall:hall>", HALL) for route in ROUTES if route.method == "GET"]

    for path in [*ADDRESSES, "/healthz", "/openapi.json", "/favicon.ico", *reads]:
        answer = manager.get(path.replace("<id:ticket>", "f" * 32))
        assert answer.status_code < 500, path
        assert manager.client.head(path.replace("<id:ticket>", "f" * 32), buffered=True).status_code < 500, path
    for query in ("news?seq=1", "snapshot?scope=staff", "report?date=2026-11-24"):
        assert manager.get(f"/api/halls/{HALL}/{query}").status_code == 200, query

    assert everything(site.parts.store) == before


def test_health_says_where_the_log_stands(site: Site) -> None:
    site.bench.issue()
    health = site.visitor().get("/healthz").json

    assert (health["ok"], health["seq"]) == (True, site.seq)
