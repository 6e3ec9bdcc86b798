"""Addresses, prices, holidays elsewhere and the reading of replies, by answers."""

from __future__ import annotations

import pytest

from lines.conversing import Place
from shopbell.domain.shop_rules import ShopRules

RULES = ("#Rules",)


async def own(place: Place) -> ShopRules:
    async with place.inside() as shop:
        return await shop.rules.changed()


@pytest.mark.parametrize(
    ("typed", "contact", "short_code"),
    [
        (("#A short web", "fernandfinch.example"), "fernandfinch.example", ""),
        (("#A short web", "fernandfinch.example", "#Addresses", "#A short web", "-"), "", ""),
        (("#The number people", "36111"), "", "36111"),
        (("#The number people", "call us"), "", ""),
        (("#A short web", ""), "", ""),
        (("0",), "", ""),
    ],
)
async def test_an_address_is_kept_or_forgotten(
    place: Place, typed: tuple[str, ...], contact: str, short_code: str
) -> None:
    await place.talk(*RULES, "#Addresses", *typed, "q")
    kept = await own(place)
    assert (kept.contact, kept.short_code) == (contact, short_code)


@pytest.mark.parametrize(
    ("typed", "rates", "says"),
    [
        (("+44 0.04 GBP",), {"+44": 40_000}, "One part to +44 costs 0.04 GBP."),
        (("gb 0.04 GBP",), {"+44": 40_000}, "One part to +44 costs 0.04 GBP."),
        (("* 0.05 USD",), {"*": 50_000}, "One part to * costs 0.05 USD."),
        (("+44 0.04 GBP", "#Prices", "+44"), {}, "No price for +44."),
        (("+44 0.04 GBP", "#Prices", ""), {"+44": 40_000}, "+44: 0.04 GBP"),
        (("+44",), {}, ""),
        (("cheap",), {}, ""),
        (("",), {}, "No prices of your own: the gateway's price counts."),
    ],
)
async def test_prices_are_set_and_forgotten_by_a_line(
    place: Place, typed: tuple[str, ...], rates: dict[str, int], says: str
) -> None:
    said = await place.talk(*RULES, "#Prices", *typed, "q")
    assert {one.prefix: one.micros for one in (await own(place)).rates} == rates
    assert says in said.said


async def test_a_price_counts_for_the_next_text(place: Place) -> None:
    await place.talk(*RULES, "#Prices", "+1 0.03 USD", "q")
    said = await place.talk("#Text somebody", "ana", "1", "#ready", "0", "q")
    assert "0.03 USD." in said.said


@pytest.mark.parametrize(
    ("reply", "question", "says"),
    [
        ("STOP", "0", "Read as stop."),
        ("leave me alone", "0", "Read as"),
        ("yes please", "1", "Read as yes."),
        ("see you at noon", "0", "Read as none."),
    ],
)
async def test_a_reply_is_read_without_sending_or_keeping_it(
    place: Place, reply: str, question: str, says: str
) -> None:
    async with place.inside() as shop:
        before = await shop.inbox.unread()
    said = await place.talk(*RULES, "#How a reply", reply, question, "q")
    assert says in said.said
    async with place.inside() as shop:
        assert await shop.inbox.unread() == before


@pytest.mark.parametrize(
    ("there", "says"),
    [("US-LA", "Mardi Gras"), ("Atlantis", "Atlantis"), ("", "Rules. Your hours")],
)
async def test_the_holidays_of_another_place_are_said_and_change_nothing(
    place: Place, there: str, says: str
) -> None:
    before = await own(place)
    said = await place.talk(*RULES, "#Holidays", "#Say those", there, "q")
    assert says in said.said
    assert await own(place) == before
