"""Fixtures for every test: the async backend and a fixed moment."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

TUESDAY_MORNING = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
"""Tue 24 Nov 2026, 10:42 in New York: open, no holiday, no clock change near."""


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def now() -> datetime:
    return TUESDAY_MORNING
