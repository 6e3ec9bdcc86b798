"""What the tests of the screens share: kept screens, and practice shops made once."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.counters import build, build_empty, build_hostile
from tui.screens import golden


@pytest.fixture
def keeps(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a screen with the kept one of that name."""
    update = bool(request.config.getoption("--update-golden", default=False))
    if update and "CI" in os.environ:
        pytest.fail("goldens are looked at by a person, never made in CI")
    return lambda name, text: golden(name, text, update=update)


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("full") / "shop.db"
    asyncio.run(build(path))
    return path


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "shop.db"
    asyncio.run(build_empty(path))
    return path


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "shop.db"
    asyncio.run(build_hostile(path))
    return path
