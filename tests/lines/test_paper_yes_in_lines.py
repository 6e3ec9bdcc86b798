"""A yes on a sheet that was printed and signed earlier, by answers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lines.conversing import Place
from shopbell.domain.consent import ConsentEvent, How
from shopbell.domain.ids import E164
from shopbell.domain.promises import Frequency

RIA = E164("+12125550150")
ON_PAPER = ("#People", "#Somebody at the counter", "2125550150", "Ria Vale", "2", "#On paper")
YES = "#Yes, they said yes"


async def a_sheet(place: Place, folder: Path) -> tuple[str, str]:
    """Print a sheet that promises less than the shop does today; return its number and words."""
    async with place.inside() as shop:
        made = await shop.papers.sheet(folder / "a.html", often=Frequency(n=1, days=30))
        return str(made.paper.wording_id), made.paper.wording


async def ledger(place: Place) -> tuple[ConsentEvent, ...]:
    async with place.inside() as shop:
        return (await shop.people.sheet(shop.people.read_number(RIA))).ledger


async def test_the_words_the_promise_and_the_day_are_those_of_the_sheet(
    place: Place, tmp_path: Path
) -> None:
    number, words = await a_sheet(place, tmp_path)
    said = await place.talk(*ON_PAPER, number, "21 Nov 2026", "Sam", YES, "0", "q")
    assert f"The words on that sheet:\n  {words}" in said.said
    assert "Recorded as entry" in said.said
    (event,) = await ledger(place)
    assert (event.wording, event.how, event.witness) == (words, How.PAPER, "Sam")
    assert event.at == datetime(2026, 11, 21, tzinfo=ZoneInfo("America/New_York"))
    assert (event.promised_n, event.promised_days) == (1, 30)


async def test_without_a_number_and_a_day_it_is_now_and_in_the_present_words(place: Place) -> None:
    await place.talk(*ON_PAPER, "", "", "Sam", YES, "0", "q")
    (event,) = await ledger(place)
    assert event.wording.startswith("Text me about offers from Fern & Finch. Up to 4")
    assert (event.promised_n, event.promised_days) == (4, 30)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("99",), "There is no wording “99”."),
        (("", "soon"), "“soon” is no day."),
        (("", "3/9/2026"), "may be 3 September 2026 or 9 March 2026."),
        (("", "25 Dec 2026"), "That day is still to come."),
    ],
)
async def test_a_sheet_or_a_day_that_cannot_be_is_said_and_nothing_is_kept(
    place: Place, typed: tuple[str, ...], said: str
) -> None:
    heard = await place.talk(*ON_PAPER, *typed, "q")
    assert said in heard.said
    assert "Nothing was written down." in heard.said
    assert await ledger(place) == ()
    async with place.inside() as shop:
        assert await shop.people.by_number(RIA) is None
