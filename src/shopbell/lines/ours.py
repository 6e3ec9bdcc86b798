"""Who is right where a file says something else about known people: the shop or the file.

Must not merge anything: the import does, by what is chosen here.
"""

from __future__ import annotations

from collections.abc import Sequence

from shopbell.domain.import_choices import Ours, OwnField
from shopbell.domain.importing import FieldChange, ImportReport, RowFate, RowPreview
from shopbell.domain.people import masked
from shopbell.lines.rows import rows_of
from shopbell.lines.said import flat
from shopbell.lines.talk import Talk

_FIELDS = tuple(OwnField)
_CALLED = {OwnField.REGION: "country or state", OwnField.EMAIL: "e-mail"}


async def ask_ours(talk: Talk, before: Ours, report: ImportReport) -> Ours:
    """Return which fields stay as the shop has them, once somebody goes back."""
    ours = before
    while True:
        labels = [_label(one, one in ours.everywhere) for one in _FIELDS]
        chosen = await talk.choose(
            "Who is right, in every row? A number turns it.", [*labels, "Say it of one row"]
        )
        if chosen is None:
            return ours
        if chosen < len(_FIELDS):
            ours = _turned(ours, _FIELDS[chosen])
        else:
            ours = await _one_row(talk, ours, report)


def _label(one: OwnField, is_ours: bool) -> str:
    who = "the shop is right" if is_ours else "the file is right"
    return f"{_CALLED.get(one, one)}: {who}"


def _turned(ours: Ours, one: OwnField) -> Ours:
    """Return the choice with one field turned, in the rows of their own, too."""
    everywhere = ours.everywhere ^ {one}
    is_ours = one in everywhere
    in_rows = {row: kept | {one} if is_ours else kept - {one} for row, kept in ours.in_rows.items()}
    return Ours(everywhere=everywhere, in_rows=in_rows)


async def _one_row(talk: Talk, ours: Ours, report: ImportReport) -> Ours:
    rows = {row.row: row for row in (*report.rows.get(RowFate.UPDATED, ()), *report.ours)}
    known = [row for _, row in sorted(rows.items()) if _clashes(row)]
    if not known:
        talk.say("In no row does the file say something else than the shop.")
        return ours
    row = await talk.pick(
        "Rows:", rows_of(known), lambda one: f"row {one.row}, {one.name or masked(one.number)}"
    )
    if row is None:
        return ours
    clashes = _clashes(row)
    here = set(ours.in_row(row.row))
    while True:
        chosen = await talk.choose(f"Row {row.row}. A number turns it.", _sides(clashes, here))
        if chosen is None:
            in_rows = {**ours.in_rows, row.row: frozenset(here)}
            return Ours(everywhere=ours.everywhere, in_rows=in_rows)
        here ^= {OwnField(clashes[chosen].field)}


def _clashes(row: RowPreview) -> list[FieldChange]:
    """Return the fields about which shop and file both say something."""
    return [one for one in (*row.changes, *row.kept) if one.old and one.field in set(OwnField)]


def _sides(clashes: Sequence[FieldChange], here: set[OwnField]) -> list[str]:
    return [
        f"{_label(OwnField(one.field), OwnField(one.field) in here)}. "
        f"The shop: “{flat(one.old, 60)}”. The file: “{flat(one.new, 60)}”."
        for one in clashes
    ]
