"""Settings: what holds at once, what is remembered, and what is said of a broken file."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from textual import events

from shopbell.errors import BadInput
from shopbell.services.settings_file import (
    Density,
    Settings,
    read_settings,
    save_keys,
    save_setting,
)
from shopbell.tui.commands import command
from shopbell.tui.frame import Dialog
from shopbell.tui.preferences import Preferences
from shopbell.tui.screens.settings import SettingsScreen
from shopbell.tui.screens.unlock import Unlock
from tui.counters import Till, till
from tui.crowded import comes_to, until
from tui.screens import HOSTILE, press, settle


def kept(path: Path) -> Preferences:
    """Settings over a real file."""
    return Preferences(
        read_settings(path),
        file=str(path),
        remember=partial(save_setting, path),
        remember_keys=partial(save_keys, path),
    )


async def minutes(shown: Till, text: str) -> str:
    """Say after how many minutes it locks."""
    await press(shown.pilot, "m", "end", "ctrl+u")
    shown.app.post_message(events.Paste(text))
    await settle(shown.pilot)
    return await press(shown.pilot, "enter")


async def test_the_settings_are_told_with_where_they_are_kept(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path, preferences=kept(Path("settings.toml"))) as shown:
        seen = await press(shown.pilot, "9")
        for words in (
            "Colours         fern",
            "Density         roomy",
            "Locks after     10 minutes without a key",
            "Bell            silent",
            "Keys            as Shopbell comes",
            "Kept in         settings.toml",
        ):
            assert words in seen
        assert "Trouble" not in seen


async def test_colours_are_tried_on_kept_and_shown(empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    async with till(empty, tmp_path, preferences=kept(path)) as shown:
        await press(shown.pilot, "9", "enter", "down")
        assert shown.app.theme == "iris"
        assert isinstance(shown.app.screen, Dialog)
        assert not path.exists()
        assert "Colours         iris" in await press(shown.pilot, "enter")
    assert read_settings(path).theme == "iris"


async def test_compact_shows_more_of_a_list_and_is_remembered(full: Path, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    async with till(full, tmp_path, preferences=kept(path)) as shown:
        roomy = await press(shown.pilot, "1")
        seen = await press(shown.pilot, "9", "d")
        assert "Density         compact" in seen
        compact = await press(shown.pilot, "1")
        assert "─────" in roomy
        assert "─────" not in compact
        first = [page.splitlines().index(_line(page, "Ana Reyes")) for page in (roomy, compact)]
        assert first[1] < first[0]
        await press(shown.pilot, "9", "d")
        assert "─────" in await press(shown.pilot, "1")
        await press(shown.pilot, "9", "d")
    assert read_settings(path).density is Density.COMPACT
    (tmp_path / "again").mkdir()
    async with till(full, tmp_path / "again", preferences=kept(path)) as shown:
        assert "─────" not in await settle(shown.pilot)


def _line(page: str, words: str) -> str:
    return next(line for line in page.splitlines() if words in line)


async def test_the_minutes_hold_at_once_and_are_remembered(empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    async with till(empty, tmp_path, preferences=kept(path)) as shown:
        await press(shown.pilot, "9")
        assert "Locks after     2 minutes" in await minutes(shown, "2")
        assert read_settings(path).lock_minutes == 2
        for _ in range(5):  # longer steps would look like a computer that slept
            shown.clock.advance(seconds=30)
            shown.app._look_at_the_time()
        await until(lambda: isinstance(shown.app.screen, Unlock))
        assert "Locked after 2 quiet minutes." in await settle(shown.pilot)


async def test_the_bell_is_turned_on_and_off_here_too(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "9", "down", "down", "down", "enter")
        assert "Bell            rings when somebody writes" in await settle(shown.pilot)
        assert shown.app._news.bell.is_on
        assert "Density         compact" in await press(shown.pilot, "d")
        assert "Bell            rings" in await press(shown.pilot, "1", "9")
        await press(shown.pilot, "down", "down", "down", "enter")
        assert "Bell            silent" in await settle(shown.pilot)
        assert not shown.app._news.bell.is_on


@pytest.mark.parametrize("text", ["0", "121", "-3", "never", "2.5", "", "٣", "9" * 200, "[/]"])
async def test_what_is_no_number_of_minutes_is_asked_for_again(
    empty: Path, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "settings.toml"
    async with till(empty, tmp_path, preferences=kept(path)) as shown:
        await press(shown.pilot, "9")
        seen = await minutes(shown, text)
        assert "Write a number from 1 to 120." in seen
        assert isinstance(shown.app.screen, Dialog)
        assert "Locks after     10 minutes" in await press(shown.pilot, "escape")
    assert not path.exists()


@pytest.mark.parametrize("text", ["1", " 120 ", "45 min", "45 minutes"])
async def test_minutes_are_read_as_people_write_them(
    empty: Path, tmp_path: Path, text: str
) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "9")
        seen = await minutes(shown, text)
        assert f"{int(text.split()[0])} minute" in _line(seen, "Locks after")


async def test_a_broken_file_is_told_on_opening_named_in_the_settings_and_kept(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("settings.toml")
    path.write_text('theme = "paper\n', encoding="utf-8")
    async with till(empty, tmp_path, preferences=kept(path)) as shown:
        await comes_to(shown, "settings.toml")
        assert shown.app.theme == "fern"
        shown.app.clear_notifications()
        seen = await press(shown.pilot, "9", "end")
        assert "! Trouble" in seen
        assert "does not count: line 1 makes no sense." in " ".join(seen.split())
        await press(shown.pilot, "enter")
        assert isinstance(shown.app.screen, SettingsScreen)
        shown.app.clear_notifications()
        await press(shown.pilot, "d")
        seen = await comes_to(shown, "It holds until you close")
        assert "Density         compact" in seen
    assert path.read_text(encoding="utf-8") == 'theme = "paper\n'


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_names_of_files_and_colours_are_shown_safely(
    empty: Path, tmp_path: Path, text: str
) -> None:
    path = text.replace("\x00", "").replace("/", "")
    odd = Settings(theme=text, troubles=(f"The settings file “{path}” does not count: {text}.",))
    async with till(empty, tmp_path, preferences=Preferences(odd, file=path)) as shown:
        for key in ("9", *["down"] * 6, "enter", "home"):
            seen = await press(shown.pilot, key)
            assert not [c for c in seen if (c < " " and c != "\n") or "\x7f" <= c <= "\x9f"]
        assert not shown.app._crashed


def test_a_choice_that_cannot_be_kept_holds_and_says_so() -> None:
    chosen: list[tuple[str, str | int]] = []

    def refuses(name: str, value: str | int) -> bool:
        chosen.append((name, value))
        return False

    preferences = Preferences(file="settings.toml", remember=refuses)
    for name, value in (("density", "compact"), ("lock_minutes", 5), ("theme", "paper")):
        assert "“settings.toml” could not be written" in preferences.choose(name, value)
    assert preferences.now == Settings(theme="paper", density=Density.COMPACT, lock_minutes=5)
    assert preferences.lock_after == timedelta(minutes=5)
    assert preferences.is_compact
    assert chosen == [("density", "compact"), ("lock_minutes", 5), ("theme", "paper")]


async def other_keys(shown: Till, text: str) -> str:
    """Write other keys where they are asked for."""
    await press(shown.pilot, "end", "ctrl+u")
    shown.app.post_message(events.Paste(text))
    await settle(shown.pilot)
    return await press(shown.pilot, "enter")


async def test_other_keys_are_chosen_here_hold_at_once_and_are_remembered(
    full: Path, tmp_path: Path
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('# mine\ntheme = "fern"\n', encoding="utf-8")
    async with till(full, tmp_path, preferences=kept(path)) as shown:
        seen = await press(shown.pilot, "9", "k", *"filter")
        assert "People: Show only some" in seen
        seen = await press(shown.pilot, "enter")
        assert "Which keys for “filter”? (People)" in seen
        seen = await other_keys(shown, "v")
        assert "taken by people.number" in " ".join(seen.split())
        assert "It does not count" not in seen
        seen = await other_keys(shown, "z ~")
        assert "Keys            1 command with keys of your own" in seen
        assert "z  ~  filter (People)" in seen
        seen = await press(shown.pilot, "1")
        assert "z filter" in seen
        await press(shown.pilot, "f")
        assert not isinstance(shown.app.screen, Dialog)
        await press(shown.pilot, "z")
        assert isinstance(shown.app.screen, Dialog)
        await press(shown.pilot, "escape", "9", *["down"] * 5, "enter")
        assert isinstance(shown.app.screen, Dialog)
        seen = await other_keys(shown, "")
        assert "Keys            as Shopbell comes" in seen
        assert "f filter" in await press(shown.pilot, "1")
        await press(shown.pilot, "9", "k", *"filter", "enter")
        await other_keys(shown, "z")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# mine")
    assert read_settings(path).keys == (("people.narrow", ("z",)),)
    assert kept(path).keys.of(command("people.narrow")) == ("z",)


async def test_a_key_that_cannot_be_is_told_on_opening_and_the_file_is_kept(
    empty: Path, tmp_path: Path
) -> None:
    path = tmp_path / "settings.toml"
    written = '[keys]\npeople.narrow = "enter"\neverywhere.settings = "j"\n'
    path.write_text(written, encoding="utf-8")
    async with till(empty, tmp_path, preferences=kept(path)) as shown:
        seen = " ".join((await comes_to(shown, "needed for typing")).split())
        assert "shows the settings" in seen
        shown.app.clear_notifications()
        seen = await press(shown.pilot, "j", "end")
        assert "! Trouble" in seen
        assert "1 command with keys of your own" in seen
    assert path.read_text(encoding="utf-8") == written


def test_keys_that_cannot_be_change_nothing_and_what_cannot_be_kept_says_so() -> None:
    told: list[tuple[str, tuple[str, ...]]] = []

    def refuses(name: str, keys: tuple[str, ...]) -> bool:
        told.append((name, keys))
        return False

    preferences = Preferences(
        Settings(troubles=("Before.",), keys=(("people.number", ("enter",)),)),
        remember_keys=refuses,
    )
    before = preferences.now
    assert len(before.troubles) == 2
    with pytest.raises(BadInput, match=r"^“f99” for people.narrow is no key Shopbell knows\.$"):
        preferences.choose_keys("people.narrow", ("f99",))
    assert preferences.now == before
    assert not told
    assert "could not be written" in preferences.choose_keys("people.narrow", ("z",))
    assert preferences.keys.changed == {"people.narrow": ("z",)}
    assert preferences.now.troubles == before.troubles
    assert "could not be written" in preferences.choose_keys("people.number", ())
    assert preferences.now.troubles == ("Before.",)
    assert told == [("people.narrow", ("z",)), ("people.number", ())]
