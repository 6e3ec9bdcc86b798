"""Two people's yes to large campaigns, on the screens: who, by which word, from how many on."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from shopbell.domain.secret import Secret
from shopbell.errors import BadInput
from shopbell.tui.screens.ask_line import AskLine
from shopbell.tui.screens.own_word import OwnWord
from shopbell.tui.screens.two_yeses import TwoYeses
from shops import NOW, PASSPHRASE, open_counter
from tui.counters import Till, till
from tui.rule_lines import at_line
from tui.screens import HOSTILE, press, settle

WORDS = {"Ana": "lantern", "Bo": "pebbles"}


def flat(seen: str) -> str:
    return " ".join(seen.replace("│", " ").replace("▌", " ").split())


async def paste(shown: Till, *texts: str) -> str:
    """Paste each into a field and go on with enter."""
    for text in texts:
        shown.app.post_message(events.Paste(text))
        await press(shown.pilot, "enter")
    return flat(await settle(shown.pilot))


async def opened(shown: Till) -> str:
    await shown.app.run_action("app.run('everywhere.second_yes')")
    seen = flat(await settle(shown.pilot))
    assert isinstance(shown.app.screen, TwoYeses)
    return seen


async def added(shown: Till, name: str, word: str, again: str = "") -> str:
    """Fill in the box for one more person, and leave it by its key."""
    await press(shown.pilot, "a")
    await paste(shown, name, word, again or word)
    return flat(await press(shown.pilot, "f2"))


async def named(shown: Till) -> None:
    for name, word in WORDS.items():
        await shown.shop.second_yes.add(name, Secret(word))


async def test_a_line_of_the_rules_opens_it_and_says_what_holds(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "7")
        await at_line(shown, "Two yeses")
        seen = flat(await settle(shown.pilot))
        assert "Two yeses One person's yes is enough" in seen
        assert "Nobody has a word of their own yet." in seen
        await press(shown.pilot, "enter")
        assert isinstance(shown.app.screen, TwoYeses)
        await named(shown)
        await shown.shop.second_yes.need_from(100)
        await press(shown.pilot, "escape")
        seen = flat(await settle(shown.pilot))
        assert "Two yeses A campaign to 100 people or more needs the yes of two." in seen
        assert "With a word of their own: Ana, Bo." in seen


async def test_people_are_added_each_with_a_word_and_then_two_are_needed(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        assert "Needed from off: one yes is enough" in await opened(shown)
        for name, word in WORDS.items():
            assert f"{name} may say yes now." in await added(shown, name, word)
        await press(shown.pilot, "home", "enter")
        assert isinstance(shown.app.screen, AskLine)
        seen = await paste(shown, "1,000")
        assert "A campaign to 1,000 people or more needs the yes of two." in seen
        assert "Needed from 1,000 people or more" in seen
        rule = await shown.shop.second_yes.rule()
        assert (rule.from_count, rule.names) == (1000, ("Ana", "Bo"))
        for name, word in WORDS.items():
            assert await shown.shop.second_yes.speaker(name, Secret(word)) == name


async def test_an_empty_line_lets_one_yes_be_enough_again(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await named(shown)
        await shown.shop.second_yes.need_from(50)
        assert "Needed from 50 people or more" in await opened(shown)
        seen = flat(await press(shown.pilot, "home", "enter", "ctrl+u", "enter"))
        assert "One person's yes is enough" in seen
        assert not (await shown.shop.second_yes.rule()).is_on


async def test_a_name_gets_another_word_and_the_old_one_counts_no_more(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        await named(shown)
        await opened(shown)
        await press(shown.pilot, "home", "down", "enter")
        assert isinstance(shown.app.screen, OwnWord)
        await paste(shown, "starlight", "starlight")
        assert "Ana has a new word." in flat(await press(shown.pilot, "f2"))
        assert await shown.shop.second_yes.speaker("ana", Secret("starlight")) == "Ana"
        with pytest.raises(BadInput):
            await shown.shop.second_yes.speaker("ana", Secret("lantern"))


async def test_a_name_is_taken_off_after_one_more_key(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await named(shown)
        await opened(shown)
        assert "Go down to a name first." in await press(shown.pilot, "home", "x")
        assert "Take Bo off the list?" in await press(shown.pilot, "down", "down", "x")
        await press(shown.pilot, "escape")
        assert (await shown.shop.second_yes.rule()).names == ("Ana", "Bo")
        assert "Bo is off the list." in flat(await press(shown.pilot, "x", "enter"))
        assert (await shown.shop.second_yes.rule()).names == ("Ana",)


async def test_what_cannot_be_is_told_and_changes_nothing(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await opened(shown)
        await press(shown.pilot, "home", "enter")
        seen = await paste(shown, "10")
        assert "! Two people are needed, each with a word of their own." in seen
        assert "shopbell" not in seen
        await press(shown.pilot, "ctrl+u")
        assert "is no number of people. Write it in digits" in await paste(shown, "many")
        await press(shown.pilot, "escape")
        assert "two different words" in await added(shown, "Ana", "lantern", "lanterns")
        seen = await paste(shown, "short", "short")
        assert "A word needs 6 to 200 characters." in flat(await press(shown.pilot, "f2"))
        await press(shown.pilot, "escape")
        assert (await shown.shop.second_yes.rule()).names == ()
        await named(shown)
        await shown.shop.second_yes.need_from(5)
        assert "Ana is on the list already." in await added(shown, "ana", "starlight")
        await press(shown.pilot, "escape")
        await press(shown.pilot, "escape")
        await opened(shown)
        seen = flat(await press(shown.pilot, "home", "down", "x", "enter"))
        assert "Then fewer than two people would be left to say yes." in seen
        rule = await shown.shop.second_yes.rule()
        assert (rule.from_count, rule.names) == (5, ("Ana", "Bo"))


async def test_a_word_is_nowhere_on_the_screen(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await opened(shown)
        await press(shown.pilot, "a")
        seen = await paste(shown, "Ana", "lantern", "lantern")
        assert "Ana" in seen
        assert "lantern" not in seen
        assert "lantern" not in await press(shown.pilot, "f2")


async def test_names_made_to_break_a_screen_are_shown_or_refused(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        for name in HOSTILE:
            try:
                await shown.shop.second_yes.add(name, Secret("lantern"))
            except BadInput:
                assert not name.isprintable() or len(name) > 40
        await opened(shown)
        for at in range(len((await shown.shop.second_yes.rule()).names)):
            seen = await press(shown.pilot, "home", *["down"] * (at + 1), "x")
            assert "off the list?" in flat(seen)
            await press(shown.pilot, "escape")


async def test_a_real_shop_asks_for_its_passphrase_before_the_first_change(
    tmp_path: Path,
) -> None:
    counter = await open_counter(tmp_path / "real.db", at=NOW, practice=False)
    await counter.shop.close()
    async with till(tmp_path / "real.db", tmp_path) as shown:
        await press(shown.pilot, "escape")
        await opened(shown)
        assert "The passphrase of the shop" in await press(shown.pilot, "a")
        seen = await paste(shown, "not the one")
        assert "That passphrase does not open this file." in seen
        assert "not the one" not in seen
        await press(shown.pilot, "escape")
        assert isinstance(shown.app.screen, TwoYeses)
        await press(shown.pilot, "home", "enter")
        await paste(shown, PASSPHRASE.reveal())
        assert "From how many people on?" in await settle(shown.pilot)
        await press(shown.pilot, "escape")
        assert "may say yes now" in await added(shown, "Ana", "lantern"), "asked only once"
        await press(shown.pilot, "escape")
        await opened(shown)
        assert "The passphrase of the shop" in await press(shown.pilot, "home", "down", "x")
        await press(shown.pilot, "escape", "escape")
        assert (await shown.shop.second_yes.rule()).names == ("Ana",)
