"""What the server measures of itself, in Prometheus' text form."""

import hmac

from flask import Blueprint, Response, request

from queue_server.metrics import exposition
from queue_server.parts import parts
from queue_server.web.orders import asked_by, plain

bp = Blueprint("metrics", __name__)


@plain(bp, "/metrics", "GET", "read_metrics", None)
def show_metrics() -> Response:
    """Counts and seconds of this server, as text; for whoever holds HALL_METRICS_TOKEN, and for staff who run it."""
    token = parts().settings.metrics_token
    given = request.headers.get("Authorization", "").encode()
    if not token or not hmac.compare_digest(given, f"Bearer {token}".encode()):
        asked_by("read_metrics", None)
    text, content_type = exposition()
    return Response(text, content_type=content_type)
