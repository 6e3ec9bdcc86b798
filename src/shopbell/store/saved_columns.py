"""The owner's word on the columns of files, known again by their header. Must not read files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.importing import Target
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

Columns = Mapping[Target, tuple[int, ...]]


def load(db: Database, fingerprint: str) -> Columns | None:
    """Return what was chosen for a file with this header, or None."""
    row = db.execute(
        "SELECT columns FROM saved_mapping WHERE fingerprint = ?", (fingerprint,)
    ).fetchone()
    if row is None:
        return None
    known = set(Target)
    return {
        Target(name): tuple(columns)
        for name, columns in json.loads(row[0]).items()
        # A later version may know more fields.
        if name in known
    }


def save(db: Database, fingerprint: str, columns: Columns, file_name: str, now: datetime) -> None:
    """Keep what was chosen; it replaces what was chosen before."""
    db.execute(
        "INSERT OR REPLACE INTO saved_mapping VALUES (?, ?, ?, ?)",
        (fingerprint, json.dumps(columns), file_name, to_text(now)),
    )
