"""Writes the pictures of docs/pictures: the app's own, of the practice shop, as SVG.

Run `python tests/pictures.py` after changing how a screen looks, then look at them: a test compares
their words. With a folder, every place is written there too, in three themes and three sizes.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHOWN = ROOT / "docs" / "pictures"
_BY_CHANCE = re.compile(r"terminal-\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture: the keys that lead to it from Today, one group after another."""

    name: str
    keys: tuple[tuple[str, ...], ...]
    theme: str = "dusk"
    size: tuple[int, int] = (120, 32)


SHOP = (
    Picture(name="today", keys=(("0",),)),
    Picture(name="people", keys=(("1",), ("down",) * 3), theme="fern"),
    Picture(name="quick-text", keys=(("1",), ("t",), (*"cy", "enter"), ("1",)), theme="daylight"),
    Picture(
        name="refused", keys=(("1",), ("t",), (*"carlos", "space", *"w", "enter"), ("1",), ("w",))
    ),
    Picture(name="thread", keys=(("2",), ("enter",)), theme="slate"),
    Picture(name="reports", keys=(("8",),), theme="iris"),
)
EVERYWHERE = tuple(
    Picture(name=f"{digit}-{theme}-{size[0]}x{size[1]}", keys=((digit,),), theme=theme, size=size)
    for theme in ("dusk", "paper", "contrast")
    for size in ((60, 20), (80, 24), (120, 40))
    for digit in "012345789"
)


async def draw(picture: Picture, folder: Path, sample: Path) -> Path:
    """Walk to where the picture is taken and write it into `folder`."""
    from shopbell.services.demo import SAMPLE_PASSPHRASE
    from tui.counters import till
    from tui.screens import press, settle

    target = folder / f"{picture.name}.svg"
    with tempfile.TemporaryDirectory() as made:
        own = Path(made)
        async with till(sample, own, size=picture.size, passphrase=SAMPLE_PASSPHRASE) as shown:
            shown.app.theme = picture.theme
            await settle(shown.pilot)
            for keys in picture.keys:
                await press(shown.pilot, *keys)
            shown.app.clear_notifications()
            await settle(shown.pilot)
            drawn = shown.app.export_screenshot(title="Shopbell")
    # Its parts are named by chance: so named, a picture that shows the same is the same file.
    target.write_text(_BY_CHANCE.sub(f"terminal-{picture.name}", drawn), encoding="utf-8")
    return target


async def draw_all(pictures: Iterable[Picture], folder: Path) -> None:
    """Write every picture, one after another."""
    folder.mkdir(parents=True, exist_ok=True)
    for picture in pictures:
        sys.stdout.write(f"{await draw(picture, folder, ROOT / 'sample.db')}\n")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))
    if sys.argv[1:]:
        asyncio.run(draw_all(EVERYWHERE, Path(sys.argv[1])))
    else:
        asyncio.run(draw_all(SHOP, SHOWN))
