"""Gateways by answers: over the real shelf, and never a secret in what is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from lines.conversing import Still, Typist
from shopbell.gateways.shelf import Shelf
from shopbell.lines.places import line_mode
from shopbell.lines.way_in import WayIn
from shopbell.services.opening import NewShop, Opener, create_shop, open_shop
from shopbell.services.shop import Shop
from shops import NOW, PASSPHRASE

SID, SECRET = "AC" + "0" * 32, "9d7e" * 8


@pytest.fixture
async def real(tmp_path: Path) -> Path:
    """A shop that is no practice shop, with no gateway yet."""
    path = tmp_path / "shop.db"
    new = NewShop(name="Fern", country="US", zone="America/New_York", phone="212-555-0100")
    await create_shop(path, new, PASSPHRASE, Still(NOW))
    return path


def shelf() -> Shelf:
    return Shelf(now=Still(NOW).now)


async def talk(path: Path, *typed: str) -> Typist:
    typist = Typist(typed)
    way = WayIn(path=path, clock=Still(NOW), shelf=shelf(), passphrase=PASSPHRASE)
    await line_mode(way, typist)
    return typist


async def opened(path: Path) -> Shop:
    return await open_shop(path, Opener(secret=PASSPHRASE), clock=Still(NOW), shelf=shelf())


def to(preset: str) -> list[str]:
    """Return what leads to a preset: pages, then its number."""
    names = [one.id for one in sorted(shelf().presets(), key=lambda one: one.name.casefold())]
    at = names.index(preset)
    return ["#Gateways", "#Choose and set up", *["m"] * (at // 10), str(at + 1)]


def answers(preset: str) -> list[str]:
    """Return an answer to every field of a preset; secrets are all `SECRET`."""
    (found,) = [one for one in shelf().presets() if one.id == preset]
    typed = []
    for field in found.fields:
        plain = "" if field.optional else field.example or "212-555-0100"
        typed.append(SECRET if field.secret else plain)
    return typed


async def test_a_gateway_is_chosen_filled_in_and_in_use(real: Path) -> None:
    said = await talk(real, *to("twilio"), *answers("twilio"), "0.0079 USD", "q")
    assert "It is set up and in use." in said.said, said.page
    shop = await opened(real)
    state = await shop.gateways.active()
    await shop.close()
    assert state is not None
    assert (state.config.preset_id, state.config.price_micros) == ("twilio", 7_900)
    assert SECRET in state.config.account.values()


async def test_no_secret_is_ever_said(real: Path) -> None:
    typed = (*to("twilio"), *answers("twilio"), "", "#Show what is set up", "q")
    said = await talk(real, *typed)
    assert SECRET in said.hidden
    assert SECRET not in said.page
    assert "•••" in said.said


async def test_a_field_left_empty_sets_up_nothing(real: Path) -> None:
    await talk(real, *to("twilio"), "", "q")
    shop = await opened(real)
    assert await shop.gateways.active() is None
    await shop.close()


async def test_a_price_that_is_none_is_asked_for_again(real: Path) -> None:
    said = await talk(real, *to("twilio"), *answers("twilio"), "cheap", "0.01 EUR", "q")
    assert "“cheap” is not a price." in said.said
    assert "twilio (twilio): in use, 0.01 EUR." in said.said


async def test_a_stop_is_proven_by_words_only_where_nothing_can_be_heard(real: Path) -> None:
    said = await talk(real, "#Gateways", "#Prove that a STOP arrives", "", "q")
    assert "Campaigns stay locked." in said.said


async def test_without_a_gateway_it_says_so_and_nothing_breaks(real: Path) -> None:
    jobs = ("#Test connection", "#Use another", "#Text your own phone", "212-555-0199")
    said = await talk(real, "#Gateways", *jobs, "#Show what is set up", "q")
    assert "No gateway yet: nothing can be sent." in said.said
    assert said.said.count("No gateway is set up yet.") >= 2
    assert "No other gateway is set up." in said.said
