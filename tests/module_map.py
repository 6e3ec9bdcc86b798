"""Writes the map at the end of docs/architecture.md from the first line of every module.

Run `python tests/module_map.py` after adding or renaming a module; a test compares.
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "architecture.md"
BEGIN = "<!-- map: written by `python tests/module_map.py` -->"
END = "<!-- end of map -->"
PACKAGES = (
    "domain",
    "domain/gate",
    "store",
    "gateways",
    "services",
    "cli",
    "cli/commands",
    "lines",
    "tui",
    "tui/screens",
)


def module_map() -> str:
    """Return the map as Markdown."""
    parts = [_package(name) for name in PACKAGES]
    return "\n\n".join(parts)


def page_with_map(page: str) -> str:
    """Return the page with its map replaced."""
    head, rest = page.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n\n{module_map()}\n\n{END}{tail}"


def _package(name: str) -> str:
    folder = ROOT / "src" / "shopbell" / name
    lines = [f"**`{name}/`** {_first_line(folder / '__init__.py')}", ""]
    lines += [
        f"- `{path.name}`: {_first_line(path)}"
        for path in sorted(folder.glob("*.py"))
        if path.name != "__init__.py"
    ]
    return "\n".join(lines)


def _first_line(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.split("\n", 1)[0]


if __name__ == "__main__":
    PAGE.write_text(page_with_map(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
