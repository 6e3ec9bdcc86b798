"""Long lists by answers: a do-not-text list too long for one go comes in part after part."""

from __future__ import annotations

from pathlib import Path

import pytest

from lines.conversing import Place
from shopbell.domain.ids import E164
from shopbell.services import import_reading

LIST = ("#Import", "#Bring in a list of people not to text")
STOP = "#Put these numbers on the stop list"


@pytest.fixture
def long_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Seventy numbers, of which thirty come in at a time."""
    monkeypatch.setattr(import_reading, "MOST_ROWS", 30)
    path = tmp_path / "stops.csv"
    rows = "".join(f"P{n},+44 7700 90{n:04d}\n" for n in range(70))
    path.write_text(f"Name,Phone\n{rows}", encoding="utf-8")
    return path


async def stopped(place: Place, *numbers: int) -> list[bool]:
    async with place.inside() as shop:
        sheets = [
            await shop.people.sheet(shop.people.read_number(E164(f"+44770090{n:04d}")))
            for n in numbers
        ]
    return [sheet.suppression is not None for sheet in sheets]


async def test_it_comes_in_part_after_part_and_says_who_is_not_stopped_yet(
    place: Place, long_list: Path
) -> None:
    said = await place.talk(*LIST, str(long_list), STOP, STOP, STOP, "q")
    assert "It comes in by parts of 500,000 rows, one after the other." in said.said
    assert said.said.count("Nobody of part 2 is stopped yet.") == 1
    assert said.said.count("Nobody of part 3 is stopped yet.") == 1
    assert "Nobody of part 4" not in said.said
    assert await stopped(place, 0, 29, 30, 69) == [True] * 4
    async with place.inside() as shop:
        names = [one.file_name for one in (await shop.imports.history())[:3]]
    assert names == [f"stops.csv, part {n}" for n in (3, 2, 1)]


async def test_whoever_leaves_between_two_parts_has_stopped_the_first_one_only(
    place: Place, long_list: Path
) -> None:
    said = await place.talk(*LIST, str(long_list), STOP, "0", "q")
    assert "Nobody of part 2 is stopped yet." in said.said
    assert "Nothing was brought in." in said.said
    assert await stopped(place, 0, 29, 30, 69) == [True, True, False, False]
