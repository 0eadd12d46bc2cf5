"""Values that name a person or open a door, and the search for them in whatever form they might take."""

import base64
import json
from collections.abc import Iterable
from urllib.parse import quote

#: What a hall's people could type in; each is unmistakable.
NAME = "欧阳测不准"
USERNAME = "ouyang.cebuzhun"
PASSWORD = "Kp7-swordfish-郁金香"
PHONE = "13857190246"
ID_CARD = "33010619870401773X"
NOTE = f"{NAME} {PHONE} 身份证 {ID_CARD} 材料缺一份"
WRONG_PASSWORD = "Kp7-swordfish-wrong"
UNKNOWN_USER = "someone.who.is.not.here"
STRAY_TOKEN = "stray-bearer-4f1c9a77e0"
STRAY_CODE = "QWERTY77"
DEVICE = "取号机·欧阳测不准办公室"
TYPED = {
    "name": NAME,
    "username": USERNAME,
    "password": PASSWORD,
    "phone": PHONE,
    "id card": ID_CARD,
    "note": "材料缺一份",
    "wrong password": WRONG_PASSWORD,
    "unknown user": UNKNOWN_USER,
    "stray token": STRAY_TOKEN,
    "stray code": STRAY_CODE,
    "device": DEVICE,
}
#: Names of fields that tell who was let pass before whom, or who sits where: for staff only.
STAFF_FIELDS = frozenset(
    [
        *("class", "ticket_class", "turn_at", "reference_at", "joined_at", "issued_at", "called_at", "ordinal"),
        *("because", "clerk", "notes", "note", "by", "username", "pause_reason", "served", "handling_s"),
        *(
            "target_window",
            "target_clerk",
            "stops",
            "brings",
            "promoted",
            "skills",
            "rules",
            "origin",
            "session",
            "token",
            "password",
        ),
    ]
)


def forms(value: str) -> Iterable[bytes]:
    """A value as text, escaped, percent-encoded, in the encodings of printers and old files, in hex and Base64."""
    raw = value.encode()
    yield raw
    yield json.dumps(value).strip('"').encode()
    yield json.dumps(value).strip('"').replace("\\", "\\\\").encode()
    yield quote(value).encode()
    yield repr(raw)[2:-1].encode()
    yield value.encode("gb18030")
    yield value.encode("utf-16-le")
    yield raw.hex().encode()
    # Base64 shifts with what stands before it: the middle of each of the three shifts.
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + raw)
        yield coded[4 * bool(shift) : len(coded) - 4]


def search(haystacks: dict[str, bytes], wanted: dict[str, str]) -> list[str]:
    """Where a planted value shows, as ``place: what``."""
    return sorted(
        f"{place}: {what}"
        for what, value in wanted.items()
        for place, content in haystacks.items()
        if any(form in content for form in forms(value) if len(form) >= 6)
    )


def fields(node: object) -> set[str]:
    """Every name of a field, however deep."""
    if isinstance(node, dict):
        return set(node).union(*(fields(value) for value in node.values()))
    return set().union(*(fields(value) for value in node)) if isinstance(node, list) else set()
