"""Whole exports of the programs shops use, with every count as it must come out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

import make_files
from shopbell.domain.cells import read_phone
from shopbell.domain.columns import map_columns
from shopbell.domain.importing import ParkedRow, ReadRow
from shopbell.domain.numbers import NumberProblem
from shopbell.domain.rows import read_rows
from shopbell.services.reading import open_table

FOLDER = Path(__file__).parent.parent / "files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of the rows of a file."""

    profile: str
    encoding: str
    delimiter: str
    new: int
    duplicates: int
    parked: dict[str, int]


SPOILED = {
    "no number": 8,
    "digits gone": 3,
    "extension": 3,
    "short": 4,
    "several": 2,
    "formula": 2,
    "long": 2,
    "words": 1,
    "letters": 1,
    "emergency": 1,
    "lost plus": 1,
}

OUTCOMES = {
    "square.csv": Outcome(
        profile="square",
        encoding="utf-8",
        delimiter=",",
        new=190 + 7 + 8 + 2,
        duplicates=6 + 2,
        parked=SPOILED | {"quotes": 1},
    ),
    "shopify-new.csv": Outcome(
        profile="shopify",
        encoding="utf-8",
        delimiter=",",
        new=220 + 4,
        duplicates=7,
        parked=SPOILED,
    ),
    "shopify-old.csv": Outcome(
        profile="shopify",
        encoding="cp1252",
        delimiter=";",
        new=230 + 1,
        duplicates=0,
        parked=SPOILED | {"no number": 9},
    ),
    "google-new.csv": Outcome(
        profile="google",
        encoding="utf-8",
        delimiter=",",
        new=200 + 15 + 5 + 2 + 2 + 1,
        duplicates=4,
        parked={"no number": 2 + 10, "several": 3, "which mobile": 4 + 3},
    ),
    "google-old.csv": Outcome(
        profile="google",
        encoding="utf-16",
        delimiter=",",
        new=225 + 8,
        duplicates=0,
        parked=SPOILED,
    ),
}


def sentence(cell: str) -> str:
    problem = read_phone(cell, "US")
    assert isinstance(problem, NumberProblem)
    return problem.sentence


REASONS = {
    sentence("(212) 555-0150 x12"): "extension",
    sentence("555-0105"): "short",
    sentence("212-555-0150 / 305-555-0151"): "several",
    sentence("=A1"): "formula",
    sentence("12125550142000000"): "long",
    sentence("call her mother"): "words",
    sentence("212-555-FLWR"): "letters",
    sentence("911"): "emergency",
    sentence("447700900123"): "lost plus",
    "the digits are gone": "digits gone",
    "no phone number in this row": "no number",
    "quotation marks": "quotes",
    "none is plainly the mobile": "which mobile",
}


def reason_of(row: ReadRow | ParkedRow) -> str | None:
    if isinstance(row, ReadRow):
        return None
    (reason,) = {reason for words, reason in REASONS.items() if words in row.reason}
    return reason


def read(name: str) -> tuple[Outcome, list[ReadRow | ParkedRow], int]:
    with open_table(FOLDER / name, "US") as table:
        mapping = map_columns(table.header, table.samples, "US")
        rows = list(table)
        out = list(read_rows(rows, mapping, "US", f"import:{name}"))
        good = [row for row in out if isinstance(row, ReadRow)]
        found = Outcome(
            profile=mapping.profile,
            encoding=table.encoding,
            delimiter=table.delimiter,
            new=sum(row.duplicate_of is None for row in good),
            duplicates=sum(row.duplicate_of is not None for row in good),
            parked=dict(Counter(reason for row in out if (reason := reason_of(row)))),
        )
        return found, out, len(rows)


@pytest.mark.parametrize("name", OUTCOMES)
def test_an_export_comes_out_with_exactly_these_counts(name: str) -> None:
    found, out, came = read(name)

    assert found == OUTCOMES[name]
    assert came == len(out) == found.new + found.duplicates + sum(found.parked.values())
    assert came >= 220


@pytest.mark.parametrize("name", OUTCOMES)
def test_every_number_in_a_sample_file_is_reserved_for_fiction(name: str) -> None:
    _, out, _ = read(name)

    for row in out:
        if isinstance(row, ReadRow):
            number = row.draft.number
            assert number[5:10] == "55501" or number.startswith(("+447700900", "+3319900"))


@pytest.mark.parametrize("name", OUTCOMES)
def test_the_committed_file_is_what_the_script_makes(name: str) -> None:
    assert (FOLDER / name).read_bytes() == make_files.FILES[name]()


def drafts(name: str) -> dict[int, ReadRow]:
    return {row.row: row for row in read(name)[1] if isinstance(row, ReadRow)}


def test_a_square_row_keeps_its_note_and_place_and_a_broken_row_its_number() -> None:
    found, out, _ = read("square.csv")
    ana = drafts("square.csv")[2].draft

    assert (ana.name, ana.email, ana.note) == ("Ana Reyes", "p0@example.com", "likes peonies")
    assert ana.region == "US-NY"
    assert [row.row for row in out if reason_of(row) == "quotes"] == [52]
    assert found.parked["quotes"] == 1


def test_a_shopify_row_without_phone_takes_the_phone_of_its_address() -> None:
    rows = drafts("shopify-new.csv")

    assert rows[5].draft.number == f"+1{make_files.number(3)}"
    assert rows[2].draft.tags == ("VIP", "wholesale")
    assert {row.draft.region for row in rows.values()} == {"US-NY", "US-CA", "CA-ON", "GB", None}


def test_an_old_export_from_a_european_excel_keeps_its_accents() -> None:
    rows = drafts("shopify-old.csv").values()

    assert {row.draft.note for row in rows} == {"", "préfère le matin"}
    assert "Crème & Co" in {row.draft.name for row in rows}


def test_google_contacts_lose_the_groups_that_google_made_and_no_name() -> None:
    new = drafts("google-new.csv").values()
    old = drafts("google-old.csv").values()

    assert {row.draft.tags for row in new} == {("Regulars",), ()}
    assert "Fern & Finch" in {row.draft.name for row in new}
    assert set(make_files.HOSTILE_NAMES) <= {row.draft.name for row in old}


def test_repaired_numbers_are_said_in_the_square_file() -> None:
    remarks = [remark for row in drafts("square.csv").values() for remark in row.remarks]

    assert len(remarks) == 2
    assert all(remark.startswith("A spreadsheet wrote") for remark in remarks)
