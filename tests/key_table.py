"""Writes the table of keys in README.md from the one table of commands.

Run `python tests/key_table.py` after adding or changing a key; a test compares.
"""

from __future__ import annotations

from pathlib import Path

from shopbell.tui.commands import key_table

README = Path(__file__).parents[1] / "README.md"
BEGIN = "<!-- keys: written by `python tests/key_table.py` -->"
END = "<!-- end of keys -->"


def readme_with_keys(page: str) -> str:
    """Return the page with its table of keys replaced."""
    head, rest = page.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n\n{key_table().strip()}\n\n{END}{tail}"


if __name__ == "__main__":
    README.write_text(readme_with_keys(README.read_text(encoding="utf-8")), encoding="utf-8")
