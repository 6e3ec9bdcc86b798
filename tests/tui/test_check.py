"""Looking the whole file over from the screens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.counters import Till, till
from tui.screens import press, settle, type_in

if TYPE_CHECKING:
    from sqlite_utils import Database


async def opened(shown: Till) -> str:
    await press(shown.pilot, "ctrl+p")
    await type_in(shown.pilot, "check file")
    await press(shown.pilot, "enter")
    return await settle(shown.pilot)


def folded(seen: str) -> str:
    return " ".join(seen.replace("│", " ").split())


async def test_a_whole_file_is_said_to_be_whole_and_what_that_proves(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = folded(await opened(shown))
        assert "✓ The file is sound." in seen
        assert "✓ The consent ledger is sound:" in seen
        assert "It does not prove by itself that a customer said yes" in seen
        assert "✗" not in seen
        assert "12 people" in await press(shown.pilot, "escape")


async def test_a_noted_head_is_looked_for(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        head = (await shown.shop.checking.whole()).ledger.head
        await opened(shown)
        await type_in(shown.pilot, head[:12])
        seen = folded(await press(shown.pilot, "enter"))
        assert "nothing up to it was changed or cut off since. 0 newer entries." in seen


async def test_a_head_that_is_gone_and_one_that_is_none_are_told(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await opened(shown)
        await type_in(shown.pilot, "0123456789ab")
        assert "✗ The head you noted is not in" in folded(await press(shown.pilot, "enter"))
        await press(shown.pilot, "ctrl+u")
        await type_in(shown.pilot, "[/]")
        assert "✗ That is no head of a ledger." in folded(await press(shown.pilot, "enter"))


async def test_what_was_changed_from_outside_is_told(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:

        def tamper(db: Database) -> None:
            db.execute("DROP TRIGGER consent_is_append_only_update")
            db.execute("UPDATE consent SET witness = 'nobody' WHERE id = 2")

        await shown.shop._desk.store.write(tamper)
        seen = folded(await opened(shown))
        assert "✗ The consent ledger was changed from outside: entry 2" in seen
