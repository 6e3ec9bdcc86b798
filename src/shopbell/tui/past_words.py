"""Puts past imports into words: what each brought, and what taking one back did. Must not count."""

from __future__ import annotations

from textual.content import Content

from shopbell.domain.importing import BatchKind, ImportBatch, KeptPerson, UndoReport
from shopbell.domain.people import masked
from shopbell.tui.import_words import consents, row_sum
from shopbell.tui.plain import cell, lines, spans
from shopbell.tui.rows import Drawn, Ink
from shopbell.tui.words import called, day, day_and_time

_SHA_SHOWN = 16


def brought(batch: ImportBatch) -> str:
    """Return what an import brought, in a few words."""
    if batch.kind is BatchKind.DO_NOT_TEXT:
        count = batch.consents.stopped
        return "1 number stopped" if count == 1 else f"{count:,} numbers stopped"
    return f"{batch.counts.new:,} new, {batch.counts.updated:,} changed"


def batch_line(batch: ImportBatch, zone: str) -> Content:
    """Return one import on a line."""
    undone = " · taken back" if batch.undone else ""
    return spans(
        (f"{day(batch.at, zone):<13}", "$text-muted"),
        f"{batch.file_name} · ",
        (brought(batch) + undone, "$text-muted"),
        one_line=True,
    )


def draw_batch(batch: ImportBatch, width: int, zone: str) -> Drawn:
    """Draw one import in the list of the past."""
    name = min(max(width - 13 - 26 - 12, 8), 40)
    return (
        (cell(day(batch.at, zone), 13), Ink.MUTED),
        (cell(batch.file_name, name) + "  ", Ink.PLAIN),
        (cell(brought(batch), 26), Ink.PLAIN),
        ("taken back" if batch.undone else "", Ink.CAREFUL),
    )


def batch_detail(batch: ImportBatch, zone: str) -> Content:
    """Return all that is known about an import."""
    c = batch.counts
    by = f" by {batch.who}" if batch.who else ""
    if batch.kind is BatchKind.DO_NOT_TEXT:
        said = [_stop_sum(batch)]
    else:
        said = [row_sum(c), *consents(batch.consents)]
    rows = [
        spans((batch.file_name, "bold"), f"   {day_and_time(batch.at, zone)}{by}"),
        spans((f"SHA-256 {batch.sha256[:_SHA_SHOWN]} … {batch.sha256[-8:]}", "$text-muted")),
        *(spans(line) for line in said),
    ]
    if (undone := batch.undone) is not None:
        rows.append(
            spans(
                ("Taken back ", "bold $text-warning"),
                f"{day_and_time(undone.at, zone)}: {undone.removed:,} removed, "
                f"{undone.restored:,} as they were before, {undone.kept:,} left alone, "
                f"{undone.revoked:,} yeses taken back",
            )
        )
    return lines(*rows)


def before_undo(batch: ImportBatch) -> str:
    """Return what taking an import back will do."""
    new, changed = batch.counts.new, batch.counts.updated
    parts = []
    if new:
        parts.append("1 person it added goes" if new == 1 else f"{new:,} people it added go")
    if changed:
        become = "1 it changed becomes what it was"
        parts.append(become if changed == 1 else f"{changed:,} it changed become what they were")
    first = f"{' and '.join(parts)}. " if parts else "It added and changed nobody. "
    return (
        f"{first}Whoever was texted, wrote, agreed or was changed since is left alone and named. "
        "Stops stay."
    )


def undid(report: UndoReport) -> Content:
    """Return what taking an import back did."""
    undone = report.batch.undone
    if undone is None:
        return spans("Nothing was changed.")
    counted = (
        (undone.removed, "removed, whom it had added"),
        (undone.restored, "as they were before"),
        (undone.revoked, "yeses taken back, which it had brought"),
        (undone.kept, "left as they are"),
    )
    return lines(*(spans((f"{count:>7,}", "bold"), f"  {words}") for count, words in counted))


def kept_line(one: KeptPerson) -> Content:
    """Return somebody who was left alone, and why."""
    return spans(
        (cell(called(one.name, one.number), 24), "bold"),
        (f" {masked(one.number)}  ", "$text-muted"),
        one.why,
        one_line=True,
    )


def _stop_sum(batch: ImportBatch) -> str:
    c = batch.counts
    parts = (
        (c.suppressed, "stopped"),
        (c.unchanged, "on the list before"),
        (c.duplicates, "double"),
        (batch.passed_over, "no stop"),
        (c.parked, "need a look"),
    )
    said = " + ".join(f"{count:,} {words}" for count, words in parts if count) or "0"
    read = c.read + batch.passed_over
    return f"{read:,} {'row' if read == 1 else 'rows'} = {said}"
