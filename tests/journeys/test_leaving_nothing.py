"""However the screens end, nothing of the shop stays in the terminal, scrollback or title."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys.pseudo_terminal import PseudoTerminal, taken_apart
from journeys.terminal import PASSPHRASE
from tui.counters import build

NOW = "2026-11-24T10:45:00-05:00"
ENTERS, LEAVES = b"\x1b[?1049h", b"\x1b[?1049l"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("private") / "shop.db"
    asyncio.run(build(path))
    return path


@pytest.fixture
def pseudo() -> Iterator[PseudoTerminal]:
    pseudo = PseudoTerminal()
    yield pseudo
    pseudo.close()


def opened(pseudo: PseudoTerminal, shop: Path) -> None:
    """Show the people of the shop."""
    folder = str(shop.parent)
    pseudo.start(
        [sys.executable, "-m", "shopbell", "--file", "shop.db", "--now", NOW],
        {"HOME": folder, "XDG_CONFIG_HOME": folder, "TMPDIR": folder},
        shop.parent,
    )
    pseudo.wait_for("Passphrase")
    pseudo.press(f"{PASSPHRASE}\r")
    pseudo.wait_for("Ana Reyes")


def ended(pseudo: PseudoTerminal) -> bytes:
    """Read until the program has ended and nothing more comes; return all it ever sent."""
    process = pseudo._process
    assert process is not None
    deadline = time.monotonic() + 60
    while process.poll() is None:
        assert time.monotonic() < deadline, "it never ended"
        pseudo._read()
    before = -1
    while before != len(pseudo.received):
        before = len(pseudo.received)
        pseudo._read()
    return bytes(pseudo.received)


@pytest.mark.parametrize("how", ["q", "SIGTERM", "SIGINT", "SIGHUP"])
def test_nothing_of_the_shop_is_left_behind(pseudo: PseudoTerminal, shop: Path, how: str) -> None:
    opened(pseudo, shop)
    process = pseudo._process
    assert process is not None
    if how == "q":
        pseudo.press("q")
    else:
        os.kill(process.pid, getattr(signal, how))
    sent = ended(pseudo)
    before, _, rest = sent.partition(ENTERS)
    assert LEAVES in rest, "the page of the screens is left"
    outside = taken_apart(before + rest.rpartition(LEAVES)[2]).text
    assert not [word for word in ("Ana", "Reyes", "0101", "Fern", "People") if word in outside]
    titles = [one for one in taken_apart(sent).commands if one[:2] in {"0;", "1;", "2;"}]
    assert titles == []
    modes = termios.tcgetattr(pseudo._master)[3]
    assert modes & termios.ECHO, "what is typed afterwards is seen"
    assert modes & termios.ICANON
