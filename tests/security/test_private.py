"""What people type or hold shows nowhere but where it must: public payloads, logs, voice, events, backups."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from queue_server.services import access, maintenance, setup, views
from queue_server.store import people, tables, zero_tables
from queue_server.voice import plan
from tests.security.lived import API, STEPS, Lived
from tests.security.planted import NAME, NOTE, PASSWORD, STAFF_FIELDS, TYPED, USERNAME, fields, search
from tests.support.halls import HALL, NINE, Clock
from tests.support.servers import Server
from tests.web.conftest import closed, opened
from tests.web.visitors import Site

PAGES = ("/", "/kiosk", "/board", "/counter", "/manager", "/sign-in", "/openapi.json", "/healthz", "/api/session")
NEWS = (f"{API}/snapshot", f"{API}/news", f"{API}/news?seq=1&epoch={{epoch}}&hash={{hash}}")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Lived]:
    folder = tmp_path_factory.mktemp("lived")
    (folder / "hall.db").write_bytes(sqlite_template.read_bytes())
    # A real server goes on from where the hall's clock stands; a day that lies ahead ends for it at no time.
    site = opened(folder, f"sqlite:///{folder / 'hall.db'}", Clock(NINE + timedelta(weeks=5200)))
    with site.parts.uow(HALL) as uow:
        setup.add_member(uow, setup.NewMember(USERNAME, NAME, "supervisor", access.hasher.hash(PASSWORD)))
    server = Server(folder, hall=HALL, HALL_LOG_LEVEL="DEBUG").start()
    lived = Lived(site, server)
    for step in STEPS:
        step(lived)
    yield lived
    server.kill()
    closed(site)


def public(lived: Lived) -> dict[str, bytes]:
    """Everything that anybody in the street may read."""
    first = json.loads(lived.get(NEWS[0]))
    with lived.site.parts.store.reading() as connection:
        query = sa.select(tables.events.c.hash).where(tables.events.c.hall_id == HALL, tables.events.c.seq == 1)
        known = str(connection.scalar(query))[:16]
    paths = [path.format(epoch=first["epoch"], hash=known) for path in NEWS]
    found = {path: lived.get(path) for path in [*PAGES, "/metrics", *paths]}
    assert json.loads(found[paths[2]])["mode"] == "replay"
    return found


def test_no_public_payload_holds_what_people_typed_or_hold(lived: Lived) -> None:
    # Anybody gets a token of their own with /api/session; it is that of nobody's cookies.
    assert search(public(lived), lived.wanted) == []


def test_no_figure_for_the_operator_names_anybody(lived: Lived) -> None:
    metrics = lived.send("/metrics", None, "GET")
    report = lived.send(f"{API}/report", None, "GET")

    assert (metrics.status_code, report.status_code) == (200, 200)
    assert search({"metrics": metrics.content, "report": report.content}, lived.wanted) == []


def test_no_public_payload_tells_who_went_before_whom(lived: Lived) -> None:
    payloads = public(lived)
    news = {path: fields(json.loads(content)) for path, content in payloads.items() if path.startswith(API)}

    assert {path: found & STAFF_FIELDS for path, found in news.items()} == {path: set() for path in news}
    numbers = [ticket["number"] for ticket in json.loads(payloads[NEWS[0]])["snapshot"]["tickets"].values()]
    assert any(number.startswith("V") for number in numbers), "there is somebody whose credit could be told"
    assert b'"care"' not in b"".join(payloads[path] for path in news)


def test_the_log_of_the_server_holds_none_of_it(lived: Lived) -> None:
    assert lived.send(f"{API}/tickets/{lived.noted}/notes", None, "GET").status_code == 200
    assert search({"server.log": lived.log()}, lived.wanted) == []


def test_no_event_of_the_log_and_no_stored_answer_holds_any_of_it(lived: Lived) -> None:
    with lived.site.parts.store.reading() as connection:
        rows = connection.execute(sa.select(tables.events)).all()
        events = {f"event {row.seq} {row.type}": repr(tuple(row)).encode() for row in rows}
        kept = {f"answer {row.key}": row.body.encode() for row in connection.execute(sa.select(tables.idempotency))}

    assert len(events) > 10
    assert kept
    assert search(events, lived.wanted) == []
    assert search(kept, {name: value for name, value in lived.wanted.items() if name != "device"}) == []


def test_the_voice_says_a_number_and_a_window_and_nothing_else(lived: Lived) -> None:
    state = json.loads(lived.get(NEWS[0]))["snapshot"]
    said = []
    for spoken in state["announcements"]:
        window = state["windows"][spoken["window"]]
        message = {"number": spoken["number"], "window": {"kind": window["kind"], "number": window["number"]}}
        said += [plan.text(plan.Announcement.of(message), lang) for lang in ("zh", "en")]

    assert len(said) >= 2
    assert search({"voice": "\n".join(said).encode()}, lived.wanted) == []
    assert not [text for text in said if set(text) & set(NAME)]
    for wrong in ({"number": NAME}, {"number": "A001", "window": {"kind": "zero", "number": PASSWORD}}):
        with pytest.raises(ValueError, match=r"^(?!.*欧阳)"):
            plan.Announcement.of(wrong)


def test_no_file_of_the_server_holds_a_password_a_token_or_a_code(lived: Lived) -> None:
    proofs = ("password", "wrong password", "stray token", "stray code", *lived.secrets)
    files = {path.name: path.read_bytes() for path in lived.server.data.iterdir() if path.is_file()}

    assert {"hall.db", "server.key", "server.log"} <= files.keys()
    assert search(files, {name: lived.wanted[name] for name in proofs}) == []
    assert "hall.db: name" in search(files, {"name": NAME}) or "hall.db-wal: name" in search(files, {"name": NAME})


def test_these_searches_would_find_what_leaks(lived: Lived, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each in the place where staff may see it, or where a careless line would put it."""
    notes = lived.send(f"{API}/tickets/{lived.noted}/notes", None, "GET").content
    found = search({"notes": notes}, lived.wanted)
    assert {"notes: name", "notes: phone", "notes: id card", "notes: note"} <= set(found)
    with lived.site.parts.store.reading() as connection:
        said = [row.text for row in connection.execute(sa.select(zero_tables.texts))]
    assert said.count(NOTE) == 5, "question, caller, answer, and two steps of a case"
    staff = lived.send(f"{API}/snapshot?scope=staff", None, "GET").json()
    assert {"class", "turn_at", "clerk"} <= fields(staff) & STAFF_FIELDS
    for how in (str, lambda text: json.dumps({"a": text}), repr, lambda text: str(text.encode()), ascii):
        assert search({"log": f"error: {how(NOTE)}".encode()}, {"note": NOTE}) == ["log: note"]
    monkeypatch.setitem(views.PUBLIC, "tickets", views.PUBLIC["tickets"] | {"ticket_class": "class"})
    shown = lived.site.visitor().get(f"{API}/news").json
    assert fields(shown) & STAFF_FIELDS == {"class"}


def test_an_error_of_the_database_is_logged_without_the_row(
    site: Site, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note whose id exists: both databases would quote the row."""
    site.app.testing = False
    clerk = site.visitor("clerk")
    add, seen = people.add_note, []

    def twice(connection: Any, **values: Any) -> None:
        add(connection, **values)
        try:
            add(connection, **values)
        except sa.exc.IntegrityError as error:
            seen.append(str(error))
            raise

    monkeypatch.setattr(people, "add_note", twice)
    clerk.order("/tickets", {"line": "A"})
    ticket = clerk.order("/windows/1/calls").json["ticket"]["id"]
    answer = clerk.order(f"/tickets/{ticket}/transfers", {"line": "B", "note": NOTE})

    out = "".join(capfd.readouterr())
    assert (answer.status_code, answer.json) == (500, {"error": "internal", "facts": {}})
    assert "unexpected" in out
    assert search({"output": out.encode(), "error": seen[0].encode()}, TYPED) == []


def test_what_was_deleted_is_in_no_backup_and_no_longer_in_the_file(site: Site, tmp_path: Path) -> None:
    clerk = site.visitor("clerk")
    clerk.order("/tickets", {"line": "A"})
    ticket = clerk.order("/windows/1/calls").json["ticket"]["id"]
    clerk.order(f"/tickets/{ticket}/transfers", {"line": "B", "note": NOTE})
    before = tmp_path / "before.db"
    maintenance.backup(site.parts.store, before)
    assert "before: note" in search({"before": before.read_bytes()}, TYPED), "the search finds it while it is there"

    with site.parts.uow(HALL) as uow:
        uow.connection.execute(tables.notes.delete())
    after = tmp_path / "after.db"
    maintenance.backup(site.parts.store, after)
    path = site.parts.store.path
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    files = {"after": after.read_bytes(), "hall": path.read_bytes(), "wal": path.with_name("hall.db-wal").read_bytes()}
    assert search(files, {"note": NOTE, "id card": TYPED["id card"]}) == []
