"""The jobs of the counter, by keys alone."""

from __future__ import annotations

from pathlib import Path

from shops import ANA
from tui.counters import till
from tui.screens import press, settle


async def test_your_order_is_ready_takes_six_keys_from_unlock(full: Path, tmp_path: Path) -> None:
    keys = ("t", "a", "n", "enter", "1", "enter")
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, *keys)
        for _ in range(100):
            if shown.gateway.taken:
                break
            await shown.pilot.pause(0.02)
        (sent,) = shown.gateway.taken
        assert sent.to == ANA
        assert sent.text.startswith("Fern & Finch: Hi Ana, your order is ready")
        assert "On its way to Ana Reyes." in await settle(shown.pilot)
    assert len(keys) <= 6
