"""A hall's news as a box hears them, built by hand; real feeds and queues are fed with it."""

from datetime import UTC, datetime, timedelta

NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
EPOCH = "epoch-1"


def iso(after_s: float = 0.0) -> str:
    """Hall time, so many seconds after nine."""
    return (NINE + timedelta(seconds=after_s)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def log_hash(seq: int, history: str = EPOCH) -> str:
    return f"{history}#{seq}"


def event(seq: int, data: dict | None = None, after_s: float = 0.0) -> dict:
    kind = "ticket.called" if data else "other"
    return {"v": 1, "seq": seq, "type": kind, "at": iso(after_s), "hash": log_hash(seq), "data": data or {}}


def tick(seq: int, epoch: str = EPOCH, hash_: str | None = None, after_s: float = 0.0) -> dict:
    return {"epoch": epoch, "seq": seq, "hash": hash_ or log_hash(seq, epoch), "now": iso(after_s)}


def hello(seq: int) -> dict:
    return {"v": 1, "oldest": 1, "build": "test", **tick(seq)}


def snapshot(seq: int, epoch: str = EPOCH, after_s: float = 0.0, **state) -> dict:
    whole = {"hall": {}, "day": {"date": "2026-11-24", "state": "open"}, "lines": {}, "windows": windows()}
    whole |= {"tickets": {}, "announcements": []} | state
    return {"mode": "snapshot", **tick(seq, epoch, after_s=after_s), "snapshot": whole}


def replay(seq: int, *events: dict) -> dict:
    return {"mode": "replay", **tick(seq), "events": list(events)}


def windows(zero_windows: int = 2) -> dict:
    zero = {f"Z{n}": {"code": f"Z{n}", "kind": "zero", "number": n} for n in range(1, zero_windows + 1)}
    return zero | {str(n): {"code": str(n), "kind": "specialist", "number": n} for n in range(1, 6)}


def called(
    seq: int, number: str, window: str = "3", repeat: bool = False, after_s: float = 0.0, zone: str = "hall", **more
) -> dict:
    """An event's data: the ticket is called and an announcement waits to be spoken."""
    row = {"seq": seq, "number": number, "line": number[0], "window": window, "repeat": repeat, "state": "queued"}
    return {
        "tickets": [{"number": number, "line": number[0], "state": "called", "window": window}],
        "announcements": [{**row, "at": iso(after_s), "zone": zone, **more}],
    }


def zones(**settings) -> dict:
    """A hall with these zones; each without an announcer, quiet hours or anything else that is not given."""
    plain = {"languages": ["zh", "en"], "quiet": [], "volumes": [], "chime": True, "announcer": None}
    return {code: {"code": code, **plain, **more} for code, more in settings.items()}
