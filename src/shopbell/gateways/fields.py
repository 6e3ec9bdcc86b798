"""The shape of a request's values: templates and constants in lists and tables.

Must not know how they are written on the wire (see `request`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from shopbell.gateways.template import Template

Node: TypeAlias = "Template | bool | int | float | Items | Fields"
"""Text with holes, a typed constant, a list or a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list in a JSON body."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """A table of named values, in the preset's order. Names may have holes too."""

    pairs: tuple[tuple[Template, Node], ...] = ()


def names_in(node: Node) -> frozenset[str]:
    """Return every name a hole anywhere in `node` asks for."""
    match node:
        case Template():
            return node.names
        case Items():
            return frozenset().union(*map(names_in, node.nodes))
        case Fields():
            return frozenset().union(*(name.names | names_in(value) for name, value in node.pairs))
        case _:
            return frozenset()


def values_in(node: Node) -> int:
    """Return how many values and holes a request with `node` in it may hold."""
    match node:
        case Template():
            return max(1, len(node.parts))
        case Items():
            return 1 + sum(map(values_in, node.nodes))
        case Fields():
            return 1 + sum(values_in(name) + values_in(value) for name, value in node.pairs)
        case _:
            return 1


def is_flat(fields: Fields) -> bool:
    """Return whether no value is a table: what a form or a query can hold."""
    return not any(
        isinstance(one, Fields)
        for _, node in fields.pairs
        for one in (node.nodes if isinstance(node, Items) else (node,))
    )
