"""A server with the faults that sqlmap, wapiti and schemathesis must find. Started by the tests alone, on loopback.

It wants the same proof of being signed in as the product: a scanner that lost its cookie or token
on the way finds nothing here, and the test says so.
"""
# ruff: noqa

import sqlite3
import sys
from pathlib import Path

from flask import Flask, Response, abort, request

COOKIE = "hall_session=canary"
BEARER = "Bearer canary"


def make() -> Flask:
    app = Flask("canary")

    @app.before_request
    def signed_in() -> None:
        if request.path != "/" and COOKIE not in request.headers.get("Cookie", ""):
            if request.headers.get("Authorization") != BEARER:
                abort(401)

    @app.get("/")
    def home() -> str:
        links = "".join(f'<a href="{path}">x</a>' for path in ("/staff?name=a", "/hello?name=a", "/read?file=a"))
        return f"<html><body>{links}</body></html>"

    @app.get("/staff")
    def staff() -> Response:
        return found(request.args.get("name", ""))

    @app.post("/staff")
    def staff_by_order() -> Response:
        return found(str((request.get_json(silent=True) or {}).get("name", "")))

    @app.get("/hello")
    def hello() -> str:
        return f"<html><body><p>{request.args.get('name', '')}</p></body></html>"

    @app.get("/read")
    def read() -> Response:
        path = Path("/etc") / request.args.get("file", "")
        return Response(path.read_text() if path.is_file() else "", mimetype="text/plain")

    return app


def found(name: str) -> Response:
    """Who has this name: the value is written into the statement."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE staff (name TEXT, phone TEXT)")
    connection.execute("INSERT INTO staff VALUES ('a', '13800000000')")
    try:
        rows = connection.execute(f"SELECT name FROM staff WHERE name = '{name}'").fetchall()
    except sqlite3.Error as error:
        return Response(f"sqlite3.OperationalError: {error}", status=500, mimetype="text/html")
    return Response(f"<html><body>{rows}</body></html>", mimetype="text/html")


if __name__ == "__main__":
    make().run("127.0.0.1", int(sys.argv[1]), threaded=True)
