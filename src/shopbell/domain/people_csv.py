"""Contacts as a file for a spreadsheet, or for Shopbell again. Must not write files.

A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV
Injection"). Numbers are written the way the shop's country dials them: they begin with a digit or a
bracket, so no spreadsheet computes with them or shortens them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from shopbell.domain.answers import Answer
from shopbell.domain.ids import E164
from shopbell.domain.people import Contact, ContactRow
from shopbell.domain.printed_numbers import dialled

COLUMNS = (
    "Name",
    "Phone",
    "Email",
    "Note",
    "Tags",
    "Country",
    "State",
    "Birthday",
    "Time zone",
    "Said stop",
    "Marketing consent",
    "Service consent",
    "Last text",
)

_STARTS_A_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""The last four are the wide forms that East Asian spreadsheets read the same way."""


def defused(cell: str) -> str:
    """Return the cell so that no spreadsheet computes it; blanks before a formula hide nothing."""
    if cell[:1] in _STARTS_A_FORMULA or cell.lstrip()[:1] in _STARTS_A_FORMULA:
        return f"'{cell}" if cell.strip() else cell
    return cell


def number_cell(number: E164, country: str) -> str:
    """Return a number as the shop's country dials it; where that could mislead, whole."""
    return dialled(number, country) or f"'{number}"


def cells(contact: Contact, row: ContactRow, country: str) -> tuple[str, ...]:
    """Return one contact in the order of COLUMNS."""
    place, _, state = (contact.region or "").partition("-")
    rest = (
        contact.email,
        contact.note,
        "; ".join(contact.tags),
        place,
        state,
        contact.birthday,
        contact.zone or "",
        "yes" if row.suppressed else "",
        _answer(row.marketing_answer),
        _answer(row.service_answer),
        "" if row.last_text_at is None else f"{row.last_text_at:%Y-%m-%d}",
    )
    return (defused(contact.name), number_cell(contact.number, country), *map(defused, rest))


def as_csv(rows: Iterable[Sequence[str]], columns: Sequence[str] = COLUMNS) -> bytes:
    """Return the file: a mark that it is UTF-8, which Excel needs, the header and the rows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _answer(answer: Answer) -> str:
    """Return an empty cell for who was not asked: it is no answer."""
    return "" if answer is Answer.NOT_ASKED else answer.value
