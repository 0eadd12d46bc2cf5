"""The demonstration hall: 16 lines, 50 windows, 100 services and its staff. Figures are design assumptions."""

import json
import os
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from tqdm import tqdm

from queue_server.cli import catalogue
from queue_server.domain.day import DayState, Hall, due
from queue_server.domain.service import Service
from queue_server.domain.window import Line, Window
from queue_server.domain.zone import Zone
from queue_server.parts import Parts
from queue_server.services import access, days, setup

HALL = "demo"

#: Letter, Chinese and English name, mean handling in minutes, windows.
AREAS = [
    ("Z", "零号窗", "Zero window", 4, 5),
    ("A", "社保医保", "Social and medical insurance", 9, 6),
    ("B", "不动产", "Real estate", 20, 7),
    ("C", "出入境", "Exit and entry", 11, 4),
    ("H", "户籍身份证", "Household and ID cards", 10, 4),
    ("G", "公积金", "Housing fund", 12, 2),
    ("F", "婚姻民政", "Marriage and civil affairs", 20, 2),
    ("J", "企业开办", "Starting a business", 17, 4),
    ("S", "税务", "Taxes", 12, 5),
    ("R", "就业人才", "Employment and talent", 11, 2),
    ("W", "卫健生育", "Health and childbirth", 10, 1),
    ("X", "教育", "Education", 10, 1),
    ("K", "住房保障房管", "Housing", 14, 2),
    ("N", "车驾管交通", "Vehicles and traffic", 9, 2),
    ("P", "行业许可", "Trade permits", 20, 2),
    ("T", "残联退役优待", "Disability and veterans", 12, 1),
]
#: Windows that help other lines out: by window, the lines they take ten minutes later.
SECONDARY = {"23": ["A"], "36": ["A"], "37": ["X"], "38": ["W"], "40": ["B"], "45": ["A"]}
#: Floor areas by the number of a window, for the signs on the boards.
FLOOR_AREAS = [(0, "零号窗"), (13, "A区"), (25, "B区"), (36, "C区"), (99, "D区")]
#: Where one loudspeaker is heard: code, name, name in English, up to which window (0: the zero windows).
ZONES = [
    ("hall", "一楼大厅", "Level 1, lobby", 0),
    ("1a", "一楼A区", "Level 1, area A", 13),
    ("1b", "一楼B区", "Level 1, area B", 25),
    ("2f", "二楼", "Level 2", 99),
]
#: Which way people go from the lobby, and what the sign says, by zone.
WAYS = {
    "hall": ("ahead", "一楼大厅", "Lobby"),
    "1a": ("left", "一楼", "Level 1"),
    "1b": ("right", "一楼", "Level 1"),
    "2f": ("up", "二楼", "Level 2"),
}
OFFICES = [
    ("greeter", "导办员", "greeter"),
    ("supervisor", "值班主管", "supervisor"),
    ("manager", "大厅主任", "manager"),
    ("admin", "系统管理员", "administrator"),
    ("auditor", "审计员", "auditor"),
]


@dataclass(frozen=True)
class Account:
    username: str
    name: str
    role: str
    window: str | None = None


def hall() -> Hall:
    return Hall(HALL, "示范区政务服务中心", "Model District Service Centre", "Asia/Shanghai", demo=True)


def lines() -> list[Line]:
    return [
        Line(HALL, letter, name, name_en, "zero" if letter == "Z" else "specialist", position, minutes)
        for position, (letter, name, name_en, minutes, _) in enumerate(AREAS)
    ]


def windows() -> Iterator[Window]:
    number = 0
    for letter, _, _, _, count in AREAS:
        for place in range(1, count + 1):
            if letter == "Z":
                yield _placed(Window(HALL, f"Z{place}", "zero", place, FLOOR_AREAS[0][1], [letter]), 0)
                continue
            number += 1
            area = next(name for last, name in FLOOR_AREAS[1:] if number <= last)
            helped = SECONDARY.get(str(number), [])
            yield _placed(Window(HALL, str(number), "specialist", number, area, [letter], helped), number)


def _placed(window: Window, number: int) -> Window:
    """With its zone and the way there."""
    window.zone = next(code for code, _, _, last in ZONES if number <= last)
    window.direction, window.place, window.place_en = WAYS[window.zone]
    return window


def zones() -> list[Zone]:
    """The evening is quieter, and nobody is called aloud through the midday rest."""
    quiet, volumes = [["12:00", "13:30"]], [("08:00", 0.8), ("17:00", 0.6)]
    return [
        Zone(HALL, code, name, name_en, position, quiet=quiet, volumes=volumes)
        for position, (code, name, name_en, _) in enumerate(ZONES)
    ]


def services() -> list[Service]:
    return catalogue.services(HALL, catalogue.demonstration(), lines())


def accounts() -> list[Account]:
    seated = [
        Account(
            f"zero{window.number}" if window.kind == "zero" else f"clerk{window.number:02d}",
            f"零号窗员{window.number}" if window.kind == "zero" else f"窗口员{window.number:02d}",
            "clerk",
            window.code,
        )
        for window in windows()
    ]
    return seated + [Account(*office) for office in OFFICES]


def seed(parts: Parts) -> None:
    """Build the hall and its accounts, with one random password that is kept in the data folder."""
    password = "-".join(secrets.token_hex(2) for _ in range(3))
    members = accounts()
    # Hashing is slow on purpose and releases the interpreter: both cores share it.
    with ThreadPoolExecutor(2) as pool:
        hashed = pool.map(access.hasher.hash, [password] * len(members))
        hashes = list(tqdm(hashed, total=len(members), desc="accounts", unit="", leave=False))
    accounts_made = [
        setup.NewMember(member.username, member.name, member.role, password_hash)
        for member, password_hash in zip(members, hashes, strict=True)
    ]
    setup.found(parts.store, parts.clock, hall(), lines(), list(windows()), accounts_made, services(), zones())
    _keep_credentials(parts, password, members)


def _keep_credentials(parts: Parts, password: str, members: list[Account]) -> None:
    staff = [
        {"username": m.username, "password": password, "role": m.role, "name": m.name, "window": m.window}
        for m in members
    ]
    kept = {"hall": HALL, "kiosk_token": _enrolled(parts, "kiosk", "演示取号机"), "staff": staff}
    path = credentials_path(parts.settings.data)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(kept, file, ensure_ascii=False, indent=1)


def _enrolled(parts: Parts, kind: str, name: str) -> str:
    with parts.uow(HALL) as uow:
        device = access.create_device(uow, kind, name, parts.sign)["device"]
    with parts.uow(HALL, f"device:{device['id']}") as uow:
        return access.enrol(uow, access.enrolment_code(parts.sign, device["id"]))[1]


def credentials_path(data: Path) -> Path:
    return data / "demo-credentials.json"


def credentials(data: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(credentials_path(data).read_text())
    return loaded


def wake_up(parts: Parts) -> str | None:
    """Outside working hours, step the hall's clock to 08:20 of the next working morning.

    A stranger who tries the demonstration at night finds the hall open. A day that is under way is
    left alone, whatever the time: stopping and starting the server loses nothing. Returns the new
    hall time, or None when nothing was stepped.
    """
    with parts.uow(HALL) as uow:
        latest, overdue = uow.latest_day(), due(uow.hall(), uow.latest_day(), uow.now) == "close"
    if latest is not None and latest.state is not DayState.CLOSED and not overdue:
        return None
    if overdue:
        days.keep_timetable(lambda: parts.uow(HALL))
    stepped = _step_to_work(parts)
    days.keep_timetable(lambda: parts.uow(HALL))
    return stepped


def _step_to_work(parts: Parts) -> str | None:
    with parts.uow(HALL) as uow:
        here = hall().local(uow.now)
        starts, ends = hall().at(here.date(), "08:00"), hall().at(here.date(), "17:00")
        if hall().works_on(here.date()) and starts <= uow.now < ends:
            return None
        days.step_clock(uow, hall().next_opening(uow.now - timedelta(minutes=20), minutes_after=20))
        return hall().local(uow.now).strftime("%Y-%m-%d %H:%M")
