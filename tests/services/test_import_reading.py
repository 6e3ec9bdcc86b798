"""Reading on: what the owner is told on the way, and where too much is too much."""

from __future__ import annotations

import asyncio
import os
from itertools import islice, repeat
from pathlib import Path

import pytest

from large_files import resident_mb
from shopbell.domain.column_words import ColumnWords
from shopbell.domain.file_parts import FilePart
from shopbell.domain.import_choices import Choices, StopRule
from shopbell.domain.importing import RowFate, Target
from shopbell.domain.progress import Progress
from shopbell.errors import BadInput
from shopbell.services import import_reading
from shopbell.services.import_reading import (
    BATCH,
    MOST_ROWS,
    READING,
    WRITING,
    Reading,
    in_batches,
)
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
        table.delimiter = ""
        reading = Reading(table, repeat(batch))
        for _ in range(MOST_ROWS // len(batch)):
            reading.next()
        assert reading.progress.items == MOST_ROWS
        with pytest.raises(BadInput) as refused:
            reading.next()
    assert refused.value.code == "too_many_rows"
    assert "list.csv" in refused.value.message
    assert "Split it" in refused.value.hint


def long_file(tmp_path: Path, size: int) -> Path:
    """Write 3,000 rows of 21 bytes, and make the file look as if so many bytes followed."""
    path = tmp_path / "list.csv"
    path.write_bytes(b"Name,Phone\n" + b"Ana Rey,212-555-0101\n" * 3_000)
    os.truncate(path, size)
    return path


async def test_five_million_rows_are_refused_after_the_first_of_them(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_reading, "_ENOUGH_TO_TELL", 2_000)
    seen: list[Progress] = []
    path = long_file(tmp_path, 5_000_000 * 21)
    with pytest.raises(BadInput) as refused:
        await counter.shop.imports.run(path, on=seen.append)
    assert refused.value.code == "too_many_rows"
    assert "has more than 500,000 rows" in refused.value.message
    assert "--part 1, then --part 2" in refused.value.hint
    assert (seen[-1].items or 0) < 2_000
    assert (await counter.shop.people.find()).total == 0
    with pytest.raises(BadInput) as refused:
        await counter.shop.imports.do_not_text(path)
    assert refused.value.code == "too_many_rows"
    assert "FILE --do-not-text --part 1, then --part 2" in refused.value.hint


def test_a_file_that_may_hold_few_enough_rows_is_read_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_reading, "_ENOUGH_TO_TELL", 2_000)
    with open_table(long_file(tmp_path, 900_000 * 21), "US") as table:
        rows = iter(table)
        reading = Reading(table, in_batches(islice(rows, 2_500)))
        while reading.next():
            pass
        assert reading.rows == 2_500


def numbered(tmp_path: Path, count: int) -> Path:
    rows = "".join(f"P{n},+44 7700 90{n:04d}\n" for n in range(count))
    return a_file(tmp_path, f"Name,Phone\n{rows}")


@pytest.mark.parametrize(
    ("count", "part", "first", "new", "note"),
    [
        (70, 1, "P0", 30, "This is part 1: rows 1 to 30 of 70. Part 2 comes next."),
        (70, 2, "P30", 30, "This is part 2: rows 31 to 60 of 70. Part 3 comes next."),
        (70, 3, "P60", 10, "This is part 3: rows 61 to 70 of 70. It is the last part."),
        (60, 2, "P30", 30, "This is part 2: rows 31 to 60 of 60. It is the last part."),
        (9, 1, "P0", 9, "This is part 1: rows 1 to 9 of 9. It is the last part."),
    ],
)
async def test_a_part_of_a_long_file_is_exactly_its_rows(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    count: int, part: int, first: str, new: int, note: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(import_reading, "MOST_ROWS", 30)
    path = numbered(tmp_path, count)
    report = await counter.shop.imports.run(path, choices=Choices(part=part), dry_run=True)
    assert (report.counts.new, report.counts.read) == (new, new)
    names = [row.name for row in report.rows[RowFate.NEW]]
    assert names[0] == first
    assert next(row.row for row in report.rows[RowFate.NEW]) == (part - 1) * 30 + 2
    assert note in report.notes


async def test_a_part_that_is_not_there_changes_nothing(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_reading, "MOST_ROWS", 30)
    for count, said in ((60, "its 60 rows are 2 parts."), (30, "its 30 rows are one part only.")):
        with pytest.raises(BadInput) as refused:
            await counter.shop.imports.run(numbered(tmp_path, count), choices=Choices(part=3))
        assert said in refused.value.message
    assert await counter.shop.imports.history() == ()


async def test_all_parts_one_after_the_other_are_the_whole_file_and_each_can_be_taken_back(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_reading, "MOST_ROWS", 30)
    imports, path = counter.shop.imports, numbered(tmp_path, 70)
    batches = [(await imports.run(path, choices=Choices(part=part))).batch_id for part in (1, 2, 3)]
    assert (await counter.shop.people.find()).total == 70
    history = await imports.history()
    assert [one.file_name for one in history] == [f"list.csv, part {n}" for n in (3, 2, 1)]
    assert len({one.sha256 for one in history}) == 1, "the fingerprint is that of the whole file"
    assert batches[1] is not None
    await imports.undo(batches[1])
    left = {row.name for row in (await counter.shop.people.find()).rows}
    assert left == {f"P{n}" for n in (*range(30), *range(60, 70))}


async def test_while_rows_are_passed_over_it_can_be_stopped_and_says_how_far_it_is(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_reading, "MOST_ROWS", 100)
    monkeypatch.setattr(import_reading, "_PASSED_AT_A_TIME", 40)
    stop, seen = asyncio.Event(), list[Progress]()

    def on(progress: Progress) -> None:
        seen.append(progress)
        if progress.items == 80:
            stop.set()

    path = numbered(tmp_path, 300)
    report = await counter.shop.imports.run(path, choices=Choices(part=3), on=on, stop=stop)
    assert report.stopped
    assert [one.items for one in seen] == [40, 80]
    assert (await counter.shop.people.find()).total == 0


async def test_a_file_that_changes_behind_the_part_is_noticed_all_the_same(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_reading, "MOST_ROWS", 600)
    path = numbered(tmp_path, 1800)

    def on(progress: Progress) -> None:
        if progress.items == 600:
            with path.open("a", encoding="utf-8") as file:
                file.write("Eve,+44 7700 909999\n")

    with pytest.raises(BadInput, match="changed while it was being read"):
        await counter.shop.imports.run(path, choices=Choices(part=1), on=on)
    assert (await counter.shop.people.find()).total == 0


LONG = 100_000 if "SHOPBELL_NIGHTLY" in os.environ else 10_000


async def test_a_part_of_a_long_file_takes_no_more_memory_than_its_own_rows(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By night a million rows, by day a hundred thousand."""
    monkeypatch.setattr(import_reading, "MOST_ROWS", LONG)
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        file.write(b"Name,Phone\n")
        for _ in range(10):
            file.write(b"Ana Rey,212-555-0101\n" * LONG)
    peak = idle = resident_mb()

    def on(_: Progress) -> None:
        nonlocal peak
        peak = max(peak, resident_mb())

    report = await counter.shop.imports.run(path, choices=Choices(part=9), on=on, dry_run=True)
    assert report.counts.duplicates == LONG - 1
    assert f"rows {8 * LONG + 1:,} to {9 * LONG:,} of {10 * LONG:,}." in report.notes[-1]
    assert peak - idle < 200


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


async def test_a_long_do_not_text_list_comes_in_by_parts_and_all_of_it_is_stopped(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_reading, "MOST_ROWS", 30)
    imports, path = counter.shop.imports, numbered(tmp_path, 70)
    with pytest.raises(BadInput) as refused:
        await imports.do_not_text(path)
    assert refused.value.code == "too_many_rows"
    assert await imports.history() == ()
    looked = await imports.do_not_text(path, part=2, dry_run=True)
    assert (looked.numbers, looked.counts.read, looked.rows[0].row) == (30, 30, 32)
    assert looked.part == FilePart(number=2, rows=70, most=30)
    assert await imports.history() == ()
    done = [await imports.do_not_text(path, part=part) for part in (1, 2, 3)]
    assert [one.numbers for one in done] == [30, 30, 10]
    assert [one.file_name for one in await imports.history()] == [
        f"list.csv, part {n}" for n in (3, 2, 1)
    ]
    again = await imports.do_not_text(path, part=1)
    assert (again.numbers, again.counts.already) == (0, 30)
    for n in (0, 29, 30, 69):
        sheet = await counter.shop.people.sheet(
            counter.shop.people.read_number(f"+44770090{n:04d}")
        )
        assert sheet.suppression is not None, n


async def test_a_part_of_a_do_not_text_list_that_is_not_there_stops_nobody(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_reading, "MOST_ROWS", 30)
    with pytest.raises(BadInput) as refused:
        await counter.shop.imports.do_not_text(numbered(tmp_path, 60), part=3)
    assert refused.value.code == "no_part"
    assert await counter.shop.imports.history() == ()


async def test_a_list_that_comes_in_at_once_has_no_parts(counter: Counter, tmp_path: Path) -> None:
    path = numbered(tmp_path, 9)
    assert (await counter.shop.imports.do_not_text(path, dry_run=True)).part is None
    assert (await counter.shop.imports.run(path, dry_run=True)).part is None
    first = await counter.shop.imports.run(path, choices=Choices(part=1), dry_run=True)
    assert first.part == FilePart(number=1, rows=9, most=MOST_ROWS)
    assert first.part.is_last
