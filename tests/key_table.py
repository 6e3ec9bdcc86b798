"""Writes the table of keys in README.md, and docs/keys.md, from the one table of commands.

Run `python tests/key_table.py` after adding or changing a key; a test compares.
"""

from __future__ import annotations

from pathlib import Path

from shopbell.tui.commands import Scope, of_scope
from shopbell.tui.key_labels import label
from shopbell.tui.own_keys import is_changeable

README = Path(__file__).parents[1] / "README.md"
NAMES = README.parent / "docs" / "keys.md"
BEGIN = "<!-- keys: written by `python tests/key_table.py` -->"
END = "<!-- end of keys -->"


def key_table() -> str:
    """Return all keys as a Markdown table, for the README."""
    rows = ["| where | key | does |", "|---|---|---|"]
    for scope in (Scope.EVERYWHERE, *(scope for scope in Scope if scope is not Scope.EVERYWHERE)):
        rows += [
            f"| {scope} | {' '.join(f'`{label(key)}`' for key in one.keys)} | {one.help} |"
            for one in of_scope(scope)
            if one.keys
        ]
    return "\n".join(rows) + "\n"


def readme_with_keys(page: str) -> str:
    """Return the page with its table of keys replaced."""
    head, rest = page.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n\n{key_table().strip()}\n\n{END}{tail}"


def page_with_names(page: str) -> str:
    """Return the page with its table of the names under which keys are changed replaced."""
    rows = [
        f"| `{one.id}` | {' '.join(f'`{label(key)}`' for key in one.keys)} | {one.help} |"
        for scope in Scope
        for one in of_scope(scope)
        if is_changeable(one)
    ]
    table = "\n".join(("| name | comes with | does |", "|---|---|---|", *rows))
    head, rest = page.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n\n{table}\n\n{END}{tail}"


if __name__ == "__main__":
    README.write_text(readme_with_keys(README.read_text(encoding="utf-8")), encoding="utf-8")
    NAMES.write_text(page_with_names(NAMES.read_text(encoding="utf-8")), encoding="utf-8")
