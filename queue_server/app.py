"""The application: parts, routes, news, jobs."""

import logging

import structlog
from flask import Flask
from flask_socketio import SocketIO
from werkzeug.routing import BaseConverter

from queue_server.config import Settings
from queue_server.parts import Parts, assemble
from queue_server.realtime import encoding, jobs
from queue_server.realtime.feed import HallNews
from queue_server.web import (
    catalogue,
    consulting,
    counter,
    errors,
    feed,
    floor,
    metrics,
    pages,
    printing,
    screens,
    session,
    supervision,
    takeover,
    voice,
)

#: The largest body of any order is a note of 300 characters.
LARGEST_BODY = 16 * 1024


class HallId(BaseConverter):
    regex = "[a-z0-9-]{1,32}"


class RandomId(BaseConverter):
    regex = "[0-9a-f]{32}"


class Letter(BaseConverter):
    regex = "[A-Z]"


class WindowCode(BaseConverter):
    regex = "[A-Za-z0-9]{1,8}"


class ZoneCode(BaseConverter):
    regex = "[a-z0-9-]{1,16}"


class ServiceCode(BaseConverter):
    regex = "[A-Z0-9][A-Z0-9-]{0,11}"


def create_app(settings: Settings) -> tuple[Flask, SocketIO]:
    """Build the app and its socket server; ``start_jobs`` then starts what runs by itself."""
    _set_up_logging(settings)
    app = Flask("queue_server", static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.converters.update(hall=HallId, id=RandomId, window=WindowCode, letter=Letter, service=ServiceCode)
    app.url_map.converters["zone"] = ZoneCode
    app.extensions["hall"] = assemble(settings)
    of_windows = (counter.bp, catalogue.bp, supervision.bp, consulting.bp, printing.bp, floor.bp)
    of_halls = (*of_windows, voice.bp, feed.bp, screens.bp)
    for blueprint in (session.bp, takeover.bp, *of_halls, metrics.bp, pages.bp):
        app.register_blueprint(blueprint)
    errors.install(app)
    pages.install(app)
    return app, _sockets(app, settings)


def _sockets(app: Flask, settings: Settings) -> SocketIO:
    socketio = SocketIO(
        app,
        async_mode=settings.async_mode,
        # Long polling needs sticky sessions; the pages' fall-back is our own polling of the news.
        transports=["websocket"],
        # Foreign origins are refused; the own origin is the library's default.
        cors_allowed_origins=None,
        ping_interval=5,
        ping_timeout=5,
        max_http_buffer_size=LARGEST_BODY,
        manage_session=False,
        json=encoding,
        always_connect=False,
    )
    app.extensions["readers"] = HallNews(parts_of(app), socketio)
    socketio.on_namespace(app.extensions["readers"])
    return socketio


def parts_of(app: Flask) -> Parts:
    parts: Parts = app.extensions["hall"]
    return parts


def start_jobs(app: Flask, socketio: SocketIO) -> None:
    jobs.start(parts_of(app), socketio, app.extensions["readers"])


def _set_up_logging(settings: Settings) -> None:
    level = logging.getLevelNamesMapping().get(settings.log_level.upper(), logging.INFO)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
