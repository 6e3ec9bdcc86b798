"""A real terminal for journeys: tmux, typed into and read like a person would."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

PASSPHRASE = "maple harbor violin candle"


class Terminal:
    """One tmux window of a given size on a socket of its own."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        if shutil.which("tmux") is None:
            pytest.fail("tmux is missing; on Debian: apt-get install tmux")
        self._socket = f"shopbell-{uuid.uuid4().hex[:12]}"
        self.size = (columns, rows)

    def start(self, command: list[str], env: dict[str, str], folder: Path) -> None:
        """Run `command` in the window; its last screen stays readable after it ends."""
        columns, rows = self.size
        quoted = " ".join(shlex.quote(part) for part in command)
        exports = [f"-e{name}={value}" for name, value in env.items()]
        self._tmux(
            "-f/dev/null",
            "new-session",
            "-d",
            "-x",
            str(columns),
            "-y",
            str(rows),
            *exports,
            "-c",
            str(folder),
            f"{quoted}; code=$?; echo; echo [ended $code]; exec sleep 1000",
        )

    def type(self, text: str) -> None:
        """Type text letter by letter."""
        self._tmux("send-keys", "-l", text)

    def press(self, *keys: str) -> None:
        """Press named keys, each with time to be noticed."""
        for key in keys:
            self._tmux("send-keys", key)
            time.sleep(0.15)

    def screen(self) -> str:
        """Return what can be read now, without trailing blanks."""
        shown = self._tmux("capture-pane", "-p")
        return "\n".join(line.rstrip() for line in shown.splitlines())

    def wait_for(self, *texts: str, seconds: float = 30) -> str:
        """Wait until the screen shows every text; return the screen.

        Raises:
            AssertionError: it did not in time; shows the last screen.
        """
        deadline = time.monotonic() + seconds
        shown = self.screen()
        while time.monotonic() < deadline:
            if all(text in shown for text in texts):
                return shown
            time.sleep(0.1)
            shown = self.screen()
        raise AssertionError(f"never saw {texts!r}; the screen was:\n{shown}")

    def close(self) -> None:
        """End everything in the window."""
        subprocess.run(
            ["tmux", "-L", self._socket, "kill-server"], check=False, capture_output=True
        )

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-L", self._socket, *arguments],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"},
        )
        return done.stdout


def shopbell(folder: Path, *arguments: str, **env: str) -> str:
    """Run one command in `folder` and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "shopbell", *arguments],
        cwd=folder,
        env={**os.environ, "SHOPBELL_PASSPHRASE": PASSPHRASE, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
