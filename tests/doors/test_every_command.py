"""Every command of the command line has its place on the screens, or a word why it has none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from shopbell.cli.app import COMMANDS as TOP
from shopbell.cli.app import LazyCommands
from shopbell.tui.commands import COMMANDS, Scope, command
from shopbell.tui.key_labels import label

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"
ONLY_A_COMMAND = "a command only: "

OF_A_PLACE = {
    "People": Scope.PEOPLE, "Replies": Scope.REPLIES, "Outbox": Scope.OUTBOX,
    "Import": Scope.IMPORT, "Campaigns": Scope.CAMPAIGNS, "Rules": Scope.RULES,
    "Reports": Scope.REPORTS, "Settings": Scope.SETTINGS, "Gateways": Scope.GATEWAYS,
}  # fmt: skip


def table() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return for each command of the page where it is, and the names of what does it there."""
    _, rest = PAGE.read_text(encoding="utf-8").split("<!-- screens:")
    rows = rest.split("<!-- end of screens -->")[0].splitlines()
    cells = [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows if row[:3] == "| `"]
    assert len({row[0] for row in cells}) == len(cells), "a command stands there twice"
    return {
        name.strip("`"): (where, tuple(one.strip("`") for one in named.split()))
        for name, where, named in cells
    }


def every(group: click.Command, name: str = "") -> Iterator[str]:
    """Yield the whole name of every command that does something."""
    if not isinstance(group, click.Group):
        yield name
        return
    context = click.Context(group)
    for word in group.list_commands(context):
        one = group.get_command(context, word)
        assert one is not None
        yield from every(one, f"{name} {word}".strip())


def test_every_command_stands_in_the_table_and_no_other() -> None:
    found = set(every(LazyCommands()))
    assert {name.split()[0] for name in found} == set(TOP)
    assert set(table()) == found


def test_what_the_table_names_is_there() -> None:
    known = {one.id for one in COMMANDS}
    assert {id_ for _, named in table().values() for id_ in named} <= known


def test_what_has_no_name_says_why() -> None:
    without = {name: where for name, (where, named) in table().items() if not named}
    outside = {name for name, where in without.items() if not where.startswith(ONLY_A_COMMAND)}
    assert outside == {"demo", "new"}, "these open the screens themselves"
    assert all(len(where) > len(ONLY_A_COMMAND) + 8 for where in without.values())


@pytest.mark.parametrize("name", sorted(table()))
def test_the_place_and_the_key_are_those_of_the_program(name: str) -> None:
    where, named = table()[name]
    digit, _, rest = where.partition(" ")
    if digit.isdigit():
        place = rest.partition(",")[0].partition(";")[0].strip()
        keys = {one.words.casefold(): one.keys for one in COMMANDS if one.scope is Scope.EVERYWHERE}
        assert keys[place.casefold()] == (digit,)
    spelled = {part for part in where.split("`")[1::2] if part}
    has = {label(key) for id_ in named for key in command(id_).keys}
    scope = next((OF_A_PLACE[word] for word in OF_A_PLACE if word in where), None)
    on_the_way = {
        label(key)
        for one in COMMANDS
        if one.scope in {scope, Scope.EVERYWHERE, Scope.TEXT, Scope.CONSENT, Scope.DOUBLES}
        for key in one.keys
    }
    boxes = {"w", "x"} if "contact.dossier" in named or "second_yes" in str(named) else set()
    assert spelled <= has | on_the_way | boxes
