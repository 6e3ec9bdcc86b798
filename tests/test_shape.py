"""The rules of the house, where a tool can check them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from module_map import PAGE, page_with_map

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src" / "shopbell").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def test_the_map_in_the_architecture_page_is_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == page_with_map(page), "run: python tests/module_map.py"


def test_every_module_says_what_it_is_and_no_module_is_a_drawer() -> None:
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(text)), f"{path} says nothing about itself"
        assert len(text.splitlines()) <= 350, f"{path} is more than one idea"
        assert not re.search(r"manager|helper|util|handler", path.stem), path


def test_the_clock_is_read_in_one_place() -> None:
    reads = re.compile(r"\bdatetime\.now\(|\btime\.time\(|\bdate\.today\(|\butcnow\(")
    readers = [path.name for path in SOURCES if reads.search(path.read_text(encoding="utf-8"))]
    assert readers == ["clock.py"]


SHOWN_FIRST = {
    "wiring", "cli.tools",
    "tui.app", "tui.asked_app", "tui.bars", "tui.door", "tui.task_line",
}  # fmt: skip
"""Loaded before the first screen is drawn: these name the types of what is loaded later."""


def test_our_own_modules_are_imported_for_real_but_by_what_is_shown_first() -> None:
    """A `TYPE_CHECKING` import of our own could hide a circle; `tests/test_start.py` looks."""
    for path in SOURCES:
        if _module(path).removeprefix("shopbell.") not in SHOWN_FIRST:
            assert not _named_only(path), path


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)


def _named_only(path: Path) -> set[str]:
    """Return the modules of ours that a module names for its types only."""
    return {
        found.module or ""
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for found in ast.walk(node)
        if isinstance(found, ast.ImportFrom) and (found.module or "").startswith("shopbell")
    }


def test_no_test_uses_a_mock() -> None:
    mock = "unittest" + ".mock"
    users = [path for path in TESTS if mock in path.read_text(encoding="utf-8")]
    assert users == []


def test_every_link_in_the_documents_leads_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
