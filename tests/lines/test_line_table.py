"""Line mode has every job: the table of docs/cli.md against the commands and the menus."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

import shopbell.lines
from lines.conversing import Place
from shopbell.cli.app import COMMANDS, LazyCommands

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"
PERSON, CAMPAIGN = "a person", "a campaign"
ONLY_COMMANDS = {
    "run",
    "listen",
    "new",
    "demo",
    "drill",
    "practice-gateway",
    "gateway preset-check",
    "themes list",
    "themes check",
}
"""What nobody in line mode needs: it runs, or is for whoever makes presets or themes."""

OPENS = {
    PERSON: ("#People", "#Find somebody", "ana", "1"),
    CAMPAIGN: ("#Campaigns", "#Write a new one", "W", "#offers", "#Everybody", "Wreaths are in."),
    "Text somebody": ("#Text somebody", "ana", "1", "#ready"),
}
"""What leads to the choices, where it is not the place alone."""

LATER = {
    "Take it back: nothing has left",
    "Pause it",
    "Let it go on",
    "End it, and send other words instead",
}
"""Choices of a campaign that has started; their own tests choose them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    place: str
    choice: str
    commands: tuple[str, ...]


def section() -> str:
    page = PAGE.read_text(encoding="utf-8")
    return page.split("## Line mode")[1].split("\n## ")[0]


def table() -> list[Row]:
    rows = []
    for line in section().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and "`" in cells[2]:
            place, choice, commands = cells
            found = tuple(re.findall("`([^`]+)`", commands))
            rows.append(Row(place=place, choice=choice, commands=found))
    return rows


def every_command() -> Iterator[str]:
    group = LazyCommands("shopbell")
    context = click.Context(group)
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from (f"{name} {sub}" for sub in command.commands)
        else:
            yield name


def test_every_command_is_a_choice_of_line_mode_or_named_as_none() -> None:
    in_lines = [command for row in table() for command in row.commands]
    assert len(in_lines) == len(set(in_lines)), "a command is at one place"
    assert not set(in_lines) & ONLY_COMMANDS
    assert set(in_lines) | ONLY_COMMANDS == set(every_command())


def test_the_page_names_what_is_only_a_command() -> None:
    told = section().split("Commands and nothing else:")[1].split("Options that")[0]
    assert set(re.findall("`([^`]+)`", told)) == ONLY_COMMANDS


def said_somewhere() -> set[str]:
    """Return every string in the source of line mode, whole or as the beginning of one."""
    found = set()
    for path in Path(shopbell.lines.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_every_choice_of_the_table_is_in_the_source() -> None:
    words = said_somewhere()
    missing = {row.choice for row in table()} - words
    assert not missing


def by_place() -> dict[str, set[str]]:
    places: dict[str, set[str]] = {}
    for row in table():
        places.setdefault(row.place, set()).add(row.choice)
    return places


@pytest.mark.parametrize("name", sorted(by_place()))
async def test_the_choices_of_a_place_are_offered_there(place: Place, name: str) -> None:
    said = await place.talk(*OPENS.get(name, (f"#{name}",)), "q")
    offered = set(re.findall(r"^\d+\. (.+)$", said.said, re.MULTILINE))
    assert by_place()[name] - LATER <= offered
