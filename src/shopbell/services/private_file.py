"""Writes a file that leaves the shop: readable by its owner only, whole or not at all.

Must not choose what is in it. A sheet, a dossier or an export is plain text outside the encrypted
file, so whoever asks for one names the place.
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from shopbell.errors import BadInput, DiskTrouble

_BESIDE = ("", "-wal", "-shm", "-journal", ".lock")
"""What may stand beside a shop file and belong to it."""


def refuse_taken(path: Path, *, shop_file: Path, replace: bool) -> None:
    """Refuse a place where nothing may be written, before any work is done.

    Raises:
        BadInput: there is something already, or it is no place for a file.
    """
    target = path.absolute()
    if not target.parent.is_dir():
        raise BadInput(
            f"There is no folder “{path.parent}”.",
            "Make it first, or name another.",
            code="no_file",
        )
    own = {(shop_file.parent.resolve() / (shop_file.name + end)) for end in _BESIDE}
    if target.parent.resolve() / target.name in own or target.resolve() in own:
        raise BadInput("That is the shop file itself.", "Choose another name.", code="bad_file")
    try:
        mode = os.lstat(target).st_mode
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from None
    if not replace:
        raise BadInput(
            f"There is already a file “{path}”.",
            "Choose another name, or add --force to replace it.",
            code="file_exists",
        )
    if not stat.S_ISREG(mode):
        raise BadInput(
            f"“{path}” is no ordinary file, so it is not replaced.",
            "Choose another name.",
            code="bad_file",
        )


def write_private(path: Path, data: bytes, *, shop_file: Path, replace: bool = False) -> None:
    """Write `data` to `path`, mode 0600. Blocks; call it off the event loop.

    The bytes are complete on the disk under another name before they appear at `path`.

    Raises:
        BadInput: see `refuse_taken`.
        DiskTrouble: it could not be written; nothing is left behind.
    """
    refuse_taken(path, shop_file=shop_file, replace=replace)
    target = path.absolute()
    draft = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if replace:
                draft.replace(target)
            else:
                # Unlike a rename, a link never replaces what appeared there meanwhile.
                _link(draft, target)
        finally:
            draft.unlink(missing_ok=True)
    except FileExistsError:
        refuse_taken(path, shop_file=shop_file, replace=False)
        raise
    except OSError as error:
        raise _unusable(path, error) from None


def _link(draft: Path, target: Path) -> None:
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:
        # Memory sticks know no links (FAT); the check was made a moment ago.
        draft.rename(target)


def _unusable(path: Path, error: Exception) -> DiskTrouble:
    why = getattr(error, "strerror", None) or "the name cannot be used"
    return DiskTrouble(f"“{path}” cannot be written: {why}.", "Choose another place and try again.")
