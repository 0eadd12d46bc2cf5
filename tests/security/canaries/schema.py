"""An API that does not keep what its document promises; schemathesis must find each fault."""

from typing import Any

from flask import Flask, Response, jsonify

#: Path → what schemathesis calls the fault.
FAULTS = {
    "/crash": "Server error",
    "/status": "Undocumented status code",
    "/kind": "Undocumented Content-Type",
    "/shape": "Response violates schema",
}
OBJECT = {"type": "object", "required": ["ok"], "properties": {"ok": {"type": "boolean"}}}
ANSWER = {"description": "Done", "content": {"application/json": {"schema": OBJECT}}}


def make() -> Flask:
    app = Flask("unkept")
    operation = {"parameters": [], "responses": {"200": ANSWER, "5XX": {"description": "never"}}}

    @app.get("/openapi.json")
    def document() -> dict[str, Any]:
        paths = {path: {"get": operation} for path in [*FAULTS, "/sound"]}
        return {"openapi": "3.1.0", "info": {"title": "unkept", "version": "1"}, "paths": paths}

    @app.get("/crash")
    def crash() -> tuple[Response, int]:
        return jsonify(error="planted"), 500

    @app.get("/status")
    def status() -> tuple[Response, int]:
        return jsonify(ok=True), 202

    @app.get("/kind")
    def kind() -> Response:
        return Response("<p>ok</p>", mimetype="text/html")

    @app.get("/shape")
    def shape() -> Response:
        return jsonify(ok="yes")

    @app.get("/sound")
    def sound() -> Response:
        return jsonify(ok=True)

    return app
