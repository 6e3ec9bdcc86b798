"""Who is right, the shop or the file: field by field, in one row or in all, and only as said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from shopbell.domain.ids import E164
from shopbell.domain.import_choices import Choices, Ours, OwnField
from shopbell.domain.importing import ImportReport, RowFate
from shops import ANA, BO, Counter

CY = E164("+12125550103")
HEAD = "Name,Phone,Email,Note,Birthday,Tags\n"
ROWS = (
    "Anna Reyes,2125550101,new@example.com,tall,1985-09-03,new",
    "Robert Lind,2125550102,bo@example.com,,,",
    "Cy Moss,2125550103,cy@example.com,,,",
)


@pytest.fixture
async def known(counter: Counter, tmp_path: Path) -> Path:
    """Ana and Bo are known, Ana with everything about her; the file says otherwise."""
    await counter.add(ANA, "Ana Reyes")
    await counter.shop.people.edit(
        ANA, email="ana@example.com", note="likes peonies", tags=("vip",), birthday="1985-03-09"
    )
    await counter.add(BO, "Bo Lind")
    path = tmp_path / "till.csv"
    path.write_text(HEAD + "".join(f"{row}\n" for row in ROWS), encoding="utf-8")
    return path


def keeping(
    *everywhere: OwnField, rows: Mapping[int, frozenset[OwnField]] | None = None
) -> Choices:
    return Choices(ours=Ours(everywhere=frozenset(everywhere), in_rows=rows or {}))


def counts(report: ImportReport) -> tuple[int, int, int]:
    return report.counts.new, report.counts.updated, report.counts.unchanged


async def test_without_a_word_the_file_is_right(counter: Counter, known: Path) -> None:
    report = await counter.shop.imports.run(known)
    assert counts(report) == (1, 2, 0)
    assert (report.ours, report.ours_count) == ((), 0)
    ana = await counter.shop.people.by_number(ANA)
    assert ana is not None
    assert (ana.name, ana.email, ana.birthday) == ("Anna Reyes", "new@example.com", "1985-09-03")
    assert (ana.note, ana.tags) == ("likes peonies\ntall", ("vip", "new"))


@pytest.mark.parametrize("field", OwnField)
async def test_a_field_that_is_kept_stays_and_all_others_change(
    counter: Counter, known: Path, field: OwnField
) -> None:
    before = await counter.shop.people.by_number(ANA)
    await counter.shop.imports.run(known, choices=keeping(field))
    after = await counter.shop.people.by_number(ANA)
    assert before is not None
    assert after is not None
    assert getattr(after, field) == getattr(before, field)
    for other in set(OwnField) - {field, OwnField.REGION}:
        assert getattr(after, other) != getattr(before, other), other


async def test_a_field_in_which_the_shop_has_nothing_is_filled_though_it_is_kept(
    counter: Counter, known: Path
) -> None:
    await counter.shop.imports.run(known, choices=keeping(OwnField.NAME, OwnField.EMAIL))
    bo = await counter.shop.people.by_number(BO)
    assert bo is not None
    assert (bo.name, bo.email) == ("Bo Lind", "bo@example.com")


async def test_one_row_can_be_told_apart_from_the_rule(counter: Counter, known: Path) -> None:
    rows = {2: frozenset[OwnField]()}
    report = await counter.shop.imports.run(known, choices=keeping(OwnField.NAME, rows=rows))
    ana = await counter.shop.people.by_number(ANA)
    bo = await counter.shop.people.by_number(BO)
    assert ana is not None
    assert bo is not None
    assert (ana.name, bo.name) == ("Anna Reyes", "Bo Lind")
    assert [row.row for row in report.ours] == [3]


async def test_what_stays_is_shown_field_by_field_beside_what_changes(
    counter: Counter, known: Path
) -> None:
    report = await counter.shop.imports.run(
        known, choices=keeping(OwnField.NAME, OwnField.NOTE), dry_run=True
    )
    (ana, bo) = report.ours
    assert report.ours_count == 2
    assert (ana.row, ana.number, ana.name) == (2, ANA, "Ana Reyes")
    assert [(one.field, one.old, one.new) for one in ana.kept] == [
        ("name", "Ana Reyes", "Anna Reyes"),
        ("note", "likes peonies", "likes peonies\ntall"),
    ]
    assert [one.field for one in ana.changes] == ["email", "tags", "birthday"]
    assert report.rows[RowFate.UPDATED] == (ana, bo)
    assert [one.field for one in bo.changes] == ["email"]


async def test_a_row_of_which_nothing_is_taken_counts_as_it_was(
    counter: Counter, known: Path
) -> None:
    choices = keeping(*OwnField)
    dry = await counter.shop.imports.run(known, choices=choices, dry_run=True)
    assert counts(dry) == (1, 1, 1)
    assert {row.row for row in dry.ours} == {2, 3}
    assert [row.row for row in dry.rows[RowFate.UNCHANGED]] == [2]
    before = await counter.shop.people.by_number(ANA)
    done = await counter.shop.imports.run(known, choices=choices)
    assert done.counts == dry.counts
    assert await counter.shop.people.by_number(ANA) == before
    again = await counter.shop.imports.run(known, choices=choices)
    assert counts(again) == (0, 0, 3)


async def test_taking_back_restores_what_changed_and_leaves_what_stayed(
    counter: Counter, known: Path
) -> None:
    before = [await counter.shop.people.by_number(number) for number in (ANA, BO, CY)]
    counter.clock.advance(minutes=1)
    report = await counter.shop.imports.run(known, choices=keeping(OwnField.NAME))
    assert report.batch_id is not None
    undone = (await counter.shop.imports.undo(report.batch_id)).batch.undone
    assert undone is not None
    assert (undone.removed, undone.restored, undone.kept) == (1, 2, 0)
    after = [await counter.shop.people.by_number(number) for number in (ANA, BO, CY)]
    assert after == before


async def test_doubles_in_the_file_follow_the_word_on_their_first_row(
    counter: Counter, known: Path
) -> None:
    with known.open("a", encoding="utf-8") as file:
        file.write("Luis Reyes,2125550101,,,,\n")
    await counter.shop.imports.run(
        known, choices=keeping(rows={2: frozenset({OwnField.NAME, OwnField.NOTE})})
    )
    ana = await counter.shop.people.by_number(ANA)
    assert ana is not None
    assert (ana.name, ana.note) == ("Ana Reyes", "likes peonies")
    assert ana.email == "new@example.com"


async def test_many_rows_are_counted_though_only_the_first_are_shown(
    counter: Counter, tmp_path: Path
) -> None:
    lines = [f"P{n},{area}555{line:04d}" for n, (area, line) in enumerate(
        (area, line) for area in (212, 305, 415) for line in range(100, 200))]  # fmt: skip
    path = tmp_path / "many.csv"
    path.write_text("Name,Phone\n" + "".join(f"{line}\n" for line in lines))
    await counter.shop.imports.run(path)
    path.write_text("Name,Phone\n" + "".join(f"X{line}\n" for line in lines))
    report = await counter.shop.imports.run(path, choices=keeping(OwnField.NAME))
    assert counts(report) == (0, 0, 300)
    assert (len(report.ours), report.ours_count) == (200, 300)
