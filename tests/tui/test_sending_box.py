"""The switch on the screens: stopped, turned on again, a copy that asks, texts asked about."""

from __future__ import annotations

import shutil
from pathlib import Path

from shopbell.domain.budget import Budget
from shopbell.domain.consent import Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.secret import Secret
from shopbell.domain.texts import State
from shopbell.tui.screens.sending_box import SendingBox
from shops import ANA, BO
from tui.counters import Till, till
from tui.screens import HOSTILE, press, settle, type_in


def folded(seen: str) -> str:
    return " ".join(seen.replace("│", " ").split())


async def until(shown: Till, words: str) -> str:
    """Wait until the screen says something."""
    for _ in range(200):
        seen = await settle(shown.pilot)
        if words in seen:
            return seen
        await shown.pilot.pause(0.05)
    raise AssertionError(f"the screen never said {words!r}:\n{seen}")


async def opened(shown: Till) -> str:
    await press(shown.pilot, "ctrl+p")
    await type_in(shown.pilot, "sending")
    await press(shown.pilot, "enter")
    return folded(await settle(shown.pilot))


async def test_it_says_who_has_to_say_yes_to_large_campaigns(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        for name in ("Ana", "Bo [/]"):
            await shown.shop.second_yes.add(name, Secret("lantern"))
        await shown.shop.second_yes.need_from(100)
        await until(shown, "sending on")
        seen = await opened(shown)
        assert "A campaign to 100 people or more needs the yes of two:" in seen
        assert "Ana, Bo [/]." in seen


async def written(shown: Till, number: str = ANA, body: str = "Your order is ready.") -> None:
    draft = TextDraft(number=number, body=body, purpose=Purpose.SERVICE, topic="orders")  # type: ignore[arg-type]
    await shown.shop.outbox.submit(draft)


async def test_it_is_turned_off_and_on_from_the_palette(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await until(shown, "sending on")
        seen = await opened(shown)
        assert "Sending is on" in seen
        assert "Texts leave as they are due." in seen
        await press(shown.pilot, "down", "enter")
        await until(shown, "sending off")
        assert not (await shown.shop.sending.now()).on
        seen = await opened(shown)
        assert "Sending was turned off by" in seen
        await press(shown.pilot, "down", "enter")
        await until(shown, "sending on")
        (last, _) = await shown.shop.sending.history()
        assert last.on
        assert last.by


async def test_the_first_choice_and_escape_change_nothing(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        for key in ("enter", "escape"):
            await opened(shown)
            await press(shown.pilot, key)
            assert not isinstance(shown.app.screen, SendingBox)
        assert await shown.shop.sending.history() == ()


async def test_after_stopping_everything_the_way_back_is_told(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "exclamation_mark")
        await press(shown.pilot, "enter")
        seen = await until(shown, "sending off")
        assert "Stopped: sending is off" in folded(seen)
        await written(shown)
        await press(shown.pilot, "3")
        assert "· waiting" in await settle(shown.pilot)
        await opened(shown)
        await press(shown.pilot, "down", "enter")
        await until(shown, "sending on")
        await until(shown, "✓ arrived")


async def a_copy_with_texts(full: Path, folder: Path) -> Path:
    """Return a file that was copied after it had sent, with two texts waiting."""
    home = folder / "home"
    home.mkdir()
    async with till(full, home) as shown:
        await until(shown, "sending on")
        # It has sent from here; what is written while it is off stays as it is.
        await shown.shop.sending.turn_on()
        await shown.shop.sending.turn_off()
        await written(shown)
        await written(shown, BO, "Come by.")
    return Path(shutil.copy(home / "shop.db", folder / "copied.db"))


async def test_a_copy_asks_its_owner_first(full: Path, tmp_path: Path) -> None:
    copied = await a_copy_with_texts(full, tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    async with till(copied, other) as shown:
        while not (await shown.shop.sending.now()).is_copy:
            await shown.pilot.pause(0.05)
        if not isinstance(shown.app.screen, SendingBox):
            await opened(shown)
        seen = folded(await until(shown, "Is this the file to send from?"))
        assert "it is a copy, was restored or moved" in seen
        assert "customers may get a text twice" in seen
        await press(shown.pilot, "down", "enter")
        await until(shown, "sending on")
        assert shown.gateway.taken == []
        await press(shown.pilot, "3")
        seen = await until(shown, "eft from the other")
        assert seen.count("? your word?") == 1
        seen = await press(shown.pilot, "home", "g")
        assert "It goes now" in folded(seen)
        await until(shown, "✓ arrived")
        assert "waits for your word" in folded(await press(shown.pilot, "end", "g"))


async def test_everything_that_waits_is_taken_back_after_a_question(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "3")
        assert "Nothing waits" in folded(await press(shown.pilot, "a"))
        await shown.shop.sending.turn_off()
        await written(shown)
        await until(shown, "· waiting")
        assert "1 text has not left yet" in folded(await press(shown.pilot, "a"))
        await press(shown.pilot, "escape")
        assert (await shown.shop.outbox.find((State.WAITING,))).total == 1
        await press(shown.pilot, "a")
        await press(shown.pilot, "enter")
        await until(shown, "- taken back")
        assert (await shown.shop.outbox.find((State.WAITING,))).total == 0


async def test_the_budget_is_told_in_the_frame_and_in_the_box(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await shown.shop.budgets.set_to(Budget(texts=4))
        seen = await until(shown, "of 4 texts left")
        assert "0 of 4 texts left" in seen
        assert "○ sending off" in seen
        assert "budget of 4 texts is used up" in await opened(shown)


async def test_hostile_reasons_are_shown_harmless(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        for why in HOSTILE[:8]:
            await shown.shop.sending.turn_off(why, by="[/]\x1b[2J")
            seen = await opened(shown)
            assert "Sending is off" in seen
            assert "\x1b" not in seen
            await press(shown.pilot, "escape")
