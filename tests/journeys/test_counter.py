"""One morning at the counter, typed into a real terminal of 80x24 with the keyboard only.

Unlock, import, opt-in, quick text, delivered, STOP, refused. With SHOPBELL_RECORD=1 the screens are
written to docs/journey.md.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys.terminal import PASSPHRASE, Terminal, shopbell

NOW = "2026-11-24T10:42:00-05:00"
ROOT = Path(__file__).parents[2]


class Gateway:
    """A practice gateway in a process of its own."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "shopbell", "practice-gateway", "--port", "0", "--json"],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.url = json.loads(self._process.stdout.readline())["url"]

    def hears(self, number: str, text: str) -> None:
        """Have a customer write."""
        self._ask("/control", {"reply": {"from": number, "text": text}})

    def texts(self) -> int:
        """Return how many texts were accepted."""
        return int(self._ask("/")["texts"])

    def close(self) -> None:
        self._process.terminate()
        self._process.communicate(timeout=20)

    def _ask(self, path: str, body: object = None) -> dict[str, int]:
        request = urllib.request.Request(
            self.url + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": "Bearer practice", "X-Shop-Time": NOW},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return dict(json.load(answer))


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    gateway = Gateway()
    yield gateway
    gateway.close()


def test_a_morning_at_the_counter(tmp_path: Path, gateway: Gateway, terminal: Terminal) -> None:
    shopbell(
        tmp_path,
        *("new", "shop.db", "--name", "Fern & Finch", "--country", "US"),
        *("--timezone", "America/New_York", "--practice"),
    )
    shopbell(
        tmp_path,
        *("--file", "shop.db", "gateway", "set", "practice", "--account", f"url={gateway.url}"),
        SHOPBELL_GATEWAY_TOKEN="practice",
    )
    till = tmp_path / "till.csv"
    till.write_text(
        "First Name,Last Name,Phone Number\nAna,Reyes,(212) 555-0101\nBo,Lind,555-0105\n"
    )
    seen: list[tuple[str, str]] = []

    def sees(title: str, *texts: str) -> str:
        screen = terminal.wait_for(*texts)
        seen.append((title, screen))
        return screen

    terminal.start(
        [sys.executable, "-m", "shopbell", "--file", "shop.db", "--now", NOW],
        {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")},
        tmp_path,
    )
    sees("Unlock", "Passphrase", "unlock")
    terminal.type(PASSPHRASE)
    terminal.press("Enter")
    sees("Nobody yet", "Nobody is in the shop file yet")

    terminal.press("4")
    terminal.wait_for("Bring in people")
    terminal.press("Tab", "C-u")
    terminal.type(str(till))
    terminal.wait_for("▸ till.csv")
    terminal.press("Enter")
    sees("Import: look first", "1 new", "1 need a look", "Nobody will be texted")
    terminal.press("g")
    sees("Imported", "Imported.")

    terminal.press("1")
    terminal.wait_for("Ana Reyes", "1 person")
    terminal.press("Enter")
    sees("Not asked yet", "MAY WE TEXT?", "not asked yet")
    terminal.press("y")
    sees("The words she hears", "Write down a yes", "Heard by", "Reply STOP to end")
    terminal.press("Tab", "Tab")
    terminal.type("Bea")
    terminal.press("F2")
    sees("A yes with its words", "orders   yes")

    terminal.press("t")
    terminal.wait_for("Text somebody", "Say")
    terminal.press("1")
    sees("Quick text", "your order is ready", "1 part", "may go now")
    terminal.press("Enter")
    sees("Arrived", "✓ Hi Ana")
    assert gateway.texts() == 1

    gateway.hears("+12125550101", "STOP")
    sees("She said stop", "Said stop", "Nothing may be sent")
    # The one text that still goes: the answer that says they will get no more.
    terminal.wait_for("✓ Fern & Finch: you")
    assert gateway.texts() == 2
    terminal.press("t")
    terminal.wait_for("Text somebody", "Say")
    terminal.press("1")
    sees("Refused", "not allowed", "stop")
    terminal.press("Enter")
    terminal.press("Escape")
    assert gateway.texts() == 2

    terminal.press("Escape", "q")
    ended = terminal.wait_for("[ended 0]")
    assert "Ana" not in ended
    assert "555" not in ended
    listed = json.loads(
        shopbell(tmp_path, "--file", "shop.db", "--now", NOW, "messages", "list", "--json")
    )
    assert [message["state"] for message in listed["messages"]] == ["delivered"] * 2
    if os.environ.get("SHOPBELL_RECORD"):
        _record(seen, tmp_path)


def _record(seen: list[tuple[str, str]], folder: Path) -> None:
    parts = [
        "# A morning at the counter",
        "",
        "Recorded by `SHOPBELL_RECORD=1 pytest tests/journeys`.",
    ]
    for title, screen in seen:
        shown = re.sub(re.escape(str(folder)), "~", screen)
        parts += ["", f"## {title}", "", "```", shown.rstrip(), "```"]
    (ROOT / "docs" / "journey.md").write_text("\n".join(parts) + "\n", encoding="utf-8")


def test_a_closed_window_leaves_no_copy_of_the_practice_shop(
    tmp_path: Path, terminal: Terminal
) -> None:
    terminal.start(
        [sys.executable, "-m", "shopbell", "demo"],
        {"HOME": str(tmp_path), "TMPDIR": str(tmp_path)},
        tmp_path,
    )
    terminal.wait_for("Fern & Finch (practice)", "Ana Reyes")
    assert list(tmp_path.glob("shopbell-demo-*"))
    terminal.close()
    deadline = time.monotonic() + 20
    while list(tmp_path.glob("shopbell-demo-*")) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not list(tmp_path.glob("shopbell-demo-*"))
