"""What is in a folder, for choosing a file. Must not open any file in it."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from shopbell.errors import BadInput

MOST = 180
"""Entries shown; a folder with more is narrowed down by typing."""

PEOPLE = frozenset({".csv", ".tsv", ".txt", ".vcf", ".xlsx"})
"""The ends of names of files that may hold contacts."""

APPOINTMENTS = frozenset({".csv", ".ics", ".tsv", ".txt", ".xlsx"})
"""The ends of names of files that may hold appointments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One folder or file."""

    path: Path
    is_folder: bool
    size: int
    """Bytes; 0 for a folder."""
    changed_at: datetime | None


def first_folder() -> Path:
    """Return where most files arrive: the downloads, or else the person's own folder."""
    downloads = Path.home() / "Downloads"
    return downloads if downloads.is_dir() else Path.home()


def listing(
    folder: Path, beginning: str = "", kinds: Collection[str] = PEOPLE
) -> tuple[Entry, ...]:
    """Return the files that may be meant, newest first, then the folders.

    Args:
        folder: where to look.
        beginning: only names that begin so, in any case.
        kinds: only files whose names end so.

    Raises:
        BadInput: the folder cannot be read.
    """
    try:
        with os.scandir(folder) as found:
            entries = [
                _entry(item)
                for item in found
                if not item.name.startswith(".")
                and item.name.casefold().startswith(beginning.casefold())
            ]
    except (OSError, ValueError) as error:
        raise BadInput(
            f"The folder “{folder}” cannot be read.", "Type the path of another one."
        ) from error
    folders = sorted((one for one in entries if one.is_folder), key=lambda one: one.path.name)
    files = sorted(
        (one for one in entries if not one.is_folder and one.path.suffix.lower() in kinds),
        key=lambda one: (-one.changed_at.timestamp() if one.changed_at else 0, one.path.name),
    )
    return tuple([*files, *folders][:MOST])


def split(typed: str, home: Path) -> tuple[Path, str]:
    """Return the folder and the beginning of a name that a typed path means."""
    whole = Path(typed.replace("~", str(home), 1)) if typed.startswith("~") else Path(typed)
    if typed.endswith(("/", os.sep)) or not typed:
        return whole, ""
    return whole.parent, whole.name


def _entry(item: os.DirEntry[str]) -> Entry:
    try:
        is_folder = item.is_dir()
        found = item.stat()
    except OSError:
        return Entry(path=Path(item.path), is_folder=False, size=0, changed_at=None)
    return Entry(
        path=Path(item.path),
        is_folder=is_folder,
        size=0 if is_folder else found.st_size,
        changed_at=datetime.fromtimestamp(found.st_mtime, UTC),
    )
