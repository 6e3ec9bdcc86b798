"""What is on file about a person: said, handed over, forgotten, by answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lines.conversing import Place
from shops import ANA

SHEET = ("#People", "#Find somebody", "ana", "1", "#What is on file")


async def test_what_they_agreed_to_is_said_with_its_words(place: Place) -> None:
    said = await place.talk(*SHEET, "#Say what they agreed to", "q")
    assert "Text me when my order is ready." in said.said
    assert "your roses are here." in said.said


async def test_everything_is_written_for_handing_over(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "for Ana"
    said = await place.talk(*SHEET, "#Write everything", f'"{folder}"', "q")
    files = sorted(path.suffix for path in folder.iterdir())
    assert files == [".html", ".json"]
    (record,) = folder.glob("*.json")
    assert json.loads(record.read_text(encoding="utf-8"))
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in folder.iterdir())
    assert "They are not encrypted." in said.said
    again = await place.talk(*SHEET, "#Write everything", str(folder), "q")
    assert "Wrote" not in again.said


@pytest.mark.parametrize("typed", ["", "0102", "yes", "q", "12125550101"])
async def test_nobody_is_forgotten_by_a_slip(place: Place, typed: str) -> None:
    await place.talk(*SHEET, "#Forget them", typed, "q")
    async with place.inside() as shop:
        assert await shop.people.by_number(ANA) is not None


async def test_who_was_forgotten_is_never_texted_again(place: Place) -> None:
    said = await place.talk(*SHEET, "#Forget them", "0101", "q")
    assert "Erased:" in said.said
    async with place.inside() as shop:
        assert await shop.people.by_number(ANA) is None
    after = await place.talk("#Text somebody", ANA, "#ready", "#Send it|Keep it", "q")
    assert "Refused." in after.said
    assert place.gateway.taken == []


async def test_other_words_go_instead_of_those_that_wait_and_never_both(place: Place) -> None:
    await place.talk("#Outbox", "#What waits", "1", "#Put it into other", "come by at six.", "q")
    async with place.inside() as shop:
        texts = {text.body: text.state for text in (await shop.outbox.find()).rows}
    assert texts["your wreath is ready."] == "canceled"
    assert texts["come by at six."] in {"waiting", "held"}


async def test_other_words_that_are_refused_leave_the_old_ones(place: Place) -> None:
    words = "wreaths are 20% off"
    said = await place.talk("#Outbox", "#What waits", "1", "#Put it into other", words, "q")
    assert "The old words stay." in said.said
    async with place.inside() as shop:
        texts = {text.body: text.state for text in (await shop.outbox.find()).rows}
    assert texts["your wreath is ready."] == "waiting"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("#Add a topic", "workshops", "", "#Offers", "2/30"), "Added. workshops"),
        (("#Add a topic", "Workshops!", "", "#Offers", "2/30"), "A topic's short name"),
        (("#Add a topic", "workshops", "", "#Offers", "often"), "is not a frequency"),
        (("#Add a topic", "workshops", "."), "Sign-ups:"),
        (("#Topics", "2", "#The word that joins", "blooms", "0"), "BLOOMS"),
        (("#Topics", "2", "#Offer it no more", "0"), "people can say yes to orders, events."),
        (("#The welcome", "#sent by itself"), "Kept."),
        (("#What is answered", "1", "0"), "not answered by itself"),
    ],
)
async def test_the_sign_up_desk_is_run_by_answers(
    place: Place, typed: tuple[str, ...], says: str
) -> None:
    said = await place.talk("#Sign-ups", *typed, "q")
    assert says in said.said
