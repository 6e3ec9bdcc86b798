"""Files are known by their first bytes, whatever they are called."""

from __future__ import annotations

import hashlib
import sqlite3
import zipfile
from pathlib import Path

import pytest

from shopbell.domain.file_kinds import FileKind, file_kind
from shopbell.errors import BadInput

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"PK\x05\x06" + bytes(18), "empty ZIP"),
        (b"\x1f\x8b\x08\x00", "packed"),
        (b"BZh9", "packed"),
        (b"7z\xbc\xaf\x27\x1c", "packed"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"GIF89a", "picture"),
        (b"{\\rtf1", "RTF"),
        (b"\r\n<!DOCTYPE html><html>", "web page"),
        (b"<HTML><body>", "web page"),
        (b'<?xml version="1.0"?>', "XML"),
        (b'[{"name": "Ana"}]', "JSON"),
        (b'{"name": "Ana"}', "JSON"),
        (bytes(1000), "not a text file"),
        (b"".join(hashlib.sha256(bytes([i])).digest() for i in range(64)), "not a text file"),
        ("Name,Phone\n".encode("utf-16-le") * 10, "not a text file"),
    ],
)
def test_a_file_of_another_kind_is_named_with_the_next_step(head: bytes, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        file_kind(head, "customers.csv")

    assert '"customers.csv"' in refused.value.message
    assert words in refused.value.message
    assert "import" in refused.value.hint


def test_a_workbook_renamed_to_csv_is_refused_with_the_name_it_should_have(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")

    with pytest.raises(BadInput, match="Excel workbook") as refused:
        file_kind(path.read_bytes(), path.name)
    assert 'rename it to "customers.xlsx"' in refused.value.hint


def test_cards_renamed_to_tsv_are_refused_with_the_name_they_should_have() -> None:
    with pytest.raises(BadInput, match="vCard") as refused:
        file_kind(b"BEGIN:VCARD\r\nVERSION:3.0\r\n", "phone.TSV")
    assert 'rename it to "phone.vcf"' in refused.value.hint


def test_a_database_renamed_to_csv_is_still_a_database(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE t (x)")
    database.close()

    with pytest.raises(BadInput, match="SQLite database"):
        file_kind(path.read_bytes(), path.name)


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"PK\x03\x04" + bytes(100), "customers.xlsx", FileKind.WORKBOOK),
        (b"PK\x03\x04" + bytes(100), "customers", FileKind.WORKBOOK),
        (OLD_OFFICE + bytes(100), "customers.xls", FileKind.OLD_OFFICE),
        (OLD_OFFICE + bytes(100), "customers.csv", FileKind.OLD_OFFICE),
        (b"BEGIN:VCARD\r\n", "contacts.vcf", FileKind.CARDS),
        (b"\n begin:vcard\n", "contacts.txt", FileKind.CARDS),
        (b"Name,Phone\nAna,+12125550142\n", "contacts.vcf", FileKind.TEXT),
    ],
)
def test_each_reader_gets_its_files(head: bytes, name: str, kind: FileKind) -> None:
    assert file_kind(head, name) is kind


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"Name,Phone\nAna,+12125550142\n",
        b"Name,Phone\nE\x1b]52;c;QUJD\x07ve\x00,+12125550142\nBo,+13055550143\nCy,+14155550144\n",
        "Name;Téléphone\n".encode("cp1252"),
        "名前,電話\n".encode(),
        b"PK,Name\n1,Ana\n",
        b"\x00",
    ],
)
def test_text_is_let_through_even_with_a_few_odd_bytes(head: bytes) -> None:
    assert file_kind(head, "customers.csv") is FileKind.TEXT
