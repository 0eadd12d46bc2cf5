"""The model's orders about loudspeakers and screens: who sounds in a zone, what was spoken, what was shown."""

from typing import Any

from tests.model.hall import no
from tests.model.papers import SECOND, Call, No, Screen, Yes, Zone
from tests.model.zero_desk import ZeroDesk

#: With nobody to be heard in a zone a call is reported after 3 s, else after 45 s; a claim that never ends fails
#: after 90 s. A living announcer that leaves the head of its queue alone for 3 s loses the zone.
SILENT, LATE, STUCK = 3 * SECOND, 45 * SECOND, 90 * SECOND
#: A call that no screen shows is reported between these ages.
UNSHOWN, LONG_PAST = 3 * SECOND, 60 * SECOND
#: Calls that readers keep.
KEPT = 30
CLAIMABLE = ("queued", "unspoken")
#: What a device says: the newest call drawn, whether it can be heard, what it is. All None: only that it lives.
Said = tuple[int | None, str | None, str | None]


class Loudspeakers(ZeroDesk):
    # -- who sounds --------------------------------------------------------------------------

    def screen(self, device: str | None) -> Screen | None:
        found = self.screens.get(device or "")
        return None if found is None or found.struck_off else found

    def _not_free(self, zone: Zone, device: str) -> set[str]:
        """Another device that lives and can be heard holds the zone."""
        holder = self.screen(zone.announcer)
        held = holder is not None and holder.id != device and holder.heard(self.real)
        return {"not_announcer"} if held else set()

    def _leaves_its_queue_alone(self, zone: Zone) -> bool:
        here = [call for call in self.spoken.values() if call.zone == zone.code]
        waiting = [call.at for call in here if call.state in CLAIMABLE]
        ends = [call.ended for call in here if call.ended is not None and self.days and call.day == self.today.date]
        speaking = any(call.state == "started" for call in here)
        return bool(waiting) and not speaking and self.now - max([waiting[0], *ends]) >= 3 * SECOND

    def _hand_over(self, zone: Zone, device: str) -> None:
        zone.announcer = device
        if device in self.screens:
            self.screens[device].seen = self.real
        self.tell("zone.announcer_changed")

    def ask_for_zone(self, code: str, device: str) -> No | Yes:
        """The zone without a call; a box comes before a page."""
        zone, asking = self.zones.get(code), self.screen(device)
        if zone is None:
            return no({"unknown_zone"})
        if asking is None:
            return no({"unknown_device"})
        holder = self.screen(zone.announcer)
        why = set() if asking.serves(code) else {"not_your_zone"}
        if asking.mute:
            why.add("device_mute")
        if not (holder and (asking.form, holder.form) == ("box", "page")):
            why |= self._not_free(zone, device)
        if why:
            return no(why)
        if zone.announcer == device:
            return {"status": 200}
        self._hand_over(zone, device)
        return {}

    def place_screen(self, device: str, code: str | None) -> No | Yes:
        if code is not None and code not in self.zones:
            return no({"unknown_zone"})
        if device not in self.screens:
            return no({"unknown_device"})
        self.screens[device].zone = code
        for zone in self.zones.values():
            if zone.announcer == device and code not in (None, zone.code):
                zone.announcer = None
        self.tell("device.placed")
        return {}

    def place_window(self, code: str, zone: str | None) -> No | Yes:
        """Calls that wait are heard where they were."""
        window = self.windows.get(code)
        why = set() if zone in (None, *self.zones) else {"unknown_zone"}
        if window is None:
            return no(why | {"unknown_window"})
        if why:
            return no(why)
        window.zone = zone
        self.tell("window.placed")
        return {}

    # -- spoken ------------------------------------------------------------------------------

    def speak(self, seq: int, device: str) -> No | Yes:
        call = self.spoken.get(seq)
        if call is None:
            return no({"unknown_announcement"})
        zone, asking = self.zones[call.zone], self.screen(device)
        why = set() if call.state in CLAIMABLE else {"already_started"}
        if zone.announcer != device:
            if asking is not None and not asking.serves(zone.code):
                why.add("not_your_zone")
            if not self._leaves_its_queue_alone(zone):
                why |= self._not_free(zone, device)
        if why:
            return no(why)
        if zone.announcer != device:
            self._hand_over(zone, device)
        call.state, call.device, call.started = "started", device, self.now
        return self._said_of(call, "announcement.started")

    def spoken_out(self, seq: int, device: str) -> No | Yes:
        call = self.spoken.get(seq)
        if call is None:
            return no({"unknown_announcement"})
        if (call.state, call.device) != ("started", device):
            return no({"already_started"})
        call.state, call.ended = "ended", self.now
        known = self.screen(device)
        if known is not None and known.mute:
            known.sound = "ok"
        return self._said_of(call, "announcement.ended")

    def not_spoken(self, seq: int, device: str, reason: str) -> No | Yes:
        """Without sound a device holds no zone."""
        call = self.spoken.get(seq)
        if call is None:
            return no({"unknown_announcement"})
        if call.state not in CLAIMABLE and (call.state, call.device) != ("started", device):
            return no({"already_started"})
        call.state, call.device = "failed", device
        said = self._said_of(call, "announcement.failed")
        if reason != "render":
            self._fall_silent(device)
        return said

    def _fall_silent(self, device: str) -> None:
        if device in self.screens:
            self.screens[device].sound = "failed"
        held = [zone for zone in self.zones.values() if zone.announcer == device]
        for zone in held:
            zone.announcer = None
        if held:
            self.tell("zone.announcer_changed")

    def _said_of(self, call: Call, event: str) -> Yes:
        self.tell(event)
        return {"announcement": call}

    def notice_silence(self) -> int:
        """Calls that nobody spoke in time are reported, those that a device claimed and never ended have failed."""
        silent = [c for c in self.spoken.values() if c.state == "queued" and c.at <= self.now - self._limit(c.zone)]
        stuck = [c for c in self.spoken.values() if c.state == "started" and c.at <= self.now - STUCK]
        for call in silent:
            call.state = "unspoken"
            self.tell("announcement.unspoken")
        for call in stuck:
            call.state = "failed"
            self.tell("announcement.failed")
        return len(silent) + len(stuck)

    def _limit(self, zone: str) -> int:
        screens = [screen for screen in self.screens.values() if not screen.struck_off and screen.serves(zone)]
        return LATE if any(screen.heard(self.real) for screen in screens) else SILENT

    # -- shown -------------------------------------------------------------------------------

    def devices_say(self, said: dict[str, Said]) -> None:
        """Signs of life. The first screen and the last that has drawn a call are told, in one event for all calls."""
        for device, (drawn, sound, form) in said.items():
            screen = self.screens[device]
            screen.seen = self.real
            if (drawn, sound, form) != (None, None, None):
                screen.drawn, screen.sound, screen.form = drawn, sound, form
        if all(drawn is None for drawn, _, _ in said.values()):
            return
        if [call for call in self._latest() if self._is_newly_shown(call)]:
            self.tell("announcement.shown")

    def _latest(self) -> list[Call]:
        day = self.days[-1].date if self.days else None
        return [call for call in self.spoken.values() if call.day == day][-KEPT:]

    def _drawn(self, call: Call) -> tuple[int, int]:
        """How many of how many."""
        known = [s for s in self.screens.values() if not s.struck_off and s.serves(call.zone) and s.lives(self.real)]
        drawn = [screen.drawn for screen in known if screen.drawn is not None]
        return sum(seq >= call.seq for seq in drawn), len(drawn)

    def _is_newly_shown(self, call: Call) -> bool:
        shown, of = self._drawn(call)
        everywhere = call.shown_at is not None and call.shown == call.of
        if everywhere or not shown or (call.shown_at is not None and shown < of):
            return False
        call.shown, call.of = shown, of
        call.shown_at = self.now if call.shown_at is None else call.shown_at
        return True

    def notice_unshown(self) -> int:
        unshown = [call for call in self._latest() if self._is_unshown(call)]
        for call in unshown:
            call.unshown = self.now
        if unshown:
            self.tell("announcement.unshown")
        return len(unshown)

    def _is_unshown(self, call: Call) -> bool:
        if call.shown_at is not None or call.unshown is not None or call.state == "replaced":
            return False
        asked: list[Any] = [s for s in self.screens.values() if not s.struck_off and s.serves(call.zone)]
        proves = any(screen.drawn is not None for screen in asked)
        return proves and UNSHOWN <= self.now - call.at <= LONG_PAST and self._drawn(call)[0] == 0
