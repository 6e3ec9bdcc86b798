"""Imports by the command line: exact counts, parked rows, mapping, and files that are none."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest

from shopbell.gateways.practice import PracticeGateway
from till import ANA, BO, Till

COUNTS = ("new", "updated", "unchanged", "parked", "duplicates", "suppressed")
LIST = """Name,Mobile,Notes
Ana Reyes,(212) 555-0101,likes peonies
Bo Lind,212-555-0102,
Ana R.,+1 212 555 0101,same number
Cy Moss,1.55512E+10,shortened
Dana Cole,call me,no number
"""


def a_file(till: Till, content: str | bytes, name: str = "till.csv") -> str:
    path = till.file.parent / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_the_counts_are_exact_and_add_up(till: Till) -> None:
    done = till.json("import", a_file(till, LIST))
    assert {key: done[key] for key in ("read", *COUNTS)} == {
        "read": 5,
        "new": 2,
        "updated": 0,
        "unchanged": 0,
        "parked": 2,
        "duplicates": 1,
        "suppressed": 0,
    }
    assert done["read"] == sum(done[key] for key in COUNTS)
    assert done["batch_id"] == 1
    assert done["mapping"]["phone"] == ["Mobile"]
    assert done["mapping"]["name"] == ["Name"]
    assert {row["number"] for row in till.json("contacts", "list")["contacts"]} == {ANA, BO}


def test_parked_rows_carry_the_spreadsheets_row_number_the_reason_and_the_cells(
    till: Till,
) -> None:
    parked = till.json("import", a_file(till, LIST))["parked_rows"]
    assert [row["row"] for row in parked] == [5, 6]
    assert parked[0]["cells"] == ["Cy Moss", "1.55512E+10", "shortened"]
    assert all(row["reason"].endswith(".") for row in parked)


def test_a_person_reads_the_counts_and_the_rows_that_need_them(till: Till) -> None:
    out = till.run("import", a_file(till, LIST)).out.splitlines()
    assert out[0] == "Import 1."
    for line in ("Rows read: 5", "New: 2", "Same number twice: 1", "Parked: 2", "phone: “Mobile”"):
        assert line in out
    assert [line[:6] for line in out[-2:]] == ["Row 5:", "Row 6:"]


def test_many_parked_rows_are_counted_after_the_first_twenty(till: Till) -> None:
    rows = "".join(f"Nobody {n},call {n}\n" for n in range(30))
    out = till.run("import", a_file(till, f"Name,Phone\nAna,212-555-0101\n{rows}")).out.splitlines()
    assert sum(line.startswith("Row ") for line in out) == 20
    assert out[-1] == "10 more rows are parked; see them with --json."


def test_a_dry_run_counts_the_same_and_writes_nothing(till: Till) -> None:
    dry = till.json("import", a_file(till, LIST), "--dry-run")
    assert (dry["new"], dry["batch_id"]) == (2, None)
    assert till.json("contacts", "list")["total"] == 0
    assert "dry run" in till.run("import", a_file(till, LIST), "--dry-run").out
    assert till.json("import", a_file(till, LIST))["new"] == dry["new"]


def test_importing_twice_changes_nothing(till: Till) -> None:
    till.json("import", a_file(till, LIST))
    again = till.json("import", a_file(till, LIST))
    assert (again["new"], again["unchanged"] + again["updated"]) == (0, 2)
    assert till.json("contacts", "list")["total"] == 2


def test_columns_can_be_named_by_hand(till: Till) -> None:
    path = a_file(till, "A,B,C\nAna,212-555-0101,212-555-0102\n")
    done = till.json("import", path, "--map", "name=A", "--map", "phone=C")
    assert done["mapping"]["phone"] == ["C"]
    assert till.json("contacts", "list")["contacts"][0]["number"] == BO


def test_numbers_without_a_country_belong_to_the_country_that_is_named(till: Till) -> None:
    path = a_file(till, "Name,Phone\nIvy,07700 900123\n")
    assert till.json("import", path, "--dry-run")["parked"] == 1
    assert till.json("import", path, "--country", "gb")["new"] == 1
    assert till.json("contacts", "list")["contacts"][0]["number"] == "+447700900123"


@pytest.mark.parametrize("country", ["GB", "uk", "United Kingdom", "united kingdom"])
def test_a_country_goes_by_its_code_or_its_name(till: Till, country: str) -> None:
    path = a_file(till, "Name,Phone\nIvy,07700 900123\n")
    assert till.json("import", path, "--country", country, "--dry-run")["new"] == 1


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--map", "phone"), "bad_map"),
        (("--map", "shoe_size=A"), "bad_map"),
        (("--map", "phone="), "bad_map"),
        (("--map", "phone=A", "--map", "phone=B"), "bad_map"),
        (("--map", "phone=No such column"), None),
        (("--country", "Narnia"), "bad_country"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_a_wrong_mapping_or_country_is_refused(
    till: Till, options: tuple[str, ...], code: str | None
) -> None:
    ran = till.run("import", a_file(till, LIST), *options, "--json")
    assert ran.code == 2
    assert code is None or ran.error == code
    assert till.json("contacts", "list")["total"] == 0


def test_an_import_records_no_yes_undoes_no_stop_and_sends_nothing(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.json("opt-out", ANA, "--how", "spoken")
    content = "Name,Phone,Accepts SMS Marketing\nAna,212-555-0101,yes\nBo,212-555-0102,yes\n"
    done = counter.json("import", a_file(counter, content))
    assert (done["suppressed"], done["new"]) == (1, 1)
    assert done["consent_columns"] == ["Accepts SMS Marketing"]
    assert done["consent_words"] == [{"column": "Accepts SMS Marketing", "words": {"yes": 2}}]
    said = counter.run("import", a_file(counter, content)).out
    assert "“Accepts SMS Marketing” says: “yes” 2." in said
    assert "Not used as a yes: “Accepts SMS Marketing”" in said
    sheet = counter.json("contacts", "show", BO)
    assert sheet["consents"] == []
    assert counter.json("contacts", "show", ANA)["suppressed"] is True
    assert counter.json("messages", "list")["total"] == 0
    assert practice.seen() == ()


def a_row_of(cells: int) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(["Ana", "212-555-0101", *["x"] * (cells - 2)])
    return "Name,Phone\n" + line.getvalue()


NO_TABLES: dict[str, bytes] = {
    "an empty file": b"",
    "blank lines": b"\n\n\n",
    "a spreadsheet by another name": b"PK\x03\x04\x14\x00\x06\x00" + b"\x00" * 2000,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "no column of numbers": b"Name,Shoe size\nAna,38\n",
    "one endless line": b"Name,Phone" + b"x" * 3_000_000,
}


@pytest.mark.parametrize("content", NO_TABLES.values(), ids=NO_TABLES)
def test_what_is_no_table_is_refused_with_the_file_named(till: Till, content: bytes) -> None:
    path, before = a_file(till, content), till.file.read_bytes()
    ran = till.run("import", path, "--json")
    assert ran.code == 2, ran
    error = ran.json["error"]
    assert error["code"] != "unexpected"
    assert "till.csv" in error["message"] + error["hint"]
    assert till.json("contacts", "list")["total"] == 0
    assert len(before) > 0


@pytest.mark.parametrize("name", ["folder", "missing.csv"])
def test_a_folder_or_nothing_at_all_is_refused(till: Till, name: str) -> None:
    (till.file.parent / "folder").mkdir()
    ran = till.run("import", str(till.file.parent / name), "--json")
    assert ran.code == 2
    assert name in ran.json["error"]["message"]


HOSTILE_ROWS: dict[str, tuple[bytes, int]] = {
    "NUL bytes": (b"Name,Phone\nA\x00na,212-555-0101\nBo,212-555-0102\n", 2),
    "a formula": (b'Name,Phone\n"=HYPERLINK(""http://x"")",212-555-0101\n', 1),
    "markup": (b"Name,Phone\n[/] [bold],212-555-0101\n", 1),
    "escape sequences": (b"Name,Phone\n\x1b]52;c;aGk=\x07,212-555-0101\n", 1),
    "a right-to-left override": ("Name,Phone\n\u202eanA,212-555-0101\n".encode(), 1),
    "a lone surrogate": (b"Name,Phone\n\xed\xa0\xbd,212-555-0101\n", 1),
    "ten thousand columns": (a_row_of(10_000).encode(), 1),
}


@pytest.mark.parametrize(("content", "rows"), HOSTILE_ROWS.values(), ids=HOSTILE_ROWS)
def test_hostile_rows_are_read_or_parked_and_shown_harmless(
    till: Till, content: bytes, rows: int
) -> None:
    path = a_file(till, content)
    done = till.json("import", path, "--dry-run")
    assert done["read"] == rows == sum(done[key] for key in COUNTS)
    said = till.run("import", path)
    shown = till.run("contacts", "list")
    assert (said.code, shown.code) == (0, 0)
    for forbidden in ("\x1b", "\x07", "\x00", "\u202e"):
        assert forbidden not in said.out + said.err + shown.out


def test_the_file_name_itself_can_be_hostile(till: Till) -> None:
    path = a_file(till, LIST, "\x1b[2J[bold]\u202e.csv")
    ran = till.run("import", path)
    assert ran.code == 0
    missing = till.run("import", str(Path(path).parent / "\x1b[2Jmissing.csv"))
    assert missing.code == 2
    assert "\x1b" not in ran.out + ran.err + missing.out + missing.err


@pytest.mark.parametrize(
    ("name", "kept"),
    [(b"till-\xff.csv", "till-.csv"), (b"\xff\xfe", "a file without a readable name")],
)
def test_a_file_name_that_is_no_text_is_kept_as_far_as_it_is(
    till: Till, name: bytes, kept: str
) -> None:
    path = a_file(till, LIST, os.fsdecode(name))
    assert till.json("import", path)["file"] == kept
    (batch,) = till.json("imports")["imports"]
    assert batch["file"] == kept
    till.json("import", path, "--do-not-text")
    assert kept in till.run("imports").out
