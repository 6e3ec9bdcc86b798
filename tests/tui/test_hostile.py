"""Every screen over a shop where every name, note, text and reply is hostile."""

from __future__ import annotations

import os
import random
from itertools import groupby, islice
from pathlib import Path

import pytest

from shopbell.domain.people import ContactDraft
from shopbell.domain.showing import shown as safe
from shopbell.tui.frame import Dialog, FrameScreen
from shopbell.tui.screens.confirm import Confirm
from shopbell.tui.screens.contact import ContactScreen
from shopbell.tui.screens.people import PeopleScreen
from shopbell.tui.underway import Step, Underway
from shops import open_counter
from tui.counters import Till, number, till
from tui.screens import HOSTILE, press, settle, type_in

WALKS: dict[str, tuple[str, ...]] = {
    "people": ("down",) * len(HOSTILE),
    "people, the whole list": ("end", "home", "pagedown", "pageup", "v", "f", "escape"),
    "replies": ("2", *("down",) * len(HOSTILE)),
    "replies, judged": ("2", "x", "down", "x", "down", "s", "n"),
    "replies, in turn": ("2", *("enter", "up", "w", "escape", "u", "escape") * 2,
                         "slash", *"[/]", "escape", "escape"),
    "outbox": ("3", *("down",) * len(HOSTILE)),
    "outbox, explained": ("3", "w", "escape", "down", "w", "escape", "down", "w", "escape"),
    "a ready text": ("t", "enter", "1", "w", "escape", "p", "p", "escape", "escape"),
    "a household, the proof": ("enter", "h", *"x", "escape", "p", "down", "w", "escape", "escape"),
    "somebody new": ("n", "tab", "tab", "space", "tab", "tab", "escape"),
    "help and palette": ("question_mark", "escape", "ctrl+p", "down", "down", "escape"),
    "campaigns": ("5", "down", "enter", "escape"),
    "consent": ("1", "o", "down", "enter", "escape", "a", "escape", "s", "escape", "end", "up"),
    "rules": ("7", "end", "enter", "escape", "home", "h", "escape", "c", "escape", "e", "escape"),
    "settings": ("9", "down", "enter", "down", "enter", *"[/]", "escape", "up", "enter", "c",
                 "down", "escape", "end", "enter"),
    "reports": ("8", "right", *("down",) * len(HOSTILE), "v", "x", "escape", "left", "p", "m", "d",
                "escape", "enter", "escape"),
    "past imports": ("4", "h", "down", "enter", "down", "escape", "up", "enter", "escape", "u",
                     "escape", "escape"),
    "who said no, typed": ("4", "n", "p", *"[/]x", "f2", "escape", "escape", "escape", "escape"),
}  # fmt: skip
"""Keys from the list of people; each walk leads back to where `1` works."""


NIGHTLY = bool(os.environ.get("SHOPBELL_NIGHTLY"))
SIZES_WALKED = ((60, 20), (80, 24), (120, 40)) if NIGHTLY else ((80, 24),)
TYPED = ("[@click=app.quit]x[/]", "%s {x}\\", ":smile: [b", "[/]")


def is_safe(seen: str) -> bool:
    return all(safe(line, one_line=True) == line for line in seen.split("\n"))


async def walked(shown: Till, *keys: str) -> None:
    """Press keys one by one; every screen on the way shows only what is safe."""
    for key in keys:
        seen = await press(shown.pilot, key)
        assert is_safe(seen), f"{key} of {keys}:\n{seen!r}"
    assert not shown.app._crashed


async def boxed(shown: Till, *keys: str) -> None:
    """Walk into a box, and leave every box that opened."""
    await walked(shown, *keys)
    while isinstance(shown.app.screen, Dialog):
        await walked(shown, "escape")


@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize("size", SIZES_WALKED, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_walk_over_hostile_words_shows_them_and_stays_calm(
    hostile: Path, tmp_path: Path, size: tuple[int, int], part: int
) -> None:
    async with till(hostile, tmp_path, size=size) as shown:
        for keys in list(WALKS.values())[part::2]:
            # At the size it is designed for, everybody is looked at by night; else, a few.
            most = len(HOSTILE) if NIGHTLY and size == (80, 24) else 3
            few = (key for _, same in groupby(keys) for key in islice(same, most))
            await walked(shown, *few, "1")
            assert isinstance(shown.app.screen, PeopleScreen), keys


@pytest.mark.parametrize("part", range(4 if NIGHTLY else 1))
async def test_every_hostile_person_has_a_sheet_and_can_be_texted(
    hostile: Path, tmp_path: Path, part: int
) -> None:
    async with till(hostile, tmp_path) as shown:
        # By day every fourth of them: a mark-up, a smile, control letters, wide ones.
        for index in range(part, len(HOSTILE), 4):
            screen = shown.app.screen
            assert isinstance(screen, FrameScreen)
            screen.post_message(screen.PersonOpened(number(index)))
            while not isinstance(shown.app.screen, ContactScreen):
                await shown.pilot.pause(0.02)
            assert is_safe(await settle(shown.pilot))
            await walked(shown, "v", "down", "w", "escape", "t", "1", "escape", "s", "escape")
            await walked(shown, "y", "escape", "n", "escape", "e", "tab", "tab", "escape", "1")


async def test_hostile_words_can_be_searched_and_texted(hostile: Path, tmp_path: Path) -> None:
    async with till(hostile, tmp_path) as shown:
        for text in TYPED if NIGHTLY else TYPED[:2]:
            await press(shown.pilot, "slash")
            assert text in await type_in(shown.pilot, text)
            await press(shown.pilot, "escape", "escape", "1", "t", "enter")
            seen = await type_in(shown.pilot, f"x{text}")
            assert f"x{text}" in seen
            await press(shown.pilot, *("backspace",) * (len(text) + 1), "escape", "escape", "1")
            assert not shown.app._crashed


async def at_step(job: Underway, shown: Till, step: Step) -> None:
    """Wait until a file is that far."""
    for _ in range(1000):
        if job.step is step:
            break
        await shown.pilot.pause(0.02)
    assert job.step is step, job.error
    assert is_safe(await settle(shown.pilot))


async def test_a_hostile_file_goes_through_every_box_of_the_wizard(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "home" / "Downloads"
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    cells = [text.replace('"', "").replace("\n", " ").replace("\r", "")[:200] for text in HOSTILE]
    rows = [f'"{cell}","+1212555{101 + i:04d}","{cell}","{cell}"\n'
            for i, cell in enumerate(cells)]  # fmt: skip
    rows += [f'"{cell}","{cell}","{cell}","{cell}"\n' for cell in cells[:4]]
    head = "[/] name,phone[,sms \x1b[31m status\u202e,note [b]\n"
    name = "[bold]x[b] \u202e\x1b]0;owned\x07.csv"
    (folder / name).write_bytes((head + "".join(rows)).encode("utf-8", "replace"))
    async with till(full, tmp_path) as shown:
        everywhere = shown.app._everywhere
        assert everywhere is not None
        importing, listing = everywhere._importing, everywhere._stop_listing
        assert "[bold]x[b]" in await press(shown.pilot, "4")
        await walked(shown, "enter")
        await at_step(importing, shown, Step.LOOKED)
        # Every kind of rows, and on a line of each its box: a row to correct, a clash.
        for _ in range(4):
            await walked(shown, "down")
            await boxed(shown, "enter", "down", "up")
            await walked(shown, "right")
        await boxed(shown, "m", "down", "down", "enter")
        await boxed(shown, "c", "enter", "tab", "tab")
        await boxed(shown, "o", *"[/]")
        await walked(shown, "g")
        await at_step(importing, shown, Step.DONE)
        await walked(shown, "h", "down", "up")
        await boxed(shown, "enter", "down")
        await boxed(shown, "u", "enter")
        await walked(shown, "4", "n", "enter")
        await at_step(listing, shown, Step.LOOKED)
        await walked(shown, "right", "down", "right")
        await boxed(shown, "m", "down")
        await boxed(shown, "c", "enter", "tab")
        await boxed(shown, "o", *"[/]")
        await walked(shown, "g")
        await at_step(listing, shown, Step.DONE)
        await walked(shown, "4", "h", "down", "up", "1")


async def test_the_first_steps_and_a_welcome_of_a_shop_with_a_hostile_name_are_safe(
    tmp_path: Path,
) -> None:
    base = tmp_path / "base.db"
    counter = await open_counter(base)
    await counter.shop.people.add(ContactDraft(number=number(0), name="[/]\x1b[31m"))
    await counter.shop.close()
    async with till(base, tmp_path) as shown:
        everywhere = shown.app._everywhere
        assert everywhere is not None
        await everywhere.do_first_steps()
        await walked(shown, "down", "up", "escape", "enter", "y", "right", "space", "f2")
        await boxed(shown, "down", "up")


KEYS = (
    "up", "down", "enter", "escape", "tab", "shift+tab", "space", "home", "end", "pagedown",
    "backspace", "left", "right", "slash", "question_mark", "ctrl+p", "colon", "f1", "f2", "f3",
    *"0123457890abcdefghijkmnoprstuvwxyz?:![]",
)  # fmt: skip
"""All but those that end the walk: locking and closing have tests of their own."""

SIZES = ((60, 20), (80, 24), (120, 40), (1, 1), (20, 5), (200, 60))
FROM = "012345789" if NIGHTLY else "18"
"""The places a walk begins in; by night with 10,000 keys from each."""

SEEDS, ROUNDS = (50, 10) if NIGHTLY else (1, 5)
EACH = 20
"""Keys between two changes of the window's size."""


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("place", FROM)
async def test_any_keys_in_any_order_at_any_size_break_nothing(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, seed: int
) -> None:
    # Some keys write files, and somebody's own folder is not the place for them.
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path))
    chance = random.Random(f"{place} {seed}")
    tried: list[str] = []
    async with till(hostile, tmp_path, place=place) as shown:
        for _ in range(ROUNDS):
            keys = [chance.choice(KEYS) for _ in range(EACH)]
            tried += keys
            await press(shown.pilot, *keys)
            size = chance.choice(SIZES)
            await shown.pilot.resize_terminal(*size)
            tried.append(f"{size}")
            seen = await settle(shown.pilot)
            assert is_safe(seen), f"seed {seed}: {tried}"
            assert not shown.app._crashed, f"seed {seed}: {tried}"
            assert shown.app.return_value is None, f"seed {seed}: {tried}"


@pytest.mark.parametrize("size", [(1, 1), (4, 3), (9, 24)], ids=str)
async def test_a_question_survives_a_window_of_a_few_cells(
    empty: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with till(empty, tmp_path, size=size) as shown:
        await shown.app.push_screen(Confirm("Close?", "[/]", yes="Close it now", no="Stay"))
        assert is_safe(await settle(shown.pilot))
        assert not shown.app._crashed
