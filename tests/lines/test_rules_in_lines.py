"""The rulebook and the shop's own rules by answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from lines.conversing import Place
from shopbell.domain.code_words import CODE_WORDS
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code
from shopbell.domain.rule_sheet import rule_sheets
from shopbell.domain.secret import Secret
from shopbell.services.rules import packaged_rules
from shops import PASSPHRASE, open_counter

BOOK = ("#Rules", "#Read the rulebook")


async def test_a_row_is_said_with_its_sources(place: Place) -> None:
    said = await place.talk(*BOOK, "us-tx", "q")
    assert "Texas" in said.said
    assert "US-TX.hours" in said.said
    assert "This is not legal advice." in said.said


async def test_every_row_is_in_the_list(place: Place) -> None:
    rows = len(rule_sheets(packaged_rules()))
    said = await place.talk(*BOOK, "*", *["m"] * (rows // 10), "0", "q")
    assert f"1 to 10 of {rows}:" in said.said
    assert f"\n{rows}. " in said.said


async def test_a_row_that_is_not_there_is_told(place: Place) -> None:
    said = await place.talk(*BOOK, "atlantis", "q")
    assert "The rulebook has no row “atlantis”." in said.said


@pytest.mark.parametrize("code", [Code.QUIET_HOURS, Code.NO_CONSENT, Code.OPTED_OUT])
async def test_a_code_is_explained_with_what_helps(place: Place, code: Code) -> None:
    typed = code.value.lower().replace("_", "-")
    said = await place.talk("#Rules", "#What a reason code means", typed, "q")
    assert f"{code}: {CODE_WORDS[code].means}" in said.said
    assert CODE_WORDS[code].helps in said.said


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("#Change your hours", "mon-fri 25:00-26:00"), "is not a time of day"),
        (("#Change your hours", "mon none"), "With no hours at all"),
        (("#Change your hours", "."), "Rules. Your hours: mon-fri 10:00-18:00"),
        (("#Close on some", "#Close", "tomorrow"), "That is no day."),
        (("#Close on some", "#Close", "2020-01-01"), "over"),
        (("#Limits", "#At most so many: offers", "many"), "Write"),
        (("#Limits", "#Hours between", "-5"), "Write"),
        (("#An emergency", "#There is", "Atlantis"), "is no place Shopbell knows"),
        (("#Set a rule aside", "#Set a rule", "nothing", "because"), "nothing"),
        (("#Set a rule aside", "#Set a rule", "US-TX.hours", ""), "Rules. Your hours"),
    ],
)
async def test_what_makes_no_sense_is_told_and_changes_nothing(
    place: Place, typed: tuple[str, ...], says: str
) -> None:
    async with place.inside() as shop:
        before = await shop.rules.changed(), shop.profile
    said = await place.talk("#Rules", *typed, "q")
    assert says in said.said
    async with place.inside() as shop:
        assert (await shop.rules.changed(), shop.profile) == before


async def test_new_hours_count_for_the_next_text(place: Place) -> None:
    await place.talk("#Rules", "#Change your hours", "mon-fri 12:00-17:00", "q")
    said = await place.talk("#Text somebody", "ana", "1", "#ready", "0", "q")
    assert "Held until Tue 24 Nov 2026, 12:00." in said.said


async def test_a_limit_is_kept_and_given_up(place: Place) -> None:
    limits = ("#Rules", "#Limits", "#At most so many: offers")
    await place.talk(*limits, "3 30", "q")
    async with place.inside() as shop:
        assert any(cap.purpose is Purpose.MARKETING for cap in (await shop.rules.changed()).caps)
    said = await place.talk(*limits, "-", "q")
    assert "(Shopbell's own)" in said.said


TWO = ("#Rules", "#Two people's yes")


async def test_two_people_are_named_each_with_a_word_that_is_not_said(place: Place) -> None:
    said = await place.talk(
        *TWO, "#Add somebody", "Ana", "lantern", "lantern",
        "#Two people's yes", "#Add somebody", "Bo", "pebbles", "pebbles",
        "#Two people's yes", "#From how many", "1,000", "q",
    )  # fmt: skip
    assert "A campaign to 1,000 people or more needs the yes of two." in said.said
    assert "With a word of their own: Ana, Bo." in said.said
    assert "lantern" not in said.said
    assert said.hidden == ["lantern", "lantern", "pebbles", "pebbles"]
    async with place.inside() as shop:
        assert await shop.second_yes.speaker("ana", Secret("lantern")) == "Ana"
        assert (await shop.second_yes.rule()).from_count == 1000


async def test_a_name_gets_a_new_word_is_taken_off_and_one_yes_is_enough_again(
    place: Place,
) -> None:
    async with place.inside() as shop:
        for name in ("Ana", "Bo"):
            await shop.second_yes.add(name, Secret("lantern"))
        await shop.second_yes.need_from(100)
    await place.talk(*TWO, "#A new word for Bo", "starlight", "starlight", "q")
    said = await place.talk(*TWO, "#Take Bo", "#Two people's yes", "#From how many", "-", "q")
    assert "Then fewer than two people would be left to say yes." in said.said
    assert "One person's yes is enough" in said.said
    await place.talk(*TWO, "#Take Bo off", "q")
    async with place.inside() as shop:
        assert (await shop.second_yes.rule()).names == ("Ana",)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("#Add somebody", "Ana", "lantern", "lanterns"), "two different words"),
        (("#Add somebody", "Ana", "short", "short"), "A word needs 6 to 200 characters."),
        (("#Add somebody", ""), "One person's yes is enough"),
        (("#From how many", "10"), "Two people are needed, each with a word"),
        (("#From how many", "many"), "“many” is no number of people."),
        (("#From how many", ""), "One person's yes is enough"),
    ],
)
async def test_a_second_yes_that_cannot_be_is_told_and_nothing_is_kept(
    place: Place, typed: tuple[str, ...], says: str
) -> None:
    said = await place.talk(*TWO, *typed, "q")
    assert says in said.said
    async with place.inside() as shop:
        rule = await shop.second_yes.rule()
        assert (rule.from_count, rule.names) == (0, ())


async def test_a_real_shop_asks_for_its_passphrase_before_two_yeses_are_changed(
    tmp_path: Path,
) -> None:
    counter = await open_counter(tmp_path / "real.db", practice=False)
    await counter.shop.close()
    place = Place(path=tmp_path / "real.db")
    refused = await place.talk(*TWO, "#Add somebody", "not the one", "q")
    assert "That passphrase does not open this file." in refused.said
    given = PASSPHRASE.reveal()
    said = await place.talk(*TWO, "#Add somebody", given, "Ana", "lantern", "lantern", "q")
    assert "With a word of their own: Ana." in said.said
    assert given not in said.said
