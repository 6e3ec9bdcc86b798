"""One opened practice shop per test, over the drill gateway and a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shops import PASSPHRASE, Counter, open_counter


@pytest.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Counter]:
    counter = await open_counter(tmp_path / "shop.db", PASSPHRASE)
    yield counter
    await counter.shop.close()
