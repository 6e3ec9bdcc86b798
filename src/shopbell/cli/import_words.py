"""Puts imports into words and into JSON. Must not count anything itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shopbell.cli.moments import iso, spoken
from shopbell.cli.output import Json
from shopbell.domain.importing import (
    BatchKind,
    FieldChange,
    ImportBatch,
    ImportReport,
    ParkedRow,
    RowPreview,
    StopReport,
    UndoReport,
)

_SHOWN = 20
_WORDS_SHOWN = 5
_REST = "; see them with --json"
_UNUSED = "Say with --consent where the proof is, or record each yes with shopbell opt-in."


def report_json(report: ImportReport) -> dict[str, Json]:
    """Return what an import did, or would do."""
    counts, consents = report.counts, report.consents
    return {
        "file": report.file_name,
        "read": counts.read,
        "new": counts.new,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "parked": counts.parked,
        "duplicates": counts.duplicates,
        "suppressed": counts.suppressed,
        "batch_id": report.batch_id,
        "profile": report.mapping.profile,
        "mapping": {
            target.value: [_heading(report.header, column) for column in columns]
            for target, columns in report.mapping.columns.items()
        },
        "consent_columns": [_heading(report.header, c) for c in report.mapping.consent_columns],
        "consent_words": [
            {"column": _heading(report.header, column), "words": dict(said.words)}
            for column, said in report.said.items()
        ],
        "consents": {
            "granted": consents.granted,
            "already": consents.already,
            "claimed": consents.claimed,
        },
        "stopped": consents.stopped,
        "notes": list(report.notes),
        "remarks": [{"row": row, "remark": remark} for row, remark in report.remarks],
        "rows": {
            fate.value: [_row_json(row) for row in rows] for fate, rows in report.rows.items()
        },
        "kept": [_row_json(row) for row in report.ours],
        "parked_rows": _parked_json(report.parked),
    }


def report_lines(
    report: ImportReport, *, dry_run: bool, not_used: str = _UNUSED, rest: str = _REST
) -> Iterator[str]:
    """Return what an import did, one fact a line; `not_used` is the advice on unused columns."""
    counts, consents = report.counts, report.consents
    yield "Nothing was written: this was a dry run." if dry_run else f"Import {report.batch_id}."
    yield f"Read as {report.mapping.profile}."
    yield from report.notes
    for target, columns in report.mapping.columns.items():
        headings = ", ".join(f"“{_heading(report.header, column)}”" for column in columns)
        yield f"{target.replace('_', ' ')}: {headings}"
    for word, count in (
        ("Rows read", counts.read),
        ("New", counts.new),
        ("Updated", counts.updated),
        ("Unchanged", counts.unchanged),
        ("Same number twice", counts.duplicates),
        ("On the stop list", counts.suppressed),
        ("Parked", counts.parked),
    ):
        yield f"{word}: {count:,}"
    for word, count in (
        ("Rows in which a field stays as it was", report.ours_count),
        ("Put on the stop list by this file", consents.stopped),
        ("Yeses with proof, recorded", consents.granted),
        ("Yeses with proof, on file before", consents.already),
        ("Yeses without proof, kept as claimed: they allow no text", consents.claimed),
    ):
        if count:
            yield f"{word}: {count:,}"
    if dry_run:
        for rows in report.rows.values():
            yield from (line for row in rows[:_SHOWN] for line in _change_lines(row))
        yield from (line for row in report.ours[:_SHOWN] for line in _kept_lines(row))
    yield from _parked_lines(report.parked, counts.parked, rest)
    unused = [] if consents.granted or consents.already else report.mapping.consent_columns
    if unused:
        names = ", ".join(f"“{_heading(report.header, c)}”" for c in unused)
        for column in unused:
            if words := report.said[column].words[:_WORDS_SHOWN]:
                says = ", ".join(f"“{word}” {count:,}" for word, count in words)
                yield f"“{_heading(report.header, column)}” says: {says}."
        yield f"Not used as a yes: {names}. {not_used}"


def stops_json(report: StopReport) -> dict[str, Json]:
    """Return what a do-not-text list did; rows that are no stop count as unchanged."""
    counts = report.counts
    return {
        "file": report.file_name,
        "read": counts.read,
        "new": 0,
        "updated": 0,
        "unchanged": counts.passed_over,
        "parked": counts.parked,
        "duplicates": counts.duplicates,
        "suppressed": counts.stopped + counts.already,
        "stopped": counts.stopped,
        "already": counts.already,
        "numbers": report.numbers,
        "canceled": report.canceled,
        "batch_id": report.batch_id,
        "profile": report.profile,
        "mapping": {"phone": [_heading(report.header, column) for column in report.columns]},
        "notes": _stop_notes(report),
        "parked_rows": _parked_json(report.parked),
    }


def stops_lines(report: StopReport, *, dry_run: bool, rest: str = _REST) -> Iterator[str]:
    """Return what a do-not-text list did, one fact a line."""
    counts = report.counts
    yield "Nothing was written: this was a dry run." if dry_run else f"Import {report.batch_id}."
    yield f"Read as {report.profile}, a list of people not to text."
    yield from _stop_notes(report)
    for word, count in (
        ("Rows read", counts.read),
        ("Put on the stop list", counts.stopped),
        ("On the stop list before", counts.already),
        ("Same number twice", counts.duplicates),
        ("No stop", counts.passed_over),
        ("Parked", counts.parked),
        ("Numbers newly stopped", report.numbers),
        ("Waiting texts canceled", report.canceled),
    ):
        yield f"{word}: {count:,}"
    yield from _parked_lines(report.parked, counts.parked, rest)


def _stop_notes(report: StopReport) -> list[str]:
    return [*report.notes, *([] if report.part is None else [report.part.told])]


def undo_json(report: UndoReport) -> dict[str, Json]:
    """Return what taking an import back did."""
    return {
        **_undone_json(report.batch),
        "batch_id": report.batch.id,
        "kept_people": [
            {"number": one.number, "name": one.name, "why": one.why} for one in report.kept
        ],
    }


def undo_lines(report: UndoReport, *, rest: str = _REST) -> Iterator[str]:
    """Return what taking an import back did, one fact a line."""
    undone = report.batch.undone
    if undone is None:
        return
    yield f"Import {report.batch.id} of “{report.batch.file_name}” was taken back."
    yield f"Contacts removed: {undone.removed:,}"
    yield f"Contacts as they were before: {undone.restored:,}"
    yield f"Yeses taken back: {undone.revoked:,}"
    yield f"People left as they are: {undone.kept:,}"
    for one in report.kept[:_SHOWN]:
        yield f"{one.name or 'No name'}, {one.number}: {one.why}"
    if undone.kept > _SHOWN:
        yield f"{undone.kept - _SHOWN:,} more{rest}."
    if report.batch.consents.stopped:
        yield f"Stops stay: {report.batch.consents.stopped:,}"


def batch_json(batch: ImportBatch) -> dict[str, Json]:
    """Return one import of the past."""
    counts, consents = batch.counts, batch.consents
    return {
        "batch_id": batch.id,
        "kind": batch.kind.value,
        "file": batch.file_name,
        "sha256": batch.sha256,
        "at": iso(batch.at),
        "who": batch.who,
        "read": counts.read + batch.passed_over,
        "new": counts.new,
        "updated": counts.updated,
        "unchanged": counts.unchanged + batch.passed_over,
        "parked": counts.parked,
        "duplicates": counts.duplicates,
        "suppressed": counts.suppressed,
        "stopped": consents.stopped,
        "consents": {"granted": consents.granted, "claimed": consents.claimed},
        "undone": None if batch.undone is None else _undone_json(batch),
    }


def batch_line(batch: ImportBatch, zone: str) -> str:
    """Return one import of the past on a line."""
    counts = batch.counts
    what = (
        f"{batch.consents.stopped:,} numbers stopped"
        if batch.kind is BatchKind.DO_NOT_TEXT
        else f"{counts.new:,} new, {counts.updated:,} updated, {counts.parked:,} parked"
    )
    who = f", by {batch.who}" if batch.who else ""
    undone = ", taken back" if batch.undone else ""
    return f"{batch.id}. {spoken(batch.at, zone)}: “{batch.file_name}”: {what}{who}{undone}"


def _undone_json(batch: ImportBatch) -> dict[str, Json]:
    undone = batch.undone
    if undone is None:
        return {}
    return {
        "at": iso(undone.at),
        "removed": undone.removed,
        "restored": undone.restored,
        "kept": undone.kept,
        "revoked": undone.revoked,
    }


def _row_json(row: RowPreview) -> dict[str, Json]:
    found: dict[str, Json] = {"row": row.row, "number": row.number, "name": row.name}
    if row.changes:
        found["changes"] = _changes_json(row.changes)
    if row.kept:
        found["kept"] = _changes_json(row.kept)
    return found


def _changes_json(changes: Sequence[FieldChange]) -> list[Json]:
    return [{"field": one.field, "old": one.old, "new": one.new} for one in changes]


def _kept_lines(row: RowPreview) -> Iterator[str]:
    for one in row.kept:
        who = row.name or row.number
        yield f"Row {row.row}, {who}: {one.field} stays “{one.old}”; the file says “{one.new}”"


def _change_lines(row: RowPreview) -> Iterator[str]:
    for one in row.changes:
        was = f"“{one.old}” becomes " if one.old else ""
        yield f"Row {row.row}, {row.name or row.number}: {one.field}: {was}“{one.new}”"


def _parked_json(rows: Sequence[ParkedRow]) -> list[Json]:
    return [{"row": row.row, "reason": row.reason, "cells": list(row.cells)} for row in rows]


def _parked_lines(rows: Sequence[ParkedRow], count: int, rest: str) -> Iterator[str]:
    for parked in rows[:_SHOWN]:
        yield f"Row {parked.row}: {parked.reason}"
    if count > _SHOWN:
        yield f"{count - _SHOWN:,} more rows are parked{rest}."


def _heading(header: Sequence[str], column: int) -> str:
    if column < len(header) and header[column]:
        return header[column]
    return f"column {column + 1}"
