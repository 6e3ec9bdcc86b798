"""Makes workbooks for tests: good ones, odd ones, and ones that mean harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"
ROWS: Sequence[Sequence[Any]] = (("Name", "Phone"), ("Ana Reyes", "212-555-0101"))


def a_book(
    path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]] | None = None, **states: str
) -> Path:
    """Write a workbook with these sheets; `states` names those that are hidden."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in (sheets or {"Sheet1": ROWS}).items():
        sheet = book.create_sheet(title)
        sheet.sheet_state = states.get(title, "visible")
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def with_parts(path: Path, parts: Mapping[str, bytes | None]) -> Path:
    """Replace, add or (None) leave out parts of the workbook at `path`."""
    old = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(name for name in parts if name not in old.namelist())]:
            content = parts.get(name, old.read(name) if name in old.namelist() else None)
            if content is not None:
                new.writestr(name, content)
    return path


def part(path: Path, name: str = SHEET) -> bytes:
    """Return one part of the workbook."""
    with zipfile.ZipFile(path) as book:
        return book.read(name)


def sheet_xml(rows: bytes, after: bytes = b"") -> bytes:
    """Return a sheet with these rows, written as a program would."""
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<sheetData>" + rows + b"</sheetData>" + after + b"</worksheet>"
    )


def text_row(number: int, *cells: str) -> bytes:
    """Return one row of texts."""
    inner = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{inner}</row>'.encode()
