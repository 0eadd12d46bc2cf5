"""A driver for pyttsx3 that joins the clips of a bank: ``pyttsx3.init("hallbank")`` after ``install()``.

What it is given to say is a line of clips (``bank.written``), not words: which clips make an announcement is decided
where it can be tested, in ``bank``. It writes files and never plays.
"""

import sys
from pathlib import Path
from typing import Any

from queue_server.voice import bank, library

NAME = "hallbank"


def install() -> None:
    """Make pyttsx3 find this driver: it imports drivers from its own package only."""
    import pyttsx3.drivers

    sys.modules[f"{pyttsx3.drivers.__name__}.{NAME}"] = sys.modules[__name__]


def buildDriver(proxy: Any) -> "HallBankDriver":  # noqa: N802 - pyttsx3's name
    return HallBankDriver(proxy)


class HallBankDriver:
    """pyttsx3 queues orders and runs them between startLoop and endLoop; errors are told by ``error`` notices."""

    def __init__(self, proxy: Any) -> None:
        self._proxy = proxy
        self._properties: dict[str, Any] = {"voice": None, "voices": [], "rate": 0, "volume": 1.0}
        self._looping = False

    def startLoop(self) -> None:  # noqa: N802
        """Nothing here happens in the background: freeing the queue runs all of it, the end of the loop last."""
        self._looping = True
        self._proxy.setBusy(False)

    def endLoop(self) -> None:  # noqa: N802
        self._looping = False

    def iterate(self) -> Any:
        self._proxy.setBusy(False)
        yield

    def save_to_file(self, text: str, filename: str) -> None:
        """Join the line of clips into ``filename``. Raises ValueError, BrokenBank, OSError (pyttsx3 tells them)."""
        self._proxy.notify("started-utterance")
        library.join(self._library(), bank.read(text), Path(filename))
        self._proxy.notify("finished-utterance", completed=True)

    def say(self, text: str) -> None:
        raise NotImplementedError("the bank writes files; the box with the loudspeaker plays them")

    def stop(self) -> None:
        """Nothing goes on between two orders."""

    def destroy(self) -> None:
        """Nothing is held."""

    def getProperty(self, name: str) -> Any:  # noqa: N802
        return self._properties[name]

    def setProperty(self, name: str, value: Any) -> None:  # noqa: N802
        """``voice`` is the banks to use: a ``Library``. Speed and volume are those of the recordings."""
        if name not in self._properties:
            raise KeyError(f"unknown property {name}")
        self._properties[name] = value

    def _library(self) -> library.Library:
        chosen = self._properties["voice"]
        return chosen if isinstance(chosen, library.Library) else library.open_bank()
