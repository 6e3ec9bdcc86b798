"""`python -m benchmarks.mutate_gate [WORD...]`: breaks the gate in small ways, each to be noticed.

Every comparison, condition, number and return of the gate's functions is changed, one at a time,
in a process of its own; then the gate's table of cases is asked, and where it notices nothing the
gate's tests. What nobody notices is printed, and the exit code is 1. With words, only functions
whose name has one of them are broken. Needs an operating system that can fork.
"""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

ROOT = Path(__file__).parents[1]
MODULES = (
    *(
        f"shopbell.domain.gate.{name}"
        for name in (
            *("stopped", "place", "permission", "yes", "expiry", "wishes", "words", "rows"),
            *("openings", "hours", "enough", "occasions", "content", "elsewhere", "unconfirmed"),
        )
    ),
    "shopbell.domain.caps",
    "shopbell.domain.decide",
)
TESTS = (
    "test_decide.py",
    "test_gate_edges.py",
    "test_gate_content.py",
    "test_gate_waiting.py",
    "test_gate_openings.py",
    "test_decide_properties.py",
    "test_judging_many.py",
    "test_caps.py",
)


@dataclass(frozen=True)
class Mutant:
    """One function with one small change."""

    module: ModuleType
    function: FunctionType
    line: int
    change: str
    tree: ast.FunctionDef

    @property
    def name(self) -> str:
        """Return where and what: "enough.gap: < becomes <= (line 42)"."""
        where = f"{self.module.__name__.rpartition('.')[2]}.{self.function.__name__}"
        return f"{where}: {self.change}"

    def apply(self) -> None:
        """Put the changed code in the place of the real one, for everybody who has the function."""
        bare = copy.deepcopy(self.tree)
        bare.decorator_list = []
        space = dict(vars(self.module))
        code = compile(
            ast.fix_missing_locations(ast.Module(body=[bare], type_ignores=[])), "mutant", "exec"
        )
        exec(code, space)
        self.function.__code__ = space[bare.name].__code__


_COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}


def changes(tree: ast.FunctionDef) -> Iterator[tuple[int, str, ast.FunctionDef]]:
    """Yield every changed copy of a function, with its line and the change in words."""
    count = sum(1 for _ in _sites(tree))
    for index in range(count):
        changed = copy.deepcopy(tree)
        node, apply, words = list(_sites(changed))[index]
        apply()
        yield node.lineno, words, changed


def _sites(tree: ast.FunctionDef) -> Iterator[tuple[Any, Callable[[], None], str]]:
    for node in _told_apart(tree):
        match node:
            case ast.Compare(ops=[op]) if type(op) in _COMPARED:
                new = _COMPARED[type(op)]
                yield node, _setter(node, "ops", [new()]), f"{_sign(op)} becomes {_sign(new())}"
            case ast.BoolOp(op=op):
                new_op = ast.Or() if isinstance(op, ast.And) else ast.And()
                yield node, _setter(node, "op", new_op), f"{_sign(op)} becomes {_sign(new_op)}"
            case ast.If(test=test) | ast.IfExp(test=test):
                negated = ast.UnaryOp(op=ast.Not(), operand=test)
                yield node, _setter(node, "test", negated), f"not ({ast.unparse(test)[:50]})"
            case ast.comprehension(ifs=[condition, *_]):
                yield (
                    condition,
                    _setter(node, "ifs", node.ifs[1:]),
                    f"no matter if {ast.unparse(condition)[:50]}",
                )
            case ast.Constant(value=bool(value)):
                yield node, _setter(node, "value", not value), f"{value} becomes {not value}"
            case ast.Constant(value=int(value)):
                yield node, _setter(node, "value", value + 1), f"{value} becomes {value + 1}"
            case ast.BinOp(op=ast.Add()) | ast.BinOp(op=ast.Sub()):
                other = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
                yield node, _setter(node, "op", other), f"{_sign(node.op)} becomes {_sign(other)}"
            case ast.Call(func=ast.Name(id=name) as func) if name in _CALLED:
                yield node, _setter(func, "id", _CALLED[name]), f"{name} becomes {_CALLED[name]}"
            case ast.Return(value=ast.expr() as value) if not _is_empty(value):
                nothing = _nothing_like(tree, value)
                if nothing is not None:
                    words = f"returns {ast.unparse(nothing)}, not {ast.unparse(value)[:40]}"
                    yield node, _setter(node, "value", nothing), words


def _told_apart(tree: ast.FunctionDef) -> Iterator[ast.AST]:
    """Yield the nodes that decide something: not those that only word a sentence."""
    inner: list[ast.AST] = list(tree.body)
    while inner:
        node = inner.pop(0)
        yield node
        if not isinstance(node, ast.JoinedStr | ast.FormattedValue):
            inner[:0] = list(ast.iter_child_nodes(node))


def _is_empty(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) or (
        isinstance(value, ast.List | ast.Tuple) and not value.elts
    )


def _nothing_like(tree: ast.FunctionDef, value: ast.expr) -> ast.expr | None:
    """Return the empty answer of a function's kind; None where there is none."""
    said = ast.unparse(tree.returns) if tree.returns is not None else ""
    if said.startswith("list"):
        return ast.List(elts=[], ctx=ast.Load())
    if said.startswith("tuple") and "..." in said:
        return ast.Tuple(elts=[], ctx=ast.Load())
    if said.endswith("| None"):
        return ast.Constant(value=None)
    if said == "bool" and not isinstance(value, ast.Constant):
        return ast.UnaryOp(op=ast.Not(), operand=value)
    return None


def _setter(node: object, name: str, value: object) -> Callable[[], None]:
    return lambda: setattr(node, name, value)


def _sign(op: ast.AST) -> str:
    return type(op).__name__


def mutants(words: list[str]) -> Iterator[Mutant]:
    """Yield every mutant of the gate's functions."""
    for name in MODULES:
        module = importlib.import_module(name)
        trees = ast.parse(inspect.getsource(module)).body
        for tree in trees:
            if not isinstance(tree, ast.FunctionDef):
                continue
            if words and not any(word in tree.name for word in words):
                continue
            function = inspect.unwrap(getattr(module, tree.name))
            for line, change, changed in changes(tree):
                yield Mutant(
                    module=module, function=function, line=line, change=change, tree=changed
                )


def noticed(mutant: Mutant, check: Callable[[], bool]) -> bool:
    """Return whether `check`, run with the mutant in a process of its own, fails or breaks."""
    child = os.fork()
    if child == 0:
        try:
            mutant.apply()
            _forget()
            survived = check()
        except BaseException:
            survived = False
        os._exit(7 if survived else 0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) != 7


def _forget() -> None:
    """Drop what functions of the gate remember: it was found out by the real ones."""
    for name in (*MODULES, "shopbell.domain.whereabouts"):
        for value in vars(importlib.import_module(name)).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def cases_hold() -> bool:
    """Return whether every case of the gate's table comes out as it says."""
    import test_decide

    for case in test_decide.EVERY_CASE:
        test_decide.test_the_gate(case)
        test_decide.test_every_reason_tells_its_source_and_what_to_do(case)
    return True


def tests_hold() -> bool:
    """Return whether the gate's tests pass."""
    import pytest

    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a file descriptor is wanted
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        paths = [str(ROOT / "tests" / "domain" / name) for name in TESTS]
        return pytest.main(["-x", "-q", "-n", "0", "-p", "no:cacheprovider", *paths]) == 0


def main(words: list[str]) -> int:
    """Break everything in turn; return 1 if something goes unnoticed."""
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "domain")]
    os.chdir(ROOT)
    if not cases_hold():
        return 2
    begin, total, survivors = time.monotonic(), 0, []
    for mutant in mutants(words):
        total += 1
        if not noticed(mutant, cases_hold) and not noticed(mutant, tests_hold):
            survivors.append(mutant)
            print(f"unnoticed: {mutant.name} (line {mutant.line})", flush=True)
    seconds = time.monotonic() - begin
    print(f"{total} changes, {len(survivors)} unnoticed, {seconds:.0f} s")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
