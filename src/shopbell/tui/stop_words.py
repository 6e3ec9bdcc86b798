"""Puts a do-not-text list into words. Must not count: its report has counted."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from shopbell.domain.consent_columns import consent_columns
from shopbell.domain.file_parts import FilePart
from shopbell.domain.import_choices import ANYTHING, StopRule
from shopbell.domain.importing import StopReport
from shopbell.errors import ShopbellError
from shopbell.services.import_reading import TOO_MANY_ROWS
from shopbell.tui.consent_words import LEAST_NAME, words_of
from shopbell.tui.import_words import BY_PARTS, column_name, looks_like, part_words, samples_of
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import cell, lines, spans

FOR_EVER = "A stop is for ever: nothing you import or take back lifts it."


def headline(report: StopReport | None, country: str | None = None) -> Content:
    """Return the file, what it looks like, how many rows it has, and a country that was chosen."""
    if report is None:
        return spans(("Looking at the list …", "$text-muted"))
    looks = "a list of numbers" if report.profile == "guessed" else looks_like(report.profile)
    rows = f" · {report.counts.read:,} {'row' if report.counts.read == 1 else 'rows'}"
    numbers = f" · numbers as in {country}" if country else ""
    said = f" · {looks}{part_words(report.part)}{rows}{numbers}"
    return spans((report.file_name, "bold"), (said, "$text-muted"), one_line=True)


def what_next(error: ShopbellError) -> str:
    """Return what to do about an error, with the keys of this screen."""
    if error.code == TOO_MANY_ROWS:
        return with_keys(BY_PARTS.format("[stops.part]"))
    # What helps at a command line is of no use here.
    hint = "" if "--" in error.hint else error.hint
    other = "esc chooses another file, or [stops.paste] there types the numbers."
    return with_keys(" ".join(filter(None, (hint, other))))


def afterwards(part: FilePart | None, next_: int | None) -> str:
    """Return what can be done once a list, or a part of it, is on the stop list."""
    if part is not None and next_ is not None:
        return with_keys(
            f"Nobody of part {next_} is stopped yet: [stops.part] goes on. esc leaves the rest."
        )
    return with_keys("esc goes on to another list. [everywhere.import] brings in people.")


def facts(report: StopReport, only: StopRule | None, width: int) -> Content:
    """Return where the numbers are read, which rows count, and what columns say of a status."""
    return lines(*_facts(report, only, width))


def did(report: StopReport) -> Content:
    """Return what happened, as a sum that adds up."""
    if report.stopped:
        return spans(("Stopped reading. ", "bold"), "Nothing was changed.")
    c = report.counts
    parts = (
        (c.stopped, "stopped"),
        (c.already, "on the list before"),
        (c.duplicates, "double"),
        (c.passed_over, "no stop"),
        (c.parked, "need a look"),
    )
    said = " + ".join(f"{count:,} {words}" for count, words in parts if count) or "0"
    numbers = "1 number is" if report.numbers == 1 else f"{report.numbers:,} numbers are"
    texts = "1 waiting text" if report.canceled == 1 else f"{report.canceled:,} waiting texts"
    return lines(
        spans(("✓ ", "bold $text-success"), (f"{numbers} on the do-not-text list now.", "bold")),
        spans(f"{c.read:,} {'row' if c.read == 1 else 'rows'} = {said}"),
        *([spans(f"{texts} to them will not leave.")] if report.canceled else []),
    )


def _facts(report: StopReport, only: StopRule | None, width: int) -> Iterator[Content]:
    taken = max(LEAST_NAME, width // 3)
    source = " + ".join(column_name(report.header, column) for column in report.columns)
    samples = " · ".join(filter(None, (samples_of(report.samples, c) for c in report.columns)))
    yield spans(
        (cell("number", 11), "bold"),
        ("← ", "$text-accent"),
        cell(source, taken),
        (cell("  " + samples, width - taken - 13), "$text-muted"),
        one_line=True,
    )
    yield spans((cell("rows", 13), "bold"), _which(report, only), one_line=True)
    for column in consent_columns(report.header):
        words = words_of(report.said.get(column))
        yield spans(
            (cell("  status", 13), "$text-warning"),
            cell(column_name(report.header, column), taken),
            (cell(f"  {words}", width - taken - 13), "$text-muted"),
            one_line=True,
        )
    notes = list(report.notes)
    if only is None and any(report.said[c].words for c in consent_columns(report.header)):
        notes.append(
            with_keys(
                "A column tells of a status: [stops.only] counts only the rows that say stop."
            )
        )
    yield from (spans(("! ", "bold $text-warning"), note) for note in notes)


def _which(report: StopReport, only: StopRule | None) -> str:
    if only is not None:
        values = "anything" if ANYTHING in only.values else " or ".join(only.values)
        return f"only where “{only.column}” says {values}"
    if report.profile == "twilio-log":
        return "replies that say stop, and texts refused because of one (21610)"
    return "every row"
