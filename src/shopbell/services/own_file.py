"""Writes one of the program's own small files, such as the settings: whole or not at all.

They stand in a folder of its own and hold nothing of a shop. Must not choose what is in them.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def write_own(path: Path, text: str) -> bool:
    """Write `text` over whatever was there; returns False, and changes nothing, if it cannot be."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")
    except OSError:
        return False
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(draft).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(draft).unlink()
        return False
    return True
