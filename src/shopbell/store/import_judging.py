"""What becomes of each staged row: new, changed, as before, or off the list.

Takes those who said stop off the stage; must not write to the shop file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from shopbell.domain.ids import E164, ContactId
from shopbell.domain.import_choices import Ours
from shopbell.domain.importing import (
    ConsentCounts,
    FieldChange,
    ImportCounts,
    RowFate,
    RowPreview,
)
from shopbell.domain.merging import ours_kept, updated
from shopbell.domain.people import ContactDraft
from shopbell.store.import_stage import DRAFT, WIDTH, count_staged, draft_of_row
from shopbell.store.shop_row import blind_key, hashed

if TYPE_CHECKING:
    from sqlite_utils import Database

SHOWN = 200
"""Rows of each fate that a person may look through."""

_FIELDS = ("name", "note", "email", "tags", "zone", "region", "birthday")

Rows = dict[RowFate, tuple[RowPreview, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """What the stage does, or would do, to the shop file."""

    counts: ImportCounts
    consents: ConsentCounts
    rows: Rows
    ours: tuple[RowPreview, ...]
    """Rows in which a field stays as it is by the owner's word."""
    ours_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A contact of which the stage says something else than the shop."""

    row: int
    id: ContactId
    old: ContactDraft
    draft: ContactDraft
    """What it becomes."""
    said: ContactDraft
    """What it would become if the file won everywhere."""
    updated_at: str

    @property
    def preview(self) -> RowPreview:
        """What a person sees of it."""
        return RowPreview(
            row=self.row,
            number=self.draft.number,
            name=self.draft.name,
            changes=_differences(self.old, self.draft),
            kept=_differences(self.draft, self.said),
        )


def judged(db: Database, ours: Ours) -> tuple[Staged, list[Change]]:
    """Take those who said stop off the stage, and say what becomes of the others."""
    stopped = _unstage_stopped(db)
    changes: list[Change] = []
    kept: list[RowPreview] = []
    kept_count = 0
    for change in _changes(db, ours):
        if change.draft != change.old:
            changes.append(change)
        if change.draft != change.said:
            kept_count += 1
            if len(kept) < SHOWN:
                kept.append(change.preview)
    known = _count(db, "staged s JOIN contact c ON c.number = s.number")
    counts = ImportCounts(
        new=_count(db, "staged") - known,
        updated=len(changes),
        unchanged=known - len(changes),
        parked=count_staged(db, "parked"),
        duplicates=count_staged(db, "double"),
        suppressed=len(stopped),
    )
    rows = {
        RowFate.NEW: _previews(db, _NEW),
        RowFate.UPDATED: tuple(change.preview for change in changes[:SHOWN]),
        RowFate.UNCHANGED: _unchanged(db, {change.id for change in changes}),
        RowFate.DUPLICATE: _previews(db, _DOUBLE),
        RowFate.SUPPRESSED: tuple(stopped[:SHOWN]),
    }
    staged = Staged(
        counts=counts,
        rows=rows,
        consents=ConsentCounts(),
        ours=tuple(kept),
        ours_count=kept_count,
    )
    return staged, changes


_NEW = (
    "SELECT s.row, s.number, s.name FROM temp.staged s"
    " WHERE NOT EXISTS (SELECT 1 FROM contact c WHERE c.number = s.number) ORDER BY s.row LIMIT ?"
)
_DOUBLE = "SELECT row, number, name FROM temp.staged_double ORDER BY row LIMIT ?"


def _previews(db: Database, query: str) -> tuple[RowPreview, ...]:
    return tuple(
        RowPreview(row=row, number=E164(number), name=name)
        for row, number, name in db.execute(query, (SHOWN,))
    )


def _unchanged(db: Database, changed: set[ContactId]) -> tuple[RowPreview, ...]:
    rows = db.execute(
        "SELECT s.row, c.number, c.name, c.id FROM temp.staged s"
        " JOIN contact c ON c.number = s.number ORDER BY s.row"
    )
    same = (
        RowPreview(row=row, number=E164(number), name=name)
        for row, number, name, contact_id in rows
        if contact_id not in changed
    )
    return tuple(islice(same, SHOWN))


def _differences(old: ContactDraft, new: ContactDraft) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(field=name, old=_said(getattr(old, name)), new=_said(getattr(new, name)))
        for name in _FIELDS
        if getattr(old, name) != getattr(new, name)
    )


def _said(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def _unstage_stopped(db: Database) -> list[RowPreview]:
    """Take people who said stop off the stage: an import neither adds nor changes them."""
    known = stopped_hashes(db)
    if not known and not _count(db, "staged_stop"):
        return []
    key = blind_key(db)
    here = {number for (number,) in db.execute("SELECT number FROM temp.staged_stop")}
    gone = [
        RowPreview(row=row, number=E164(number), name=name)
        for row, number, name in db.execute("SELECT row, number, name FROM temp.staged s")
        if number in here or hashed(key, number) in known
    ]
    db.conn.executemany("DELETE FROM temp.staged WHERE number = ?", [(one.number,) for one in gone])
    return sorted(gone, key=lambda one: one.row)


def _changes(db: Database, ours: Ours) -> Iterator[Change]:
    """Yield the contacts of which the stage says something else than the shop."""
    rows = db.execute(
        f"SELECT s.row, c.id, c.updated_at, {DRAFT}, {DRAFT.replace('s.', 'c.')}"
        " FROM temp.staged s JOIN contact c ON c.number = s.number"
        " WHERE (s.name <> c.name AND s.name <> '') OR (s.note <> c.note AND s.note <> '')"
        " OR (s.email <> c.email AND s.email <> '') OR (s.tags <> c.tags AND s.tags <> '[]')"
        " OR (s.zone IS NOT c.zone AND s.zone IS NOT NULL)"
        " OR (s.region IS NOT c.region AND s.region IS NOT NULL)"
        " OR (s.birthday <> c.birthday AND s.birthday <> '') ORDER BY s.row"
    )
    for row, contact_id, updated_at, *values in rows:
        new, old = draft_of_row(values[:WIDTH]), draft_of_row(values[WIDTH:])
        said = updated(old, new)
        if said != old:
            yield Change(
                row=row,
                id=ContactId(contact_id),
                old=old,
                draft=ours_kept(said, old, ours.in_row(row)),
                said=said,
                updated_at=updated_at,
            )


def _count(db: Database, what: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM temp.{what}").fetchone()[0])


def stopped_hashes(db: Database) -> frozenset[bytes]:
    """Return the keyed hashes of all numbers on the stop list."""
    return frozenset(bytes(row[0]) for row in db.execute("SELECT bidx FROM suppression"))
