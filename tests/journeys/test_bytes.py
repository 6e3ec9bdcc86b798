"""What reaches the terminal of a shop where every name, note, text and file name is hostile.

Read from a pseudo-terminal, byte by byte: the program's own sequences, and printable text.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys.pseudo_terminal import PseudoTerminal, taken_apart
from journeys.terminal import PASSPHRASE
from tui.counters import build_hostile

NOW = "2026-11-24T10:45:00-05:00"

ESCAPE = "\x1b[27u"
"""As newer terminals say it: no key that follows can be taken for a part of it."""

WALK = (
    ("1", "find by name"),
    ("\x1b[B\r", "MAY WE TEXT?"),
    ("y", "Write down a yes"),
    (ESCAPE, "MAY WE TEXT?"),
    ("2", "answer"),
    ("3", "why"),
    ("w", "WHAT HAPPENED"),
    (ESCAPE, "why"),
    ("4", "Bring in people"),
    ("\r", "1 new"),
    ("c", "Which column says"),
    (ESCAPE, "permission"),
    ("h", "SHA-256"),
    ("7", "Thanksgiving"),
    ("t", "Text somebody"),
    (ESCAPE, "Thanksgiving"),
)
"""Keys, and a word of what they lead to."""

HARM = ("owned", "aGk=", "52;")
"""What the sequences hidden in names would tell a terminal."""


@pytest.fixture
def pseudo() -> Iterator[PseudoTerminal]:
    pseudo = PseudoTerminal()
    yield pseudo
    pseudo.close()


@pytest.mark.parametrize(
    ("stream", "text", "commands"),
    [
        (b"plain", "plain", ()),
        (b"\x1b[1;31mred\x1b[0m", "red", ()),
        (b"\x1b[?2026h\x1b[?1049h\x1b(B\x1b7x\x1b8", "x", ()),
        (b"a\x1b]0;title\x07b\x1b]52;c;eA==\x1b\\c", "abc", ("0;title", "52;c;eA==")),
        (b"\x1bP=1s\x1b\\x", "x", ()),
        ("名\x9b31m".encode(), "名\x9b31m", ()),
    ],
)
def test_a_stream_is_taken_apart(stream: bytes, text: str, commands: tuple[str, ...]) -> None:
    sent = taken_apart(stream)
    assert (sent.text, sent.commands) == (text, commands)


def test_no_byte_from_a_hostile_shop_drives_the_terminal(
    tmp_path: Path, pseudo: PseudoTerminal
) -> None:
    asyncio.run(build_hostile(tmp_path / "shop.db"))
    downloads = tmp_path / "Downloads"
    downloads.mkdir()
    (downloads / "\x1b]0;owned\x07\u202e[b].csv").write_text(
        "\x1b[31mName\u202e,Phone,SMS \x9b31m status\n\x1b]52;c;aGk=\x07Eve,2125550177,[/]\x7f\n"
    )
    pseudo.start(
        [sys.executable, "-m", "shopbell", "--file", "shop.db", "--now", NOW],
        {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "TMPDIR": str(tmp_path)},
        tmp_path,
    )
    pseudo.wait_for("Passphrase")
    pseudo.press(f"{PASSPHRASE}\r")
    pseudo.wait_for("find by name")
    for keys, word in WALK:
        pseudo.press(keys)
        pseudo.wait_for(word)
    pseudo.close()

    sent = taken_apart(bytes(pseudo.received))
    driving = {
        char
        for char in sent.text
        if (ord(char) < 0x20 and char not in "\r\n") or 0x7F <= ord(char) <= 0x9F
    }
    assert driving == set()
    turning = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
    assert not turning & set(sent.text)
    assert not [one for one in sent.commands for harm in HARM if harm in one]
    assert "owned" in sent.text, "the names were on the screen, as harmless text"
