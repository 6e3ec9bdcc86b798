"""The terminal goes away: its window is closed, the connection to it breaks."""

from __future__ import annotations

import os
import pty
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PASSPHRASE = "maple harbor violin candle"


def start(folder: Path, *args: str, behind_a_shell: bool) -> tuple[int, int]:
    """Run Shopbell in a terminal of its own; return its process and our end of the terminal.

    Behind a shell that ignores closed windows, only the shell is told of one.
    """
    process, ours = pty.fork()
    if process == 0:
        os.chdir(folder)
        # Whoever started us may have told us to ignore closed windows.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        env = {**os.environ, "HOME": str(folder), "TERM": "xterm-256color", "COLUMNS": "80"}
        shopbell = [sys.executable, "-m", "shopbell", *args]
        if behind_a_shell:
            os.execve("/bin/sh", ["sh", "-c", f"{shlex.join(shopbell)}; exit 7"], env)
        os.execve(sys.executable, shopbell, env)
    return process, ours


def wait_for(ours: int, words: bytes) -> None:
    seen, deadline = b"", time.monotonic() + 60
    while words not in seen:
        assert time.monotonic() < deadline, seen[-2000:]
        seen += os.read(ours, 65536)


def ended(process: int, seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if os.waitpid(process, os.WNOHANG)[0]:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize(
    ("unlocks", "behind_a_shell"),
    [(False, False), (True, False), (True, True)],
    ids=["locked", "unlocked", "behind a shell that ignores it"],
)
def test_a_closed_window_ends_the_screens_and_leaves_one_whole_file(
    tmp_path: Path, unlocks: bool, behind_a_shell: bool
) -> None:
    subprocess.run(
        [
            *(sys.executable, "-m", "shopbell", "new", "shop.db", "--name", "Fern & Finch"),
            *("--country", "US", "--timezone", "America/New_York", "--practice"),
        ],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path), "SHOPBELL_PASSPHRASE": PASSPHRASE},
        check=True,
        capture_output=True,
    )
    process, ours = start(tmp_path, "--file", "shop.db", behind_a_shell=behind_a_shell)
    try:
        wait_for(ours, b"Passphrase")
        if unlocks:
            os.write(ours, PASSPHRASE.encode() + b"\r")
            wait_for(ours, b"Nobody is in the shop file yet")
        os.close(ours)
        assert ended(process)
    except BaseException:
        os.killpg(process, signal.SIGKILL)
        raise
    checked = subprocess.run(
        [sys.executable, "-m", "shopbell", "--file", "shop.db", "verify"],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path), "SHOPBELL_PASSPHRASE": PASSPHRASE},
        check=False,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
