"""Places to hold conversations in: shops made once, copied per test."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lines.conversing import Place
from lines.shop_for_lines import build

KEPT = Path(__file__).parent / "kept"


@pytest.fixture(scope="session")
def a_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop in the middle of a day; see `shop_for_lines`."""
    path = tmp_path_factory.mktemp("lines") / "shop.db"
    asyncio.run(build(path))
    return path


@pytest.fixture
def copied(tmp_path: Path, a_day: Path) -> Place:
    """A copy of that shop: it does not send before somebody says so."""
    file = tmp_path / "shop.db"
    shutil.copyfile(a_day, file)
    file.chmod(0o600)
    return Place(path=file)


@pytest.fixture
async def place(copied: Place) -> Place:
    """That shop, for one test alone."""
    async with copied.inside() as shop:
        await shop.sending.turn_on(by="the owner")
    return copied


@pytest.fixture
def keeps(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a conversation with the kept one of that name."""
    update = bool(request.config.getoption("--update-golden", default=False))
    if update and "CI" in os.environ:
        pytest.fail("conversations are read by a person, never made in CI")

    def compare(name: str, page: str) -> None:
        path = KEPT / f"{name}.txt"
        if update:
            path.write_text(page, encoding="utf-8")
        assert page == path.read_text(encoding="utf-8")

    return compare
