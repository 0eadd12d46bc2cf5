"""A full disk: orders are refused clearly, reading goes on, and room is enough to recover."""

from typing import Any

from tests.services.looking import everything, faults
from tests.support.halls import HALL
from tests.web.visitors import Site, Visitor, error

MORE = 2**30


def limit_pages(site: Site, pages: int) -> None:
    """How large the file may become; below its size means no larger than it is."""
    with site.parts.store.writer.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def fill(site: Site, visitor: Visitor) -> tuple[str, Any]:
    """Issue until there is no room; the key of the press that found none, and its answer."""
    limit_pages(site, 1)
    for press in range(500):
        answer = visitor.order("/tickets", {"line": "A"}, Idempotency_Key=f"press-{press:04d}")
        if answer.status_code != 201:
            return f"press-{press:04d}", answer
    raise AssertionError("the disk never filled")


def test_orders_are_refused_reads_go_on_and_room_is_enough(site: Site) -> None:
    clerk = site.visitor("clerk")
    key, full = fill(site, clerk)

    assert error(full) == (507, "disk_full")
    before = everything(site.parts.store)
    assert error(clerk.order("/tickets", {"line": "B"})) == (507, "disk_full")
    assert everything(site.parts.store) == before
    assert clerk.get(f"/api/halls/{HALL}/snapshot?scope=staff").status_code == 200
    assert clerk.get("/healthz").status_code == 200
    assert faults(site.parts.store) == []

    limit_pages(site, MORE)
    again = clerk.order("/tickets", {"line": "A"}, Idempotency_Key=key)
    assert (again.status_code, "Idempotent-Replay" in again.headers) == (201, False), "507 is not stored"
    assert again.json["seq"] == site.seq
    assert faults(site.parts.store) == []


def test_a_full_disk_answers_a_sign_in_and_a_call_alike(site: Site) -> None:
    clerk = site.visitor("clerk")
    fill(site, clerk)

    calling = [clerk.order("/windows/1/calls").status_code for _ in range(60)]
    signing_in = [site.visitor().sign_in("manager").status_code for _ in range(60)]

    assert set(calling) <= {201, 409, 507}
    assert set(signing_in) <= {201, 507}
    assert 507 in calling
    assert 507 in signing_in
    limit_pages(site, MORE)
    assert site.visitor().sign_in("manager").status_code == 201
    assert faults(site.parts.store) == []
