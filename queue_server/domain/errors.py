"""Refusals: a code for programs, facts for people, no prose."""

Fact = str | int


class Refused(Exception):
    """A rule refused the request; nothing was changed.

    ``code`` is part of the wire protocol (docs/protocol.md): clients branch on it and
    translate it, so a released code is never renamed or given another meaning.
    """

    code = "refused"

    def __init__(self, **facts: Fact) -> None:
        super().__init__(f"{self.code} {facts}" if facts else self.code)
        self.facts = facts


class UnknownHall(Refused):
    """No hall has this id."""

    code = "unknown_hall"


class UnknownLine(Refused):
    """The hall has no line with this letter."""

    code = "unknown_line"


class UnknownWindow(Refused):
    """The hall has no window with this code."""

    code = "unknown_window"


class UnknownService(Refused):
    """The hall has no service with this code."""

    code = "unknown_service"


class UnknownTicket(Refused):
    """The hall has no ticket with this id."""

    code = "unknown_ticket"


class UnknownAlarm(Refused):
    """The hall has no alarm with this id."""

    code = "unknown_alarm"


class UnknownClerk(Refused):
    """Nobody on the hall's staff with this id sits at a window, or may."""

    code = "unknown_clerk"


class UnknownConsultation(Refused):
    """The hall has no consultation with this id."""

    code = "unknown_consultation"


class UnknownCase(Refused):
    """The hall has no blocked case with this id."""

    code = "unknown_case"


class UnknownDay(Refused):
    """The hall was not open on this date."""

    code = "unknown_day"


class DayNotOpen(Refused):
    """The hall's day has not been opened, or is closed or closing."""

    code = "day_not_open"


class DayAlreadyOpen(Refused):
    """A business day is open: it must be closed before another is opened."""

    code = "day_already_open"


class TicketsInService(Refused):
    """The day cannot close while people are at windows, unless it is forced."""

    code = "tickets_in_service"


class IssuingClosed(Refused):
    """Outside the hours in which a kiosk gives numbers."""

    code = "issuing_closed"


class LineClosed(Refused):
    """The line takes nobody today."""

    code = "line_closed"


class LineOpen(Refused):
    """The line is open already."""

    code = "line_open"


class NumbersExhausted(Refused):
    """The line has given 9,999 numbers today."""

    code = "numbers_exhausted"


class IllegalMove(Refused):
    """The ticket is not in a state from which the move asked for is allowed."""

    code = "illegal_move"


class TicketOfAnotherDay(Refused):
    """The ticket belongs to a day that is not the open one."""

    code = "ticket_of_another_day"


class WindowClosed(Refused):
    """Nobody sits at the window."""

    code = "window_closed"


class WindowPaused(Refused):
    """The window is paused; it must be resumed before it calls."""

    code = "window_paused"


class WindowNotPaused(Refused):
    """Only a paused window can be resumed."""

    code = "window_not_paused"


class WindowBusy(Refused):
    """Somebody is called to or served at the window."""

    code = "window_busy"


class WindowTaken(Refused):
    """Another clerk sits at the window."""

    code = "window_taken"


class ClerkElsewhere(Refused):
    """The clerk already sits at another window."""

    code = "clerk_elsewhere"


class NotYourWindow(Refused):
    """Only the clerk who sits at the window may do this."""

    code = "not_your_window"


class SameLine(Refused):
    """The ticket already stands in this line."""

    code = "same_line"


class RecalledTooOften(Refused):
    """The ticket was called again as often as the hall allows."""

    code = "recalled_too_often"


class TooLateToUndo(Refused):
    """More than ten seconds have passed, or the window has called somebody since."""

    code = "too_late_to_undo"


class TooSoon(Refused):
    """The person was called a moment ago: one press cannot finish with them yet."""

    code = "too_soon"


class NotConfirmed(Refused):
    """The name and password on the spot are not a supervisor's of this hall."""

    code = "not_confirmed"


class ChoosingNotAllowed(Refused):
    """The hall does not let clerks call a ticket that is not next."""

    code = "choosing_not_allowed"


class TooManyStops(Refused):
    """A journey through the hall has at most eight stops."""

    code = "too_many_stops"


class ReinstatedTooLate(Refused):
    """More than the hall's limit has passed since the ticket was missed."""

    code = "reinstated_too_late"


class ReinstatedTooOften(Refused):
    """The ticket was missed and came back as often as the hall allows."""

    code = "reinstated_too_often"


class AlarmAccepted(Refused):
    """A colleague is on the way already."""

    code = "alarm_accepted"


class AlarmEnded(Refused):
    """The call for help is over."""

    code = "alarm_ended"


class AlreadyRated(Refused):
    """One rating for each journey: this one has been given."""

    code = "already_rated"


class AlreadyReplied(Refused):
    """The question was answered already."""

    code = "already_replied"


class WrongStep(Refused):
    """A blocked case takes one step after another, and is assigned to a department."""

    code = "wrong_step"


class LineRequired(Refused):
    """Whoever is sent on must be told to which line."""

    code = "line_required"


class NotRateable(Refused):
    """Nobody was served with this number, or it was too long ago."""

    code = "not_rateable"


class ClockBackwards(Refused):
    """A hall's clock never runs backwards."""

    code = "clock_backwards"


class NotADemoHall(Refused):
    """Only a demonstration hall's clock can be stepped."""

    code = "not_a_demo_hall"


class KeyReused(Refused):
    """The idempotency key was used before with another body."""

    code = "key_reused"


class NotSignedIn(Refused):
    """Nobody is signed in, and the action is not for everybody."""

    code = "not_signed_in"


class BadCredentials(Refused):
    """The user name or the password is wrong; which of them is not said."""

    code = "bad_credentials"


class LockedOut(Refused):
    """Too many wrong passwords; the account rests until ``until``."""

    code = "locked_out"


class TooManyAttempts(Refused):
    """Too many wrong passwords came from this address; the next is judged from ``until`` on."""

    code = "too_many_attempts"


class MustChangePassword(Refused):
    """The first password must be replaced before anything else."""

    code = "must_change_password"


class Forbidden(Refused):
    """The role may not do this, or not in this hall."""

    code = "forbidden"


class CSRFFailed(Refused):
    """A cookie authorised the order but the token against foreign pages is missing or wrong."""

    code = "csrf_failed"


class BadCode(Refused):
    """No device waits for this enrolment code, or the code is too old."""

    code = "bad_code"


class KeyRequired(Refused):
    """An order came without a usable Idempotency-Key."""

    code = "key_required"


class BadRequest(Refused):
    """The request does not have the form that the OpenAPI document asks for."""

    code = "bad_request"


class NotJSON(Refused):
    """The body is not declared as JSON."""

    code = "not_json"


class UnknownVersion(Refused):
    """The reader speaks another version of the news protocol."""

    code = "unknown_version"
