"""Whether a number has had anything to do with the shop before. Must not judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopbell.domain.ids import E164

if TYPE_CHECKING:
    from sqlite_utils import Database


def is_known(db: Database, number: E164) -> bool:
    """Return whether somebody has this number on file, agreed with it, or was texted on it."""
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM contact WHERE number = :n)"
        " OR EXISTS (SELECT 1 FROM consent WHERE number = :n)"
        " OR EXISTS (SELECT 1 FROM text WHERE number = :n)",
        {"n": number},
    ).fetchone()
    return bool(row[0])
