"""Fixtures for every test: the async backend, a fixed moment, keys that are derived once."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache

import pytest

from shopbell.store import keys

# Hundreds of programs are started here: none of them has to compile what another has compiled.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

TUESDAY_MORNING = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
"""Tue 24 Nov 2026, 10:42 in New York: open, no holiday, no clock change near."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="replace what was kept (refused in CI)"
    )


def pytest_collection_finish() -> None:
    """Look for no garbage in what is there before the first test, as the program does."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def now() -> datetime:
    return TUESDAY_MORNING


@pytest.fixture(scope="session", autouse=True)
def _keys_are_remembered() -> Iterator[None]:
    """Derive each key once per run: what derivation is worth is tested with the keys themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "derive", lru_cache(keys.derive))
        yield
