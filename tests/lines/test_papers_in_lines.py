"""The sign-up sheet and the counter poster, written to a file by answers."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from lines.conversing import Place
from shops import ANA

SHEET = ("#Sign-ups", "#A sign-up sheet")
POSTER = ("#Sign-ups", "#A counter poster")
GATEWAY = "2125550199"


async def with_phone(place: Place) -> None:
    async with place.inside() as shop:
        await shop.change_profile(phone="+12125550100")


async def test_a_sheet_is_written_and_its_number_is_said(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "sheet.html"
    said = await place.talk(
        *SHEET, "1, 2", "#English", "#The usual", GATEWAY, "", f'"{out}"', "0", "q"
    )
    page = out.read_text(encoding="utf-8")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "Fern &amp; Finch" in page
    assert f"Wrote “{out}”." in said.said
    assert "The number at its foot is " in said.said
    number = said.said.split("The number at its foot is ")[1].split(".")[0]
    async with place.inside() as shop:
        assert await shop.consents.words_of_sheet(number) in said.said
    assert number in page


async def test_the_number_of_a_sheet_brings_its_words_back_at_the_counter(
    place: Place, tmp_path: Path
) -> None:
    out = tmp_path / "sheet.html"
    asks = (*SHEET, "2", "#Spanish", "#A4", "", "1/30", str(out), "0", "q")
    said = await place.talk(*asks)
    number = said.said.split("The number at its foot is ")[1].split(".")[0]
    counter = ("#People", "#Somebody at the counter", "2125550150", "Ria", "2", "#On paper")
    after = await place.talk(*counter, number, "", "Sam", "#Yes, they said yes", "0", "q")
    assert "The words on that sheet:" in after.said
    assert "Recorded as entry" in after.said


async def test_a_poster_names_the_word_to_text_and_the_number(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "poster.html"
    said = await place.talk(*POSTER, "1", "#English", "#Letter", GATEWAY, "", str(out), "0", "q")
    assert "Whoever texts JOIN says yes to these words." in said.said
    page = out.read_text(encoding="utf-8")
    assert "(212) 555-0199" in page
    assert "What does it offer?\n1. " in said.said
    assert "(orders)" not in said.said.split("What does it offer?")[1].split("Words in?")[0]


async def test_the_shops_own_phone_is_the_usual_number(place: Place, tmp_path: Path) -> None:
    await with_phone(place)
    out = tmp_path / "poster.html"
    said = await place.talk(*POSTER, "1", "#English", "#Letter", "", "", str(out), "0", "q")
    assert "(empty: +12125550100; a full stop: go back)" in said.said
    assert "(212) 555-0100" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "typed",
    [
        ("",),
        ("9",),
        ("1", "0"),
        ("1", "#English", "0"),
        ("1", "#English", "#A4", ""),
        ("1", "#English", "#A4", GATEWAY, "."),
        ("1", "#English", "#A4", GATEWAY, "", ""),
        ("1", "#English", "#A4", GATEWAY, "often", ""),
        ("1", "#English", "#A4", "call us", "", "{out}"),
        ("1", "#English", "#A4", GATEWAY, "", "{out}/in/no/folder.html"),
    ],
)
async def test_nothing_is_written_before_every_question_is_answered(
    place: Place, tmp_path: Path, typed: tuple[str, ...]
) -> None:
    out = tmp_path / "poster.html"
    await place.talk(*POSTER, *(one.replace("{out}", str(out)) for one in typed), "", "", "q")
    assert list(tmp_path.glob("*.html")) == []


@pytest.mark.parametrize(("answer", "replaced"), [("1", True), ("", False)])
async def test_a_file_that_is_there_is_replaced_only_by_a_yes(
    place: Place, tmp_path: Path, answer: str, replaced: bool
) -> None:
    out = tmp_path / "sheet.html"
    out.write_text("mine", encoding="utf-8")
    said = await place.talk(*SHEET, "1", "#French", "#A4", "", "", str(out), answer, "0", "q")
    assert f"There is already a file “{out}”." in said.said
    assert ("Nothing was written." in said.said) is not replaced
    assert (out.read_text(encoding="utf-8") != "mine") is replaced


async def test_the_shop_file_itself_is_never_overwritten(place: Place) -> None:
    said = await place.talk(*SHEET, "1", "#German", "#A4", "", "", str(place.path), "0", "q")
    assert "That is the shop file itself." in said.said
    async with place.inside() as shop:
        assert await shop.people.by_number(ANA) is not None
