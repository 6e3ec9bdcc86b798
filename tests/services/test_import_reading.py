"""Reading on: what the owner is told on the way, and where too much is too much."""

from __future__ import annotations

from itertools import repeat
from pathlib import Path

import pytest

from shopbell.domain.column_words import ColumnWords
from shopbell.domain.import_choices import StopRule
from shopbell.domain.importing import Target
from shopbell.domain.progress import Progress
from shopbell.errors import BadInput
from shopbell.services.import_reading import BATCH, MOST_ROWS, READING, WRITING, Reading
from shopbell.services.pasted import Pasted
from shopbell.services.reading import open_table
from shops import ANA, Counter


def a_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


async def test_progress_says_how_many_rows_that_is(counter: Counter, tmp_path: Path) -> None:
    rows = "".join(f"Ana {n},212555{n:04d}\n" for n in range(100, 200)) * 6
    path = a_file(tmp_path, f"Name,Phone\n{rows}")
    seen: list[Progress] = []
    await counter.shop.imports.run(path, on=seen.append)
    size = path.stat().st_size
    assert [(one.step, one.items) for one in seen] == [
        (READING, BATCH),
        (READING, 600),
        (WRITING, None),
    ]
    assert seen[-1].done == seen[-1].total == size
    seen.clear()
    await counter.shop.imports.do_not_text(path, on=seen.append, dry_run=True)
    assert [one.items for one in seen] == [BATCH, 600]


def test_more_rows_than_memory_is_worth_are_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path, "Name,Phone\nAna,2125550101\n")
    batch = (None,) * 100_000
    with open_table(path, "US") as table:
        reading = Reading(table, repeat(batch))
        for _ in range(MOST_ROWS // len(batch)):
            reading.next()
        assert reading.progress.items == MOST_ROWS
        with pytest.raises(BadInput) as refused:
            reading.next()
    assert refused.value.code == "too_many_rows"
    assert "list.csv" in refused.value.message
    assert "Split it" in refused.value.hint


STATUSES = "Name,Phone,SMS Status,Opted In At\n" + "".join(
    f"Ana,212555{n:04d},{status},2026-01-{n - 99:02d}\n"
    for n, status in enumerate(["yes"] * 5 + ["stop"] * 3 + ["", " yes "], start=100)
)


async def test_what_consent_columns_say_is_counted_over_all_rows(
    counter: Counter, tmp_path: Path
) -> None:
    report = await counter.shop.imports.run(a_file(tmp_path, STATUSES), dry_run=True)
    assert report.mapping.consent_columns == (2, 3)
    assert report.said[2] == ColumnWords(words=(("yes", 6), ("stop", 3)), empty=1)
    assert len(report.said[3].words) == 10


async def test_a_do_not_text_list_shows_its_cells_its_words_and_whom_it_stops(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.add(ANA, "Ana Reyes")
    path = a_file(tmp_path, "Name,Phone,Status\nAna,2125550101,stop\nBo,2125550102,ok\n")
    only = StopRule(column="Status", values=("stop",))
    report = await counter.shop.imports.do_not_text(path, only=only, dry_run=True)
    assert report.samples == (("Ana", "2125550101", "stop"), ("Bo", "2125550102", "ok"))
    assert report.said == {2: ColumnWords(words=(("stop", 1), ("ok", 1)))}
    assert [(row.row, row.number, row.name) for row in report.rows] == [(2, ANA, "Ana Reyes")]


async def test_a_parked_row_of_a_do_not_text_list_can_be_corrected(
    counter: Counter, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "Name,Phone\nAna,555-0101\n")
    imports = counter.shop.imports
    looked = await imports.do_not_text(path, dry_run=True)
    assert (looked.counts.parked, looked.numbers) == (1, 0)
    done = await imports.do_not_text(path, fixed={2: ("Ana", "212-555-0101")})
    assert (done.counts.parked, done.numbers) == (0, 1)
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is not None


async def test_several_columns_can_fill_a_field_in_the_order_given(
    counter: Counter, tmp_path: Path
) -> None:
    path = a_file(tmp_path, "A,B,C\nAna,212-555-0101,x\nBo,,212-555-0102\nCy,n/a,\n")
    columns = {Target.PHONE: (1, 2), Target.NAME: (0,)}
    report = await counter.shop.imports.run(path, columns=columns)
    assert (report.counts.new, report.counts.parked) == (2, 1)
    again = await counter.shop.imports.preview(path)
    assert again.saved
    assert again.mapping.columns == columns


@pytest.mark.parametrize("columns", [(3,), (-1,), (0, 99)])
async def test_a_column_that_is_not_there_is_refused(
    counter: Counter, columns: tuple[int, ...]
) -> None:
    pasted = Pasted(text="Name\tPhone\tNote\nAna\t2125550101\tx")
    with pytest.raises(BadInput) as refused:
        await counter.shop.imports.preview(pasted, columns={Target.PHONE: columns})
    assert "There is no column" in refused.value.message


async def test_a_file_without_phones_is_refused_with_a_code(
    counter: Counter, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as refused:
        await counter.shop.imports.preview(a_file(tmp_path, "who,what\nAna,tulips\n"))
    assert refused.value.code == "no_phone_column"
