"""The SHA-256 of a file that proves a yes or a no. Must not keep, copy or change the file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from shopbell.errors import BadInput


def sha256_of(path: Path, what: str = "") -> str:
    """Return the SHA-256 of a file, in hex. Blocks; call it off the event loop.

    Args:
        path: the scan or recording, wherever its owner keeps it.
        what: begins the error, for example "--evidence".

    Raises:
        BadInput: it is no file, is empty, or cannot be read.
    """
    said = f"{what}: " if what else ""
    path = _from_home(path)
    # A pipe or a device could make the caller wait for ever.
    if not _is_file(path):
        raise BadInput(f"{said}there is no file “{path}”.", "Check the name.", code="no_file")
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
            empty = file.tell() == 0
    except OSError as error:
        raise BadInput(
            f"{said}“{path}” cannot be read: {error.strerror or 'unknown reason'}.",
            "Check its permissions.",
            code="bad_file",
        ) from None
    if empty:
        raise BadInput(f"{said}“{path}” is empty.", "Check the name.", code="bad_file")
    return digest.hexdigest()


def _from_home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:  # "~somebody" whom this computer does not know
        return path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
