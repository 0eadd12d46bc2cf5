"""Sessions and what every answer carries: fixation, sign-out, cookies, headers, proofs, the clock."""

import time
from statistics import median
from typing import Any

import pytest

from queue_server.services import access
from queue_server.services.views import iso
from queue_server.store import tables
from queue_server.web.access import DEVICE_COOKIE, SESSION_COOKIE
from queue_server.web.assets import never_a_document
from tests.security.long import LONG
from tests.services.looking import rows
from tests.support.halls import HALL
from tests.web.visitors import PASSWORD, Site, Visitor, error

#: One address of every kind: page, asset, API, refusal, nothing there.
ADDRESSES = ["/", "/kiosk", "/static/css/base.css", "/healthz", "/openapi.json", "/api/session", "/api/none", "/none"]


def cookie(visitor: Visitor, name: str = SESSION_COOKIE) -> str:
    found = visitor.client.get_cookie(name)
    assert found is not None
    return found.value


def holder(site: Site, token: str) -> Any:
    """Whom a session token still stands for."""
    thief = site.visitor()
    thief.client.set_cookie(SESSION_COOKIE, token)
    return thief.who()["staff"]


def test_a_session_that_somebody_planted_is_not_the_one_that_signing_in_gives(site: Site) -> None:
    browser = site.visitor()
    browser.client.set_cookie(SESSION_COOKIE, "planted-by-somebody-else")

    assert browser.sign_in("clerk").status_code == 201

    assert cookie(browser) != "planted-by-somebody-else"
    assert holder(site, "planted-by-somebody-else") is None


def test_signing_in_as_somebody_else_ends_the_session_that_the_browser_had(site: Site) -> None:
    browser = site.visitor()
    browser.sign_in("supervisor")
    before = cookie(browser)

    assert browser.sign_in("clerk", "wrong").status_code == 401
    assert holder(site, before) is not None, "a wrong password signs nobody out"
    browser.sign_in("clerk")

    assert holder(site, before) is None
    assert holder(site, cookie(browser))["role"] == "clerk"


def test_signing_out_ends_this_session_and_no_other(site: Site) -> None:
    here, there = site.visitor(), site.visitor()
    here.sign_in("clerk")
    there.sign_in("clerk")
    token = cookie(here)

    assert here.send("DELETE", "/api/session").status_code == 200

    assert holder(site, token) is None
    assert there.who()["staff"]["role"] == "clerk"
    assert len(rows(site.parts.store, tables.sessions)) == 1


def test_tokens_are_long_and_no_two_are_alike(site: Site) -> None:
    tokens = []
    for _ in range(3):
        browser = site.visitor()
        browser.sign_in("clerk")
        tokens.append(cookie(browser))
    tokens.append(cookie(site.visitor("kiosk"), DEVICE_COOKIE))

    assert len(set(tokens)) == 4
    assert all(len(token) >= 43 for token in tokens), "256 bits"


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_headers_that_protect_it(shared_site: Site, address: str) -> None:
    headers = shared_site.visitor().get(address).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert not [name for name, _ in headers if name.startswith("Access-Control-")]
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("address", [address for address in ADDRESSES if not never_a_document(address)])
def test_whatever_may_be_shown_by_itself_carries_a_strict_policy(shared_site: Site, address: str) -> None:
    headers = shared_site.visitor().get(address).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))

    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("host", ["x; script-src *", "x y", "x,evil", "evil\t"])
def test_a_host_of_one_s_own_making_adds_nothing_to_the_policy(shared_site: Site, host: str) -> None:
    answer = shared_site.visitor().get("/board", headers={"Host": host})

    assert answer.status_code == 400 or host not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("token", ["é" * 64, "", "0" * 64, "0" * 10_000])
def test_an_odd_proof_is_refused_like_a_wrong_one(site: Site, token: str) -> None:
    refusal = site.visitor("clerk").order("/tickets", {"line": "A"}, X_CSRF_Token=token)

    assert error(refusal) == (403, "csrf_failed")


def test_an_unknown_user_name_costs_the_same_work_as_a_known_one(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    monkeypatch.setattr(access, "verify", lambda stored, password: bool(checked.append(stored)))

    for name in ("clerk", "nobody"):
        site.visitor().sign_in(name, "wrong")

    assert len(checked) == 2
    assert len({stored.split("$")[2] + stored.split("$")[3] for stored in checked}) == 1, "the same kind of hash"


@pytest.mark.skipif(not LONG, reason="measures real time: SECURITY_LONG=1")
def test_the_time_of_a_refusal_does_not_tell_who_works_here(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def seconds(username: str) -> float:
        began = time.perf_counter()
        assert site.visitor().sign_in(username, "wrong").status_code == 401
        return time.perf_counter() - began

    slow = access.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
    monkeypatch.setattr(access, "hasher", slow)
    monkeypatch.setattr(access, "_NOBODY", slow.hash("nobody"))
    names = [f"timed-{count}" for count in range(10)]
    for name in names:
        site.add_member(name, "clerk")
    pairs = [(seconds(name), seconds("nobody")) for name in names * 3]

    ratio = median(known for known, _ in pairs) / median(unknown for _, unknown in pairs)
    print(f"a wrong password for a known name takes {ratio:.2f} × the time for an unknown one")
    assert 0.8 < ratio < 1.25


def test_guessing_codes_enrols_nothing_and_changes_nothing(site: Site) -> None:
    made = site.visitor("manager").order("/devices", {"kind": "kiosk", "name": "取号机"}).json
    before, guess = site.seq, site.visitor()

    for change in range(8):
        near = "".join(("A" if c != "A" else "B") if at == change else c for at, c in enumerate(made["code"]))
        assert error(guess.client.post("/api/enrolments", json={"code": near})) == (403, "bad_code")

    assert site.seq == before
    assert guess.client.post("/api/enrolments", json={"code": made["code"]}).status_code == 201
    assert len(access.CODE_ALPHABET) ** len(made["code"]) > 8e11


def test_a_report_tells_the_hall_s_time_and_not_the_computer_s(site: Site) -> None:
    site.bench.clock.forward(minutes=90)

    assert site.visitor("manager").get(f"/api/halls/{HALL}/report").json["now"] == iso(site.bench.clock.now)


def test_a_password_travels_nowhere_but_into_its_hash(site: Site) -> None:
    answer = site.visitor().sign_in("clerk")

    assert PASSWORD not in answer.get_data(as_text=True) + str(answer.headers)
