"""What is typed before the lock is drawn: it reaches the field, and nobody reads it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pty
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys.pseudo_terminal import PseudoTerminal
from journeys.terminal import PASSPHRASE
from shopbell.cli.typed_early import unseen
from tui.counters import build

NOW = "2026-11-24T10:45:00-05:00"
SCREEN = b"\x1b[?1049h"


class EarlyTerminal(PseudoTerminal):
    """Knows how the terminal treats what is typed."""

    @property
    def shows_letters(self) -> bool:
        """Whether the terminal itself shows what is typed."""
        return bool(termios.tcgetattr(self._master)[3] & termios.ECHO)

    def is_gone(self) -> bool:
        """Whether the program has ended; what it still says is read."""
        self._read()
        return self._process is not None and self._process.poll() is not None


def until(early: EarlyTerminal, *, shows: bool) -> None:
    end = time.monotonic() + 60
    while early.shows_letters is not shows:
        assert time.monotonic() < end, "it never changed"
        time.sleep(0.001)


@pytest.fixture
def early() -> Iterator[EarlyTerminal]:
    early = EarlyTerminal()
    yield early
    early.close()


def test_a_passphrase_typed_before_the_lock_is_there_opens_the_shop_and_is_seen_nowhere(
    early: EarlyTerminal, tmp_path: Path
) -> None:
    shop = tmp_path / "shop.db"
    asyncio.run(build(shop))
    home = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    command = (sys.executable, "-m", "shopbell", "--file", str(shop), "--now", NOW)
    early.start(command, home, tmp_path)
    assert early.shows_letters
    until(early, shows=False)
    assert SCREEN not in early.received, "this test comes too late to say anything"
    early.press(f"{PASSPHRASE}\r")
    early.wait_for("find by name")
    early.press("q")
    end = time.monotonic() + 60
    while not early.is_gone():
        assert time.monotonic() < end, "it never ended"
    for word in PASSPHRASE.split():
        assert word.encode() not in early.received
    assert early.shows_letters, "the terminal is as it was"


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A terminal as standard input."""
    master, slave = pty.openpty()
    with os.fdopen(slave, "r") as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        yield slave
    os.close(master)


def test_the_terminal_is_as_it_was_however_it_ends(stdin: int) -> None:
    before = termios.tcgetattr(stdin)
    with unseen():
        during = termios.tcgetattr(stdin)
        assert not during[3] & (termios.ECHO | termios.ICANON)
        assert not during[0] & termios.ICRNL
        assert during[3] & termios.ISIG, "^C still ends it"
    assert termios.tcgetattr(stdin) == before
    with contextlib.suppress(KeyboardInterrupt), unseen():
        raise KeyboardInterrupt
    assert termios.tcgetattr(stdin) == before


def test_without_a_terminal_nothing_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "input"
    file.write_text("maple\n", encoding="utf-8")
    with file.open(encoding="utf-8") as source:
        monkeypatch.setattr(sys, "stdin", source)
        with unseen():
            assert source.read() == "maple\n"
    with unseen():
        pass  # a standard input that is closed already


def test_a_terminal_that_goes_away_meanwhile_is_no_error(
    stdin: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_ = termios.tcsetattr

    def gone(*_: object) -> None:
        raise termios.error(5, "Input/output error")

    with unseen():
        monkeypatch.setattr(termios, "tcsetattr", gone)
    monkeypatch.setattr(termios, "tcsetattr", set_)
    assert not termios.tcgetattr(stdin)[3] & termios.ECHO
