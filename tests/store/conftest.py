"""A small shop file in a folder of its own, and child processes that never outlive a test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.small import SmallFile, small_file

TESTS = Path(__file__).parent.parent
CHILDREN = Path(__file__).parent / "children.py"

Child = subprocess.Popen[str]
StartChild = Callable[..., Child]


@pytest.fixture
def shop(tmp_path: Path) -> SmallFile:
    folder = tmp_path / "shop"
    folder.mkdir()
    return small_file(folder / "shop.db")


@pytest.fixture
def child() -> Iterator[StartChild]:
    """Start `children.py` with a job and its arguments; killed at the end if still running."""
    running: list[Child] = []

    def start(job: str, *arguments: object, **environment: str) -> Child:
        path = os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])
        process = subprocess.Popen(
            [sys.executable, str(CHILDREN), job, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": path} | environment,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def kills(usual: int) -> int:
    """How often a test that kills processes repeats itself: twenty times as often at night."""
    return usual * 20 if os.environ.get("SHOPBELL_NIGHTLY") else usual
