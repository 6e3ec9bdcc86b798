"""A pseudo-terminal that keeps every byte a program sends, and takes it apart."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SEQUENCE = re.compile(
    "\x1b(?:"
    r"\[(?P<csi>[0-?]*[ -/]*[@-~])"
    r"|\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|P(?P<dcs>[^\x1b]*)\x1b\\"
    r"|[ -/]+[0-~]|[0-OQ-Z\\^-~])",
)
"""One escape sequence: control, operating system command, device control, or a short one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a program sent, taken apart."""

    text: str
    """All that is no escape sequence, and that a terminal would print or act on."""
    commands: tuple[str, ...]
    """What the operating system commands say: titles, clipboards."""
    controls: frozenset[str]
    """The last letters of the control sequences."""


def taken_apart(received: bytes) -> Sent:
    """Return the text and the sequences of a stream.

    Raises:
        ValueError: a sequence begins that is none.
    """
    text = received.decode("utf-8", "strict")
    found = list(SEQUENCE.finditer(text))
    rest = SEQUENCE.sub("", text)
    if "\x1b" in rest:
        at = rest.index("\x1b")
        raise ValueError(f"an escape that begins nothing: {rest[at : at + 20]!r}")
    return Sent(
        text=rest,
        commands=tuple(one["osc"] for one in found if one["osc"] is not None),
        controls=frozenset(one["csi"][-1] for one in found if one["csi"] is not None),
    )


@dataclass(slots=True)
class PseudoTerminal:
    """One program on a pseudo-terminal of 80x24."""

    received: bytearray = field(default_factory=bytearray)
    _master: int = -1
    _process: subprocess.Popen[bytes] | None = None
    _from: int = 0

    def start(
        self, command: Sequence[str], env: Mapping[str, str], folder: os.PathLike[str]
    ) -> None:
        """Run the program with the terminal as all it has."""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=folder,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **env},
        )
        os.close(slave)

    def press(self, keys: str) -> None:
        """Type; what comes from now on is what `wait_for` looks at."""
        self._from = len(self.received)
        os.write(self._master, keys.encode())

    def wait_for(self, *texts: str, seconds: float = 60) -> None:
        """Read until each text was sent since the last key.

        Raises:
            AssertionError: they did not come in time.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            text = SEQUENCE.sub("", bytes(self.received[self._from :]).decode("utf-8", "replace"))
            if all(one in text for one in texts):
                return
            self._read()
        raise AssertionError(f"never came {texts!r}: {text[-3000:]!r}")

    def close(self) -> None:
        """Take the terminal away, as a closed window does, and wait for the program's end."""
        if self._process is None:
            return
        self._process.terminate()
        while self._process.poll() is None:
            self._read()
        self._process = None
        os.close(self._master)

    def _read(self) -> None:
        ready, _, _ = select.select([self._master], [], [], 0.1)
        if ready:
            try:
                self.received += os.read(self._master, 65_536)
            except OSError:
                # The other end is closed: the program has ended.
                time.sleep(0.05)
