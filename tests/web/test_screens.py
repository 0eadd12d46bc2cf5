"""What the screens ask for beside the news: layout, QR code, media, a clerk's name, and who may frame a page."""

import json
from typing import Any

import pytest

from tests.support.halls import HALL
from tests.web.visitors import Site, error

ROOT = f"/api/halls/{HALL}"
LAYOUT = f"{ROOT}/board-layout"


def arranged(site: Site, clerk: str = "hidden", **board: Any) -> None:
    answer = site.visitor("manager").send("PUT", LAYOUT, {"boards": {"main": board}, "clerk": clerk})
    assert answer.status_code == 200, answer.text


def policy(site: Site, path: str) -> dict[str, str]:
    header = site.visitor().get(path).headers["Content-Security-Policy"]
    return dict(part.split(" ", 1) for part in header.split("; "))


def test_everybody_reads_the_layout_and_the_news_carry_what_differs(site: Site) -> None:
    arranged(site, theme="light")
    read = site.visitor().get(LAYOUT).json["layout"]  # type: ignore[index]
    hall = site.visitor().get(f"{ROOT}/snapshot").json["snapshot"]["hall"]  # type: ignore[index]

    assert (read["boards"]["main"]["theme"], read["boards"]["main"]["listed"], read["clerk"]) == ("light", 8, "hidden")
    assert hall["layout"] == {"boards": {"main": {"theme": "light"}}}


def test_a_wrong_layout_is_refused_with_its_place_and_the_last_one_stays(site: Site) -> None:
    arranged(site, theme="contrast")
    body = {"boards": {"main": {"theme": "light", "scale": 900}}}
    answer = site.visitor("manager").send("PUT", LAYOUT, body)

    assert error(answer) == (400, "bad_request")
    assert answer.json["facts"]["field"] == "boards.main.scale"  # type: ignore[index]
    assert site.visitor().get(LAYOUT).json["layout"]["boards"]["main"]["theme"] == "contrast"  # type: ignore[index]


def test_the_code_is_what_the_manager_set_and_nothing_else(site: Site) -> None:
    code = f"{ROOT}/board-qr.svg"
    assert site.visitor().get(code).status_code == 404
    arranged(site, qr={"url": "https://hall.example/"})
    image = site.visitor().get(code)

    assert (image.status_code, image.mimetype) == (200, "image/svg+xml")
    assert site.visitor().get(f"{code}?url=https://elsewhere.example/").data == image.data
    assert site.visitor().get(f"{code}?board=none").status_code == 404


def test_a_clerk_s_name_is_shown_only_where_the_hall_decided_so(site: Site) -> None:
    citizen, name = site.visitor(), f"{ROOT}/windows/1/clerk"

    assert citizen.get(name).json == {"name": None}
    arranged(site, clerk="name")
    assert citizen.get(name).json == {"name": "clerk·王小明"}
    assert citizen.get(f"{ROOT}/windows/2/clerk").json == {"name": None}
    assert error(citizen.get(f"{ROOT}/windows/99/clerk")) == (404, "unknown_window")
    assert "王小明" not in json.dumps(citizen.get(f"{ROOT}/snapshot").json, ensure_ascii=False)


def test_media_come_in_parts_and_only_from_their_folder(site: Site) -> None:
    folder = site.parts.settings.data / "media"
    folder.mkdir()
    (folder / "film.mp4").write_bytes(bytes(range(100)))
    (folder / "page.html").write_text("<script>alert(1)</script>")
    part = site.visitor().get("/media/film.mp4", headers={"Range": "bytes=10-19"})

    assert (part.status_code, part.data, part.mimetype) == (206, bytes(range(10, 20)), "video/mp4")
    assert part.headers["Content-Range"] == "bytes 10-19/100"
    for name in ("page.html", "none.mp4", "..%2fhall.db", "%2e%2e/server.key", "..\\server.key", ".mp4", ""):
        assert site.visitor().get(f"/media/{name}").status_code == 404, name


def test_only_a_previewed_screen_may_be_in_a_frame_and_only_in_one_of_ours(site: Site) -> None:
    for path in ("/board?preview=1", "/window/1?preview=1"):
        assert policy(site, path)["frame-ancestors"] == "'self'", path
        assert "frame-src" not in policy(site, path)
    for path in ("/board", "/window/1", "/counter?preview=1", "/board/preview?preview=1", f"{LAYOUT}?preview=1"):
        assert policy(site, path)["frame-ancestors"] == "'none'", path
    assert policy(site, "/board/preview")["frame-src"] == "'self'"


@pytest.mark.parametrize("role", ["citizen", "clerk", "supervisor", "administrator", "screen"])
def test_only_a_manager_arranges(site: Site, role: str) -> None:
    assert site.visitor(role).send("PUT", LAYOUT, {}).status_code in (401, 403)
