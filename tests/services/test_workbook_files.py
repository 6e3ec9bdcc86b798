"""Every kept workbook through a whole import: who comes in, who is parked, what is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

import make_workbooks
from shopbell.domain.importing import ImportReport, RowFate
from shopbell.errors import BadInput
from shops import Counter, open_counter

ANA, BO, CY = ("Ana Reyes", "0101"), ("Bo Lind", "0102"), ("Cy Moss", "0103")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What becomes of a workbook."""

    people: tuple[tuple[str, str], ...]
    """Name and last digits of everybody who comes in."""
    rows: tuple[int, ...]
    """Where they stand in the sheet."""
    parked: tuple[int, ...] = ()
    told: tuple[str, ...] = ()


EXPECTED = {
    "plain.xlsx": Expected(people=(ANA, BO, CY), rows=(2, 3, 4)),
    "formulas.xlsx": Expected(
        people=(ANA, BO, ("=1+1", "0103")),
        rows=(2, 3, 5),
        parked=(4,),
        told=("4 cells are formulas",),
    ),
    "hidden-sheets.xlsx": Expected(
        people=(ANA, BO), rows=(2, 3), told=('"Old list" (hidden), "Older" (hidden)',)
    ),
    "merged-cells.xlsx": Expected(
        people=(ANA, BO),
        rows=(4, 5),
        told=("1 row above the column names was taken for a title.", "merged cells"),
    ),
    "numbers-and-days.xlsx": Expected(people=(ANA, BO, CY), rows=(2, 3, 4), parked=(5,)),
    "blank-rows.xlsx": Expected(people=(ANA, BO), rows=(3, 6)),
}  # fmt: skip

REFUSED = {
    "all-hidden.xlsx": ("has no visible sheet", "show the sheet with the contacts"),
    "bomb.xlsx": ("larger inside than any list", "as CSV"),
    "password.xlsx": ("protected by a password", "take the password off"),
    "old.xls": ("old Excel workbook", "save it as CSV"),
    "cut-short.xlsx": ("damaged", "save it as CSV"),
}


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def counter(
    anyio_backend: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Counter]:
    """One shop that every workbook is only looked at in."""
    counter = await open_counter(tmp_path_factory.mktemp("workbooks") / "shop.db")
    yield counter
    await counter.shop.close()


async def looked_at(counter: Counter, name: str) -> ImportReport:
    return await counter.shop.imports.run(make_workbooks.FOLDER / name, dry_run=True)


@pytest.mark.parametrize("name", EXPECTED)
async def test_a_workbook_brings_exactly_these_people(counter: Counter, name: str) -> None:
    expected = EXPECTED[name]
    report = await looked_at(counter, name)
    new = report.rows[RowFate.NEW]
    assert tuple((row.name, row.number[-4:]) for row in new) == expected.people
    assert tuple(row.row for row in new) == expected.rows
    assert tuple(row.row for row in report.parked) == expected.parked
    assert report.counts.read == len(expected.people) + len(expected.parked)
    notes = " ".join(report.notes)
    assert all(words in notes for words in expected.told)
    assert bool(report.notes) == bool(expected.told), "nothing odd, nothing said"


@pytest.mark.parametrize("name", REFUSED)
async def test_a_workbook_that_cannot_be_read_says_why_and_what_to_do(
    counter: Counter, name: str
) -> None:
    with pytest.raises(BadInput) as refused:
        await looked_at(counter, name)
    why, hint = REFUSED[name]
    assert why in refused.value.message
    assert name in refused.value.message
    assert hint in refused.value.hint


async def test_days_come_in_as_days_however_the_sheet_keeps_them(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    counter = await open_counter(tmp_path_factory.mktemp("days") / "shop.db")
    try:
        await counter.shop.imports.run(make_workbooks.FOLDER / "numbers-and-days.xlsx")
        rows = (await counter.shop.people.find()).rows
        people = [await counter.shop.people.get(row.id) for row in rows]
        kept = [(one.number[-4:], one.birthday) for one in people if one is not None]
        assert sorted(kept) == [
            ("0101", "1985-03-09"),
            ("0102", "2021-03-09"),
            ("0103", "1985-03-09"),
        ]
    finally:
        await counter.shop.close()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_workbook_is_looked_at_and_is_what_the_script_makes() -> None:
    there = {path.name for path in make_workbooks.FOLDER.iterdir()}
    made = {*make_workbooks.PARTS, *make_workbooks.BYTES}
    assert there == set(EXPECTED) | set(REFUSED) == made
    for name, content in make_workbooks.BYTES.items():
        assert (make_workbooks.FOLDER / name).read_bytes() == content, name
    for name, inside in make_workbooks.PARTS.items():
        # Other builds of the library pack the same parts into other bytes.
        assert parts_of((make_workbooks.FOLDER / name).read_bytes()) == inside, name
