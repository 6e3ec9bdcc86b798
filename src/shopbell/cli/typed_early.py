"""Keeps what is typed before a screen is drawn: unseen, and for the screen.

A terminal shows what is typed while no program reads, and it would stay in the window: somebody
quick types the passphrase then. Must not read any of it.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unseen() -> Iterator[None]:
    """Show nothing that is typed; afterwards the terminal is as it was.

    Lines are not gathered either, and Enter stays what the keyboard sends: what was typed reaches
    the screen as if it had been there. Without a terminal, or on Windows, nothing is changed.
    """
    try:
        import termios
    except ImportError:  # Windows
        yield
        return
    try:
        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)
        now = termios.tcgetattr(terminal)
        now[0] &= ~termios.ICRNL
        now[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(terminal, termios.TCSANOW, now)
    except (OSError, ValueError, termios.error):
        yield
        return
    try:
        yield
    finally:
        with contextlib.suppress(OSError, termios.error):
            termios.tcsetattr(terminal, termios.TCSANOW, before)
