"""The loudspeaker and the devices: each call spoken once, silence noticed."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.domain.errors import BadCode
from queue_server.services import access, announcements
from tests.model.clock_rules import ClockRules
from tests.model.desk_rules import SOME
from tests.model.hall import no
from tests.model.papers import MINUTE, SECOND
from tests.model.press import NOBODY, sign

ANNOUNCER_LIVES = 6 * SECOND
CODE_LASTS = 15 * MINUTE
SPEAKERS = st.sampled_from(["speaker-1", "speaker-1", "speaker-2"])


def some(*states: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The rule is tried only while there are such announcements."""
    return precondition(lambda machine: any(call.state in states for call in machine.hall.spoken.values()))


class VoiceRules(ClockRules):
    def __init__(self) -> None:
        #: By device: kind, code and until when it is good, when it was last heard of, struck off.
        self.devices: dict[str, dict[str, Any]] = {}
        super().__init__()

    # -- the loudspeaker ---------------------------------------------------------------------

    def _announcement(self, n: int, *states: str) -> int:
        """Mostly one for which the order makes sense; else any event of the log, which may be none."""
        fitting = [seq for seq, call in self.hall.spoken.items() if call.state in states]
        return fitting[n // 8 % len(fitting)] if fitting and n % 8 else n

    @some("queued", "unspoken")
    @rule(n=SOME, device=SPEAKERS)
    def speak(self, n: int, device: str) -> None:
        seq, model = self._announcement(n, "queued", "unspoken"), self.hall.speak
        order = announcements.start
        self.press(f"speak {seq}", device, lambda uow: order(uow, seq, device), lambda: model(seq, device))

    @some("started")
    @rule(n=SOME, device=SPEAKERS)
    def spoken_out(self, n: int, device: str) -> None:
        seq, model = self._announcement(n, "started"), self.hall.spoken_out
        order = announcements.end
        self.press(f"spoken {seq}", device, lambda uow: order(uow, seq, device), lambda: model(seq, device))

    @some("queued", "started")
    @rule(n=SOME, device=SPEAKERS)
    def not_spoken(self, n: int, device: str) -> None:
        seq, model = self._announcement(n, "queued", "started"), self.hall.not_spoken
        order = announcements.fail
        self.press(f"fail {seq}", device, lambda uow: order(uow, seq, device, "player"), lambda: model(seq, device))

    @some("queued", "started")
    @rule(heard=st.booleans())
    def notice_silence(self, heard: bool) -> None:
        if heard:
            self.hear_of_device()

        def silence() -> int:
            with self.uow() as uow:
                return announcements.report_silence(uow)

        limit = self.hall.real - ANNOUNCER_LIVES
        lives = (one["kind"] == "screen" and one["seen"] >= limit and not one["off"] for one in self.devices.values())
        alive = any([*lives])
        self.by_itself("silence", silence, lambda: self.hall.notice_silence(alive))

    # -- devices -----------------------------------------------------------------------------

    @precondition(lambda self: len(self.devices) < 3)
    @rule(kind=st.sampled_from(["screen", "screen", "kiosk"]))
    def create_device(self, kind: str) -> None:
        answer = self.press(
            "device",
            "admin",
            lambda uow: access.create_device(uow, kind, "屏", sign),
            lambda: self._said("device.created"),
        )
        code = access.enrolment_code(sign, answer.body["device"]["id"])
        until = self.hall.real + CODE_LASTS
        self.devices[answer.body["device"]["id"]] = {
            "kind": kind,
            "code": code,
            "until": until,
            "seen": 0,
            "off": False,
        }

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
            return self._said("device.revoked")

        self.press(f"revoke {device}", "admin", lambda uow: access.revoke(uow, device), model, 200)

    def hear_of_device(self) -> None:
        screens = [device for device, one in self.devices.items() if one["kind"] == "screen"]
        for device in screens[:1]:
            with self.uow() as uow:
                access.seen(uow, device)
            self.devices[device]["seen"] = self.hall.real
