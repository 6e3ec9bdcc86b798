"""The demonstration: one full round over a private copy, leaving nothing behind."""

from __future__ import annotations

import fcntl
import hashlib
import os
import pty
import select
import signal
import struct
import termios
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Self

import pytest
from click.testing import CliRunner

from shopbell.cli.app import shopbell
from shopbell.cli.tools import Tools
from shopbell.gateways.practice import PracticeGateway, practice_server
from shopbell.gateways.practice_script import Do, Fault, Script, Subject
from shopbell.services.clock import FixedClock, SystemClock
from shopbell.services.demo import SAMPLE_NOW, private_copy, sample_file
from shopbell.wiring import real_tools
from till import PASSPHRASE, Ran, Till

STEPS = ["import", "opt-in", "send", "receipt", "STOP", "refused"]


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which this machine would keep temporary files."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def nowhere(tmp_path: Path, scratch: Path) -> Till:
    home = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    return Till(file=tmp_path / "none.db", now=None, extra={**home, "TMPDIR": str(scratch)})


def with_tools(tools: Tools, *args: str) -> Ran:
    result = CliRunner().invoke(shopbell, args, obj=tools, prog_name="shopbell")
    return Ran(code=result.exit_code, out=result.stdout, err=result.stderr)


def with_practice(
    make: Callable[[], AbstractAsyncContextManager[PracticeGateway]], *args: str
) -> Ran:
    return with_tools(replace(real_tools(SystemClock()), practice_server=make), *args)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_one_full_round_works_and_leaves_nothing_behind(nowhere: Till, scratch: Path) -> None:
    before = digest(sample_file())
    ran = nowhere.run_apart("demo", "--check", "--json")
    assert ran.code == 0, ran
    assert ran.json["ok"] is True
    assert [step["step"] for step in ran.json["steps"]] == STEPS
    assert all(step["ok"] and step["detail"] for step in ran.json["steps"])
    assert list(scratch.iterdir()) == []
    assert not nowhere.file.exists()
    assert digest(sample_file()) == before


def test_a_person_sees_each_step(nowhere: Till) -> None:
    out = nowhere.run("demo", "--check").out.splitlines()
    assert [line.partition(":")[0] for line in out[:-1]] == STEPS
    assert out[-1] == "Everything works."


def test_the_round_needs_no_passphrase_of_anybody(nowhere: Till) -> None:
    nowhere.passphrase = None
    assert nowhere.json("demo", "--check")["ok"] is True


@pytest.mark.parametrize(
    ("fault", "failing"),
    [
        (Fault(do=Do.ANSWER, status=503, times=0), "send"),
        (Fault(do=Do.ANSWER, status=500, times=0), "send"),
    ],
)
def test_the_first_step_that_fails_ends_the_round_and_exits_1(
    scratch: Path, fault: Fault, failing: str
) -> None:
    script = Script(delay_s=0, faults=(fault,))
    ran = with_practice(
        lambda: practice_server(now=SystemClock().now, script=script), "demo", "--check", "--json"
    )
    assert ran.code == 1
    assert ran.json["ok"] is False
    assert [step["step"] for step in ran.json["steps"]] == STEPS[: STEPS.index(failing) + 1]
    assert [step["ok"] for step in ran.json["steps"]][-1] is False
    assert list(scratch.iterdir()) == []


def test_a_gateway_that_never_reports_ends_the_round(scratch: Path) -> None:
    script = Script(delay_s=3_600)
    tools = replace(
        real_tools(FixedClock(SAMPLE_NOW)),
        practice_server=lambda: practice_server(now=SystemClock().now, script=script),
    )
    ran = with_tools(tools, "demo", "--check", "--json")
    assert (ran.code, ran.json["steps"][-1]["step"]) == (1, "receipt")
    assert "No receipt came" in ran.json["steps"][-1]["detail"]
    assert list(scratch.iterdir()) == []


def test_an_error_on_the_way_removes_the_copy_too(scratch: Path) -> None:
    script = Script(delay_s=0, faults=(Fault(do=Do.PAGE, on=Subject.INBOX, times=0),))
    ran = with_practice(
        lambda: practice_server(now=SystemClock().now, script=script), "demo", "--check", "--json"
    )
    assert (ran.code, ran.error) == (5, "gateway_trouble")
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_it_in_the_middle_leaves_nothing_behind(scratch: Path, number: int) -> None:
    @asynccontextmanager
    async def stopped_when_ready():
        os.kill(os.getpid(), number)
        async with practice_server(now=SystemClock().now, script=Script(delay_s=60)) as practice:
            yield practice

    ran = with_practice(stopped_when_ready, "demo", "--check", "--json")
    assert (ran.code, ran.error) == (1, "stopped")
    assert list(scratch.iterdir()) == []


def test_a_private_copy_is_the_owners_alone_and_gone_afterwards(scratch: Path) -> None:
    with private_copy(sample_file()) as path:
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert path.parent.parent == scratch
        path.with_suffix(".db-wal").write_bytes(b"x")
    assert list(scratch.iterdir()) == []


def test_the_screen_is_not_opened_where_there_is_none(nowhere: Till) -> None:
    for line in (("demo",), ()):
        ran = nowhere.run(*line)
        assert (ran.code, ran.out) == (2, "")
        assert "needs a terminal" in ran.err
        assert "shopbell --help" in ran.err


class Screen:
    """A terminal of its own with a program in it."""

    def __init__(self, till: Till, *args: str, **environment: str) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        screen = replace(till, extra={**till.extra, "TERM": "xterm-256color", **environment})
        self.process = screen.start(
            *args, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)
        self.seen = ""

    def read_until(self, words: str) -> None:
        """Wait until `words` were drawn, or the program is gone."""
        while words not in self.seen:
            ready, _, _ = select.select([self._ours], [], [], 30)
            assert ready, self.seen[-2000:]
            try:
                self.seen += os.read(self._ours, 65_536).decode("utf-8", "replace")
            except OSError:  # the program has closed its end
                break
        assert words in self.seen, self.seen[-2000:]

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._ours, keys.encode())

    def end(self) -> int:
        """Wait for the program's end and return its exit code."""
        while self.process.poll() is None:
            if select.select([self._ours], [], [], 0.05)[0]:
                try:
                    self.seen += os.read(self._ours, 65_536).decode("utf-8", "replace")
                except OSError:
                    break
        return self.process.wait(timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._ours)


def test_the_screen_shows_the_practice_shop_and_closes_in_order(
    nowhere: Till, scratch: Path
) -> None:
    before = digest(sample_file())
    with Screen(nowhere, "demo") as screen:
        screen.read_until("Ana Reyes")
        assert [path.name.startswith("shopbell-demo-") for path in scratch.iterdir()] == [True]
        screen.press("q")
        assert screen.end() == 0
    assert list(scratch.iterdir()) == []
    assert digest(sample_file()) == before


def test_without_a_command_the_counter_screen_opens_on_the_shop_file(till: Till) -> None:
    with Screen(till) as screen:
        screen.read_until("assphrase")
        screen.press(f"{PASSPHRASE}\r")
        screen.read_until("Fern & Finch")
        screen.press("q")
        assert screen.end() == 0
    assert PASSPHRASE not in screen.seen


def test_a_terminal_that_can_only_print_gets_lines(till: Till) -> None:
    with Screen(till, TERM="dumb") as screen:
        screen.read_until("Choose 0 to")
        screen.press("q\r")
        assert screen.end() == 0
    assert "Shopbell in lines." in screen.seen
    assert "\x1b" not in screen.seen


def test_json_alone_is_no_command(nowhere: Till) -> None:
    assert nowhere.run("--json").error == "usage"
