"""JSON for Socket.IO, into which text that is JSON already goes as it is."""

import json
from typing import Any


class Encoded(str):
    """A value's JSON, made before: a snapshot that hundreds ask for is encoded once."""

    __slots__ = ()


def dumps(value: Any, **options: Any) -> str:
    """As ``json.dumps``; a list's ``Encoded`` members are taken as they are."""
    if isinstance(value, list) and any(isinstance(member, Encoded) for member in value):
        return f"[{','.join(_member(member, options) for member in value)}]"
    return json.dumps(value, ensure_ascii=False, **options)


def _member(member: Any, options: dict[str, Any]) -> str:
    return str(member) if isinstance(member, Encoded) else json.dumps(member, ensure_ascii=False, **options)


loads = json.loads
