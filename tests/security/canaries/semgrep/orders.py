"""Planted faults that the rules must find, each in the line below its mark. Never imported."""
# ruff: noqa

import hmac

import flask
import flask_cors
import markupsafe
from flask_socketio import Namespace, SocketIO

from queue_server.web.orders import order, plain, read


@read(bp, "/days", "run_day")
def changing_read(who, hall):
    # finds: get-that-changes
    with parts().uow(hall) as uow:
        uow.record("day.opened")


@bp.get("/notes")
def changing_page():
    with parts().store.writer.connect() as connection:
        # finds: get-that-changes
        connection.execute(notes.delete())


@plain(bp, "/session", "GET", "read_public", None)
def changing_plain():
    # finds: get-that-changes
    return UnitOfWork(parts().store, "demo")


@read(bp, "/report", "read_report")
def reading_read(who, hall):
    with parts().store.reading() as connection:
        return log.head(connection, hall)


@plain(bp, "/session", "DELETE", "own_account", None)
def changing_order():
    with parts().uow("demo") as uow:
        return uow.seq


# finds: route-outside-the-table
@bp.post("/rockets")
def launch():
    return {}


# finds: route-outside-the-table
@app.route("/rockets", methods=["DELETE"])
def destroy():
    return {}


# finds: route-outside-the-table
app.add_url_rule("/rockets", "aim", lambda: {})

# finds: any-origin
SocketIO(app, async_mode="threading", cors_allowed_origins="*")
# finds: any-origin
SocketIO(app, cors_allowed_origins=["http://hall.example", "*"])
# finds: any-origin
flask_cors.CORS(app)
SocketIO(app, cors_allowed_origins=None)


def answer(response, request, parts):
    # finds: any-origin
    response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
    # finds: cookie-without-its-guards
    response.set_cookie("hall_session", "token", httponly=True)
    response.set_cookie("hall_session", "token", httponly=True, samesite="Strict", secure=True)
    # finds: proof-compared-as-text
    if request.headers["X-CSRF-Token"] != csrf_token(parts, request):
        return None
    # finds: proof-compared-as-text
    if request.args["code"] == parts.sign("enrolment"):
        return None
    hmac.compare_digest(request.headers["X-CSRF-Token"], csrf_token(parts, request))
    # finds: html-from-the-server
    markupsafe.Markup(request.args["name"])
    # finds: html-from-the-server
    return flask.render_template_string(request.args["page"])


class Orders(Namespace):
    # finds: socket-that-gives-orders
    def on_call(self, window):
        return window

    def on_sync(self, has):
        # finds: socket-that-gives-orders
        return perform(self.uow, has, None, 201, None)

    def on_here(self, _):
        with self._parts.uow("demo") as uow:
            access.seen(uow, "x")


# finds: socket-that-gives-orders
@socketio.on("issue", namespace="/news")
def issue(line):
    return line
