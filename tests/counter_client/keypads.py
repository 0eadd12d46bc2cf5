"""A clerk at a keypad, for tests: types, hears, sees, and knows what was sent."""

from counter_client import keymap
from counter_client.keypad import Keypad
from counter_client.news import Heard
from counter_client.presser import Outcome
from counter_client.screen import Picture
from counter_client.sentences import Sentences
from counter_client.window_view import View, view_of

ME = "7"
LINES = {
    "A": {"letter": "A", "name": "社保医保", "name_en": "Insurance", "position": 1, "open": True},
    "B": {"letter": "B", "name": "不动产", "name_en": "Real estate", "position": 2, "open": True},
    "C": {"letter": "C", "name": "出入境", "name_en": "Passports", "position": 3, "open": True},
    "F": {"letter": "F", "name": "婚姻", "name_en": "Marriage", "position": 4, "open": False},
}


def window(code: str, number: int, lines: list[str], **more) -> dict:
    plain = {"kind": "specialist", "state": "open", "secondary": [], "clerk": f"clerk of {code}"}
    return {"code": code, "number": number, "lines": lines, **plain, **more}


def ticket(number: str, state: str, at: str | None = None) -> dict:
    return {"id": f"id-{number}", "number": number, "line": number.lstrip("VY")[0], "state": state, "window": at}


def seen(*tickets: dict, **mine) -> View:
    windows = [
        window("3", 3, ["A"], **{"secondary": ["B"], "clerk": ME} | mine),
        window("8", 8, ["B"]),
        window("Z1", 1, ["B"], kind="zero"),
    ]
    state = {
        "windows": {row["code"]: row for row in windows},
        "tickets": {row["number"]: row for row in tickets},
        "lines": LINES,
    }
    return view_of(state, ME, "3")


class Desk:
    def __init__(self, language: str = "zh-CN", keys: keymap.Keymap | None = None) -> None:
        self.sent: list[tuple[str, dict]] = []
        self.keypad = Keypad(keys or keymap.load(), Sentences(language), self._send)
        self.now = 100.0

    def _send(self, command: str, words: dict, view: View) -> None:
        self.sent.append((command, words))

    def hears(self, *tickets: dict, seq: int = 5, link: str = "live", stale: bool = False, **mine) -> "Desk":
        self.keypad.hear(Heard(link, seen(*tickets, **mine), seq, stale))
        return self

    def types(self, *keys: str, pause_s: float = 2.0) -> "Desk":
        for key in keys:
            self.now += pause_s
            self.keypad.press(key, self.now)
            self.keypad.pass_time(self.now)
        return self

    def gets(self, kind: str = "done", seq: int = 5, **more) -> "Desk":
        body = {"seq": seq, "ticket": {"number": "A003"}} if kind == "done" else {}
        self.keypad.answered(Outcome(kind, "next", "call", body=body, **more), self.now)
        return self

    @property
    def sees(self) -> Picture:
        return self.keypad.picture()


CALLED = ticket("A003", "called", "3")
SERVING = ticket("A003", "serving", "3")
