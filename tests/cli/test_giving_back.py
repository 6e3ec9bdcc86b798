"""A terminal is given back as it was, at once or not at all."""

from __future__ import annotations

import os
import pty
import sys
import termios
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import textual

from shopbell.cli.giving_back import give_back


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Our end of a terminal, and the program's."""
    ours, theirs = pty.openpty()
    yield ours, theirs
    os.close(ours)
    os.close(theirs)


def heard(ours: int) -> bytes:
    os.set_blocking(ours, False)
    try:
        return os.read(ours, 65_536)
    except BlockingIOError:
        return b""


def test_the_screens_page_is_left_and_what_is_typed_is_seen_again(
    terminal: tuple[int, int],
) -> None:
    assert textual.__name__ in sys.modules
    ours, theirs = terminal
    modes = termios.tcgetattr(theirs)
    modes[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG)
    termios.tcsetattr(theirs, termios.TCSANOW, modes)
    give_back(theirs)
    sent = heard(ours)
    assert b"\x1b[?1049l\x1b[?25h" in sent
    assert sent.index(b"\x1b[2J") < sent.index(b"\x1b[?1049l"), "its page is emptied first"
    for mouse in (b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?1006l"):
        assert mouse in sent
    after = termios.tcgetattr(theirs)[3]
    assert after & termios.ECHO
    assert after & termios.ICANON
    assert after & termios.ISIG
    assert os.get_blocking(theirs), "the shell that comes back shares it"


def test_a_command_without_screens_leaves_the_terminal_alone(
    terminal: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "textual")
    ours, theirs = terminal
    give_back(theirs)
    assert heard(ours) == b""


def test_a_terminal_that_takes_nothing_is_not_waited_for(terminal: tuple[int, int]) -> None:
    _, theirs = terminal
    os.set_blocking(theirs, False)
    with suppress(BlockingIOError):
        while os.write(theirs, b"x" * 4096):
            pass
    os.set_blocking(theirs, True)
    give_back(theirs)
    assert os.get_blocking(theirs)


def test_what_is_no_terminal_is_not_written_to(tmp_path: Path) -> None:
    file = os.open(tmp_path / "out.txt", os.O_RDWR | os.O_CREAT)
    give_back(file)
    os.close(file)
    assert (tmp_path / "out.txt").read_bytes() == b""


def test_a_terminal_that_is_gone_is_no_trouble() -> None:
    ours, theirs = pty.openpty()
    os.close(ours)
    give_back(theirs)
    os.close(theirs)
