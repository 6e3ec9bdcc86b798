"""Recognises by its first bytes what a file is. Must not open files.

A file whose name says one thing and whose bytes say another is refused with the name it should
have: somebody saved or renamed it by mistake, and its owner should look before it is imported.
"""

from __future__ import annotations

from enum import StrEnum

from shopbell.errors import BadInput


class FileKind(StrEnum):
    """What can be read, and by which reader."""

    TEXT = "text"
    WORKBOOK = "workbook"
    CARDS = "cards"
    OLD_OFFICE = "old office"
    """A container of old Office programs; workbooks with a password are kept in one, too."""


SAVE_AS_CSV = "Open it in a spreadsheet, save it as CSV (UTF-8), and import that file."
_EXPORT_CSV = "Export the contacts as CSV from the program they are in, and import that file."
_UNPACK = "Unpack it, and import the CSV file inside."

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CARD = b"begin:vcard"
_NAMES_OF_TABLES = frozenset({"csv", "tsv", "tab"})

_BY_FIRST_BYTES = (
    (b"PK\x05\x06", "an empty ZIP archive", _EXPORT_CSV),
    (b"\x1f\x8b", "a packed file (gzip)", _UNPACK),
    (b"BZh", "a packed file (bzip2)", _UNPACK),
    (b"\xfd7zXZ\x00", "a packed file (xz)", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a packed file (7-Zip)", _UNPACK),
    (b"Rar!\x1a\x07", "a packed file (RAR)", _UNPACK),
    (b"SQLite format 3\x00", "a SQLite database", _EXPORT_CSV),
    (b"%PDF-", "a PDF", _EXPORT_CSV),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)", _EXPORT_CSV),
    (b"\xff\xd8\xff", "a picture (JPEG)", _EXPORT_CSV),
    (b"GIF8", "a picture (GIF)", _EXPORT_CSV),
    (b"{\\rtf", "a formatted document (RTF)", SAVE_AS_CSV),
    (b"bplist00", "an Apple property list", _EXPORT_CSV),
    (b"\x7fELF", "a program", _EXPORT_CSV),
    (b"MZ\x90\x00", "a program", _EXPORT_CSV),
)

_BY_FIRST_WORDS = (
    (b"<!doctype html", "a web page", SAVE_AS_CSV),
    (b"<html", "a web page", SAVE_AS_CSV),
    (b"<?xml", "an XML file", SAVE_AS_CSV),
    (b'{"', "a JSON file", _EXPORT_CSV),
    (b"[{", "a JSON file", _EXPORT_CSV),
)

_TEXT_CONTROLS = frozenset(b"\t\n\r")
_LEAST_TO_JUDGE = 64
_MOST_CONTROLS = 0.08
"""Of random or encrypted bytes 11 % are control characters; a table with a few bad names has
fewer."""


def file_kind(head: bytes, name: str) -> FileKind:
    """Return which reader a file needs.

    Args:
        head: the first few thousand bytes; UTF-16 must be decoded to UTF-8 before.
        name: the file's name.

    Raises:
        BadInput: it holds no contacts we can read, or its name belies it; says what it is and how
            to get contacts out of it.
    """
    words = head[:256].lstrip().lower()
    for start, what, hint in _BY_FIRST_BYTES:
        if head.startswith(start):
            raise BadInput(f'"{name}" is {what}, not a file of contacts.', hint)
    if head.startswith(_ZIP):
        _refuse_table_name(name, "an Excel workbook or a ZIP archive", ".xlsx")
        return FileKind.WORKBOOK
    if head.startswith(_OLD_OFFICE):
        return FileKind.OLD_OFFICE
    if words.startswith(_CARD):
        _refuse_table_name(name, "a vCard file", ".vcf")
        return FileKind.CARDS
    for start, what, hint in _BY_FIRST_WORDS:
        if words.startswith(start):
            raise BadInput(f'"{name}" is {what}, not a file of contacts.', hint)
    controls = sum(byte < ord(" ") and byte not in _TEXT_CONTROLS for byte in head)
    if len(head) >= _LEAST_TO_JUDGE and controls > len(head) * _MOST_CONTROLS:
        raise BadInput(f'"{name}" is not a text file, so there are no rows to read.', _EXPORT_CSV)
    return FileKind.TEXT


def _refuse_table_name(name: str, what: str, suffix: str) -> None:
    stem, dot, ending = name.rpartition(".")
    if dot and ending.lower() in _NAMES_OF_TABLES:
        raise BadInput(
            f'"{name}" is {what}, not a CSV file.',
            f'If it has your contacts, rename it to "{stem}{suffix}" and import that.',
        )
