"""/metrics: for the holder of the token and for staff who run the hall; nothing about persons."""

import dataclasses

import pytest

from tests.web.visitors import Site

TOKEN = "a token for the monitoring"


def given(site: Site, token: str) -> None:
    site.parts.settings = dataclasses.replace(site.parts.settings, metrics_token=token)


def test_the_holder_of_the_token_reads_them(site: Site) -> None:
    given(site, TOKEN)
    answer = site.app.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain")
    assert "hall_hub_stop_seconds_bucket" in answer.text
    assert "hall_orders_total" in answer.text


@pytest.mark.parametrize(("token", "sent"), [("", "Bearer "), ("", ""), (TOKEN, "Bearer other"), (TOKEN, TOKEN)])
def test_nobody_else_does(site: Site, token: str, sent: str) -> None:
    given(site, token)
    answer = site.app.test_client().get("/metrics", headers={"Authorization": sent} if sent else {})
    assert (answer.status_code, answer.json) == (401, {"error": "not_signed_in", "facts": {}})


def test_orders_are_counted_by_what_became_of_them(site: Site) -> None:
    given(site, TOKEN)

    def counted() -> dict[str, float]:
        text = site.app.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
        lines = [line.split() for line in text.splitlines() if line.startswith("hall_orders_total")]
        return {name: float(value) for name, value in lines}

    before = counted()
    clerk = site.visitor("clerk")
    first = clerk.order("/windows/1/calls", Idempotency_Key="the-same-press")
    again = clerk.order("/windows/1/calls", Idempotency_Key="the-same-press")
    assert (first.status_code, again.status_code) == (200, 200)
    after = counted()
    grown = {name: after[name] - before.get(name, 0) for name in after}
    assert grown['hall_orders_total{outcome="done"}'] == 1
    assert grown['hall_orders_total{outcome="replayed"}'] == 1
