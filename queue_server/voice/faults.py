"""What can go wrong on the way from words to a wave, each with the worker's exit code."""

from enum import IntEnum
from typing import ClassVar


class Exit(IntEnum):
    """How the worker leaves. 1 is a traceback: a fault that nobody foresaw."""

    DONE = 0
    #: The announcement cannot be said; also a wrong option.
    BAD_ANNOUNCEMENT = 2
    ESPEAK_MISSING = 3
    WRONG_VOICE = 4
    ENGINE_FAILED = 5
    BAD_WAVE = 6
    BAD_LENGTH = 7
    SILENT = 8
    CANNOT_WRITE = 9
    BROKEN_BANK = 10


class Undelivered(Exception):
    """The wave was not made; nothing is left behind."""

    exit: ClassVar[Exit]


class EspeakMissing(Undelivered):
    """espeak-ng (program or library) or pyttsx3 is not on this machine."""

    exit = Exit.ESPEAK_MISSING


class WrongVoice(Undelivered):
    """The voice does not exist, or speaks another language than it says."""

    exit = Exit.WRONG_VOICE


class EngineFailed(Undelivered):
    """pyttsx3 or espeak broke off."""

    exit = Exit.ENGINE_FAILED


class BadWave(Undelivered):
    """The file is not a 16-bit mono wave."""

    exit = Exit.BAD_WAVE


class BadLength(Undelivered):
    """The wave cannot be this phrase: it is too short or too long for it."""

    exit = Exit.BAD_LENGTH


class Silent(Undelivered):
    """The wave is too quiet to be heard."""

    exit = Exit.SILENT


class BrokenBank(Undelivered):
    """The clips of the bank are missing, changed or cannot be decoded."""

    exit = Exit.BROKEN_BANK
