"""Judges a workbook before anything parses it. Must not read a cell.

A workbook is a ZIP archive of XML files. A few kilobytes can unpack to terabytes, and one element
can be larger than the memory, so sizes and shapes are checked first; unpacking is streamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from shopbell.domain.file_kinds import SAVE_AS_CSV
from shopbell.errors import BadInput
from shopbell.services.outside_file import BLOCK

LARGEST_FILE = 64 << 20
"""Bytes of the archive itself."""
MOST_PARTS = 10_000
LARGEST_WHOLE = 1 << 30
"""Bytes unpacked, all parts together."""
LARGEST_PART = 16 << 20
"""Bytes unpacked of a part that is read at once: styles, lists of sheets."""
LARGEST_STRINGS = 64 << 20
"""Bytes unpacked of the texts that many cells share."""
LONGEST_ELEMENT = 4 << 20
"""Bytes of one row or one text."""

_ENTRY = b"PK\x01\x02"
_STREAMED = ("xl/worksheets/", "xl/media/", "xl/pivotCache/", "xl/embeddings/")
_WORKBOOK = "xl/workbook.xml"
_OPEN_DOCUMENT = "content.xml"
_ROOT = re.compile(rb"<(?:\w+:)?(worksheet|sst)\b")
_END_OF_ELEMENT = re.compile(rb"</(?:\w+:)?(?:row|si)>|<(?:\w+:)?(?:row|si)(?:\s[^<>]{0,500})?/>")
_LONGEST_TAG = 600
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s")
_LENGTH_OF_MERGED = len("<mergeCell")
_DOCTYPE = b"<!DOCTYPE"
"""Workbooks have none (ISO 29500-2, 9.1.7); a bomb of entities needs one."""
_LONGEST_PROLOGUE = 4096
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([^\"']{1,40})")
_ENCODINGS = frozenset({b"utf-8", b"us-ascii", b"iso-8859-1", b"windows-1252"})
"""Those in which a tag looks like a tag."""
_PASSWORD = "EncryptedPackage".encode("utf-16-le")


def count_parts(blocks: Iterator[bytes], name: str, size: int) -> None:
    """Read the whole archive once, for its fingerprint, and refuse one with too many parts.

    Raises:
        BadInput: it is larger than any workbook of contacts, or has too many parts.
    """
    if size > LARGEST_FILE:
        raise _too_large(name)
    if sum(block.count(_ENTRY) for block in blocks) > MOST_PARTS:
        raise _too_large(name)


def has_password(blocks: Iterator[bytes]) -> bool:
    """Return whether an old Office container holds an encrypted workbook."""
    tail = b""
    for block in blocks:
        if _PASSWORD in tail + block:
            return True
        tail = block[-len(_PASSWORD) :]
    return False


def refused_office_file(name: str, *, is_encrypted: bool) -> BadInput:
    """Say what an old Office container is."""
    if is_encrypted:
        return BadInput(
            f'"{name}" is protected by a password.',
            "Open it in your spreadsheet, take the password off, save a copy and import the copy. "
            "Delete the copy afterwards.",
        )
    return BadInput(f'"{name}" is an old Excel workbook (XLS), which is not read.', SAVE_AS_CSV)


def judge_package(file: BinaryIO, name: str) -> int:
    """Refuse an archive that is no workbook, or could not be read in bounded memory.

    Returns how many areas of merged cells its sheets have.

    Raises:
        BadInput: says what is wrong with it.
    """
    try:
        with ZipFile(file) as archive:
            parts = archive.infolist()
            _refuse_no_workbook({part.filename for part in parts}, name)
            _refuse_sizes(parts, name)
            return sum(_judge_xml(archive, part, name) for part in parts)
    except (BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        # What zipfile raises for damaged, encrypted, or oddly packed archives.
        raise damaged_workbook(name) from error


def damaged_workbook(name: str) -> BadInput:
    """Say that a workbook cannot be read."""
    return BadInput(
        f'"{name}" is damaged, or no Excel workbook at all.',
        "Open it in a spreadsheet, save it as CSV (UTF-8), and import that file.",
    )


def _refuse_no_workbook(names: set[str], name: str) -> None:
    if _WORKBOOK in names:
        return
    if _OPEN_DOCUMENT in names:
        raise BadInput(f'"{name}" is a LibreOffice spreadsheet, which is not read.', SAVE_AS_CSV)
    if any(part.startswith(("word/", "ppt/", "Index/")) for part in names):
        raise BadInput(f'"{name}" is a document, not a workbook with rows.', SAVE_AS_CSV)
    raise BadInput(
        f'"{name}" is a ZIP archive, not an Excel workbook.',
        "Unpack it, and import the file with the contacts.",
    )


def _refuse_sizes(parts: list[ZipInfo], name: str) -> None:
    if sum(part.file_size for part in parts) > LARGEST_WHOLE:
        raise _too_large(name)
    for part in parts:
        most = LARGEST_STRINGS if part.filename.endswith("sharedStrings.xml") else LARGEST_PART
        if part.file_size > most and not part.filename.startswith(_STREAMED):
            raise _too_large(name)


def _judge_xml(archive: ZipFile, part: ZipInfo, name: str) -> int:
    """Refuse a sheet or a table of texts with an element too large to hold; count merged areas."""
    with archive.open(part) as stream:
        head = stream.read(BLOCK)
        if _begins_like_xml(head) and not _is_plain_xml(head):
            raise damaged_workbook(name)
        if _ROOT.search(head[:_LONGEST_PROLOGUE]) is None:
            return 0
        merged = since = 0
        tail = b""
        block = head
        while block:
            # Comments, declarations and CDATA could hide the ends of elements; no program of
            # spreadsheets writes them into a sheet.
            if b"<!" in tail + block:
                raise damaged_workbook(name)
            ends = [found.end() for found in _END_OF_ELEMENT.finditer(tail + block)]
            since = len(tail + block) - ends[-1] if ends else since + len(block)
            if since > LONGEST_ELEMENT:
                raise _too_large(name)
            merged += len(_MERGED.findall(tail[-_LENGTH_OF_MERGED:] + block))
            tail = block[-_LONGEST_TAG:]
            block = stream.read(BLOCK)
        return merged


def _begins_like_xml(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def _is_plain_xml(head: bytes) -> bool:
    """Return whether XML is in an encoding we can look through, and without a DOCTYPE."""
    told = _ENCODING.search(head[:_LONGEST_PROLOGUE])
    is_looked_through = told is None or told.group(1).lower() in _ENCODINGS
    return is_looked_through and b"\x00" not in head[:16] and _DOCTYPE not in head


def _too_large(name: str) -> BadInput:
    return BadInput(
        f'"{name}" is larger inside than any list of contacts, so it was not opened.',
        "Save the sheet with the contacts as CSV (UTF-8), and import that file.",
    )
