"""Opens a file of contacts from outside, whatever kind it is. Must not decide about contacts.

Everything here blocks, so it belongs on a thread. Each kind of file has a reader of its own; all of
them give the same rows.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from shopbell.domain.columns import names_a_phone
from shopbell.domain.delimited import likely_delimiter
from shopbell.domain.file_kinds import FileKind, file_kind
from shopbell.domain.text_lines import as_utf8
from shopbell.services.card_table import CardTable
from shopbell.services.delimited_table import DelimitedTable
from shopbell.services.outside_file import OutsideFile, open_outside
from shopbell.services.package import has_password, refused_office_file
from shopbell.services.pasted import Pasted, PastedLines, PastedSource
from shopbell.services.tables import Table
from shopbell.services.workbook import WorkbookTable

_FIRST_LINES = 20

Origin = Path | Pasted
"""Where contacts come from: a file, or text that was pasted."""


def open_table(origin: Origin, country: str, shop_file: Path | None = None) -> Table:
    """Open a file of contacts, or text; reads only its beginning.

    Args:
        origin: the file or the text.
        country: ISO alpha-2 of the shop: tells a phone number in the first row from a header.
        shop_file: the shop file now in use, which must not be opened as anything else.

    Raises:
        BadInput: it can't be opened or has no rows; names the file and the next step.
    """
    if isinstance(origin, Pasted):
        return _pasted(PastedSource(origin), country)
    source = open_outside(origin, shop_file)
    try:
        return _table(source, country)
    except BaseException:
        source.close()
        raise


def _table(source: OutsideFile, country: str) -> Table:
    marked, blocks = as_utf8(source.blocks())
    head = next(blocks, b"")
    blocks = chain((head,), blocks)
    match file_kind(head, source.name):
        case FileKind.WORKBOOK:
            return WorkbookTable(source, blocks, country)
        case FileKind.CARDS:
            return CardTable(source, marked, blocks)
        case FileKind.OLD_OFFICE:
            raise refused_office_file(source.name, is_encrypted=has_password(blocks))
        case FileKind.TEXT:
            return DelimitedTable(source, marked, blocks, country)


def _pasted(source: PastedSource, country: str) -> Table:
    blocks = source.blocks()
    head = next(blocks, b"")
    blocks = chain((head,), blocks)
    if file_kind(head, source.name) is FileKind.CARDS:
        return CardTable(source, "utf-8", blocks)
    if _is_copied_from_a_sheet(head):
        return DelimitedTable(source, "utf-8", blocks, country)
    return PastedLines(source, blocks, country)


def _is_copied_from_a_sheet(head: bytes) -> bool:
    """Return whether the first line names columns, one of them for phones."""
    lines = head.decode("utf-8", "replace").splitlines()[:_FIRST_LINES]
    cells = next((line for line in lines if line.strip()), "").split(likely_delimiter(lines))
    return len(cells) > 1 and names_a_phone(cells)
