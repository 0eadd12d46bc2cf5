"""The loudspeaker and the devices: each call spoken once, silence noticed."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.domain.errors import BadCode
from queue_server.services import access, announcements, presence, zones
from tests.model.clock_rules import ClockRules
from tests.model.desk_rules import SOME
from tests.model.hall import no
from tests.model.papers import MINUTE, SECOND, Screen
from tests.model.press import NOBODY, sign

CODE_LASTS = 15 * MINUTE
STRANGERS = ("speaker-1", "speaker-2")
ZONES = st.sampled_from(["hall", "hall", "b", "x"])
#: How far behind the newest call what a screen has drawn is, whether it can be heard, what it is; None: it is silent.
Heard = tuple[int | None, str | None, str | None] | None
SAID = st.one_of(
    st.none(),
    st.tuples(
        st.sampled_from([None, 0, 0, 1, 1000]),
        st.sampled_from([None, "ok", "ok", "none", "muted", "failed"]),
        st.sampled_from([None, "box", "page"]),
    ),
)


def some(*states: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The rule is tried only while there are such announcements."""
    return precondition(lambda machine: any(call.state in states for call in machine.hall.spoken.values()))


class VoiceRules(ClockRules):
    def __init__(self) -> None:
        #: By device: kind, code and until when it is good, struck off.
        self.devices: dict[str, dict[str, Any]] = {}
        super().__init__()

    # -- the loudspeaker ---------------------------------------------------------------------

    def _announcement(self, n: int, *states: str) -> int:
        """Mostly one for which the order makes sense; else any event of the log, which may be none."""
        fitting = [seq for seq, call in self.hall.spoken.items() if call.state in states]
        return fitting[n // 8 % len(fitting)] if fitting and n % 8 else n

    def speaker(self, n: int) -> str:
        """Mostly a screen that is known; else a device of which the server has heard nothing."""
        known = [*self.hall.screens, *STRANGERS]
        return known[n % len(known)]

    @some("queued", "unspoken")
    @rule(n=SOME, by=SOME)
    def speak(self, n: int, by: int) -> None:
        self._speak(self._announcement(n, "queued", "unspoken"), self.speaker(by))

    def claimed_by(self, seq: int, by: int) -> str:
        """Mostly whoever claimed it."""
        call = self.hall.spoken.get(seq)
        return call.device if call and call.device and by % 4 else self.speaker(by)

    @some("started")
    @rule(n=SOME, by=SOME)
    def spoken_out(self, n: int, by: int) -> None:
        seq, model = self._announcement(n, "started"), self.hall.spoken_out
        order, device = announcements.end, self.claimed_by(seq, by)
        self.press(f"spoken {seq}", device, lambda uow: order(uow, seq, device), lambda: model(seq, device))

    @some("queued", "started")
    @rule(n=SOME, by=SOME, why=st.sampled_from(["player", "device", "render"]))
    def not_spoken(self, n: int, by: int, why: str) -> None:
        seq, model = self._announcement(n, "queued", "started"), self.hall.not_spoken
        order, device = announcements.fail, self.claimed_by(seq, by)
        self.press(f"fail {seq}", device, lambda uow: order(uow, seq, device, why), lambda: model(seq, device, why))

    @some("queued", "started")
    @rule(heard=st.booleans())
    def notice_silence(self, heard: bool) -> None:
        if heard:
            self.hear_of_device()

        def silence() -> int:
            with self.uow() as uow:
                return announcements.report_silence(uow)

        self.by_itself("silence", silence, self.hall.notice_silence)

    # -- who sounds, and what is shown -----------------------------------------------------------

    @precondition(lambda self: self.hall.screens)
    @rule(n=SOME, code=ZONES)
    def ask_for_zone(self, n: int, code: str) -> None:
        self._ask(code, self.speaker(n))

    @some("queued", "unspoken")
    @rule(speaks=st.booleans(), pause=st.sampled_from([0, 2, 3, 7]))
    def rivals(self, speaks: bool, pause: int) -> None:
        """Two boxes in one zone: the first has it, speaks or leaves its queue alone, and the other tries."""
        while len(boxes := [one.id for one in self.hall.screens.values() if not one.struck_off]) < 2:
            self.add_device("screen")
        first, second = boxes[:2]
        calls = [call for call in self.hall.spoken.values() if call.state in ("queued", "unspoken")]
        here = [call.seq for call in calls if call.zone == calls[0].zone]
        self.hear({first: {"sound": "ok"}, second: {"sound": "ok"}})
        self._ask(calls[0].zone, first)
        if speaks:
            self._speak(here[0], first)
        self.hall.real += pause * SECOND
        self._speak(here[-1], second)

    def _ask(self, code: str, device: str) -> None:
        order, model = zones.ask, self.hall.ask_for_zone
        self.press(f"zone {code}", device, lambda uow: order(uow, code, device), lambda: model(code, device))

    def _speak(self, seq: int, device: str) -> None:
        order, model = announcements.start, self.hall.speak
        self.press(f"speak {seq}", device, lambda uow: order(uow, seq, device), lambda: model(seq, device))

    @precondition(lambda self: self.hall.screens)
    @rule(n=SOME, code=st.sampled_from(["hall", "b", "x", None]))
    def place_screen(self, n: int, code: str | None) -> None:
        device, order, model = self.speaker(n), zones.place_device, self.hall.place_screen
        order_, model_ = (lambda uow: order(uow, device, code)), (lambda: model(device, code))
        self.press(f"place {device}", "admin", order_, model_, 200)

    @rule(window=st.sampled_from(["1", "3", "9"]), code=st.sampled_from(["hall", "b", "x", None]))
    def place_window(self, window: str, code: str | None) -> None:
        order, model = zones.place_window, self.hall.place_window
        change = {"zone": code}
        self.press(
            f"window {window}", "admin", lambda uow: order(uow, window, change), lambda: model(window, code), 200
        )

    @precondition(lambda self: self.hall.screens)
    @rule(first=SAID, second=SAID, third=SAID)
    def devices_say(self, first: Heard, second: Heard, third: Heard) -> None:
        """In one writing; those that say nothing at all are not heard."""
        newest = max(self.hall.spoken, default=0)
        heard = zip(self.hall.screens, (first, second, third), strict=False)
        self.hear({device: _told(newest, one) for device, one in heard if one is not None})

    def hear(self, told: dict[str, dict[str, Any]]) -> None:
        signs = {device: presence.Sign.of(one) for device, one in told.items()}

        def write() -> None:
            with self.uow() as uow:
                presence.note(uow, signs)

        said = {device: (one.get("shown"), one.get("sound"), one.get("kind")) for device, one in told.items()}
        self.by_itself("here", write, lambda: self.hall.devices_say(said))

    @precondition(lambda self: self.hall.spoken)
    @rule(behind=st.integers(0, 2))
    def notice_unshown(self, behind: int) -> None:
        def unshown() -> int:
            with self.store.reading() as connection:
                wanted = presence.has_unshown(connection, self.hall_id, self.clock())
            with self.uow() as uow:
                found = presence.report_unshown(uow)
            assert wanted is (found > 0)
            return found

        # Whatever the rule is for, it needs a call a few seconds old.
        self.hall.real += behind * 2 * SECOND
        self.by_itself("unshown", unshown, self.hall.notice_unshown)

    # -- devices -----------------------------------------------------------------------------

    @precondition(lambda self: len(self.devices) < 3)
    @rule(kind=st.sampled_from(["screen", "screen", "kiosk"]))
    def create_device(self, kind: str) -> None:
        self.add_device(kind)

    def add_device(self, kind: str) -> None:
        answer = self.press(
            "device",
            "admin",
            lambda uow: access.create_device(uow, kind, "屏", sign),
            lambda: self._said("device.created"),
        )
        code = access.enrolment_code(sign, answer.body["device"]["id"])
        until = self.hall.real + CODE_LASTS
        device = answer.body["device"]["id"]
        self.devices[device] = {"kind": kind, "code": code, "until": until, "off": False}
        if kind == "screen":
            self.hall.screens[device] = Screen(device)

    def _said(self, *events: str) -> dict[str, Any]:
        for event in events:
            self.hall.tell(event)
        return {}

    @precondition(lambda self: self.devices)
    @rule(n=SOME)
    def enrol(self, n: int) -> None:
        """A code works once, within a quarter of an hour."""
        if not self.devices:
            return
        device = [*self.devices.values()][n % len(self.devices)]
        good = device["until"] > self.hall.real and not device["off"]

        def use() -> bool:
            try:
                with self.uow() as uow:
                    access.enrol(uow, device["code"])
            except BadCode:
                return False
            return True

        self.by_itself("enrol", use, lambda: good and self._said("device.enrolled") == {})
        device["until"] = 0 if good else device["until"]

    @precondition(lambda self: self.devices)
    @rule(n=SOME)
    def strike_off(self, n: int) -> None:
        known = [*self.devices]
        device = known[n % len(known)] if known and n % 8 else NOBODY

        def model() -> Any:
            if device not in self.devices:
                return no({"unknown_device"})
            self.devices[device]["off"] = True
            if device in self.hall.screens:
                self.hall.screens[device].struck_off = True
            return self._said("device.revoked")

        self.press(f"revoke {device}", "admin", lambda uow: access.revoke(uow, device), model, 200)

    def hear_of_device(self) -> None:
        """The first screen says that it lives, as one of an older release does."""
        for device in [*self.hall.screens][:1]:
            self.hear({device: {}})


def _told(newest: int, heard: tuple[int | None, str | None, str | None]) -> dict[str, Any]:
    behind, sound, form = heard
    told = {"shown": None if behind is None else max(newest - behind, 0), "sound": sound, "kind": form}
    return {name: value for name, value in told.items() if value is not None}
