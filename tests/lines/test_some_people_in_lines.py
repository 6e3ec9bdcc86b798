"""Lists of people by answers: those who meet conditions, whose yes runs out, a file of them."""

from __future__ import annotations

import csv
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from lines.conversing import Place
from lines.shop_for_lines import CY
from shopbell.domain.consent import Purpose
from shopbell.domain.facts import TextDraft
from shops import ANA, BO, NOW, a_yes

SOME = ("#People", "#List some of them")
WRITE = ("#People", "#Write a list")
NAMES = {"Ana Reyes", "Bo Lind", "Cy Moss", "Dana Cole"}


async def prepared(place: Place) -> None:
    async with place.inside() as shop:
        await shop.people.edit(ANA, tags=("weekly",), birthday="1985-03-09")
        await shop.people.edit(BO, tags=("monthly",))


CONDITIONS = (
    (("#Who said yes", "#orders|order"), {"Ana Reyes", "Dana Cole"}),
    (("#Who was never asked",), {"Bo Lind"}),
    (("#Who has a tag", "weekly"), {"Ana Reyes"}),
    (("#Who got no text", "30"), {"Bo Lind", "Cy Moss", "Dana Cole"}),
    (("#Who was born", "3"), {"Ana Reyes"}),
    (("#Several", "tag=monthly, not-asked"), {"Bo Lind"}),
    (("#Several", "find=cole"), {"Dana Cole"}),
)


@pytest.mark.parametrize(("typed", "found"), CONDITIONS)
async def test_those_who_meet_conditions_are_listed_and_nobody_else(
    place: Place, typed: tuple[str, ...], found: set[str]
) -> None:
    await prepared(place)
    typed = tuple("1" if one.startswith("#order") else one for one in typed)
    said = await place.talk(*SOME, *typed, "0", "q")
    assert {name for name in NAMES if f"{name}, " in said.said} == found


async def test_one_of_them_is_opened_and_the_list_comes_back(place: Place) -> None:
    await prepared(place)
    said = await place.talk(*SOME, "#Who has a tag", "weekly", "1", "0", "0", "q")
    assert "…0101  Ana Reyes" in said.said
    assert said.said.count("1 person: people who are tagged weekly.") == 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("#Who has a tag", "nothing"), "Nobody: people who are tagged nothing."),
        (("#Who got no text", "soon"), "soon"),
        (("#Who was born", "13"), "13"),
        (("#Several", "hair=red"), "is no condition"),
    ],
)
async def test_conditions_that_nobody_meets_or_that_make_no_sense_are_told(
    place: Place, typed: tuple[str, ...], says: str
) -> None:
    said = await place.talk(*SOME, *typed, "q")
    assert says in said.said
    assert "1. Ana Reyes" not in said.said


@pytest.mark.parametrize(
    "typed",
    [
        ("0",),
        ("#Who said yes", "0"),
        *((f"#{at}", "") for at in ("Who has", "Who got", "Who was b")),
    ],
)
async def test_going_back_lists_nobody(place: Place, typed: tuple[str, ...]) -> None:
    said = await place.talk(*SOME, *typed, "q")
    assert "Ana Reyes" not in said.said


def names_in(path: Path) -> set[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row[next(key for key in row if key.casefold() == "name")] for row in rows}


async def test_everybody_is_written_to_a_file_that_others_cannot_read(
    place: Place, tmp_path: Path
) -> None:
    out = tmp_path / "people.csv"
    said = await place.talk(*WRITE, "#Everybody", str(out), "q")
    assert names_in(out) == NAMES
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "4 contacts in it. That file is not encrypted." in said.said


async def test_some_are_written_by_the_same_conditions(place: Place, tmp_path: Path) -> None:
    await prepared(place)
    out = tmp_path / "people.csv"
    await place.talk(*WRITE, "#Who has a tag", "weekly", str(out), "q")
    assert names_in(out) == {"Ana Reyes"}


@pytest.mark.parametrize(("answer", "kept"), [("1", False), ("0", True)])
async def test_a_list_replaces_another_file_only_by_a_yes(
    place: Place, tmp_path: Path, answer: str, kept: bool
) -> None:
    out = tmp_path / "people.csv"
    out.write_text("mine", encoding="utf-8")
    await place.talk(*WRITE, "#Everybody", str(out), answer, "q")
    assert (out.read_text(encoding="utf-8") == "mine") is kept


async def test_no_name_of_a_file_writes_nothing(place: Place, tmp_path: Path) -> None:
    said = await place.talk(*WRITE, "#Everybody", "", "q")
    assert "Wrote" not in said.said
    assert list(tmp_path.glob("*.csv")) == []


async def test_nobody_has_to_be_asked_again_in_a_young_shop(place: Place) -> None:
    said = await place.talk("#People", "#Whose yes runs out", "q")
    assert "Nobody needs to be asked again within 60 days." in said.said


async def test_an_old_yes_that_runs_out_is_listed_and_opened(place: Place) -> None:
    async with place.inside() as shop:
        long_ago = NOW - timedelta(days=540)
        await shop.consents.grant(a_yes(BO, Purpose.MARKETING, ("offers",), at=long_ago))
        due = await shop.reconfirming.due(timedelta(days=60))
    said = await place.talk("#People", "#Whose yes runs out", "1", "0", "0", "q")
    assert [one.number for one in due] == [BO], "the rules let such a yes run out"
    assert "…0102  Bo Lind  yes to marketing" in said.said
    assert "…0102  Bo Lind  (US" in said.said


async def test_why_texts_were_held_or_refused_is_told_with_its_moment(place: Place) -> None:
    async with place.inside() as shop:
        await shop.outbox.submit(
            TextDraft(number=CY, body="your wreath is ready.", purpose=Purpose.SERVICE)
        )
    said = await place.talk("#People", "#Find somebody", "cy", "1", "#Why texts to them", "q")
    assert "Tue 24 Nov 2026, 10:42: Refused." in said.said
    assert "Service, now: Refused." in said.said


async def test_the_yes_behind_a_text_is_said_with_its_words(place: Place) -> None:
    said = await place.talk("#Outbox", "#All texts", "1", "0", "0", "q")
    assert "They said yes to texts about orders" in said.said
    assert "(paper): “Text me when my order is ready.”" in said.said
