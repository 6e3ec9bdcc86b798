"""Excel workbooks: the right sheet, sane cells, nothing run, and nothing that can do harm."""

from __future__ import annotations

import hashlib
import tracemalloc
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from shopbell.domain.columns import map_columns
from shopbell.domain.importing import ParkedRow, ReadRow, TableRow
from shopbell.domain.rows import read_rows
from shopbell.errors import BadInput
from shopbell.services import package, workbook
from shopbell.services.reading import open_table
from shopbell.services.workbook import cell_text
from workbooks import ROWS, SHEET, a_book, part, sheet_xml, text_row, with_parts

ANA = (2, ["Ana Reyes", "212-555-0101"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "customers.xlsx"


def rows_of(path: Path) -> list[TableRow]:
    with open_table(path, "US") as table:
        return list(table)


def refused(path: Path) -> BadInput:
    with pytest.raises(BadInput) as caught:
        rows_of(path)
    assert caught.value.hint
    assert f'"{path.name}"' in caught.value.message
    return caught.value


def contacts(path: Path) -> list[ReadRow | ParkedRow]:
    with open_table(path, "US") as table:
        mapping = map_columns(table.header, table.samples, "US")
        return list(read_rows(iter(table), mapping, "US", "import:x"))


def test_a_workbook_gives_the_same_rows_as_a_table(path: Path) -> None:
    a_book(path)
    with open_table(path, "US") as table:
        assert (table.name, table.header, table.notes) == ("customers.xlsx", ("Name", "Phone"), ())
        assert (table.encoding, table.delimiter) == ("", "")
        assert table.samples == (("Ana Reyes", "212-555-0101"),)
        assert 0 < table.bytes_read <= table.size
        assert list(table) == [ANA]
        assert table.bytes_read == table.size == path.stat().st_size
        assert table.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_rows_keep_the_numbers_that_excel_shows(path: Path) -> None:
    a_book(path, {"S": [("Name", "Phone"), (), ("Ana", "2125550101"), (" ", None), ("Bo", "x")]})
    assert [row[0] for row in rows_of(path) if not isinstance(row, ParkedRow)] == [3, 5]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("  Ana ", "  Ana "),
        (12125550101, "12125550101"),
        (12125550101.0, "12125550101"),
        (2.5, "2.5"),
        (1.2125550101e16, "1.2125550101e+16"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (10**50, "1.000000E+50"),
        (True, "TRUE"),
        (False, "FALSE"),
        (datetime(2021, 3, 9), "2021-03-09"),  # noqa: DTZ001 -- Excel knows no zones
        (datetime(2021, 3, 9, 12, 34, 25), "2021-03-09 12:34:25"),  # noqa: DTZ001
        (date(2021, 3, 9), "2021-03-09"),
        (time(9, 30), "09:30:00"),
        (timedelta(hours=2), "2:00:00"),
        ("#N/A", ""),
        ("#REF!", ""),
        ("=1+1", "=1+1"),
        (ArrayFormula("A1:A2", "=SUM(1)"), "=SUM(1)"),
    ],
)
def test_cells_say_what_a_person_would_type(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_numbers_dates_and_serials_come_through_a_real_file(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Name", "Phone", "Birthday"])
    sheet.append(["Ana", 2125550101, datetime(1985, 3, 9)])  # noqa: DTZ001
    sheet.append(["Bo", 12125550102.0, 44264])
    sheet.append(["Cy", "+1 212 555 0103", "n/a"])
    sheet.append(["Di", 1.55512e16, None])
    book.save(path)
    *good, parked = contacts(path)
    drafts = [row.draft for row in good if isinstance(row, ReadRow)]
    assert [str(draft.number)[-4:] for draft in drafts] == ["0101", "0102", "0103"]
    assert [draft.birthday for draft in drafts] == ["1985-03-09", "2021-03-09", ""]
    assert isinstance(parked, ParkedRow)


def test_a_formula_is_the_text_it_is_and_no_number(path: Path) -> None:
    hostile = '=HYPERLINK("http://evil.example","+12125550101")'
    a_book(path, {"S": [("Name", "Phone"), ("Ana", hostile), ("=1+1", "2125550102")]})
    first, second = contacts(path)
    assert isinstance(first, ParkedRow)
    assert "formula" in first.reason
    assert first.cells == ("Ana", hostile)
    assert isinstance(second, ReadRow)
    assert second.draft.name == "=1+1"
    with open_table(path, "US") as table:
        list(table)
        assert any("2 cells are formulas" in note for note in table.notes)


def test_the_first_visible_sheet_with_phones_is_read_and_the_others_named(path: Path) -> None:
    a_book(
        path,
        {
            "Secret": ROWS,
            "Info": [("Shop", "Fern & Finch"), ("Owner", "Ana")],
            "Customers": [("Name", "Phone"), ("Bo", "2125550102")],
            "More": ROWS,
        },
        Secret="hidden",
        More="veryHidden",
    )
    with open_table(path, "US") as table:
        assert list(table) == [(2, ["Bo", "2125550102"])]
        assert table.notes == (
            'The sheet "Customers" was read. Not read: "Secret" (hidden), "Info", "More" (hidden).',
        )


def test_without_phones_anywhere_the_first_sheet_is_shown_for_choosing(path: Path) -> None:
    a_book(path, {"Empty": [], "A": [("x", "y"), ("1", "2")], "B": [("z", "w"), ("3", "4")]})
    with open_table(path, "US") as table:
        assert table.header == ("x", "y")


def test_a_workbook_whose_sheets_are_all_hidden_or_empty_says_so(path: Path) -> None:
    a_book(path, {"A": ROWS, "B": []})
    hidden = part(path, "xl/workbook.xml").replace(b'name="A"', b'name="A" state="hidden"')
    hidden = hidden.replace(b'state="visible"', b"")
    with_parts(path, {"xl/workbook.xml": hidden})
    assert "no rows" in refused(path).message
    a_book(path, {"A": []})
    assert "no rows" in refused(path).message
    all_hidden = part(path, "xl/workbook.xml").replace(b'state="visible"', b'state="hidden"')
    with_parts(path, {"xl/workbook.xml": all_hidden})
    assert "no visible sheet" in refused(path).message


def test_a_title_above_the_column_names_and_merged_cells_are_told(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Our customers"])
    sheet.merge_cells("A1:C1")
    sheet.append([])
    sheet.append(["Name", "Phone", "Note"])
    sheet.append(["Ana", "2125550101", "twins"])
    sheet.append(["Luis", None, None])
    sheet.merge_cells("B4:B5")
    book.save(path)
    with open_table(path, "US") as table:
        assert table.header == ("Name", "Phone", "Note")
        assert list(table) == [(4, ["Ana", "2125550101", "twins"]), (5, ["Luis"])]
        assert table.notes == (
            "1 row above the column names was taken for a title.",
            "The workbook has merged cells: their text stands in the first of them only.",
        )


@pytest.mark.parametrize(
    ("rows", "header", "first"),
    [
        ([("Phone",), ("2125550101",)], ("Phone",), 2),
        ([("2125550101",), ("2125550102", "x")], ("Column A",), 1),
        ([("Ana", "2125550101"), ("Name", "Phone")], ("Column A", "Column B"), 1),
        ([("List",), ("2125550101",)], ("List",), 2),
        ([("List",), ("Name", "Who"), ("Ana", "2125550101")], ("List",), 2),
    ],
)
def test_no_row_with_a_contact_is_taken_for_a_title(
    path: Path, rows: list[Any], header: tuple[str, ...], first: int
) -> None:
    a_book(path, {"S": rows})
    with open_table(path, "US") as table:
        assert table.header == header
        (row, *_) = list(table)
        assert not isinstance(row, ParkedRow)
        assert row[0] == first


def test_decorations_the_library_warns_about_say_nothing(path: Path) -> None:
    a_book(path)
    strange = part(path).replace(
        b"</worksheet>",
        b'<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"/></extLst></worksheet>',
    )
    with_parts(path, {SHEET: strange})
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        assert rows_of(path) == [ANA]
    assert said == []


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize("before", [100, (64 << 10) - 20, 200_000])
def test_a_workbook_with_a_password_says_so(path: Path, before: int) -> None:
    path.write_bytes(
        OLD_OFFICE + bytes(before) + "EncryptedPackage".encode("utf-16-le") + bytes(5000)
    )
    error = refused(path)
    assert "protected by a password" in error.message
    assert "take the password off" in error.hint


def test_an_old_workbook_says_so(path: Path) -> None:
    path.write_bytes(OLD_OFFICE + "Workbook".encode("utf-16-le") + bytes(5000))
    assert "old Excel workbook (XLS)" in refused(path).message


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"content.xml": b"<x/>"}, "LibreOffice"),
        ({"word/document.xml": b"<x/>"}, "a document"),
        ({"customers.csv": b"Name,Phone\n"}, "ZIP archive"),
    ],
)
def test_other_archives_are_named(path: Path, parts: dict[str, bytes], words: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert words in refused(path).message


def damage_directory(content: bytes) -> bytes:
    return content[: len(content) // 2]


def damage_data(content: bytes) -> bytes:
    return content.replace(b"PK\x03\x04", b"PK\x03\x04\xff\xff", 1)


@pytest.mark.parametrize("damage", [damage_directory, damage_data, lambda c: c[:4] + bytes(900)])
def test_a_damaged_workbook_says_so(path: Path, damage: Any) -> None:
    path.write_bytes(damage(a_book(path).read_bytes()))
    assert "damaged" in refused(path).message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (SHEET, b"<worksheet"),
        (SHEET, sheet_xml(b'<row r="x"><c r="A1"><v>1</v></c></row>')),
        (SHEET, sheet_xml(b'<row r="1"><c r="A1" t="s"><v>99</v></c></row>')),
        (SHEET, sheet_xml(b'<row r="1"><c r="A1"><v>' + b"9" * 5000 + b"</v></c></row>")),
        (SHEET, sheet_xml(b'<row r="99999999999"><c r="A1"><v>1</v></c></row>')),
        ("xl/workbook.xml", b"<x/>"),
        ("[Content_Types].xml", b"<x/>"),
        ("xl/styles.xml", b"not xml"),
    ],
    ids=["cut", "row", "string", "digits", "row number", "workbook", "types", "styles"],
)
def test_whatever_is_wrong_inside_is_said_in_one_sentence(
    path: Path, name: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 50_000)
    with_parts(a_book(path), {name: content})
    assert "damaged" in refused(path).message


def test_an_archive_with_a_password_on_its_parts_is_refused(path: Path) -> None:
    content = bytearray(a_book(path).read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := content.find(mark, start + 1)) >= 0:
            content[start + offset] |= 1
    path.write_bytes(bytes(content))
    assert "damaged" in refused(path).message


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + b"a" * 1000 + b'">'
    b'<!ENTITY b "' + b"&a;" * 1000 + b'"><!ENTITY c "' + b"&b;" * 1000 + b'">]>'
)

HARMFUL = {
    "a bomb of entities in the sheet": {
        SHEET: ENTITIES + b"<worksheet><sheetData><row>&c;</row></sheetData></worksheet>"
    },
    "a bomb of entities elsewhere": {"xl/styles.xml": ENTITIES + b"<styleSheet>&c;</styleSheet>"},
    "one row without end": {SHEET: sheet_xml(b"<row>" + b"<c/>" * 2_000_000 + b"</row>")},
    "one text without end": {
        SHEET: sheet_xml(
            b'<row><c t="inlineStr"><is><t>' + b"x" * (8 << 20) + b"</t></is></c></row>"
        )
    },
    "row ends hidden in comments": {
        SHEET: sheet_xml(b"<row>" + (b"<c/>" * 1000 + b"<!--</row>-->") * 2000 + b"</row>")
    },
    "row ends hidden in CDATA": {
        SHEET: sheet_xml(b"<row>" + (b"<c/>" * 1000 + b"<![CDATA[</row>]]>") * 2000 + b"</row>")
    },
    "an encoding that hides the tags": {
        SHEET: sheet_xml(b"<row></row>").decode().replace("UTF-8", "UTF-16").encode("utf-16")
    },
    "an encoding of mainframes": {SHEET: sheet_xml(b"<row/>").replace(b"UTF-8", b"cp037")},
    "one shared text without end": {
        "xl/sharedStrings.xml": b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        b'2006/main"><si>' + b"<r/>" * 2_000_000 + b"</si></sst>"
    },
    "styles without end": {"xl/styles.xml": b"<styleSheet>" + b"<xf/>" * 4_000_000},
    "too many parts": {f"xl/media/{n}": b"" for n in range(10_001)},
}


@pytest.mark.parametrize("parts", HARMFUL.values(), ids=HARMFUL)
def test_a_workbook_that_means_harm_is_refused_in_bounded_memory(
    path: Path, parts: dict[str, bytes]
) -> None:
    with_parts(a_book(path), parts)
    tracemalloc.start()
    refused(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 24 << 20


def test_a_zip_bomb_is_refused_by_its_sizes_before_anything_is_unpacked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "LARGEST_WHOLE", 64 << 20)
    with_parts(a_book(path), {"xl/media/bomb.png": bytes(70 << 20)})
    assert path.stat().st_size < 1 << 20
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert "larger inside" in refused(path).message


def test_a_file_larger_than_any_workbook_is_not_even_unpacked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_book(path)
    monkeypatch.setattr(package, "LARGEST_FILE", 1000)
    assert "larger inside" in refused(path).message


def test_a_workbook_that_changes_while_it_is_read_is_refused_at_the_end(path: Path) -> None:
    a_book(path)
    with open_table(path, "US") as table:
        path.write_bytes(path.read_bytes() + b"x")
        with pytest.raises(BadInput, match="changed while it was being read"):
            list(table)


def test_a_row_too_wide_or_a_cell_too_long_costs_that_row_only(path: Path) -> None:
    rows = (
        text_row(1, "Name", "Phone")
        + b'<row r="2"><c r="A2" t="inlineStr"><is><t>Ana</t></is></c>'
        + b'<c r="ZZZ2"><v>1</v></c></row>'
        + text_row(3, "x" * 200_000, "2125550101")
        + text_row(4, "Bo", "2125550102")
    )
    with_parts(a_book(path), {SHEET: sheet_xml(rows)})
    wide, long, good = rows_of(path)
    assert isinstance(wide, ParkedRow)
    assert "columns" in wide.reason
    assert isinstance(long, ParkedRow)
    assert "too long" in long.reason
    assert good == (4, ["Bo", "2125550102"])


def test_many_rows_are_read_in_bounded_memory_with_progress(path: Path) -> None:
    rows = b"".join(text_row(n, f"P{n}", f"212555{100 + n % 100:04d}") for n in range(2, 6_002))
    with_parts(a_book(path), {SHEET: sheet_xml(text_row(1, "Name", "Phone") + rows)})
    tracemalloc.start()
    seen = 0
    marks: set[int] = set()
    with open_table(path, "US") as table:
        for _ in table:
            seen += 1
            marks.add(table.bytes_read)
            assert table.bytes_read <= table.size
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seen == 6_000
    assert len(marks) > 2
    assert peak < 24 << 20


CELLS = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)),  # noqa: DTZ001
)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.lists(CELLS, max_size=4), max_size=8))
def test_any_cells_are_rows_that_add_up_or_a_plain_refusal(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[Any]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    a_book(path, {"S": [("Name", "Phone"), *rows]})
    filled = [n for n, row in enumerate(rows, start=2) if any(cell_text(c).strip() for c in row)]
    found = rows_of(path)
    assert [row.row if isinstance(row, ParkedRow) else row[0] for row in found] == filled
