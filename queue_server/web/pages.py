"""Pages, their assets, health, and the OpenAPI document."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, abort, jsonify, request, send_from_directory

from queue_server.parts import parts
from queue_server.services import news
from queue_server.services.layouts import MEDIA
from queue_server.web import assets, openapi
from queue_server.web.orders import ROUTES

STATIC = Path(__file__).resolve().parents[2] / "static"
PAGES = ("kiosk", "board", "counter", "manager", "zero", "pad", "sign-in")
#: The only page that may listen.
RECORDER = "/manager/voice"

bp = Blueprint("pages", __name__)


@bp.get("/")
def home() -> Response:
    return assets.send(STATIC / "home", "index.html")


@bp.get("/<any(kiosk, board, counter, manager, zero, pad, 'sign-in'):page>")
def page(page: str) -> Response:
    return assets.send(STATIC / page, "index.html")


@bp.get("/rate/<hall:hall>/<id:ticket>/<id:mark>")
def rate(hall: str, ticket: str, mark: str) -> Response:
    """The page behind a rating link. It says nothing about the ticket: only the order looks at it."""
    response = send_from_directory(STATIC / "rate", "index.html")
    # Whoever has the link may rate once; a search engine must not be among them.
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/board/preview")
def preview() -> Response:
    """Where a manager arranges the hall's screens; the orders look at who it is."""
    return send_from_directory(STATIC / "preview", "index.html")


@bp.get(RECORDER)
def recorder() -> Response:
    """Where a manager records the hall's own voice; it stays in the browser."""
    return send_from_directory(STATIC / "recorder", "index.html")


@bp.get("/window/<window:code>")
def window(code: str) -> Response:
    """The display above a window; ``zero`` is the one for all desks of the zero window."""
    return send_from_directory(STATIC / "window", "index.html")


@bp.get("/media/<name>")
def medium(name: str) -> Response:
    """A picture or film of the hall's own folder, also in parts."""
    if not MEDIA.match(name):
        abort(404)
    return send_from_directory(parts().settings.data.resolve() / "media", name)


@bp.get("/static/<path:name>")
def asset(name: str) -> Response:
    return assets.send(STATIC, name)


@bp.get("/favicon.ico")
def icon() -> Response:
    return Response(status=204)


@bp.get("/healthz")
def health() -> Response:
    """Whether the database answers, and where the log of the default hall stands."""
    with parts().store.reading() as connection:
        tick = news.tick(connection, parts().settings.hall, parts().clock())
    return jsonify(ok=True, seq=tick["seq"], epoch=tick["epoch"], now=tick["now"], build=build())


@bp.get("/openapi.json")
def show_openapi() -> dict[str, Any]:
    return openapi.document(ROUTES)


@cache
def build() -> str:
    """A fingerprint of the pages: a screen that sees another one reloads itself."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(STATIC).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def framing() -> str:
    """What may be in a frame of what: the page that arranges the screens shows one of them, and nothing else does."""
    if request.path == "/board/preview":
        return "frame-src 'self'; frame-ancestors 'none'"
    previewed = "preview" in request.args and (request.path == "/board" or request.path.startswith("/window/"))
    return "frame-ancestors 'self'" if previewed else "frame-ancestors 'none'"


def guard_document(response: Response) -> None:
    """What a browser may do with an answer that it shows, and what it gives away by following its links."""
    socket = f"ws://{request.host} wss://{request.host}"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"media-src 'self'; connect-src 'self' {socket}; base-uri 'none'; "
        f"form-action 'self'; {framing()}"
    )
    response.headers["Permissions-Policy"] = f"microphone={'(self)' if request.path == RECORDER else '()'}"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"


def install(app: Flask) -> None:
    """Headers that every answer carries: a strict content policy, no framing, no sniffing."""

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        # A page asks for 90 modules: what no browser looks at on a module weighed as much as all of them.
        if response.status_code >= 400 or not assets.never_a_document(request.path):
            guard_document(response)
        if request.path.startswith("/api/"):
            # What has a tag may be kept, and is asked for again before every use.
            response.headers["Cache-Control"] = "no-cache" if "ETag" in response.headers else "no-store"
        elif request.path.startswith("/static/vendor/") or request.path.endswith(".clips"):
            # Named by version or by what is in them.
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            # Revalidated on every load, so that a page and its modules are always of one build.
            response.headers["Cache-Control"] = "no-cache"
        return response
