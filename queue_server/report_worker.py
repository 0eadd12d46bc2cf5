"""``python -m queue_server.report_worker``: answers questions about a day's figures, a line each."""

import json
import signal
import sys
from datetime import date, datetime
from typing import Any

from queue_server.report_process import IDLE_S
from queue_server.services.report import DayReport
from queue_server.store.engine import Store, open_store


def answer(store: Store, kept: dict[str, DayReport], question: dict[str, Any]) -> dict[str, Any]:
    """Answer one question, going on from what is kept of the same hall and day."""
    hall_id = question["hall"]
    wanted = date.fromisoformat(question["date"]) if question["date"] else None
    with store.reading() as connection:
        report = DayReport.going_on(connection, kept.get(hall_id), hall_id, wanted)
        if report is None:
            return {"error": "unknown_day"}
        kept[hall_id] = report
        return report.figures(connection, datetime.fromisoformat(question["now"]))


def main() -> None:
    store = open_store(json.loads(sys.stdin.readline()))
    store.take_time()
    kept: dict[str, DayReport] = {}
    # SIGALRM's default ends the process: nobody has asked for a while, and the fold is only a cache.
    signal.alarm(IDLE_S)
    for line in sys.stdin:
        print(json.dumps(answer(store, kept, json.loads(line))), flush=True)
        signal.alarm(IDLE_S)


if __name__ == "__main__":
    main()
