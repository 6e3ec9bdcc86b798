"""Gives a terminal back as it was when the screens are torn away from it. Must not wait for it.

A window that closes takes its terminal along. Where only the signal came, and the terminal is still
there, the last screen would stay on it for everybody to read.
"""

from __future__ import annotations

import contextlib
import os
import sys

_SCREENS = "textual"
"""No command loads it but the screens."""

_AS_BEFORE = (
    b"\x1b[?2026l"  # what was held back may be drawn
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"  # the mouse
    b"\x1b[?1004l\x1b[?2004l\x1b[<u"  # focus, pasting, the keys as newer terminals say them
    b"\x1b[0m\x1b[2J\x1b[H"  # nothing stays on the other screen either
    b"\x1b[?1049l\x1b[?25h"  # back to the first screen, with its cursor
)


def give_back(descriptor: int = 1) -> None:
    """Leave the screens' page, if the terminal is there and takes it at once."""
    if _SCREENS not in sys.modules or not os.isatty(descriptor):
        return
    with contextlib.suppress(OSError):
        blocked = os.get_blocking(descriptor)
        os.set_blocking(descriptor, False)
        try:
            os.write(descriptor, _AS_BEFORE)
        finally:
            os.set_blocking(descriptor, blocked)
    _type_as_before(descriptor)


def _type_as_before(descriptor: int) -> None:
    """Let the terminal show what is typed again, and take whole lines."""
    try:
        import termios
    except ImportError:  # Windows gives it back by itself
        return
    with contextlib.suppress(OSError, termios.error):
        modes = termios.tcgetattr(descriptor)
        modes[0] |= termios.ICRNL | termios.IXON
        modes[1] |= termios.OPOST
        modes[3] |= termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN
        termios.tcsetattr(descriptor, termios.TCSANOW, modes)
