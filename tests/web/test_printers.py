"""A printer's program that no websocket reaches: it asks for its jobs, and says by itself that it is alive."""

from datetime import timedelta
from typing import Any

from queue_server.services import printing
from queue_server.store import tables
from tests.services.looking import rows
from tests.support.halls import HALL
from tests.web.visitors import Site, error

ROOT = f"/api/halls/{HALL}"


def seen(site: Site) -> Any:
    return rows(site.parts.store, tables.devices, id=site.devices["printer"])[0]["last_seen_at"]


def test_asking_for_jobs_changes_nothing(site: Site) -> None:
    printer = site.visitor("printer")

    assert printer.get(f"{ROOT}/prints").json == {"jobs": []}
    assert seen(site) is None


def test_a_sign_of_life_is_written_down_in_no_log_and_not_oftener_than_it_says_something(site: Site) -> None:
    printer, before = site.visitor("printer"), site.seq

    answer = printer.order("/prints/here", {})

    assert (answer.status_code, answer.json) == (200, {})
    first = seen(site)
    assert first == site.bench.clock.now
    site.bench.clock.now += printing.SEEN_EVERY - timedelta(milliseconds=1)
    printer.order("/prints/here", {})
    assert seen(site) == first
    site.bench.clock.now += timedelta(milliseconds=1)
    printer.order("/prints/here", {})
    assert seen(site) == site.bench.clock.now
    assert site.seq == before


def test_only_a_printer_says_so_and_only_with_a_key_and_a_proof(site: Site) -> None:
    printer = site.visitor("printer")

    assert error(site.visitor("clerk").order("/prints/here", {})) == (403, "forbidden")
    assert error(printer.order("/prints/here", {}, X_CSRF_Token="")) == (403, "csrf_failed")
    assert error(printer.order("/prints/here", {}, Idempotency_Key="x")) == (400, "key_required")
    assert error(printer.order("/prints/here", {"other": 1}))[0] == 400
    assert seen(site) is None
