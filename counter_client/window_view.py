"""What a clerk needs to see of the hall, and what the one large key would do. Decides nothing: the server does."""

from dataclasses import dataclass, field
from typing import Any, Final

Row = dict[str, Any]

AT_WINDOW: Final = ("called", "serving")


@dataclass(frozen=True)
class View:
    """One window as the hall's news have it; ``window`` is None when the hall has no such window."""

    window: Row | None = None
    #: The ticket called to the window or in service there.
    ticket: Row | None = None
    #: People waiting by line: the window's own lines first, then those it helps with.
    waiting: dict[str, int] = field(default_factory=dict)
    #: Missed tickets of those lines.
    missed: list[Row] = field(default_factory=list)
    #: Every line of the hall, in its order, and every window.
    lines: list[Row] = field(default_factory=list)
    windows: list[Row] = field(default_factory=list)

    #: Somebody else sits there.
    taken: bool = False
    #: What the hall decides differently from the defaults, as the news have it.
    rules: Row = field(default_factory=dict)

    @property
    def state(self) -> str:
        return str(self.window["state"]) if self.window else "closed"

    def other_lines(self) -> list[Row]:
        """Where the ticket at the window can be handed on to."""
        own = self.ticket["line"] if self.ticket else None
        return [line for line in self.lines if line.get("open") and line["letter"] != own]

    def windows_of(self, line: str) -> list[Row]:
        """Open windows that serve a line."""
        serving = [w for w in self.windows if line in [*w.get("lines", ()), *w.get("secondary", ())]]
        return [window for window in serving if window["state"] == "open"]


def view_of(state: Row, staff: str, chosen: str) -> View:
    """The window where this clerk sits, wherever that was ordered from; else the one that was chosen."""
    # Copies: the news change the rows while another thread shows them.
    windows = {code: dict(row) for code, row in state["windows"].items()}
    tickets = [dict(row) for row in state["tickets"].values()]
    seat = next((w for w in windows.values() if w["state"] != "closed" and w.get("clerk") == staff), None)
    window = seat or windows.get(chosen)
    if window is None:
        return View(windows=list(windows.values()))
    letters = [*window["lines"], *window["secondary"]]
    waiting = {letter: sum(t["line"] == letter and t["state"] == "waiting" for t in tickets) for letter in letters}
    return View(
        window=window,
        ticket=next((t for t in tickets if t.get("window") == window["code"] and t["state"] in AT_WINDOW), None),
        waiting=waiting,
        missed=[t for t in tickets if t["state"] == "missed" and t["line"] in letters],
        lines=sorted(state["lines"].values(), key=lambda line: int(line.get("position", 0))),
        windows=list(windows.values()),
        taken=window["state"] != "closed" and window.get("clerk") not in (None, staff),
        rules=dict(state.get("hall", {}).get("rules") or {}),
    )


def next_action(view: View) -> str:
    """What the large button of the page would do. A window that somebody else has is opened in vain:
    the server refuses, and says who has it."""
    if view.state == "closed":
        return "open"
    if view.state == "paused":
        return "resume"
    if view.ticket is None:
        return "call"
    if view.ticket["state"] == "called" and view.rules.get("arrival", True):
        return "start"
    return "finish_and_call" if view.rules.get("one_press", True) else "finish"
