"""Line mode from the command line: over pipes, at a terminal, and by the settings file."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from till import ANA, PASSPHRASE, READY, Till

MORNING = "2026-11-24T10:43-05:00"


class Teletype:
    """A terminal that can only print, with line mode in it."""

    def __init__(self, till: Till, *args: str, term: str = "dumb") -> None:
        self._ours, theirs = pty.openpty()
        self.theirs = theirs
        at_it = replace(till, extra={**till.extra, "TERM": term, "COLUMNS": "60"})

        def take_the_terminal() -> None:
            os.setsid()
            fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

        self.process = at_it.start(
            *args, stdin=theirs, stdout=theirs, stderr=theirs, preexec_fn=take_the_terminal
        )
        self.seen = ""

    @property
    def echoes(self) -> bool:
        """Whether the terminal shows what is typed."""
        return bool(termios.tcgetattr(self.theirs)[3] & termios.ECHO)

    def read_until(self, words: str) -> None:
        """Wait until `words` were printed."""
        while words not in self.seen:
            assert select.select([self._ours], [], [], 60)[0], self.seen[-2000:]
            self.seen += os.read(self._ours, 65_536).decode("utf-8", "replace")

    def type(self, line: str) -> None:
        """Type a line, or a key that is no letter."""
        os.write(self._ours, line.encode())

    def end(self) -> int:
        """Return how the program ended."""
        while self.process.poll() is None:
            if select.select([self._ours], [], [], 0.05)[0]:
                self.seen += os.read(self._ours, 65_536).decode("utf-8", "replace")
        return self.process.wait(timeout=60)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._ours)
        os.close(self.theirs)


@contextmanager
def teletype(till: Till, *args: str, term: str = "dumb") -> Iterator[Teletype]:
    terminal = Teletype(till, *args, term=term)
    try:
        yield terminal
    finally:
        terminal.close()


def test_over_pipes_it_says_plain_lines_and_ends_with_its_input(till: Till) -> None:
    ran = till.run_apart("--plain", stdin="3\n0\n")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Shopbell in lines.\n")
    assert "People: nobody yet. Add one, or import.\n" in ran.out
    assert ran.out.endswith("Closed. What was finished is kept.\n")
    assert "\x1b" not in ran.out


def test_a_text_sent_in_lines_has_left_when_it_says_so(counter: Till) -> None:
    counter.agree(ANA, "--topic", "orders")
    ran = replace(counter, now=MORNING).run("--plain", stdin=f"2\n{ANA}\n1\n{READY}\n1\nq\n")
    assert ran.code == 0, ran
    assert "Sent: the gateway has taken it." in ran.out or "It arrived." in ran.out
    (text,) = counter.json("messages", "list")["messages"]
    assert text["state"] in {"accepted", "sent", "delivered"}


def test_windows_line_ends_and_a_last_line_without_one_count(till: Till) -> None:
    ran = till.run_apart("--plain", stdin="3\r\n0\r\nq")
    assert ran.code == 0
    assert "none of these" not in ran.out


def test_it_loads_no_screen() -> None:
    code = (
        "import sys, shopbell.lines.places, shopbell.lines.terminal\n"
        "print([name for name in ('textual', 'rich') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_a_passphrase_is_typed_unseen_and_a_dumb_terminal_gets_lines(till: Till) -> None:
    till.passphrase = None
    with teletype(till) as terminal:
        terminal.read_until("is not shown")
        while terminal.echoes:
            os.sched_yield()
        terminal.type(f"{PASSPHRASE}\n")
        terminal.read_until("Choose 0 to")
        assert terminal.echoes
        terminal.type("q\n")
        assert terminal.end() == 0
    assert PASSPHRASE not in terminal.seen
    assert "\x1b" not in terminal.seen
    assert max(len(line) for line in terminal.seen.splitlines()) <= 60


@pytest.mark.parametrize("hidden", [True, False])
def test_ctrl_c_leaves_in_order_and_the_terminal_shows_letters_again(
    till: Till, hidden: bool
) -> None:
    till.passphrase = None if hidden else PASSPHRASE
    with teletype(till, "--plain", term="xterm") as terminal:
        terminal.read_until("is not shown" if hidden else "Choose 0 to")
        terminal.type("\x03")
        assert terminal.end() == 0
        assert terminal.echoes
    assert "Closed. What was finished is kept." in terminal.seen


def test_a_closed_terminal_ends_it(till: Till) -> None:
    with teletype(till, "--plain") as terminal:
        terminal.read_until("Choose 0 to")
        terminal.process.send_signal(signal.SIGHUP)
        terminal.end()
    assert till.json("verify")


def test_the_settings_file_can_choose_lines(till: Till, tmp_path: Path) -> None:
    config = tmp_path / "config" / "shopbell"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text("plain = true\n", encoding="utf-8")
    chosen = replace(till, extra={"XDG_CONFIG_HOME": str(tmp_path / "config")})
    ran = chosen.run_apart(stdin="q\n")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Shopbell in lines.")


def test_without_lines_a_pipe_is_told_about_them(till: Till) -> None:
    ran = till.run()
    assert ran.code == 2
    assert "shopbell --plain" in ran.err


def test_the_practice_shop_opens_in_lines_without_a_passphrase(till: Till) -> None:
    ran = till.run_apart("demo", "--plain", stdin="1\n0\nq\n")
    assert ran.code == 0, ran
    assert "Fern & Finch (practice: nothing leaves this computer)." in ran.out
    assert "These need somebody:" in ran.out


def test_json_and_lines_do_not_go_together(till: Till) -> None:
    assert till.run("--plain", "--json").error == "usage"


def test_a_time_may_be_pretended_on_a_practice_shop(counter: Till) -> None:
    counter.agree(ANA, "--topic", "orders")
    late = replace(counter, now="2026-11-24T22:30-05:00")
    ran = late.run("--plain", stdin=f"2\n{ANA}\n1\n{READY}\n1\nq\n")
    assert "Held until Wed 25 Nov 2026, 10:00." in ran.out
    assert "It waits. It may go from Wed 25 Nov 2026, 10:00." in ran.out
    (text,) = counter.json("messages", "list")["messages"]
    assert text["state"] in {"held", "waiting"}


def test_what_is_chosen_in_lines_holds_the_next_time(till: Till, tmp_path: Path) -> None:
    chosen = replace(till, extra={"XDG_CONFIG_HOME": str(tmp_path / "config")})
    first = chosen.run_apart("--plain", stdin="11\n4\n1\nq\n")
    assert "Kept." in first.out
    ran = chosen.run_apart(stdin="q\n")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Shopbell in lines.")
