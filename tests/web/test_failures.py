"""What breaks inside: answered as internal, never stored, and never naming a person."""

import pytest

from queue_server.services import intake
from queue_server.store import tables
from tests.services.looking import rows
from tests.support.halls import HALL
from tests.web.visitors import Site, error

PERSON = "王小明"
SECRETS = (PERSON, "s3cret-passw0rd", "330106199001011234", "缺户口本")


def test_a_failure_is_not_stored_under_the_key_so_that_a_retry_succeeds(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, before = site.visitor("clerk"), site.seq
    with monkeypatch.context() as broken:
        broken.setattr(intake, "new_id", lambda: 1 / 0)
        assert error(clerk.order("/tickets", {"line": "A"}, Idempotency_Key="one-press")) == (500, "internal")
    assert (site.seq, rows(site.parts.store, tables.idempotency)) == (before, [])

    answer = clerk.order("/tickets", {"line": "A"}, Idempotency_Key="one-press")

    assert (answer.status_code, answer.json["ticket"]["number"]) == (201, "A001")


def test_nothing_logged_names_a_person(
    site: Site, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = site.visitor("clerk")
    ticket = clerk.order("/tickets", {"line": "A"}).json["ticket"]["id"]
    clerk.order("/windows/1/calls")
    transfer = f"/tickets/{ticket}/transfers"
    note = f"{PERSON} 330106199001011234 缺户口本"

    site.visitor().sign_in(PERSON, "s3cret-passw0rd")
    site.visitor().sign_in("clerk", "s3cret-passw0rd")
    clerk.send("PUT", "/api/session/password", {"old": "s3cret-passw0rd", "new": "330106199001011234"})
    clerk.order(transfer, {"line": "X", "note": note})
    clerk.order(transfer, {"line": "B", "note": note * 20})
    clerk.order(transfer, {"line": "B", "note": note, PERSON: 1})
    clerk.order(f"/tickets/{PERSON}/starts")
    clerk.get(f"/static/{PERSON}")
    clerk.get(f"/api/halls/{HALL}/report?date={PERSON}")
    with monkeypatch.context() as broken:
        broken.setattr("queue_server.services.held.new_id", lambda: {}[note])
        assert error(clerk.order(transfer, {"line": "B", "note": note})) == (500, "internal")
    assert clerk.order(transfer, {"line": "B", "note": note}).status_code == 201

    written = "".join(capfd.readouterr())
    assert '"kind": "KeyError"' in written, "the failure itself is logged"
    for secret in SECRETS:
        assert secret not in written
        assert secret.encode("unicode_escape").decode() not in written
        assert secret not in site.log()


def test_a_refusal_does_not_give_back_what_was_sent(site: Site) -> None:
    clerk = site.visitor("clerk")

    for answer in (
        site.visitor().sign_in(PERSON, "s3cret-passw0rd"),
        clerk.order("/tickets", {"line": "A", PERSON: "s3cret-passw0rd"}),
        clerk.order(f"/tickets/{'f' * 32}/transfers", {"line": "B", "note": PERSON * 200}),
    ):
        error(answer)
        assert "s3cret-passw0rd" not in answer.get_data(as_text=True)
        assert PERSON * 2 not in answer.get_data(as_text=True)
