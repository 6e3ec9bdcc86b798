"""Settings by answers: what is kept where, the lock, and the check of the file."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from lines.conversing import Place, Typist
from shopbell.lines.places import line_mode
from shops import PASSPHRASE

SETTINGS = "#Settings and lock"


async def talk(place: Place, *typed: str, keeps: bool = True) -> tuple[Typist, dict[str, object]]:
    """Hold a conversation and return what was to be remembered on this computer."""
    remembered: dict[str, object] = {}

    def remember(name: str, value: str | int) -> bool:
        remembered[name] = value
        return keeps

    typist = Typist(typed)
    await line_mode(replace(place.way(), remember=remember), typist)
    return typist, remembered


@pytest.mark.parametrize(
    ("typed", "remembered"),
    [
        (("#Lock after", "1"), {"lock_minutes": 1}),
        (("#Lock after", "120"), {"lock_minutes": 120}),
        (("#Lock after", "121"), {}),
        (("#Lock after", "0"), {}),
        (("#Lock after", "never"), {}),
        (("#Lock after", ""), {}),
        (("#Open in lines", "#In lines"), {"plain": True}),
        (("#Open in lines", "#On the screens"), {"plain": False}),
        (("#Open in lines", "0"), {}),
    ],
)
async def test_what_is_chosen_is_remembered_on_this_computer(
    place: Place, typed: tuple[str, ...], remembered: dict[str, object]
) -> None:
    said, kept = await talk(place, SETTINGS, *typed, "q")
    assert kept == remembered
    assert ("Kept." in said.said) is bool(remembered)


async def test_a_settings_file_that_cannot_be_written_is_told(place: Place) -> None:
    said, _ = await talk(place, SETTINGS, "#Lock after", "5", "q", keeps=False)
    assert "It could not be written down: it holds until you leave." in said.said


async def test_the_new_lock_holds_at_once(place: Place) -> None:
    class Slow(Typist):
        async def read(self, *, hidden: bool = False) -> str | None:
            if self.asked == 3 and not hidden:  # somebody walks away for a minute
                for _ in range(2):
                    looks = place.clock.slept.count(1.0)
                    place.clock.advance(seconds=35)
                    while place.clock.slept.count(1.0) == looks:
                        await asyncio.sleep(0.005)
                await asyncio.Event().wait()
            return await super().read(hidden=hidden)

    typist = Slow((SETTINGS, "#Lock after", "1", PASSPHRASE.reveal(), "q"))
    way = replace(place.way(), lock_after=timedelta(minutes=100))
    await line_mode(way, typist)
    assert "Locked after 1 quiet minute." in typist.said
    assert typist.hidden == [PASSPHRASE.reveal()]


async def test_lock_now_asks_for_the_passphrase_again(place: Place) -> None:
    said, _ = await talk(place, SETTINGS, "#Lock now", PASSPHRASE.reveal(), "q")
    assert "Locked.\nPassphrase." in said.said
    assert said.hidden == [PASSPHRASE.reveal()]


@pytest.mark.parametrize(
    ("name", "kept"),
    [("  Fern   Co ", "Fern Co"), ("x" * 41, None), ("Fern\x1b[2J", None), ("", None)],
)
async def test_the_shops_name_is_checked_as_when_it_was_made(
    place: Place, name: str, kept: str | None
) -> None:
    await talk(place, SETTINGS, "#Name and phone", "1", name, "q")
    async with place.inside() as shop:
        assert shop.profile.name == (kept or "Fern & Finch")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("#So many texts", "1,000"), "1 text of 1000 texts used this month"),
        (("#So many texts", "many"), "“many” is no number of texts."),
        (("#So much money", "20"), "of 20 USD used this month"),
        (("#So much money", "20 dollars"), "is not a currency"),
        (("#No limit",), "No budget is set."),
    ],
)
async def test_a_budget_is_set_by_a_line(place: Place, typed: tuple[str, ...], says: str) -> None:
    said, _ = await talk(place, SETTINGS, "#Budget", *typed, "q")
    assert says.replace(",", "") in said.said.replace(",", "")


async def test_the_file_and_its_ledger_are_checked(place: Place) -> None:
    said, _ = await talk(place, SETTINGS, "#Check the shop file", "q")
    assert "The file is sound." in said.said
    assert "The consent ledger is sound: 3 entries" in said.said
