"""Breaks functions, in source: turned round as a whole, or changed at one sign. Must not run them.

`turned_round` gives the coarse ways (a rule that says nothing, one that always objects, a yes for a
no); `signs_changed` every fine one (a comparison, a condition, a number, a return).
"""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any

Broken = Iterator[tuple[str, ast.FunctionDef]]

STAND_IN = "_stand_in"
"""The name under which broken code finds what it answers instead; see `mutate_gate.StandIn`."""


@dataclass(frozen=True)
class Mutant:
    """One function, broken in one way."""

    module: ModuleType
    function: FunctionType
    label: str
    change: str
    tree: ast.FunctionDef

    @property
    def name(self) -> str:
        """Return where and what, the same as long as that code is: "caps.within: Gt is GtE"."""
        return f"{self.module.__name__.rpartition('.')[2]}.{self.label}: {self.change}"

    def apply(self, stand_in: object) -> None:
        """Put the broken code in the place of the real one, for everybody who has the function."""
        bare = copy.deepcopy(self.tree)
        bare.decorator_list = []
        # What a function asks for in its signature was settled when it was made.
        bare.args.defaults, bare.args.kw_defaults = [], [None for _ in bare.args.kw_defaults]
        tree = ast.fix_missing_locations(ast.Module(body=[bare], type_ignores=[]))
        space: dict[str, Any] = {}
        future = __import__("__future__").annotations.compiler_flag
        exec(compile(tree, "mutant", "exec", flags=future), space)
        vars(self.module)[STAND_IN] = stand_in
        self.function.__code__ = space[bare.name].__code__


def functions_of(name: str) -> Iterator[tuple[ModuleType, FunctionType, str, ast.FunctionDef]]:
    """Yield every function and method of a module, with its name and its source."""
    module = importlib.import_module(name)
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.FunctionDef):
            yield module, inspect.unwrap(getattr(module, node.name)), node.name, node
        elif isinstance(node, ast.ClassDef):
            owner = getattr(module, node.name)
            for part in node.body:
                if isinstance(part, ast.FunctionDef):
                    found = inspect.getattr_static(owner, part.name)
                    function = found.fget if isinstance(found, property) else found
                    yield module, inspect.unwrap(function), f"{node.name}.{part.name}", part


def turned_round(tree: ast.FunctionDef) -> Broken:
    """Yield a function that answers nothing, and where there is an opposite, that one too."""
    assert tree.returns is not None
    said = ast.unparse(tree.returns)
    ways = ["True", "False"] if said == "bool" else [_nothing(tree, tree.returns)]
    if said == "list[Reason]":
        ways.append(f"[{STAND_IN}.reason]")
    for way in ways:
        changed = copy.deepcopy(tree)
        changed.body = [ast.parse(f"def f():\n return {way}").body[0].body[0]]  # type: ignore[attr-defined]
        words = way.replace(f"{STAND_IN}.", "an unfounded ").replace("an unfounded fail()", "fails")
        yield f"always {words}", changed


def _nothing(tree: ast.FunctionDef, kind: ast.expr) -> str:
    """Return the expression of the emptiest answer of a kind, in the context of a function."""
    said = ast.unparse(kind)
    asked = [argument.arg for argument in tree.args.args]
    match kind:
        case ast.BinOp(op=ast.BitOr(), right=ast.Constant(value=None)):
            return "None"
        case ast.Subscript(value=ast.Name(id="list")):
            return "[]"
        case ast.Subscript(value=ast.Name(id="dict")):
            return "{}"
        case ast.Subscript(value=ast.Name(id="tuple"), slice=ast.Tuple(elts=parts)):
            if any(isinstance(part, ast.Constant) and part.value is ... for part in parts):
                return "()"
            return f"({', '.join(_nothing(tree, part) for part in parts)})"
        case ast.Subscript(value=ast.Name(id="Iterator" | "Sequence")):
            return "()"
        case ast.Name(id="bool"):
            return "False"
        case ast.Name(id="str"):
            return "''"
    if said == "Facts" and "facts" in asked:
        return "facts"
    if said in {"Reason", "Verdict", "Yes", "datetime"}:
        return f"{STAND_IN}.{said.lower()}"
    return f"{STAND_IN}.fail()"


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


def signs_changed(tree: ast.FunctionDef) -> Broken:
    """Yield every copy of a function with one sign of it changed, and the change in words."""
    count = sum(1 for _ in _sites(tree))
    for index in range(count):
        changed = copy.deepcopy(tree)
        apply, words = list(_sites(changed))[index]
        apply()
        yield words, changed


def _sites(tree: ast.FunctionDef) -> Iterator[tuple[Callable[[], None], str]]:
    for node in _told_apart(tree):
        here = ast.unparse(node)[:60] if isinstance(node, ast.expr) else ""
        match node:
            case ast.Compare(ops=[op]) if type(op) in _COMPARED:
                new = _COMPARED[type(op)]
                yield _setter(node, "ops", [new()]), f"{_sign(op)} is {_sign(new())} in {here}"
            case ast.BoolOp(op=op):
                new_op = ast.Or() if isinstance(op, ast.And) else ast.And()
                yield _setter(node, "op", new_op), f"{_sign(op)} is {_sign(new_op)} in {here}"
            case ast.If(test=test) | ast.IfExp(test=test):
                negated = ast.UnaryOp(op=ast.Not(), operand=test)
                yield _setter(node, "test", negated), f"not if {ast.unparse(test)[:60]}"
            case ast.comprehension(ifs=[condition, *_]):
                words = f"no matter if {ast.unparse(condition)[:60]}"
                yield _setter(node, "ifs", node.ifs[1:]), words
            case ast.Constant(value=bool(value)):
                yield _setter(node, "value", not value), f"{value} is {not value}"
            case ast.Constant(value=int(value)):
                yield _setter(node, "value", value + 1), f"{value} is {value + 1}"
            case ast.BinOp(op=ast.Add() | ast.Sub() as op):
                other = ast.Sub() if isinstance(op, ast.Add) else ast.Add()
                yield _setter(node, "op", other), f"{_sign(op)} is {_sign(other)} in {here}"
            case ast.Call(func=ast.Name(id=name) as func) if name in _CALLED:
                yield _setter(func, "id", _CALLED[name]), f"{name} is {_CALLED[name]} in {here}"
            case ast.Return(value=ast.expr() as value) if not _is_empty(value):
                nothing = _empty_answer(tree, value)
                if nothing is not None:
                    words = f"returns {ast.unparse(nothing)[:20]}, not {ast.unparse(value)[:60]}"
                    yield _setter(node, "value", nothing), words


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


def _empty_answer(tree: ast.FunctionDef, value: ast.expr) -> ast.expr | None:
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
