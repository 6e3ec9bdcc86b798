"""A real terminal of the size the screens are designed for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from journeys.terminal import Terminal


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    terminal = Terminal(80, 24)
    yield terminal
    terminal.close()
