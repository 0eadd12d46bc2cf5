"""What the driver found: as a table for people and as JSON for programs."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from counter_client import compare, figures
from counter_client.drive import Driver
from counter_client.floor import Floor

Summary = dict[str, Any]


def of(floor: Floor, driver: Driver, shown: Mapping[str, Any], day: date, report: Mapping[str, Any] | None) -> Summary:
    """``shown`` is a snapshot, which says what lines and windows there are."""
    book = figures.all_figures(floor.book, shown["lines"], shown["windows"])
    differences = compare.disagreements(book, report) if report is not None else []
    return {
        "date": day.isoformat(),
        "book": book,
        "report": report,
        "compared": compare.size(book) if report is not None else 0,
        "disagreements": [difference._asdict() for difference in differences],
        "surprises": floor.book.surprises,
        "refusals": dict(floor.refusals),
        "retries": driver.retries,
        "replays": driver.replays,
    }


def pace(driver: Driver, steps: int, signing_in_s: float, driving_s: float) -> Summary:
    return {
        "orders": driver.orders,
        "clock_steps": steps,
        "signing_in_s": round(signing_in_s, 1),
        "driving_s": round(driving_s, 1),
        "orders_per_s": round((driver.orders + steps) / driving_s, 1) if driving_s > 0 else None,
        "latency": driver.latency(),
    }


def failed(result: Summary) -> bool:
    """Anything the book and the server do not agree on."""
    return bool(result["disagreements"] or result["surprises"])


def write(result: Summary, report: Mapping[str, Any] | None, path: Path | None) -> None:
    if path is not None:
        path.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"\n{result['date']}  times in minutes")
    print(compare.table(result["book"], report if report is not None else {}))
    latency = "  ".join(f"{name} {value:g}" for name, value in result["latency"].items())
    print(f"\n{result['orders']} orders and {result['clock_steps']} clock steps in {result['driving_s']} s")
    print(f"{result['orders_per_s']} a second; signing in {result['signing_in_s']} s; an order took {latency}")
    print(f"retries {result['retries']}  repeated answers {result['replays']}  refusals {result['refusals'] or 'none'}")
    for surprise in result["surprises"]:
        print(f"SURPRISE  {surprise}")
    for found in result["disagreements"]:
        print(f"DISAGREE  {found['where']} {found['figure']}: book {found['book']}, report {found['report']}")
    print(_verdict(result))


def _verdict(result: Summary) -> str:
    if not result["finished"]:
        return "stopped before the end: not compared"
    if failed(result):
        return f"{len(result['disagreements'])} disagreements, {len(result['surprises'])} surprises"
    return f"book and report agree in all {result['compared']} figures"
