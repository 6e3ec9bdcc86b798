"""Frozen records as JSON and back, so that a decision can be replayed years later.

Must not know any record in particular. Records grow: a key that is missing takes the field's
default, a key nobody knows any more is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, NewType, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from shopbell.domain.decision import Decision
from shopbell.domain.facts import Facts
from shopbell.errors import Damaged

Record = TypeVar("Record")

_Reader = Callable[[object], object]


class _NotThatShapeError(ValueError):
    """A stored value is not what the record's field says."""


def to_json(record: object) -> str:
    """Return the record as JSON on one line: the same record always gives the same text.

    Holds dataclasses, tuples, enums, aware times, dates, texts, numbers, booleans and None. Lone
    surrogates survive the journey, escaped.
    """
    return json.dumps(_plain(record), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def facts_from_json(text: str) -> Facts:
    """Return the facts that `to_json` wrote.

    Raises:
        Damaged: it is not the JSON of facts.
    """
    return from_json(Facts, text)


def decision_from_json(text: str) -> Decision:
    """Return the decision that `to_json` wrote.

    Raises:
        Damaged: it is not the JSON of a decision.
    """
    return from_json(Decision, text)


def from_json(record: type[Record], text: str) -> Record:
    """Return the `record` that `to_json` wrote.

    Raises:
        Damaged: it is not the JSON of such a record.
    """
    try:
        return cast("Record", _reader(cast("Hashable", record))(json.loads(text)))
    except (ValueError, RecursionError) as error:
        raise Damaged(
            f"A stored {record.__name__} cannot be read back.",
            "Run `shopbell verify` on the shop file.",
        ) from error


def _plain(value: object) -> object:
    kind = type(value)
    if kind is str or value is None or kind is bool or kind is int:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name)) for name in _names(cast("Hashable", kind))}
    raise TypeError(f"{type(value).__name__} has no place in a stored record")


@lru_cache(maxsize=256)
def _names(kind: Hashable) -> tuple[str, ...]:
    """Return the fields of a record: every decision is written down, so they are looked up once."""
    return tuple(field.name for field in fields(cast("Any", kind)))


@lru_cache(maxsize=256)
def _reader(kind: Hashable) -> _Reader:
    """Return the function that reads one value of the annotated type `kind`."""
    if isinstance(kind, NewType):
        return _reader(kind.__supertype__)
    if get_origin(kind) in {Union, UnionType}:
        return _optional(get_args(kind))
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind))
    if not isinstance(kind, type):
        raise TypeError(f"{kind} has no place in a stored record")
    if is_dataclass(kind):
        return _record(kind)
    if issubclass(kind, Enum):
        return kind
    if kind is date:
        return _day
    return _moment if kind is datetime else _exactly(kind)


def _optional(arms: tuple[Any, ...]) -> _Reader:
    (inner,) = (_reader(arm) for arm in arms if arm is not NoneType)
    return lambda value: None if value is None else inner(value)


def _tuple(kinds: tuple[Any, ...]) -> _Reader:
    if kinds[-1] is Ellipsis:
        item = _reader(kinds[0])
        return lambda value: tuple(map(item, _list(value)))
    items = tuple(map(_reader, kinds))
    return lambda value: tuple(item(entry) for item, entry in zip(items, _list(value), strict=True))


def _record(kind: type) -> _Reader:
    hints = get_type_hints(kind)
    readers = [(field, _reader(hints[field.name])) for field in fields(kind)]

    def read(value: object) -> object:
        if not isinstance(value, dict):
            raise _NotThatShapeError(f"not a {kind.__name__}")
        found: dict[str, object] = {}
        for field, reader in readers:
            if field.name in value:
                found[field.name] = reader(value[field.name])
            elif field.default is MISSING:
                raise _NotThatShapeError(f"{kind.__name__}.{field.name} is missing")
        return kind(**found)

    return read


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise _NotThatShapeError("not a list")
    return value


def _moment(value: object) -> datetime:
    if not isinstance(value, str):
        raise _NotThatShapeError("not a time")
    return datetime.fromisoformat(value)


def _day(value: object) -> date:
    if not isinstance(value, str):
        raise _NotThatShapeError("not a date")
    return date.fromisoformat(value)


def _exactly(kind: type) -> _Reader:
    def read(value: object) -> object:
        if type(value) is not kind:
            raise _NotThatShapeError(f"not {kind.__name__}")
        return value

    return read
