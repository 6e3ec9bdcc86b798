"""Puts an import into words: what fills what, what would happen, what happened. Must not count."""

from __future__ import annotations

from textual.content import Content

from shopbell.domain.importing import ImportCounts, ImportPreview, ImportReport, ParkedRow, Target
from shopbell.domain.progress import Progress
from shopbell.tui.plain import cell, lines, spans
from shopbell.tui.rows import Drawn, Ink

HARMLESS = "Nobody will be texted, and nobody becomes “agreed”, by importing."

FIELDS: tuple[tuple[Target, str], ...] = (
    (Target.PHONE, "phone"),
    (Target.NAME, "name"),
    (Target.FIRST_NAME, "first name"),
    (Target.LAST_NAME, "last name"),
    (Target.EMAIL, "e-mail"),
    (Target.NOTE, "note"),
    (Target.TAGS, "tags"),
    (Target.COUNTRY, "country"),
    (Target.STATE, "state"),
    (Target.POSTCODE, "postcode"),
)

_PROFILES = {
    "square": "looks like a Square customer export",
    "shopify": "looks like a Shopify customer export",
    "google": "looks like a Google Contacts export",
    "guessed": "columns guessed",
    "chosen": "columns as you chose them",
}


def headline(preview: ImportPreview, report: ImportReport | None) -> Content:
    """Return the file, what it looks like, and how many rows it has."""
    looks = _PROFILES.get(preview.mapping.profile, f"looks like {preview.mapping.profile}")
    rows = f" · {report.counts.read:,} rows" if report else ""
    return spans((preview.file_name, "bold"), (f" · {looks}{rows}", "$text-muted"), one_line=True)


def columns(preview: ImportPreview, width: int) -> Content:
    """Return one line for each field: which columns fill it, and some of their cells."""
    rows: list[Content] = []
    taken = max(24, width // 3)
    for target, name in FIELDS:
        if not (filled := preview.mapping.columns.get(target)):
            continue
        source = " + ".join(_column(preview, index) for index in filled)
        samples = [
            " ".join(filter(None, (_cell(row, index) for index in filled)))
            for row in preview.samples[:3]
        ]
        rows.append(
            spans(
                (cell(name, 11), "bold"),
                ("← ", "$text-accent"),
                cell(source, taken),
                (cell("  " + " · ".join(filter(None, samples)), width - taken - 13), "$text-muted"),
                one_line=True,
            )
        )
    rows += [
        spans(
            (cell("  ·", 13), "$text-muted"),
            cell(_column(preview, index), taken),
            (cell("  about permission: never used", width - taken - 13), "$text-muted"),
            one_line=True,
        )
        for index in preview.mapping.consent_columns
    ]
    rows += [spans(("! ", "bold $text-warning"), note) for note in preview.notes]
    return lines(*rows)


def would(counts: ImportCounts) -> Content:
    """Return what would happen, in one line."""
    return _counted(
        (
            (counts.new, "new"),
            (counts.updated, "changed"),
            (counts.unchanged, "as before"),
            (counts.duplicates, "double"),
            (counts.suppressed, "said stop: stay off"),
            (counts.parked, "need a look"),
        )
    )


def did(report: ImportReport) -> Content:
    """Return what happened."""
    if report.stopped:
        return spans(("Stopped. ", "bold"), "Nothing was changed.")
    return lines(
        spans(("✓ ", "bold $text-success"), ("Imported.", "bold")), spans(""), would(report.counts)
    )


def bar(progress: Progress, width: int) -> Content:
    """Return how far it is."""
    if not progress.total:
        return spans(f"{progress.step} … {progress.done:,}")
    share = min(progress.done / progress.total, 1.0)
    full = round(share * width)
    return spans(
        f"{progress.step:<18}",
        ("█" * full, "$accent"),
        ("░" * (width - full), "$border"),
        (f" {share:4.0%}", "bold"),
    )


def draw_parked(row: ParkedRow, width: int) -> Drawn:
    """Draw one row that needs a look: its number, why, and its cells last."""
    reason = min(max(width - 34, 20), 60)
    return (
        (cell(f"row {row.row:,}", 11), Ink.MUTED),
        (cell(row.reason, reason) + "  ", Ink.PLAIN),
        (cell(" · ".join(filter(None, row.cells)), max(width - reason - 13, 4)), Ink.MUTED),
    )


def to_look_at(report: ImportReport) -> tuple[ParkedRow, ...]:
    """Return the rows that were parked, then those that were repaired, with what was done."""
    repaired = (ParkedRow(row=row, reason=said, cells=()) for row, said in report.remarks)
    return (*report.parked, *repaired)


def _counted(parts: tuple[tuple[int, str], ...]) -> Content:
    shown = [(count, words) for count, words in parts if count] or [(0, "rows to import")]
    pieces = [piece for count, words in shown for piece in ((f"{count:,}", "bold"), f" {words}   ")]
    return spans(*pieces)


def _column(preview: ImportPreview, index: int) -> str:
    return preview.header[index] if index < len(preview.header) else f"column {index + 1}"


def _cell(row: tuple[str, ...], index: int) -> str:
    return row[index] if index < len(row) else ""
