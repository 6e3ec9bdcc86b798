"""The import wizard in a real terminal of 80x24, with the keyboard only.

First the people who said no, the country, a row corrected, columns and permission; then a clash
settled, imported, looked at among past imports, and taken back. Every key waits for what it needs
to see on the screen.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from journeys.terminal import PASSPHRASE, Terminal, shopbell

NOW = "2026-11-24T10:42:00-05:00"
STOPS = "Name,Phone\nBo Lind,(212) 555-0102\n"
PEOPLE = """First Name,Last Name,Phone Number,Memo,Text opt-in,Since
Anna,Reyes,(212) 555-0101,likes peonies,yes,2026-03-09
Bo,Lind,212.555.0102,,yes,2026-03-09
Nia,Long,555-0105,,,
Ivy,Hart,07700 900123,,,
"""

LOOKED = "g import"
"""Not there while a file is looked at again, though the counts of before still stand."""


class Journey:
    """A shop in a folder, and the counter screen over it."""

    def __init__(self, folder: Path, terminal: Terminal) -> None:
        self.folder = folder
        self.terminal = terminal
        self.downloads = folder / "Downloads"
        self.downloads.mkdir()
        self.run(
            *("new", "shop.db", "--name", "Fern & Finch", "--country", "US"),
            *("--timezone", "America/New_York", "--practice"),
        )
        self.on_file("contacts", "add", "+12125550101", "--name", "Ana Reyes")

    def run(self, *arguments: str) -> str:
        return shopbell(self.folder, *arguments)

    def on_file(self, *arguments: str) -> str:
        return self.run("--file", "shop.db", "--now", NOW, *arguments)

    def begin(self) -> None:
        """Open the counter screen and unlock the file."""
        self.terminal.start(
            [sys.executable, "-m", "shopbell", "--file", "shop.db", "--now", NOW],
            {"HOME": str(self.folder), "XDG_CONFIG_HOME": str(self.folder / "config")},
            self.folder,
        )
        self.terminal.wait_for("Passphrase", "unlock")
        self.terminal.type(PASSPHRASE)
        self.terminal.press("Enter")
        self.terminal.wait_for("Ana Reyes", "1 person")

    def end(self) -> None:
        """Close it; nothing of the shop stays on the screen."""
        self.terminal.press("q")
        assert "Reyes" not in self.terminal.wait_for("[ended 0]")


@pytest.fixture
def journey(tmp_path: Path, terminal: Terminal) -> Journey:
    return Journey(tmp_path, terminal)


def test_first_the_people_who_said_no_then_a_file_is_looked_at_and_put_right(
    journey: Journey,
) -> None:
    terminal, sees, downloads = journey.terminal, journey.terminal.wait_for, journey.downloads
    (downloads / "stops.csv").write_text(STOPS)
    journey.begin()

    # The people who said no come first.
    terminal.press("4")
    sees("Bring in people", "First the people who said no: n", "▸ stops.csv")
    terminal.press("n")
    sees("The people who said no", "▸ stops.csv")
    terminal.press("Enter")
    sees("1 will stop")
    terminal.press("g")
    sees("1 number is on the do-not-text list now.")
    (downloads / "stops.csv").unlink()
    (downloads / "customers.csv").write_text(PEOPLE)

    # Look at the file before anything is written.
    terminal.press("4")
    sees("Bring in people", "▸ customers.csv")
    terminal.press("Enter")
    sees(
        "4 rows",
        "1 changed",
        "1 said stop: stay off",
        "2 need a look",
        "Nobody will be texted",
        LOOKED,
    )

    # The country of its numbers, and back.
    terminal.press("o")
    sees("Of which country", "▸ US")
    terminal.type("kingdom")
    sees("▸ GB  +44   United Kingdom")
    terminal.press("Enter")
    sees("numbers as in GB", "1 new", LOOKED)
    terminal.press("o")
    sees("▸ GB  +44   United Kingdom   as now")
    terminal.type("united states")
    sees("▸ US  +1    United States")
    terminal.press("Enter")
    sees("numbers as in US", "1 changed", "2 need a look", LOOKED)

    # A row that needs a look is corrected in place.
    sees("▸ row 4")
    terminal.press("e")
    sees("Row 4", "Phone Number           555-0105")
    terminal.press("Home")
    terminal.type("212")
    sees("212555-0105")
    terminal.press("Enter")
    sees("1 new", "1 need a look", "▸ row 5", LOOKED)

    # A column is taken out, and put back.
    terminal.press("m")
    sees("What does each column fill?", "▸ First Name")
    terminal.press("Down", "Down", "Down")
    sees("▸ Memo                   → note")
    terminal.press("Enter", "Home", "Enter")
    sees("▸ Memo                   → nothing")
    terminal.press("F2")
    sees("columns as you chose them", "1 new", LOOKED)

    # What the column about permission means: without your word, nothing.
    terminal.press("c")
    sees("Which column says who agreed", "▸ Text opt-in")
    terminal.press("Escape")
    sees("Nobody will be texted")
    terminal.press("Escape")
    sees("▸ customers.csv")
    terminal.press("1")
    sees("1 person")
    journey.end()
    (one,) = json.loads(journey.on_file("imports", "--json"))["imports"]
    assert (one["kind"], one["stopped"]) == ("do-not-text", 1)


def test_a_clash_is_settled_a_file_brought_in_and_taken_back(journey: Journey) -> None:
    terminal, sees = journey.terminal, journey.terminal.wait_for
    (journey.downloads / "customers.csv").write_text(PEOPLE)
    journey.begin()
    terminal.press("4")
    sees("Bring in people", "▸ customers.csv")
    terminal.press("Enter")
    sees("4 rows", "2 need a look", "▸ row 4", LOOKED)

    # Shop and file say different things about Ana.
    terminal.press("Right")
    sees("▸1 new", "Bo Lind")
    terminal.press("Right")
    sees("▸1 changed", "Anna Reyes")
    terminal.press("k")
    sees("Who is right?", "( ) Ana Reyes", "(•) Anna Reyes")
    terminal.press("Left")
    sees("(•) Ana Reyes", "( ) Anna Reyes")
    terminal.press("F2")
    sees("1 with yours kept", "Ana Reyes  stays; the file says  Anna Reyes", LOOKED)

    terminal.press("g")
    sees("✓ Imported. 4 rows = 1 new + 1 changed + 2 need a look")
    terminal.press("1")
    sees("Ana Reyes", "Bo Lind", "2 people")
    terminal.press("4")
    sees("✓ Imported.")

    # It is among the past imports, and goes from there.
    terminal.press("h")
    sees("Past imports", "customers.csv", "1 new, 1 changed", "SHA-256")
    terminal.press("Enter")
    sees("that need a look", "555-0105")
    terminal.press("Escape")
    sees("Past imports", "SHA-256")
    terminal.press("u")
    sees("Take “customers.csv” back?")
    terminal.press("Enter")
    sees("was taken back", "1  removed, whom it had added")
    terminal.press("Enter")
    sees("Past imports", "taken back")
    terminal.press("1")
    sees("Ana Reyes", "1 person")
    journey.end()

    (ana,) = json.loads(journey.on_file("contacts", "list", "--json"))["contacts"]
    assert ana["name"] == "Ana Reyes"
