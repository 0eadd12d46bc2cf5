"""Refusals to screens, loudspeakers and printers. As in ``errors``, the code is the message."""

from queue_server.domain.errors import Refused


class UnknownAnnouncement(Refused):
    """The hall's log has no call at this position."""

    code = "unknown_announcement"


class UnknownDevice(Refused):
    """The hall has no device with this id."""

    code = "unknown_device"


class NoPrinter(Refused):
    """No ticket printer is enrolled for this window, nor one for the whole hall."""

    code = "no_printer"


class UnknownPrint(Refused):
    """The hall has no print job with this id, or it is another printer's."""

    code = "unknown_print"


class PrintTaken(Refused):
    """The print job was claimed before, or is over. Printing again is another job."""

    code = "print_taken"


class AlreadyStarted(Refused):
    """Another device speaks or has spoken this announcement, or it is no longer current."""

    code = "already_started"


class NotAnnouncer(Refused):
    """Another living device sounds in this zone."""

    code = "not_announcer"


class NotYourZone(Refused):
    """The device stands in another zone."""

    code = "not_your_zone"


class DeviceMute(Refused):
    """The device said that nobody can hear it."""

    code = "device_mute"


class UnknownZone(Refused):
    """The hall has no zone with this code."""

    code = "unknown_zone"
