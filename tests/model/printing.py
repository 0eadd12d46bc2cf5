"""The model's ticket printers: which one prints, and how a sheet ends."""

from tests.model.hall import no
from tests.model.loudspeakers import Loudspeakers
from tests.model.papers import SECOND, Consultation, No, Print, Printer, Yes

LIVES, FETCHED, ENDED = 15 * SECOND, 30 * SECOND, 120 * SECOND


class Printing(Loudspeakers):
    def order_sheet(self, about: Consultation | None, clerk: str, language: str) -> No | Yes:
        if about is None:
            return no({"unknown_consultation"})
        seat = self.seat_of(clerk)
        printer = self._printer(seat.code if seat else about.window)
        if printer is None:
            return no({"no_printer"})
        sheet = Print(about, printer.id, language, self.now)
        self.sheets.append(sheet)
        self.tell("print.ordered")
        return {"job": sheet}

    def _printer(self, window: str | None) -> Printer | None:
        """The one beside the window, else one of the hall's; a living one first; else by their names."""
        near = [one for one in self.printers if not one.off and one.window in (None, window)]
        lives = [one for one in near if one.seen is not None and self.real - one.seen <= LIVES]
        for some in (lives, near):
            for place in {window: None, None: None}:
                found = sorted((one for one in some if one.window == place), key=lambda one: (one.name, one.id))
                if found:
                    return found[0]
        return None

    def claim_sheet(self, sheet: Print | None, device: str) -> No | Yes:
        return self._turn(sheet, device, "printing", "print.started", "queued")

    def end_sheet(self, sheet: Print | None, device: str) -> No | Yes:
        late = sheet is not None and sheet.reason == "unknown"
        return self._turn(sheet, device, "printed", "print.ended", "failed" if late else "printing")

    def fail_sheet(self, sheet: Print | None, device: str, reason: str) -> No | Yes:
        return self._turn(sheet, device, "failed", "print.failed", "queued", "printing", reason=reason)

    def _turn(
        self, sheet: Print | None, device: str, to: str, event: str, *states: str, reason: str | None = None
    ) -> No | Yes:
        if sheet is None or sheet.device != device:
            return no({"unknown_print"})
        if sheet.state not in states:
            return no({"print_taken"})
        self._become(sheet, to, event, reason)
        return {"job": sheet}

    def _become(self, sheet: Print, to: str, event: str, reason: str | None) -> None:
        sheet.state, sheet.reason = to, reason
        if to == "printing":
            sheet.started = self.now
        else:
            sheet.ended = self.now
        self.tell(event)

    def give_sheets_up(self) -> int:
        """What nobody fetched in half a minute, and what nobody ended in two."""
        stuck = [one for one in self.sheets if one.state == "queued" and self.now - one.at >= FETCHED]
        lost = [one for one in self.sheets if one.state == "printing" and self.now - (one.started or 0) >= ENDED]
        for sheet in stuck:
            self._become(sheet, "failed", "print.failed", "offline")
        for sheet in lost:
            self._become(sheet, "failed", "print.failed", "unknown")
        return len(stuck) + len(lost)
