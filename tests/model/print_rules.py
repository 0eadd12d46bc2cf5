"""Sheets on ticket printers: each printed once, or known not to be."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from queue_server.domain.printing import PrintFailure
from queue_server.services import access, presence, printing
from tests.model.desk_rules import SOME
from tests.model.papers import Print, Printer
from tests.model.press import NOBODY, sign
from tests.model.zero_rules import ZeroRules

#: Reasons that a printer's program may report.
REASONS = st.sampled_from(["paper", "device", "unknown"])


class PrintRules(ZeroRules):
    # -- printers ----------------------------------------------------------------------------

    @precondition(lambda self: len(self.hall.printers) < 3)
    @rule(window=st.sampled_from([None, "Z1", "1"]))
    def add_printer(self, window: str | None) -> None:
        made = self.press(
            "printer",
            "admin",
            lambda uow: access.create_device(uow, "printer", f"小票{len(self.hall.printers)}", sign, window),
            lambda: {"seq": self.hall.tell("device.created")},
            body=str(window),
        ).body["device"]

        def enrol() -> None:
            with self.uow() as uow:
                access.enrol(uow, access.enrolment_code(sign, made["id"]))

        self.by_itself("enrol printer", enrol, lambda: self.hall.tell("device.enrolled") and None)
        self.hall.printers.append(Printer(made["id"], made["name"], window))

    @precondition(lambda self: self.hall.printers)
    @rule(n=SOME)
    def hear_of_printer(self, n: int) -> None:
        printer = self.hall.printers[n % len(self.hall.printers)]
        with self.uow() as uow:
            presence.note(uow, {printer.id: presence.Sign()})
        printer.seen = self.hall.real

    @precondition(lambda self: self.hall.printers)
    @rule(n=SOME)
    def strike_off_printer(self, n: int) -> None:
        printer = self.hall.printers[n % len(self.hall.printers)]

        def model() -> Any:
            printer.off = True
            return {"seq": self.hall.tell("device.revoked")}

        if n % 4 == 0:
            self.press(f"revoke {printer.id}", "admin", lambda uow: access.revoke(uow, printer.id), model, 200)

    # -- sheets ------------------------------------------------------------------------------

    @precondition(lambda self: self.hall.consultations)
    @rule(n=SOME, clerk=st.sampled_from(["clerk-Z1", "clerk-1", "greeter"]), language=st.sampled_from(["zh-CN", "en"]))
    def order_sheet(self, n: int, clerk: str, language: str) -> None:
        known = self.hall.consultations
        about = known[n // 8 % len(known)] if n % 8 else None
        about_id, model = about.id if about else NOBODY, self.hall.order_sheet
        self.press(
            f"print {about_id}",
            clerk,
            lambda uow: printing.order_notice(uow, about_id, clerk, language),
            lambda: model(about, clerk, language),
            body=language,
        )

    def _sheet(self, n: int, *states: str) -> Print | None:
        """Mostly one for which the order makes sense."""
        fitting = [one for one in self.hall.sheets if one.state in states] if n % 8 else self.hall.sheets
        return fitting[n // 8 % len(fitting)] if n and fitting else None

    def _by(self, sheet: Print | None, right: bool) -> str:
        others = [one.id for one in self.hall.printers if sheet is None or one.id != sheet.device]
        return sheet.device if sheet is not None and (right or not others) else (others or [NOBODY])[0]

    @precondition(lambda self: self.hall.sheets)
    @rule(n=SOME, right=st.sampled_from([True, True, True, False]))
    def claim_sheet(self, n: int, right: bool) -> None:
        sheet, model = self._sheet(n, "queued"), self.hall.claim_sheet
        job, device = sheet.id if sheet else NOBODY, self._by(sheet, right)
        self.press(f"claim {job}", device, lambda uow: printing.start(uow, job, device), lambda: model(sheet, device))

    @precondition(lambda self: self.hall.sheets)
    @rule(n=SOME, right=st.sampled_from([True, True, True, False]))
    def end_sheet(self, n: int, right: bool) -> None:
        sheet, model = self._sheet(n, "printing", "failed"), self.hall.end_sheet
        job, device = sheet.id if sheet else NOBODY, self._by(sheet, right)
        self.press(f"end {job}", device, lambda uow: printing.end(uow, job, device), lambda: model(sheet, device))

    @precondition(lambda self: self.hall.sheets)
    @rule(n=SOME, right=st.sampled_from([True, True, True, False]), reason=REASONS)
    def fail_sheet(self, n: int, right: bool, reason: str) -> None:
        sheet, model = self._sheet(n, "queued", "printing"), self.hall.fail_sheet
        job, device = sheet.id if sheet else NOBODY, self._by(sheet, right)
        self.press(
            f"fail {job}",
            device,
            lambda uow: printing.fail(uow, job, device, PrintFailure(reason)),
            lambda: model(sheet, device, reason),
            body=reason,
        )

    @precondition(lambda self: any(one.state in ("queued", "printing") for one in self.hall.sheets))
    @rule(seconds=st.sampled_from([0, 30, 120]))
    def give_sheets_up(self, seconds: int) -> None:
        self.hall.real += seconds * 1_000_000

        def work() -> int:
            with self.uow() as uow:
                return printing.give_up(uow)

        self.by_itself("give sheets up", work, self.hall.give_sheets_up)
