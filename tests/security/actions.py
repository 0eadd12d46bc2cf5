"""The table of who may do what, written down a second time, and a request for every route."""

import re
from typing import Any

from queue_server.protocol import EVENT, HERE, SYNC
from queue_server.web.access import ROLES
from queue_server.web.orders import Route
from tests.support.halls import HALL
from tests.web.visitors import STAFF

#: The house's own table, written down a second time on purpose: a change of access.py must be a decision.
TABLE = {
    "read_public": set(ROLES),
    "read_staff_news": set(STAFF),
    "read_report": {"supervisor", "manager", "auditor", "administrator"},
    "read_notes": {"clerk", "greeter", "supervisor"},
    "read_devices": {"supervisor", "manager", "administrator", "auditor"},
    "read_metrics": {"supervisor", "manager", "administrator", "auditor"},
    "issue": {"kiosk", "greeter", "clerk", "supervisor"},
    "serve": {"clerk", "supervisor"},
    "reinstate": {"clerk", "greeter", "supervisor"},
    "leave": {"clerk", "greeter", "supervisor"},
    "help": {"clerk", "greeter", "supervisor"},
    "consult": {"clerk", "greeter", "supervisor"},
    "settle": {"clerk", "greeter", "supervisor", "manager"},
    "supervise": {"supervisor"},
    "read_staff": {"supervisor", "manager", "administrator", "auditor"},
    "set_rules": {"manager"},
    "arrange_screens": {"manager"},
    "rate": {"pad"},
    "rate_by_link": set(ROLES),
    "run_day": {"supervisor", "manager"},
    "step_clock": {"supervisor", "administrator"},
    "announce": {"screen"},
    "print": {"printer"},
    "manage_devices": {"manager", "administrator"},
    "manage_zones": {"manager"},
    "read_voice": {"supervisor", "manager", "administrator", "auditor"},
    "manage_services": {"manager", "administrator"},
    "own_account": set(STAFF),
}
#: A body that each route takes; the others take ``{}``.
BODIES: dict[str, Any] = {
    "/tickets": {"line": "A"},
    "/pauses": {"reason": "rest"},
    "/direct-calls": {"window": "1"},
    "/transfers": {"line": "B"},
    "/choices": {"ticket": "f" * 32, "reason": "illness"},
    "/parkings": {"reason": "papers"},
    "/promotions": {"reason": "illness"},
    "/moves": {"to": "B"},
    "/consultations": {"outcome": "answered"},
    "/questions": {"channel": "phone"},
    "/replies": {"outcome": "answered"},
    "/blocked-cases": {},
    "/advances": {"to": "sorted"},
    "/openings": {"clerk": "f" * 32},
    "/lines": {"lines": ["A"]},
    "/skills": {"lines": ["A"]},
    "/ratings": {"number": "A001", "level": 5},
    "/<id:mark>": {"level": 5},
    "/steps": {"to": "2026-11-24T01:00:00Z"},
    "/failures": {"reason": "device"},
    "/devices": {"kind": "pad", "name": "评价器"},
    "/<service:service>": {"active": False},
    "/<zone:zone>": {"chime": False},
    "/place": {"direction": "left"},
    "/zone": {"zone": None},
    "/sessions": {"username": "nobody", "password": "wrong"},
    "/takeovers": {"username": "nobody", "password": "wrong"},
    "/password": {"old": "wrong", "new": "another horse"},
    "/enrolments": {"code": "ABCDEFGH"},
}
VALUES = {"hall": HALL, "code": "2", "ticket": "f" * 32, "device": "f" * 32, "seq": "9999"}
VALUES |= {"consultation": "f" * 32, "question": "f" * 32, "case": "f" * 32}
VALUES |= {"job": "f" * 32}
VALUES |= {"alarm": "f" * 32, "member": "f" * 32, "mark": "f" * 32, "line": "A", "service": "A01", "zone": "hall"}
ACCESS = {"not_signed_in", "forbidden", "must_change_password", "csrf_failed"}


def path_of(route: Route, **values: str) -> str:
    """The route's address; ``values`` stand in for those of the small hall."""
    given = VALUES | values
    return re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", lambda found: given[found[1]], route.rule)


def body_of(route: Route) -> Any:
    ending = "/" + route.rule.rsplit("/", 1)[1]
    return {} if "/windows/" in route.rule and ending == "/sessions" else BODIES.get(ending, {})


#: Addresses outside the API that anybody may read. Nothing else is served.
OPEN_RULES = {
    "/",
    "/<any(kiosk, board, counter, manager, zero, pad, 'sign-in'):page>",
    "/rate/<hall:hall>/<id:ticket>/<id:mark>",
    "/board/preview",
    "/manager/voice",
    "/window/<window:code>",
    "/media/<name>",
    "/static/<path:name>",
    "/favicon.ico",
    "/healthz",
    "/openapi.json",
}
#: What a reader may send over a socket; none of it is an order.
SOCKET_MESSAGES = {"connect", "disconnect", SYNC, HERE}
assert EVENT not in SOCKET_MESSAGES
