"""Opening a file of contacts: what it looks like, its rows, and every file that is none."""

from __future__ import annotations

import codecs
import hashlib
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.columns import map_columns
from shopbell.domain.importing import ParkedRow, ReadRow, TableRow
from shopbell.domain.rows import read_rows
from shopbell.errors import BadInput
from shopbell.services.reading import open_table
from shopbell.services.tables import Table

Write = Callable[[bytes | str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(content: bytes | str) -> Path:
        path = tmp_path / "customers.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def rows_in(path: Path) -> list[TableRow]:
    with open_table(path, "US") as table:
        return list(table)


def refused(path: Path) -> BadInput:
    with pytest.raises(BadInput) as caught:
        rows_in(path)
    assert caught.value.hint
    return caught.value


def test_a_table_says_what_it_looks_like_before_its_rows_are_read(write: Write) -> None:
    content = "Name  ,Phone\nAna,+12125550142\nBo,+13055550143\n"
    with open_table(write(content), "US") as table:
        assert (table.name, table.encoding, table.delimiter) == ("customers.csv", "utf-8", ",")
        assert table.header == ("Name", "Phone")
        assert table.has_header
        assert table.samples == (("Ana", "+12125550142"), ("Bo", "+13055550143"))
        assert table.notes == ()
        assert list(table) == [(2, ["Ana", "+12125550142"]), (3, ["Bo", "+13055550143"])]
        assert table.bytes_read == table.size == len(content)
        assert table.sha256 == hashlib.sha256(content.encode()).hexdigest()


DIALECTS = [
    ("Name,Phone\nZoë,+12125550142\n".encode(), ",", "utf-8", []),
    (codecs.BOM_UTF8 + "Name,Phone\r\nZoë,+12125550142".encode(), ",", "utf-8", []),
    ("Name;Phone\rZoë;+12125550142\r".encode("cp1252"), ";", "cp1252", ["semicolons", "accents"]),
    ("sep=;\r\nName;Phone\r\nZoë;+12125550142\r\n".encode(), ";", "utf-8", ["semicolons"]),
    ("sep=~\r\nName~Phone\r\nZoë~+12125550142\r\n".encode(), "~", "utf-8", ['"~"']),
    ("Name|Phone\nZoë|+12125550142\n".encode(), "|", "utf-8", ["vertical bars"]),
    ("Name\tPhone\nZoë\t+12125550142\n".encode("utf-16"), "\t", "utf-16", ["tabs", "UTF-16"]),
    (
        codecs.BOM_UTF16_BE + "Name,Phone\nZoë,+12125550142".encode("utf-16-be"),
        *(",", "utf-16", ["UTF-16"]),
    ),
]


@pytest.mark.parametrize(("content", "delimiter", "encoding", "notes"), DIALECTS)
def test_every_sane_dialect_gives_the_same_rows(
    write: Write, content: bytes, delimiter: str, encoding: str, notes: list[str]
) -> None:
    with open_table(write(content), "US") as table:
        assert table.header == ("Name", "Phone")
        assert list(table) == [(2, ["Zoë", "+12125550142"])]
        assert (table.delimiter, table.encoding) == (delimiter, encoding)
        assert len(table.notes) == len(notes)
        assert all(word in note for word, note in zip(notes, table.notes, strict=True))


def test_a_file_without_header_gives_its_first_row_as_a_contact(write: Write) -> None:
    with open_table(write("Ana,(212) 555-0142\nBo,305-555-0143\n"), "US") as table:
        assert not table.has_header
        assert table.header == ("Column A", "Column B")
        assert [row[0] for row in table if not isinstance(row, ParkedRow)] == [1, 2]
        assert "does not name its columns" in table.notes[0]


def test_blank_rows_before_the_header_are_counted(write: Write) -> None:
    with open_table(write("\n,,\nName,Phone\nAna,+12125550142\n"), "US") as table:
        assert table.header == ("Name", "Phone")
        assert list(table) == [(4, ["Ana", "+12125550142"])]


def test_a_header_alone_is_a_table_without_rows(write: Write) -> None:
    assert rows_in(write("Name,Phone")) == []


def test_old_encodings_far_down_the_file_are_noted_when_they_are_met(write: Write) -> None:
    path = write(b"Name,Phone\n" + b"Ana,+12125550142\n" * 9000 + b"Jos\xe9,+13055550143\n")
    with open_table(path, "US") as table:
        assert (table.encoding, table.notes) == ("utf-8", ())
        assert list(table)[-1] == (9002, ["José", "+13055550143"])
        assert table.encoding == "cp1252"
        assert table.notes[0].startswith("1 line is not in UTF-8")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\n\r\n , ,\n", "There are no rows in"),
        (codecs.BOM_UTF8, "There are no rows in"),
        (b'"Bob "The" Builder",Phone\n', "The first row of"),
        (b"Name," * 2000, "The first row of"),
        (b"x" * (2 << 20), "The first row of"),
        (b"PK\x03\x04" + bytes(100), "an Excel workbook"),
        (b"%PDF-1.7", "a PDF"),
        (b"Name\x00,Phone\n" + bytes(200), "not a text file"),
    ],
)
def test_what_is_no_table_is_refused_by_name(write: Write, content: bytes, words: str) -> None:
    message = refused(write(content)).message

    assert '"customers.csv"' in message
    assert words in message


def test_a_refused_file_is_let_go_of(write: Write) -> None:
    path = write(b"%PDF-1.7")
    refused(path)
    path.unlink()

    assert "There is no file" in refused(path).message


def test_a_file_that_changes_while_it_is_read_is_refused_at_the_end(write: Write) -> None:
    path = write("Name,Phone\nAna,+12125550142\n")
    with open_table(path, "US") as table:
        path.write_bytes(b"Name,Phone\n")
        with pytest.raises(BadInput, match="changed while it was being read"):
            list(table)
        with pytest.raises(RuntimeError):
            _ = table.sha256


def test_the_fingerprint_is_not_given_before_the_end(write: Write) -> None:
    with open_table(write("Phone\n+12125550142\n"), "US") as table, pytest.raises(RuntimeError):
        _ = table.sha256


def test_the_shop_file_in_use_is_never_opened(write: Write) -> None:
    path = write("Phone\n+12125550142\n")

    with pytest.raises(BadInput, match="the shop file itself"):
        open_table(path, "US", shop_file=path)


def test_one_row_of_ten_thousand_columns_costs_that_row_only(write: Write) -> None:
    rows = rows_in(write("Name,Phone\n" + "x," * 10_000 + "\nAna,+12125550142\n"))

    assert isinstance(rows[0], ParkedRow)
    assert rows[1] == (3, ["Ana", "+12125550142"])


def test_millions_of_rows_and_one_huge_line_are_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    with path.open("wb") as file:
        file.write(b"Name,Phone\n")
        file.write(b"Ana,+12125550142\n" * 20_000)
        file.write(b"x" * (8 << 20) + b"\n")
        file.write(b'"Bo,' + b"+13055550143\n" * 20_000)
    tracemalloc.start()
    with open_table(path, "US") as table:
        seen = [0, 0]
        for row in table:
            seen[isinstance(row, ParkedRow)] += 1
            assert table.bytes_read <= table.size
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert seen == [39_999, 2]
    assert peak < 6 << 20


def outcome(table: Table) -> tuple[int, list[ReadRow | ParkedRow]]:
    mapping = map_columns(table.header, table.samples, "US")
    rows = list(table)
    return len(rows), list(read_rows(rows, mapping, "US", f"import:{table.name}"))


ALMOST_CSV = st.lists(
    st.sampled_from(
        [b"Name,Phone\n", b"Ana,+12125550142\n", b'"', b",", b";", b"\n", b"\r", b"\x00", b"\xe9"]
    )
    | st.binary(max_size=6),
    max_size=30,
).map(b"".join)


@settings(deadline=None, max_examples=200)
@given(content=st.binary(max_size=300) | ALMOST_CSV)
def test_any_bytes_are_rows_that_add_up_or_a_plain_refusal(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)

    with suppress(BadInput), open_table(path, "US") as table:
        came, out = outcome(table)
        assert len(out) == came
        assert [row.row for row in out] == sorted({row.row for row in out})
        assert table.sha256 == hashlib.sha256(content).hexdigest()
