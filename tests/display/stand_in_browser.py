"""A browser that only answers: keeps what it was asked and how it was started, and ends as its page tells it."""

import json
import os
import signal
import sys
from pathlib import Path

KEPT = Path(os.environ["STAND_IN_KEEPS"])
ANSWERS = {
    "Target.getTargets": {"targetInfos": [{"targetId": "page-1", "type": "page"}]},
    "Target.attachToTarget": {"sessionId": "session-1"},
}


def write(message):
    os.write(4, json.dumps(message).encode() + b"\0")


def messages():
    rest = b""
    while data := os.read(3, 65536):
        *whole, rest = (rest + data).split(b"\0")
        yield from (json.loads(text) for text in whole)


def main():
    with (KEPT / "starts").open("a") as starts:
        starts.write(json.dumps({"arguments": sys.argv[1:], "pid": os.getpid()}) + "\n")
    for message in messages():
        with (KEPT / "asked").open("a") as asked:
            asked.write(json.dumps(message) + "\n")
        write({"method": "Target.targetInfoChanged", "params": {}})
        write({"id": message["id"], "result": ANSWERS.get(message["method"], {})})
        if message["method"] != "Page.navigate":
            continue
        if "die" in message["params"]["url"]:
            sys.exit(7)
        if "crash" in message["params"]["url"]:
            write({"method": "Target.targetCrashed", "params": {}})
    while "deaf" in str(KEPT):
        signal.pause()


main()
