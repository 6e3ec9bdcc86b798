"""What a person is left with when the counter screen breaks: a sentence, a log, and a failure."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from journeys.breaking import SECRET
from journeys.terminal import Terminal

SCRIPT = Path(__file__).with_name("breaking.py")


@pytest.mark.parametrize("where", ["on_mount", "do_find"])
def test_a_screen_that_breaks_ends_the_program_with_a_failure(
    tmp_path: Path, terminal: Terminal, where: str
) -> None:
    terminal.start(
        [sys.executable, str(SCRIPT), where, "demo"],
        {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")},
        tmp_path,
    )
    if where == "do_find":
        terminal.wait_for("Ana Reyes")
        terminal.press("/")
    ended = terminal.wait_for("[ended 1]")
    assert "Shopbell has to close" in ended
    (log,) = tmp_path.rglob("crash-*.txt")
    assert "BrokenError" in log.read_text()
    for said in (ended, log.read_text()):
        assert SECRET not in said
        assert "Ana" not in said


def test_a_screen_that_is_closed_ends_the_program_well(tmp_path: Path, terminal: Terminal) -> None:
    terminal.start(
        [sys.executable, "-m", "shopbell", "demo"],
        {"HOME": str(tmp_path), "TMPDIR": str(tmp_path)},
        tmp_path,
    )
    terminal.wait_for("Ana Reyes")
    terminal.press("q")
    assert "Shopbell has to close" not in terminal.wait_for("[ended 0]")
