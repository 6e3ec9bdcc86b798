"""A screen is laid out once for its size, and again whenever the size changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.geometry import Size
from textual.screen import Screen

from tui.counters import till
from tui.screens import press, settle

SIZES = {
    (60, 20): {"-narrow", "-tiny"},
    (79, 24): {"-narrow", "-short"},
    (80, 24): {"-normal", "-short"},
    (109, 29): {"-normal", "-short"},
    (110, 30): {"-wide", "-tall"},
    (200, 60): {"-wide", "-tall"},
}
EVERY = {"-narrow", "-normal", "-wide", "-tiny", "-short", "-tall"}


def fits(screen: Screen[Any]) -> set[str]:
    return set(screen.classes) & EVERY


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_places_and_boxes_have_the_classes_of_their_size(
    full: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with till(full, tmp_path, size=size) as shown:
        for key in ("1", "exclamation_mark", "escape", "5"):
            await press(shown.pilot, key)
            assert fits(shown.app.screen) == SIZES[size], key
        other = (110, 30) if size != (110, 30) else (60, 20)
        await shown.pilot.resize_terminal(*other)
        await settle(shown.pilot)
        assert fits(shown.app.screen) == SIZES[other]
        assert shown.app.screen.size == Size(*other)


async def test_a_window_made_smaller_under_a_box_is_laid_out_anew_when_the_box_goes(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path, size=(120, 40)) as shown:
        await press(shown.pilot, "1", "exclamation_mark")
        await shown.pilot.resize_terminal(60, 20)
        await settle(shown.pilot)
        assert fits(shown.app.screen) == SIZES[60, 20]
        await press(shown.pilot, "escape")
        assert shown.app.screen.size == Size(60, 20)
        assert fits(shown.app.screen) == SIZES[60, 20]


async def test_a_place_is_laid_out_once_for_its_size(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "1")
        sizes: list[Size | None] = []
        layout = Screen._refresh_layout

        def counted(screen: Screen[Any], size: Size | None = None, scroll: bool = False) -> None:
            sizes.append(size)
            layout(screen, size, scroll)

        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        await press(shown.pilot, "7")
    assert len([size for size in sizes if size is not None]) == 1


async def test_the_size_it_has_already_is_no_news_to_a_screen(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "1")
        screen, same = shown.app.screen, Size(80, 24)
        again = events.Resize(same, same)
        screen.once_is_enough(again)  # type: ignore[attr-defined]
        assert again._no_default_action
        other = events.Resize(Size(90, 24), Size(90, 24))
        screen.once_is_enough(other)  # type: ignore[attr-defined]
        assert not other._no_default_action
