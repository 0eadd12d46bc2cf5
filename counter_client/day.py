"""A realistic day through the real orders: prepare, drive, compare. See docs/day.md."""

import argparse
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from tqdm import tqdm

from counter_client import plan, summary
from counter_client.api import Api, Refusal
from counter_client.book import Book
from counter_client.crew import Crew, sign_in_all
from counter_client.demand import MINUTE, seconds_of
from counter_client.desk import Desk
from counter_client.drive import Driver
from counter_client.floor import Agenda, Floor
from counter_client.hall_clock import HallClock, day_to_drive, midnight

#: When the driver arrives, and after when it takes the next day instead.
STARTS: Final = "08:05"
LATEST: Final = "08:10"
#: How long after the timetable's close the figures are compared, in seconds.
AFTER_CLOSE_S: Final = 5 * MINUTE
#: Zero windows that stay open through noon.
THROUGH_NOON: Final = 2
#: How long the timetable may take to open or close a day, in real seconds.
TIMETABLE_S: Final = 60.0
#: With several workers, how finely the day is cut so that presses meet, in seconds.
GRID_S: Final = 15

Snapshot = dict[str, Any]


class DayError(Exception):
    """The hall did not do what the day needs."""


def add_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--credentials", type=Path, required=True, metavar="FILE", help="demo-credentials.json of the server's data")
    add("--tickets", type=_count, default=1300, help="people who take a number (default 1300)")
    add("--speed", type=float, default=120.0, help="hall seconds per real second, 0 = as fast as possible (120)")
    add("--seed", type=int, default=1, help="of the plan: arrivals, durations, no-shows (1)")
    add("--workers", type=_count, default=1, help="presses sent at once (1: one after another)")
    add("--until", type=seconds_of, metavar="HH:MM", help="stop then (default: five minutes after the day closes)")
    add("--date", type=date.fromisoformat, help="day to drive (default: today before 08:10, else next working day)")
    add("--json", type=Path, metavar="FILE", help="write the summary there")
    add("--quiet", action="store_true", help="no progress bars")


def _count(text: str) -> int:
    """A whole number from 1. Raises ValueError for anything else."""
    if int(text) < 1:
        raise ValueError(f"less than 1: {text}")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Drive the day; 0 when the book and the report agree in every figure, 1 when not, 130 when stopped."""
    begun = time.monotonic()
    crew = sign_in_all(options.server, options.hall, options.credentials, options.workers, options.quiet)
    signed_in = time.monotonic()
    clock, shown, day = _open_day(crew, options)
    floor = Floor(Agenda(1 if options.workers == 1 else GRID_S), Book(), crew.supervisor, crew.kiosks)
    driver = Driver(floor, _desks(floor, crew, shown, options.seed), clock, options.workers)
    for person in plan.people(options.seed, options.tickets):
        floor.agenda.at(person.at_s, lambda person=person: floor.arrive(person))  # type: ignore[misc]
    closes = seconds_of(shown["hall"]["closes"]) + AFTER_CLOSE_S
    until = closes if options.until is None else min(closes, options.until)
    started = time.monotonic()
    finished = _drive(driver, floor, until, options.quiet)
    ended = time.monotonic()
    if finished and until == closes:
        _wait_for(crew.supervisor, day, "closed")
        floor.book.day_closed()
    report = _report(crew.manager, day, floor) if finished else None
    result = summary.of(floor, driver, shown, day, report)
    result |= {"seed": options.seed, "workers": options.workers, "speed": options.speed, "finished": finished}
    result |= summary.pace(driver, clock.steps, signed_in - begun, ended - started)
    summary.write(result, report, options.json)
    return (1 if summary.failed(result) else 0) if finished else 130


def _open_day(crew: Crew, options: argparse.Namespace) -> tuple[HallClock, Snapshot, date]:
    """Step to the morning of the day to drive; answers the clock, the snapshot then, and the day."""
    synced = crew.supervisor.get("/snapshot", scope="staff").body
    hall = synced["snapshot"]["hall"]
    now = datetime.fromisoformat(synced["now"]).astimezone(ZoneInfo(hall["timezone"]))
    day = options.date or day_to_drive(now, hall.get("workdays", [1, 2, 3, 4, 5]), seconds_of(LATEST))
    clock = HallClock(crew.supervisor, midnight(day, hall["timezone"]), options.speed)
    clock.heard(synced["now"])
    clock.go_to(seconds_of(STARTS))
    return clock, _wait_for(crew.supervisor, day, "open"), day


def _report(manager: Api, day: date, floor: Floor) -> dict[str, Any] | None:
    """The server's figures; a server that cannot give them has failed the day, and the book is shown all the same."""
    try:
        return manager.get("/report", date=day.isoformat()).body
    except Refusal as refusal:
        floor.book.surprises.append(f"no report: {refusal}")
        return None


def _wait_for(api: Api, day: date, state: str) -> Snapshot:
    """The first snapshot in which ``day`` is ``state``. The timetable does it; this only looks."""
    give_up = time.monotonic() + TIMETABLE_S
    while True:
        snapshot: Snapshot = api.get("/snapshot", scope="staff").body["snapshot"]
        present = snapshot.get("day") or {}
        if (present.get("date"), present.get("state")) == (day.isoformat(), state):
            return snapshot
        if time.monotonic() > give_up:
            raise DayError(f"{day} is not {state}; the hall's day is {present or 'none'}")
        time.sleep(0.2)


def _desks(floor: Floor, crew: Crew, shown: Snapshot, seed: int) -> list[Desk]:
    """A desk for every window that has a clerk; its lines are the server's."""
    windows, hours = shown["windows"], shown["hall"]["hours"]
    zero = [code for code in windows if windows[code]["kind"] == "zero"][:THROUGH_NOON]
    desks = []
    for code in (code for code in windows if code in crew.clerks):
        shift = plan.shift(seed, code, code in zero, hours)
        lines = [*windows[code]["lines"], *windows[code]["secondary"]]
        desk = Desk(floor, crew.clerks[code], code, lines, shift, seconds_of(hours[-1][1]))
        floor.agenda.at(shift.opens_s, desk.open)
        desks.append(desk)
    return desks


def _drive(driver: Driver, floor: Floor, until_s: float, quiet: bool) -> bool:
    """Run to the end; False when the person at the keyboard stopped it."""
    start = seconds_of(STARTS)
    with tqdm(total=round((until_s - start) / MINUTE), desc="hall day", unit="min", disable=quiet) as bar:

        def show(when: float) -> None:
            bar.update(round((when - start) / MINUTE) - bar.n)
            book = floor.book
            waiting = sum(book.waiting.values())
            clock = f"{int(when) // 3600:02}:{int(when) // 60 % 60:02}"
            bar.set_postfix(at=clock, issued=len(book.entries), served=book.served, waiting=waiting, refresh=False)

        try:
            driver.run(until_s, show)
        except KeyboardInterrupt:
            return False
        finally:
            driver.shut()
    return True
