"""What the tests of the screens share."""

from __future__ import annotations

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="replace the kept screens (refused in CI)"
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    asked = bool(request.config.getoption("--update-golden", default=False))
    if asked and "CI" in os.environ:
        pytest.fail("goldens are looked at by a person, never made in CI")
    return asked
