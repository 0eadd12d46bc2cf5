"""The one translation of refusals and failures to HTTP."""

import structlog
from flask import Flask
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from queue_server.domain import device_errors, errors
from queue_server.domain.errors import Refused
from queue_server.report_process import ReportFailed
from queue_server.sparingly import Sparingly
from queue_server.store.engine import Busy, DiskFull

logger = structlog.get_logger()

STATUS: dict[type[Refused], int] = {
    errors.BadRequest: 400,
    errors.KeyRequired: 400,
    errors.UnknownVersion: 400,
    errors.NotSignedIn: 401,
    errors.BadCredentials: 401,
    errors.Forbidden: 403,
    errors.CSRFFailed: 403,
    errors.LockedOut: 403,
    errors.MustChangePassword: 403,
    errors.BadCode: 403,
    errors.NotYourWindow: 403,
    errors.NotConfirmed: 403,
    errors.UnknownHall: 404,
    errors.UnknownLine: 404,
    errors.UnknownWindow: 404,
    errors.UnknownService: 404,
    errors.UnknownTicket: 404,
    device_errors.UnknownAnnouncement: 404,
    device_errors.UnknownDevice: 404,
    errors.UnknownDay: 404,
    errors.UnknownAlarm: 404,
    errors.UnknownConsultation: 404,
    errors.UnknownCase: 404,
    errors.UnknownClerk: 404,
    device_errors.UnknownPrint: 404,
    device_errors.UnknownZone: 404,
    errors.NotJSON: 415,
    errors.DayNotOpen: 409,
    errors.DayAlreadyOpen: 409,
    errors.TicketsInService: 409,
    errors.IssuingClosed: 409,
    errors.LineClosed: 409,
    errors.NumbersExhausted: 409,
    errors.IllegalMove: 409,
    errors.TicketOfAnotherDay: 409,
    errors.WindowClosed: 409,
    errors.WindowPaused: 409,
    errors.WindowNotPaused: 409,
    errors.WindowBusy: 409,
    errors.WindowTaken: 409,
    errors.ClerkElsewhere: 409,
    errors.SameLine: 409,
    errors.ReinstatedTooLate: 409,
    errors.ReinstatedTooOften: 409,
    errors.ClockBackwards: 409,
    errors.NotADemoHall: 409,
    device_errors.AlreadyStarted: 409,
    device_errors.NotAnnouncer: 409,
    device_errors.NotYourZone: 409,
    device_errors.DeviceMute: 409,
    errors.LineOpen: 409,
    errors.RecalledTooOften: 409,
    errors.TooLateToUndo: 409,
    errors.TooSoon: 409,
    errors.ChoosingNotAllowed: 409,
    errors.TooManyStops: 409,
    errors.AlarmAccepted: 409,
    errors.AlarmEnded: 409,
    errors.AlreadyRated: 409,
    errors.NotRateable: 409,
    errors.AlreadyReplied: 409,
    errors.WrongStep: 409,
    errors.LineRequired: 409,
    device_errors.NoPrinter: 409,
    device_errors.PrintTaken: 409,
    errors.KeyReused: 422,
    errors.TooManyAttempts: 429,
}
#: What Flask itself refuses, as codes of ours.
HTTP_CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large", 415: "not_json"}


def refusal_status(refusal: Refused) -> int:
    return STATUS[type(refusal)]


def refused(refusal: Refused) -> ResponseReturnValue:
    return {"error": refusal.code, "facts": refusal.facts}, refusal_status(refusal)


def install(app: Flask) -> None:
    """Answer every failure in the one shape; what is not expected is logged and answered as ``internal``."""
    no_room = Sparingly(lambda times: logger.error("disk full: orders are refused; reading goes on", refused=times))

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ResponseReturnValue:
        code = error.code or 500
        return {"error": HTTP_CODES.get(code, "bad_request" if code < 500 else "internal"), "facts": {}}, code

    @app.errorhandler(Busy)
    def busy(error: Busy) -> ResponseReturnValue:
        return {"error": "busy", "facts": {}}, 503, {"Retry-After": "1"}

    @app.errorhandler(DiskFull)
    def disk_full(error: DiskFull) -> ResponseReturnValue:
        no_room()
        return {"error": "disk_full", "facts": {}}, 507

    @app.errorhandler(ReportFailed)
    def report_failed(error: ReportFailed) -> ResponseReturnValue:
        status = {"unknown_day": 404, "busy": 503}.get(str(error), 500)
        return {"error": str(error) if status != 500 else "internal", "facts": {}}, status

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> ResponseReturnValue:
        # The message may quote a row; only the kind and place are logged, never the values.
        logger.error("unexpected", kind=type(error).__name__, at=_place(error))
        if app.testing:
            raise error
        return {"error": "internal", "facts": {}}, 500

    app.register_error_handler(Refused, refused)


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
