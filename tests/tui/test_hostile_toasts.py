"""Toasts and theme names made of markup, escapes and turned letters: shown, and harmless."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from shopbell.services.themes import RefusedTheme, Themes, read_themes, shipped_folder
from shopbell.tui.screens.theme_picker import ThemePicker
from tui.counters import till
from tui.screens import HOSTILE, press, settle

TURNING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def harm(seen: str) -> set[str]:
    """Return what would drive a terminal, or turn the words around it."""
    return {
        char
        for char in seen
        if (ord(char) < 0x20 and char != "\n") or 0x7F <= ord(char) <= 0x9F or char in TURNING
    }


async def test_whatever_a_toast_says_is_shown_as_it_is_and_drives_nothing(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "1")
        for nth, text in enumerate(HOSTILE):
            severity = ("information", "warning", "error")[nth % 3]
            shown.app.notify(f"A{nth} {text[:200]} Z", severity=severity)  # type: ignore[arg-type]
            seen = await settle(shown.pilot)
            assert harm(seen) == set(), text
            assert f"A{nth}" in seen, text
            shown.app.clear_notifications()


async def test_markup_in_a_toast_is_letters(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        shown.app.notify("[bold]Ana[/bold] [@click=app.quit]wrote[/]")
        assert "[bold]Ana[/bold]" in await settle(shown.pilot)
        assert shown.app.is_running


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_theme_of_ones_own_may_say_anything_and_its_file_may_be_called_anything(
    full: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    good = read_themes([shipped_folder()]).good
    named = tuple(
        replace(theme, about="".join(HOSTILE[nth :: len(good)])[:200])
        for nth, theme in enumerate(good)
    )
    refused = tuple(RefusedTheme(file=text[:80], reason=text[:200]) for text in HOSTILE)
    async with till(full, tmp_path, size=size) as shown:
        shown.app.push_screen(ThemePicker(Themes(good=named, refused=refused), named[0].name))
        for key in ("home", "pagedown", "end"):
            assert harm(await press(shown.pilot, key)) == set()
        assert named[0].name in await press(shown.pilot, "home")
        await press(shown.pilot, "escape")
        assert not shown.app._crashed
