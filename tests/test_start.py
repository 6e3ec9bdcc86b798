"""What is loaded before the first screen is drawn, and that nothing of it goes in a circle."""

from __future__ import annotations

import subprocess
import sys

import pytest

from test_shape import SHOWN_FIRST

FRONT = "shopbell.tui.app, shopbell.tui.screens.unlock, shopbell.cli.commands.counter"
LATER = (
    "shopbell.services.opening",
    "shopbell.services.shop",
    "shopbell.services.drills",
    "shopbell.store.store",
    "shopbell.domain.gate",
    "shopbell.gateways.shelf",
    "shopbell.tui.everywhere",
    "shopbell.tui.session",
    "shopbell.tui.screens.today",
    "shopbell.tui.screens.setup",
    "httpx",
    "phonenumbers",
    "sqlite_utils",
    "cryptography",
    "openpyxl",
)


def _loaded(line: str) -> set[str]:
    """Return the modules that a fresh interpreter has after a line of Python."""
    done = subprocess.run(
        (sys.executable, "-c", f"{line}\nimport sys\nprint(*sys.modules)"),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def front() -> set[str]:
    return _loaded(f"import shopbell.wiring, {FRONT}")


@pytest.mark.parametrize("module", LATER)
def test_the_first_screen_waits_for_nothing_that_only_an_open_file_needs(
    front: set[str], module: str
) -> None:
    assert module not in front


def test_what_an_open_file_needs_is_loaded_beside_the_first_screen() -> None:
    loaded = _loaded("from shopbell.wiring import load_the_rest\nload_the_rest()")
    assert {module for module in LATER if module.startswith("shopbell")} - {
        # The first questions come once in a life.
        "shopbell.tui.screens.setup",
    } <= loaded


@pytest.mark.parametrize("module", sorted(SHOWN_FIRST))
def test_a_module_can_be_loaded_first_of_all(module: str) -> None:
    """A circle that a `TYPE_CHECKING` import hides shows when one of its modules comes first."""
    assert f"shopbell.{module}" in _loaded(f"import shopbell.{module}")


def test_nothing_is_looked_at_for_garbage_that_stays_for_ever() -> None:
    words = _loaded(
        "import gc, asyncio\n"
        "from shopbell.cli.running import run\n"
        "gc.disable()\n"
        "async def job(stop):\n"
        "    print('on' if gc.isenabled() else 'off', gc.get_freeze_count() > 9999)\n"
        "run(job)"
    )
    assert {"on", "True"} <= words
