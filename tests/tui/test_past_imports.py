"""The imports of the past: file, fingerprint, counts, who; and taking one back."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shopbell.domain.ids import E164, BatchId
from shopbell.domain.importing import (
    BatchKind,
    ConsentCounts,
    ImportBatch,
    ImportCounts,
    KeptPerson,
    Undone,
    UndoReport,
)
from shopbell.services.pasted import Pasted
from shopbell.tui.past_words import (
    batch_detail,
    batch_line,
    before_undo,
    brought,
    draw_batch,
    kept_line,
    undid,
)
from tui.counters import Till, till
from tui.screens import HOSTILE, press, settle, type_in

ROWS = "Name,Phone\nZara Bond,2125550188\nLou,2125550189\nNia,555-0105\n"
ZARA = E164("+12125550188")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text(ROWS)
    return path


async def past(shown: Till) -> str:
    await press(shown.pilot, "ctrl+p")
    await type_in(shown.pilot, "past imports")
    return await press(shown.pilot, "enter")


async def test_nothing_was_imported_yet(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await past(shown)
        assert "Nothing was imported yet." in seen
        assert "Bring in people" in await press(shown.pilot, "escape")


async def test_an_import_is_listed_with_file_fingerprint_counts_and_who(
    full: Path, tmp_path: Path, path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await shown.shop.imports.run(path)
        await shown.shop.imports.do_not_text(Pasted(text="2125550177", name="typed numbers"))
        seen = await past(shown)
        assert "▸ 24 Nov 2026  typed numbers" in seen
        assert "1 number stopped" in seen
        assert "1 row = 1 stopped" in seen
        seen = await press(shown.pilot, "down")
        sha256 = hashlib.sha256(ROWS.encode()).hexdigest()
        assert f"SHA-256 {sha256[:16]} … {sha256[-8:]}" in seen
        assert "3 rows = 2 new + 1 need a look" in seen
        assert "24 Nov 2026 10:42" in seen


async def test_parked_rows_of_the_past_are_shown_with_reason_and_cells(
    full: Path, tmp_path: Path, path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await shown.shop.imports.run(path)
        await past(shown)
        seen = await press(shown.pilot, "enter")
        assert "Rows of “customers.csv” that need a look" in seen
        assert "▸ row 4" in seen
        assert "Nia · 555-0105" in seen
        assert "bring the same file in again" in seen
        assert "Past imports" in await press(shown.pilot, "escape")


async def test_taking_one_back_names_who_is_left_alone(
    full: Path, tmp_path: Path, path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await shown.shop.imports.run(path)
        shown.clock.advance(seconds=5)
        await shown.shop.people.edit(ZARA, note="tall")
        await past(shown)
        await press(shown.pilot, "u")
        seen = await press(shown.pilot, "enter")
        assert "1  removed, whom it had added" in seen
        assert "1  left as they are" in seen
        assert "▸ Zara Bond" in seen
        assert "…0188" in seen
        seen = await press(shown.pilot, "enter")
        assert "taken back" in seen
        assert "1 removed, 0 as they were before, 1 left alone" in " ".join(seen.split())
        await press(shown.pilot, "u")
        assert "It was taken back already." in _told(shown)


async def test_stops_are_never_taken_back(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await shown.shop.imports.do_not_text(Pasted(text="2125550177"))
        await past(shown)
        await press(shown.pilot, "u")
        assert "Stops are for ever" in _told(shown)
        await press(shown.pilot, "enter")
        assert "No row of this import was parked." in _told(shown)


async def test_an_import_of_another_till_appears_by_itself(
    full: Path, tmp_path: Path, path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await past(shown)
        await shown.shop.imports.run(path)
        for _ in range(1000):
            if "customers.csv" in await settle(shown.pilot):
                return
            await shown.pilot.pause(0.03)
        raise AssertionError(await settle(shown.pilot))


def _told(shown: Till) -> str:
    return [one.message for one in shown.app._notifications][-1]


BATCH = ImportBatch(
    id=BatchId(3),
    file_name="customers.csv",
    sha256="ab" * 32,
    at=datetime(2026, 11, 24, 15, 42, tzinfo=UTC),
    counts=ImportCounts(new=1_081, updated=62, parked=5),
    who="Dana",
    consents=ConsentCounts(claimed=2),
)
STOP_BATCH = replace(
    BATCH,
    kind=BatchKind.DO_NOT_TEXT,
    counts=ImportCounts(suppressed=80, unchanged=12, duplicates=3),
    consents=ConsentCounts(stopped=82),
    passed_over=23,
)
UNDONE = Undone(at=BATCH.at, removed=1_000, restored=60, kept=83, revoked=2)


@pytest.mark.parametrize(
    ("batch", "said"),
    [
        (BATCH, "1,081 new, 62 changed"),
        (STOP_BATCH, "82 numbers stopped"),
        (replace(STOP_BATCH, consents=ConsentCounts(stopped=1)), "1 number stopped"),
    ],
)
def test_what_an_import_brought_is_said_shortly(batch: ImportBatch, said: str) -> None:
    assert brought(batch) == said
    assert said in batch_line(batch, "America/New_York").plain


def test_all_that_is_known_about_an_import_is_told() -> None:
    told = batch_detail(replace(BATCH, undone=UNDONE), "America/New_York").plain
    assert "24 Nov 2026 10:42 by Dana" in told
    assert "1,148 rows = 1,081 new + 62 changed + 5 need a look" in told
    assert "2 yeses without proof" in told
    assert "1,000 removed, 60 as they were before, 83 left alone, 2 yeses taken back" in told
    stops = batch_detail(STOP_BATCH, "America/New_York").plain
    assert "118 rows = 80 stopped + 12 on the list before + 3 double + 23 no stop" in stops


def test_what_taking_back_did_is_told_in_numbers() -> None:
    told = undid(UndoReport(batch=replace(BATCH, undone=UNDONE), kept=())).plain
    assert [line.split()[0] for line in told.split("\n")] == ["1,000", "60", "2", "83"]
    assert undid(UndoReport(batch=BATCH, kept=())).plain == "Nothing was changed."


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_of_files_and_people_stay_harmless(text: str) -> None:
    batch = replace(BATCH, file_name=text, who=text)
    drawn = "".join(part for part, _ in draw_batch(batch, 74, "UTC"))
    assert len(drawn) <= 90
    kept = KeptPerson(number=ZARA, name=text, why=text)
    for said in (batch_line(batch, "UTC"), batch_detail(batch, "UTC"), kept_line(kept)):
        assert not {"\x1b", "\x07", "\x9b", "\u202e", "\x00"} & set(said.plain)


@pytest.mark.parametrize(
    ("new", "changed", "said"),
    [
        (1_081, 62, "1,081 people it added go and 62 it changed become what they were. Whoever"),
        (1, 1, "1 person it added goes and 1 it changed becomes what it was. Whoever"),
        (207, 0, "207 people it added go. Whoever"),
        (0, 3, "3 it changed become what they were. Whoever"),
        (0, 0, "It added and changed nobody. Whoever"),
    ],
)
def test_what_taking_back_will_do_is_said_without_noughts(
    new: int, changed: int, said: str
) -> None:
    counts = ImportCounts(new=new, updated=changed)
    assert before_undo(replace(BATCH, counts=counts)).startswith(said)
