"""Keeps an unlocked file's secrets out of core dumps and out of reach of other programs.

Must not be called by anything but the start of the program. Protects from peers, not from root.
"""

from __future__ import annotations

import ctypes
import sys

_PR_SET_DUMPABLE = 4
"""From <linux/prctl.h>."""


def harden() -> None:
    """Write no core dumps, and on Linux let no process of the same user read our memory."""
    if sys.platform == "win32":
        return  # neither exists there
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
