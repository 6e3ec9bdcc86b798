"""Puts an import into words: what fills what, what would happen, what happened. Must not count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from shopbell.domain.columns import NO_PHONES
from shopbell.domain.file_parts import FilePart
from shopbell.domain.import_choices import Choices
from shopbell.domain.importing import (
    ConsentCounts,
    ImportCounts,
    ImportPreview,
    ImportReport,
    Target,
)
from shopbell.domain.row_marks import DATE_ORDER
from shopbell.errors import ShopbellError
from shopbell.services.import_reading import MESSAGE_LOG, TOO_MANY_ROWS
from shopbell.tui.consent_words import LEAST_NAME, consent_lines
from shopbell.tui.own_keys import key_for, with_keys
from shopbell.tui.plain import cell, lines, spans

HARMLESS = "Nobody will be texted, and nobody becomes “agreed”, by importing."
_NOT_TEXTED = "Nobody will be texted by importing."

FIELDS: tuple[tuple[Target, str], ...] = (
    (Target.PHONE, "phone"),
    (Target.NAME, "name"),
    (Target.FIRST_NAME, "first name"),
    (Target.LAST_NAME, "last name"),
    (Target.EMAIL, "e-mail"),
    (Target.NOTE, "note"),
    (Target.TAGS, "tags"),
    (Target.BIRTHDAY, "birthday"),
    (Target.COUNTRY, "country"),
    (Target.STATE, "state"),
    (Target.POSTCODE, "postcode"),
)

_PROFILES = {
    "square": "looks like a Square customer export",
    "shopify": "looks like a Shopify customer export",
    "google": "looks like a Google Contacts export",
    "outlook": "looks like an Outlook export",
    "mailchimp": "looks like a Mailchimp audience",
    "mailchimp-unsubscribed": "looks like people who left a Mailchimp audience",
    "klaviyo": "looks like a Klaviyo export",
    "httpsms": "looks like a list for httpSMS",
    "textbee": "looks like a list for textbee",
    "spoke": "looks like a list for Spoke",
    "vcard": "contact cards",
    "twilio-log": "looks like a Twilio message log",
    "guessed": "columns guessed",
    "chosen": "columns as you chose them",
}

BY_PARTS = (
    "{} brings it in by parts of 500,000 rows, each an import of its own. esc chooses another file."
)
"""What to do about a file that is too long; with the name of the key."""

_HINTS = {
    NO_PHONES: "[import.columns] says which column it is. esc chooses another file.",
    MESSAGE_LOG: "[import.stops] brings the stops in it onto the do-not-text list. "
    "esc chooses another file.",
    DATE_ORDER: "[import.dates] says how this file writes dates. "
    "[import.permission] changes what is read as a yes.",
    TOO_MANY_ROWS: BY_PARTS.format("[import.part]"),
}
"""What to do on this screen; the hints of the errors themselves are for the command line."""


def looks_like(profile: str) -> str:
    """Return what a file was recognised as."""
    return _PROFILES.get(profile, f"looks like {profile}")


def what_next(error: ShopbellError) -> str:
    """Return what to do about an error, with the keys of this screen."""
    known = _HINTS.get(error.code)
    if known:
        return with_keys(known)
    leave = with_keys("[import.columns] changes columns, esc another file.")
    return " ".join(filter(None, (error.hint, leave)))


def headline(
    preview: ImportPreview, report: ImportReport | None, country: str | None = None
) -> Content:
    """Return the file, what it looks like, how many rows it has, and a country that was chosen."""
    looks = looks_like(preview.mapping.profile)
    if preview.saved:
        looks = with_keys("columns as you chose them last time ([import.fresh] reads it afresh)")
    rows = f" · {report.counts.read:,} rows" if report else ""
    numbers = f" · numbers as in {country}" if country else ""
    which = part_words(report.part) if report else ""
    said = f" · {looks}{which}{rows}{numbers}"
    return spans((preview.file_name, "bold"), (said, "$text-muted"), one_line=True)


def part_words(part: FilePart | None) -> str:
    """Return which part of its file it is, for the headline."""
    return "" if part is None else f" · part {part.number} of {part.parts}"


def columns(
    preview: ImportPreview, report: ImportReport | None, choices: Choices, width: int, most: int
) -> Content:
    """Return a line for each field and each column about permission, at most `most` lines.

    Permission is never among the lines that are left out.
    """
    consents = list(consent_lines(preview, report, choices, width))
    notes = [spans(("! ", "bold $text-warning"), note) for note in preview.notes]
    fields = list(_fields(preview, width))
    room = max(most - len(consents) - len(notes), 2)
    if len(fields) > room:
        hidden = len(fields) - room + 1
        said = f"… {hidden} more fields: {key_for('import.columns')} shows all of them"
        more = spans((f"{'':13}{said}", "$text-muted"))
        fields = [*fields[: room - 1], more]
    return lines(*fields, *consents, *notes)


def promised(report: ImportReport | None) -> str:
    """Return what an import does about permission, and what it never does."""
    said = list(consents(report.consents)) if report is not None else []
    agreed = report is not None and report.consents.granted
    return " ".join((*said, _NOT_TEXTED if agreed else HARMLESS))


def did(report: ImportReport) -> Content:
    """Return what happened, as a sum that adds up."""
    if report.stopped:
        return spans(("Stopped. ", "bold"), "Nothing was changed.")
    parts = [
        spans(("✓ ", "bold $text-success"), ("Imported. ", "bold"), row_sum(report.counts)),
        *(spans(line) for line in consents(report.consents)),
    ]
    if report.counts.parked:
        kept = with_keys(
            "The rows that need a look are kept with this import: [import.past] shows them."
        )
        parts.append(spans((kept, "$text-muted")))
    return lines(*parts)


def consents(counts: ConsentCounts) -> Iterator[str]:
    """Return what an import does about permission, a line for each thing that isn't nothing."""
    if counts.granted:
        yield f"{_yeses(counts.granted)} with a date and the words: on record."
    if counts.already:
        yield f"{_yeses(counts.already)} that were on record before."
    if counts.claimed:
        yield f"{_yeses(counts.claimed)} without proof: kept as claimed, allowing no text."
    if counts.stopped:
        yield f"{counts.stopped:,} who said stop: on the do-not-text list."


def sample_cells(preview: ImportPreview, column: int, most: int = 3) -> str:
    """Return the first different cells of a column that hold something."""
    return samples_of(preview.samples, column, most)


def samples_of(samples: Sequence[Sequence[str]], column: int, most: int = 3) -> str:
    """Return the first different cells of a column that hold something."""
    found = dict.fromkeys(_cell(row, column) for row in samples)
    return " · ".join([text for text in found if text][:most])


def column_name(header: Sequence[str], index: int) -> str:
    """Return what to call a column."""
    named = header[index] if index < len(header) else ""
    return named or f"column {index + 1}"


def _fields(preview: ImportPreview, width: int) -> Iterator[Content]:
    taken = max(LEAST_NAME, width // 3)
    for target, name in FIELDS:
        if not (filled := preview.mapping.columns.get(target)):
            continue
        source = " + ".join(column_name(preview.header, index) for index in filled)
        samples = dict.fromkeys(
            " ".join(filter(None, (_cell(row, index) for index in filled)))
            for row in preview.samples
        )
        said = " · ".join([text for text in samples if text][:3])
        yield spans(
            (cell(name, 11), "bold"),
            ("← ", "$text-accent"),
            cell(source, taken),
            (cell("  " + said, width - taken - 13), "$text-muted"),
            one_line=True,
        )


def row_sum(c: ImportCounts) -> str:
    """Return the rows of an import as a sum that adds up."""
    parts = (
        (c.new, "new"),
        (c.updated, "changed"),
        (c.unchanged, "as before"),
        (c.duplicates, "double"),
        (c.suppressed, "said stop"),
        (c.parked, "need a look"),
    )
    said = " + ".join(f"{count:,} {words}" for count, words in parts if count) or "0"
    return f"{c.read:,} {'row' if c.read == 1 else 'rows'} = {said}"


def _yeses(count: int) -> str:
    return "1 yes" if count == 1 else f"{count:,} yeses"


def _cell(row: Sequence[str], index: int) -> str:
    return row[index] if index < len(row) else ""
