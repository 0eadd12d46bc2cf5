"""Who guesses passwords: neither the answers nor the waits tell which names there are, and nobody else is kept out."""

import pytest
import sqlalchemy as sa

from queue_server.config import Settings
from queue_server.domain.attempts import ALLOWED_ANYWAY, FAILURES_ALLOWED, FORGOTTEN_AFTER, SIGN_IN_FAILURES
from queue_server.services import access
from queue_server.store import attempts
from queue_server.web import session
from tests.web.visitors import PASSWORD, Site, Visitor, error


def guesses(site: Site, name: str, times: int, visitor: Visitor | None = None) -> list[tuple[int, object, object]]:
    browser = visitor or site.visitor()
    answers = [browser.sign_in(name, "wrong") for _ in range(times)]
    return [(*error(answer), (answer.json or {}).get("facts")) for answer in answers]


def test_a_name_that_is_nobodys_is_answered_like_an_account(site: Site) -> None:
    seqs = []
    stories = []
    for name in ("clerk", "nobody"):
        before = site.seq
        story = guesses(site, name, FAILURES_ALLOWED + 2)
        site.bench.clock.forward(minutes=15)
        stories.append([(status, code) for status, code, _ in [*story, *guesses(site, name, 1)]])
        seqs.append(site.seq - before)
    assert (
        stories[0]
        == stories[1]
        == [(401, "bad_credentials")] * 5 + [(403, "locked_out")] * 2 + [(401, "bad_credentials")]
    )
    assert seqs[0] == seqs[1] == 1, "how far the log has come is public"


def test_names_and_addresses_are_kept_as_keyed_hashes_and_not_for_ever(site: Site) -> None:
    guesses(site, "王小明", 1)
    tables = (attempts.sign_in_attempts, attempts.buckets)
    with site.parts.store.reading() as connection:
        kept = [str(list(row)) for table in tables for row in connection.execute(sa.select(table))]
    assert len(kept) == 2
    assert not any("王小明" in row or "127.0.0.1" in row for row in kept)
    assert not any(access.Attempt.by(str, "王小明", "127.0.0.1").name in row for row in kept)

    site.bench.clock.forward(seconds=FORGOTTEN_AFTER.total_seconds() + 1)
    guesses(site, "another", 1)
    with site.parts.store.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(attempts.sign_in_attempts)) == 1


def fill_the_address(site: Site) -> None:
    """Thirty wrong passwords from one address, none of them for an account of the hall."""
    told = [code for n in range(SIGN_IN_FAILURES.most) for _, code, _ in guesses(site, f"guess{n}", 1)]
    assert told == ["bad_credentials"] * SIGN_IN_FAILURES.most


def test_an_address_that_guesses_is_refused_and_let_in_one_by_one(site: Site) -> None:
    guesses(site, "clerk", ALLOWED_ANYWAY)
    fill_the_address(site)
    told = guesses(site, "clerk", 1)
    assert told == guesses(site, "clerk", 1), "who is not judged is not counted either"
    assert told[0][:2] == (429, "too_many_attempts")
    assert error(site.visitor().sign_in("clerk", PASSWORD)) == (429, "too_many_attempts")

    site.bench.clock.forward(seconds=SIGN_IN_FAILURES.one_every.total_seconds())
    assert site.visitor().sign_in("clerk", PASSWORD).status_code == 201


def test_nobody_locks_the_hall_out_by_guessing_from_its_address(site: Site) -> None:
    fill_the_address(site)
    assert guesses(site, "supervisor", 1)[0][:2] == (401, "bad_credentials"), "one typing error is nobody's guess"
    for name in ("clerk", "supervisor", "manager"):
        assert site.visitor().sign_in(name).status_code == 201
    for name in ("clerk", "nobody"):
        told = [code for _, code, _ in guesses(site, name, FAILURES_ALLOWED)]
        assert told == ["bad_credentials"] * ALLOWED_ANYWAY + ["too_many_attempts"] * 3


def test_the_full_address_costs_no_hashing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    guesses(site, "clerk", ALLOWED_ANYWAY)
    fill_the_address(site)
    monkeypatch.setattr(session.access, "check_password", lambda *arguments: pytest.fail("a password was hashed"))
    assert guesses(site, "clerk", 1)[0][0] == 429


@pytest.mark.parametrize(
    ("proxies", "peer", "header", "believed"),
    [
        ("127.0.0.1", "127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1,10.0.0.0/8", "127.0.0.1", "203.0.113.9, 10.0.0.7", "203.0.113.9"),
        ("127.0.0.1", "10.0.0.7", "203.0.113.9", "10.0.0.7"),
        ("", "127.0.0.1", "203.0.113.9", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "not an address", "127.0.0.1"),
        ("*", "10.0.0.7", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "127.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("127.0.0.1", "::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "", "203.0.113.9", "unknown"),
    ],
)
def test_the_forwarded_address_is_believed_of_our_proxies_only(
    site: Site, proxies: str, peer: str, header: str, believed: str
) -> None:
    settings = Settings(**vars(site.parts.settings) | {"proxy": proxies})
    headers = {"X-Forwarded-For": header} if header else {}
    with site.app.test_request_context(headers=headers, environ_base={"REMOTE_ADDR": peer}):
        assert session.client_address(session.request, settings.proxy) == believed


def test_each_address_behind_our_proxy_has_a_bucket_of_its_own(site: Site) -> None:
    guesses(site, "clerk", ALLOWED_ANYWAY)
    fill_the_address(site)
    body = {"username": "clerk", "password": PASSWORD}
    elsewhere = site.visitor().client.post("/api/sessions", json=body, headers={"X-Forwarded-For": "203.0.113.9"})
    assert elsewhere.status_code == 201
