"""The layout of a hall's screens: what is refused, where it is said, and what is stored."""

import json
from typing import Any

import pytest

from queue_server.domain.errors import UnknownLine
from queue_server.services import layouts
from queue_server.services.layouts import BadLayout, Layout
from queue_server.store import tables
from tests.services.looking import faults, refused, rows, types
from tests.support.halls import HALL, Bench

FULL: dict[str, Any] = {
    "boards": {
        "main": {
            "theme": "light",
            "scale": 110,
            "columns": 1,
            "listed": 12,
            "zones": ["hall"],
            "lines": ["A"],
            "second": "en",
            "notices": [{"text": "今天下午三点系统维护。", "text_en": "Maintenance at three."}],
            "media": [
                {"kind": "image", "file": "map.png", "seconds": 20},
                {"kind": "video", "file": "guide.mp4"},
                {"kind": "text", "text": "请带好身份证。"},
            ],
            "qr": {"url": "https://hall.example/", "text": "扫码看进度"},
            "places": {"A区": {"direction": "right", "floor": "2"}, "3": {"direction": "up"}},
        },
        "east": {},
    },
    "clerk": "name",
}


LONG = {"notices": [{"text": "长" * 80}] * 6}


def with_main(**board: Any) -> str:
    return json.dumps({"boards": {"main": board}})


def test_a_layout_is_read_back_as_it_was_written() -> None:
    layout = layouts.read(json.dumps(FULL))

    assert layouts.read(layouts.written(layout)) == layout
    assert layouts.of(layout.stored()) == layout
    assert layout.stored()["boards"]["east"] == {}
    assert Layout().stored() == {}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{", "the file"),
        ('{"boards": {"east": {}}}', "boards"),
        ('{"colour": "red"}', "colour"),
        (with_main(theme="pink"), "boards.main.theme"),
        (with_main(scale=200), "boards.main.scale"),
        (with_main(listed=40), "boards.main.listed"),
        (with_main(notices=[{"text": ""}]), "boards.main.notices.0.text"),
        (with_main(notices=[{"text": "a\u0000b"}]), "boards.main.notices.0.text"),
        (with_main(media=[{"kind": "image", "file": "../hall.db"}]), "boards.main.media.0.image.file"),
        (with_main(media=[{"kind": "image", "file": "drawing.svg"}]), "boards.main.media.0.image.file"),
        (with_main(media=[{"kind": "page", "file": "a.png"}]), "boards.main.media.0"),
        (with_main(qr={"url": "javascript:alert(1)"}), "boards.main.qr.url"),
        (with_main(places={"3": {"direction": "north"}}), "boards.main.places.3.direction"),
        (json.dumps({"boards": {"main": {}} | {f"b{n}": LONG for n in range(11)}}), ""),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(BadLayout) as refusal:
        layouts.read(text)

    assert str(refusal.value).startswith(f"{place or 'the file'}:")


def test_what_another_release_stored_is_the_default() -> None:
    assert layouts.of({"boards": {"main": {"hologram": True}}}) == Layout()
    assert layouts.of(None) == Layout()


def test_a_change_is_recorded_once_and_its_end_as_well(hall: Bench) -> None:
    layout = Layout.model_validate(FULL)
    hall.do(layouts.put, layout)
    hall.do(layouts.put, layout)

    assert types(hall.store)[-1:] == ["hall.layout_changed"]
    assert types(hall.store).count("hall.layout_changed") == 1
    assert rows(hall.store, tables.halls, id=HALL)[0]["layout"] == layout.stored()
    hall.do(layouts.put, Layout())
    assert rows(hall.store, tables.halls, id=HALL)[0]["layout"] is None
    assert not faults(hall.store)


def test_a_board_for_a_line_that_is_not_there_is_refused(hall: Bench) -> None:
    layout = layouts.read(with_main(lines=["A", "Q"]))

    with refused(hall, UnknownLine, line="Q"):
        hall.do(layouts.put, layout)
