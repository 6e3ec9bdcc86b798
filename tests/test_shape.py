"""The rules of the house, where a tool can check them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from module_map import PAGE, page_with_map

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src" / "shopbell").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def lines_of(paths: list[Path]) -> int:
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)


def test_the_map_in_the_architecture_page_is_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == page_with_map(page), "run: python tests/module_map.py"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_module_says_what_it_is_and_no_module_is_a_drawer(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module says what it is and must not do"
    assert len(text.splitlines()) <= 350
    assert not re.search(r"manager|helper|util|handler", path.stem)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_clock_is_read_in_one_place(path: Path) -> None:
    if path.name == "clock.py":
        return
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\bdatetime\.now\(|\btime\.time\(|\bdate\.today\(|\butcnow\(", text)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_our_own_modules_are_imported_for_real(path: Path) -> None:
    """A `TYPE_CHECKING` import of our own would hide a circle."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for inner in ast.walk(node):
                if isinstance(inner, ast.ImportFrom):
                    assert not (inner.module or "").startswith("shopbell"), ast.unparse(inner)


def test_there_are_at_least_as_many_lines_of_tests_as_of_source() -> None:
    assert lines_of(TESTS) >= lines_of(SOURCES)


def test_no_test_uses_a_mock() -> None:
    mock = "unittest" + ".mock"
    users = [path for path in TESTS if mock in path.read_text(encoding="utf-8")]
    assert users == []


def test_every_link_in_the_documents_leads_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
