"""Requests made from the served OpenAPI document, in several roles: no 5xx, and every answer as promised."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from queue_server.web.orders import ROUTES, Route
from tests.security.canaries.schema import FAULTS, make
from tests.security.long import LONG
from tests.support.halls import HALL
from tests.web.visitors import Site, Visitor, new_key

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
AS_DESCRIBED, OTHERWISE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
ROLES = ("citizen", "clerk", "supervisor", "manager", "kiosk", "screen")
RUNS = (
    [(role, mode) for role in ROLES for mode in (AS_DESCRIBED, OTHERWISE)]
    if LONG
    else [("citizen", AS_DESCRIBED), ("supervisor", AS_DESCRIBED), ("kiosk", AS_DESCRIBED), ("manager", OTHERWISE)]
)
EXAMPLES = 40 if LONG else 5
# In CI the same examples every time: what fails there fails here.
LIMITS = settings(
    max_examples=EXAMPLES,
    derandomize=not LONG,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def path_of(route: Route) -> str:
    return "/" + "/".join(
        "{" + part.strip("<>").rsplit(":", 1)[-1] + "}" if part.startswith("<") else part
        for part in route.rule.lstrip("/").split("/")
    )


@pytest.fixture(scope="module")
def lively(shared_site: Site) -> Iterator[Site]:
    """A hall with tickets in every state, so that generated orders meet something."""
    shared_site.app.testing = False
    for _ in range(6):
        shared_site.bench.issue()
    yield shared_site
    shared_site.app.testing = True


@pytest.fixture(scope="module")
def visitors(lively: Site) -> dict[str, Visitor]:
    return {role: lively.visitor(role) for role in ROLES}


@pytest.fixture(scope="module")
def schema(lively: Site) -> Any:
    return schemathesis.openapi.from_wsgi("/openapi.json", lively.app)


def things(site: Site) -> dict[str, st.SearchStrategy[str]]:
    """Path values that lead somewhere; about a third stays what was generated."""
    shown = site.visitor("supervisor").get(f"/api/halls/{HALL}/snapshot?scope=staff").json["snapshot"]
    ids = [ticket["id"] for ticket in shown["tickets"].values()] or ["f" * 32]
    return {
        "hall": st.just(HALL),
        "code": st.sampled_from(["1", "2", "3", "Z1"]),
        "ticket": st.sampled_from(ids),
        "device": st.sampled_from([*site.devices.values(), "f" * 32]),
        "seq": st.integers(1, 60).map(str),
    }


def examine(
    operation: Any, known: dict[str, st.SearchStrategy[str]], send: Callable[[Any], Any], mode: GenerationMode
) -> list[int]:
    """Send generated requests to one operation and check each answer; returns the statuses."""
    statuses: list[int] = []

    @LIMITS
    @given(case=operation.as_strategy(generation_mode=mode), values=st.fixed_dictionaries({}, optional=known))
    def try_one(case: Any, values: dict[str, str]) -> None:
        if case.path_parameters:
            case.path_parameters.update({k: v for k, v in values.items() if k in case.path_parameters} | {"hall": HALL})
        answer = send(case)
        statuses.append(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    try_one()
    return statuses


def says_something(operation: Any) -> bool:
    """Whether the document says anything that a request could go against."""
    values = operation.definition.raw.get("parameters", [])
    return "requestBody" in operation.definition.raw or any(value["in"] != "path" for value in values)


@pytest.mark.timeout(1800 if LONG else 120)
@pytest.mark.parametrize(("role", "mode"), RUNS, ids=lambda value: getattr(value, "value", value))
def test_no_request_breaks_the_server(
    lively: Site, visitors: dict[str, Visitor], schema: Any, role: str, mode: GenerationMode
) -> None:
    sent: list[int] = []
    for route in ROUTES:
        operation = schema[path_of(route)][route.method]
        if (route.rule, route.method) == ("/api/session", "DELETE") or (
            mode is OTHERWISE and not says_something(operation)
        ):
            continue  # whoever signs out is nobody for what follows: tests/security/test_sessions.py has it
        sent += examine(operation, things(lively), lambda case: call(case, visitors[role]), mode)
    assert len(sent) > len(ROUTES) * EXAMPLES // 3
    done = len([status for status in sent if status < 300])
    assert done > (0 if mode is OTHERWISE else 5), "some of it is let in and done, not all refused at the door"


@pytest.mark.parametrize("path", ["/crash", "/status", "/kind", "/shape"])
def test_schemathesis_finds_what_was_planted(path: str) -> None:
    """A fault of each kind: 5xx, a status, a media type and a body that the document does not know."""
    canary = schemathesis.openapi.from_wsgi("/openapi.json", make())

    with pytest.raises(BaseException, match=FAULTS[path]):
        examine(canary[path]["GET"], {}, lambda case: case.call(), AS_DESCRIBED)
    assert examine(canary["/sound"]["GET"], {}, lambda case: case.call(), AS_DESCRIBED) == [200]


def call(case: Any, visitor: Visitor) -> Any:
    # As the checks read what comes: a body that is packed for the way is for tests/web/test_pages.py.
    headers = {"X-CSRF-Token": visitor.csrf(), "Accept-Encoding": "identity"}
    if "Idempotency-Key" in (case.headers or {}):
        case.headers["Idempotency-Key"] = case.headers["Idempotency-Key"] or new_key()
    return case.call(headers=headers, cookies={c.key: c.value for c in visitor.client._cookies.values()})
