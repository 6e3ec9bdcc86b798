"""Recognises, by its first bytes, a file that is no table of text. Must not open files."""

from __future__ import annotations

from shopbell.errors import BadInput

_SAVE_AS_CSV = "Open it in a spreadsheet, save it as CSV (UTF-8), and import that file."
_EXPORT_CSV = "Export the contacts as CSV from the program they are in, and import that file."
_UNPACK = "Unpack it, and import the CSV file inside."

_BY_FIRST_BYTES = (
    (b"PK\x03\x04", "an Excel workbook or a ZIP archive", _SAVE_AS_CSV),
    (b"PK\x05\x06", "an empty ZIP archive", _EXPORT_CSV),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (XLS)", _SAVE_AS_CSV),
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
    (b"{\\rtf", "a formatted document (RTF)", _SAVE_AS_CSV),
    (b"bplist00", "an Apple property list", _EXPORT_CSV),
    (b"\x7fELF", "a program", _EXPORT_CSV),
    (b"MZ\x90\x00", "a program", _EXPORT_CSV),
)

_BY_FIRST_WORDS = (
    (b"begin:vcard", "a vCard file", _EXPORT_CSV),
    (b"<!doctype html", "a web page", _SAVE_AS_CSV),
    (b"<html", "a web page", _SAVE_AS_CSV),
    (b"<?xml", "an XML file", _SAVE_AS_CSV),
    (b'{"', "a JSON file", _EXPORT_CSV),
    (b"[{", "a JSON file", _EXPORT_CSV),
)

_TEXT_CONTROLS = frozenset(b"\t\n\r")
_LEAST_TO_JUDGE = 64
_MOST_CONTROLS = 0.08
"""Of random or encrypted bytes 11 % are control characters; a table with a few bad names has
fewer."""


def refuse_other_kinds(head: bytes, name: str) -> None:
    """Refuse what isn't a table of text, whatever the file is called.

    Args:
        head: the first few thousand bytes; UTF-16 must be decoded to UTF-8 before.
        name: the file's name, for the message.

    Raises:
        BadInput: says what the file is and how to get a table out of it.
    """
    words = head[:256].lstrip().lower()
    for start, what, hint in _BY_FIRST_BYTES:
        if head.startswith(start):
            raise BadInput(f'"{name}" is {what}, not a CSV file.', hint)
    for start, what, hint in _BY_FIRST_WORDS:
        if words.startswith(start):
            raise BadInput(f'"{name}" is {what}, not a CSV file.', hint)
    controls = sum(byte < ord(" ") and byte not in _TEXT_CONTROLS for byte in head)
    if len(head) >= _LEAST_TO_JUDGE and controls > len(head) * _MOST_CONTROLS:
        raise BadInput(f'"{name}" is not a text file, so there are no rows to read.', _EXPORT_CSV)
