"""A sheet from its content to the paper of a printer that is not there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import segno

from counter_client.printer import device
from counter_client.printer.device import Trouble, opener
from counter_client.printer.escpos_bytes import COLUMNS, MODULE_DOTS, QUIET, sheet_bytes, width, wrapped
from counter_client.printer.layout import Text, sheet_of
from tests.counter_client.fake_printer import Line, NetworkPrinter, Roll, SerialPrinter, ticking

GUIDE = "https://guide.example/a01"
CARD = {"code": "id-card", "name": "居民身份证", "name_en": "Resident ID card", "required": True, "copies": 2}
PHOTO = {"code": "photo", "name": "近期免冠照片", "name_en": "Recent photo", "required": True, "copies": 0}
SERVICES = [
    {"code": "A01", "name": "社会保障卡申领", "name_en": "Social security card", "papers": [CARD, PHOTO],
     "missing": ["id-card"], "place": "A区", "guide_url": GUIDE},
    {"code": "B01", "name": "存量房转移登记", "name_en": "Transfer of a home", "papers": [CARD], "missing": [],
     "place": "", "guide_url": None},
]  # fmt: skip
NOTICE = {
    "hall": {"name": "测试大厅", "name_en": "Test hall", "timezone": "Asia/Shanghai"},
    "at": "2026-11-24T01:00:00.000000Z",
    "number": "Z012",
    "services": SERVICES,
}


def content(language: str = "zh-CN", **more: Any) -> dict[str, Any]:
    return {"kind": "notice", "language": language, "notice": NOTICE | more}


def sheet(language: str = "zh-CN", paper_mm: int = 80, **more: Any) -> bytes:
    return sheet_bytes(sheet_of(content(language, **more)), paper_mm)


def printed(data: bytes) -> Roll:
    roll = Roll()
    roll.feed(data)
    return roll


def test_a_notice_says_what_is_missing_where_and_when_to_come_back() -> None:
    roll = printed(sheet())
    text = roll.text()

    assert len(roll.sheets) == 1
    for wanted in (
        "测试大厅",
        "一次性告知单",
        "Z012",
        "2026-11-24 09:00",
        "社会保障卡申领  A01",
        "材料已齐",
        "A区",
        "先预约",
    ):
        assert wanted in text
    assert "□ 居民身份证（另留复印件2份）" in text
    assert "近期免冠照片" not in text, "only what is missing"
    assert "Resident" not in text
    number = next(part for part in roll.sheets[0] if isinstance(part, Line) and "Z012" in part.text)
    assert (number.size, number.bold, number.centred) == (2, True, True)


def test_english_names_stand_below_the_chinese_ones_where_the_page_is_english() -> None:
    lines = printed(sheet("en")).text().split("\n")

    assert lines[lines.index("社会保障卡申领  A01") + 1] == "Social security card"
    assert lines[lines.index("□ 居民身份证（另留复印件2份）") + 1] == "   Resident ID card (and 2 copies to leave)"
    assert "One-time notice" in lines


def test_the_guide_is_a_qr_code_of_its_address_with_a_white_edge() -> None:
    [image] = printed(sheet()).images()
    wanted = [list(row) for row in segno.make(GUIDE, error="m", micro=False).matrix_iter(border=QUIET)]
    size = len(wanted)

    assert len(image.rows) == size * MODULE_DOTS
    assert len(image.rows[0]) <= 576
    dots = [[int(row[at * MODULE_DOTS]) for at in range(size)] for row in image.rows[::MODULE_DOTS]]
    assert dots == [[int(bool(dot)) for dot in row] for row in wanted]


def test_chinese_is_sent_as_gb18030_in_the_printer_s_own_mode_and_no_code_page_is_chosen() -> None:
    data = sheet("en")
    assert data.startswith(b"\x1b@\x1c&")
    assert b"\x1bt" not in data
    assert b"\x1c." not in data
    assert "一次性告知单".encode("gb18030") in data
    assert printed(data).code_pages == []


@pytest.mark.parametrize("paper_mm", sorted(COLUMNS))
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_line_is_wider_than_the_paper(paper_mm: int, language: str) -> None:
    long = [SERVICES[0] | {"name": "城乡居民基本养老保险关系转移接续申请" * 2, "name_en": "Transfer of pension " * 6}]
    for part in printed(sheet(language, paper_mm, services=long)).sheets[0]:
        if isinstance(part, Line):
            assert width(part.text) * part.size <= COLUMNS[paper_mm], part.text


def test_lines_break_between_words_and_not_before_a_mark() -> None:
    assert wrapped("bring the card, please", 12) == ["bring the", "card, please"]
    assert wrapped("一二三，四五", 6) == ["一二", "三，四", "五"]
    assert wrapped("□ 一二三四", 8, hanging=2) == ["□ 一二", "  三四"]
    assert wrapped("x" * 9, 4) == ["xxxx", "xxxx", "x"]
    assert wrapped("", 8) == [""]


def test_what_would_be_an_order_to_the_printer_is_not_sent() -> None:
    roll = printed(sheet_bytes([Text("社保\x1b@\x1dV\x00卡\n\x10\x04\x01")]))
    assert len(roll.sheets) == 1
    assert roll.text() == "社保 @ V 卡"


@pytest.fixture
def network() -> Iterator[NetworkPrinter]:
    found = NetworkPrinter()
    yield found
    found.close()


@pytest.fixture
def serial() -> Iterator[SerialPrinter]:
    found = SerialPrinter()
    yield found
    found.close()


def ticket_printer(where: str, clock: Any = None) -> device.TicketPrinter:
    return device.TicketPrinter(opener(where), clock=clock or ticking())


def reason(printer: device.TicketPrinter, data: bytes) -> str:
    with pytest.raises(Trouble) as trouble:
        printer.put(data)
    return trouble.value.reason


def test_a_sheet_comes_out_of_a_network_printer_and_the_paper_is_told(network: NetworkPrinter) -> None:
    printer = ticket_printer(f"tcp:127.0.0.1:{network.port}")
    assert not printer.put(sheet()).paper_low
    network.roll.mood.paper = "low"
    assert printer.put(sheet()).paper_low
    assert [network.roll.text(at) for at in (0, 1)] == [printed(sheet()).text()] * 2
    assert network.visits == 2


def test_a_sheet_comes_out_of_a_serial_printer(serial: SerialPrinter) -> None:
    ticket_printer(f"serial:{serial.path}:115200").put(sheet())
    assert serial.roll.text() == printed(sheet()).text()
    serial.roll.mood.paper = "out"
    assert reason(ticket_printer(f"serial:{serial.path}:115200"), sheet()) == "paper"


def test_nothing_is_sent_to_a_printer_that_says_it_cannot(network: NetworkPrinter) -> None:
    printer = ticket_printer(f"tcp:127.0.0.1:{network.port}")
    network.roll.mood.paper = "out"
    assert reason(printer, sheet()) == "paper"
    network.roll.mood.paper, network.roll.mood.offline = "enough", True
    assert reason(printer, sheet()) == "device"
    assert network.roll.taken < 20, "questions alone"


def test_paper_that_ends_in_the_middle_is_told(network: NetworkPrinter) -> None:
    network.roll.mood.lines_left = 3
    assert reason(ticket_printer(f"tcp:127.0.0.1:{network.port}"), sheet()) == "paper"
    assert network.roll.sheets == []


def test_a_line_that_breaks_in_the_middle_of_a_sheet_leaves_it_unknown(network: NetworkPrinter) -> None:
    network.roll.mood.hangs_up_after = 400
    assert reason(ticket_printer(f"tcp:127.0.0.1:{network.port}"), sheet() * 20) == "unknown"


def test_a_printer_that_is_not_there_is_offline(network: NetworkPrinter, tmp_path: Path) -> None:
    network.close()
    for where in (f"tcp:127.0.0.1:{network.port}", f"serial:{tmp_path}/none:9600", f"file:{tmp_path}/no/lp0"):
        assert reason(ticket_printer(where), sheet()) == "offline"


def test_a_printer_that_tells_nothing_is_believed(network: NetworkPrinter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "ANSWER_S", 0.1)
    network.roll.mood.mute = True
    ticket_printer(f"tcp:127.0.0.1:{network.port}").put(sheet())
    network.roll.mood.mute, network.roll.mood.without_end = False, True
    ticket_printer(f"tcp:127.0.0.1:{network.port}", ticking(8)).put(sheet())
    assert len(network.roll.sheets) == 2


def test_a_file_is_a_printer_that_tells_nothing(tmp_path: Path) -> None:
    ticket_printer(f"file:{tmp_path}/lp0").put(sheet())
    assert printed((tmp_path / "lp0").read_bytes()).text() == printed(sheet()).text()


@pytest.mark.parametrize("where", ["", "tcp:", "lpt:1", "usb:04b8", "serial:/dev/x:fast", "tcp:host:port"])
def test_an_address_that_is_none_is_refused(where: str) -> None:
    with pytest.raises(ValueError):
        opener(where)


def test_usb_printers_are_named_by_two_numbers() -> None:
    assert callable(opener("usb:04b8:0e15"))
