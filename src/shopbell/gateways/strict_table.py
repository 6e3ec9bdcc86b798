"""One TOML table that is read key by key; what nobody asked for is refused.

Must not know what a preset or a script means: only keys, types and where they stand.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping, Sized
from typing import Final

from shopbell.domain.showing import shown
from shopbell.errors import BadInput
from shopbell.gateways.fields import Fields, Items, Node, values_in
from shopbell.gateways.paths import is_path
from shopbell.gateways.patterns import PatternError, check_pattern
from shopbell.gateways.template import Template, TemplateError, read_template

MOST_CHARS = 4_000
MOST_ENTRIES = 200
MOST_WHOLE = 34_560_000
"""400 days in seconds; no number in a file of ours is larger."""
MOST_VALUES = 200
"""How many values and holes one request may be written with."""
MOST_DEEP = 8

_MISSING: Final = object()
_MOST_CONSTANT = 2**53
"""What every reader of JSON takes for the same number."""
_NO_NAMES: frozenset[str] = frozenset()


class StrictTable:
    """A table of `file`, standing at the dotted place `where`."""

    def __init__(self, raw: Mapping[str, object], file: str, where: str = "") -> None:
        self._raw = raw
        self._file = file
        self._where = where
        self._read: set[str] = set()
        self._account: frozenset[str] = frozenset()

    def allow_account(self, keys: Iterable[str]) -> None:
        """Let templates below here say `{account.KEY}` for these keys."""
        self._account = frozenset(f"account.{key}" for key in keys)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key in the table."""
        return tuple(self._raw)

    def has(self, key: str) -> bool:
        """Return whether the table has this key."""
        return key in self._raw

    def wrong(self, key: str, what: str) -> BadInput:
        """Return the error that `key` is wrong."""
        return BadInput(
            f"{self._file}: {shown(self._place(key), one_line=True)}: {what}.",
            "Correct that key; docs/gateways.md describes every one.",
        )

    def finish(self) -> None:
        """Refuse every key that was not read.

        Raises:
            BadInput: names the key.
        """
        for key in self._raw:
            if key not in self._read:
                raise self.wrong(key, "unknown key")

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string."""
        value = self._value(key, default)
        if not isinstance(value, str):
            raise self.wrong(key, "must be text in quotes")
        if len(value) > MOST_CHARS:
            raise self.wrong(key, f"is longer than {MOST_CHARS} characters")
        return value

    def matching(self, key: str, pattern: str) -> str:
        """Return a string that matches `pattern` as a whole."""
        value = self.text(key)
        if not re.fullmatch(pattern, value):
            raise self.wrong(key, f"must look like {pattern}")
        return value

    def some_matching(self, key: str, pattern: str) -> tuple[str, ...]:
        """Return a list of strings, or the one that stands there; each matches `pattern`."""
        if not isinstance(self._raw.get(key), list):
            return (self.matching(key, pattern),)
        values = self._texts(key)
        if not values or not all(re.fullmatch(pattern, value) for value in values):
            raise self.wrong(key, f"must be a list of what looks like {pattern}")
        return tuple(values)

    def one_of(self, key: str, words: tuple[str, ...], default: str | None = None) -> str:
        """Return one of `words`."""
        value = self.text(key, default)
        if value not in words:
            raise self.wrong(key, f"must be one of {', '.join(words)}")
        return value

    def flag(self, key: str, default: bool) -> bool:
        """Return true or false."""
        value = self._value(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, "must be true or false")
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number from 0 up."""
        value = self._value(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.wrong(key, "must be a whole number")
        if value > MOST_WHOLE:
            raise self.wrong(key, f"must be {MOST_WHOLE} at most")
        return value

    def number(self, key: str, default: float | None = None) -> float:
        """Return a finite number from 0 up."""
        value = self._value(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(key, "must be a number")
        if not 0 <= value < float("inf"):
            raise self.wrong(key, "must be a number from 0 up")
        if value > MOST_WHOLE:
            raise self.wrong(key, f"must be {MOST_WHOLE} at most")
        return float(value)

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of strings; empty if the key is missing."""
        return tuple(self._texts(key))

    def statuses(self, key: str, default: tuple[int, ...]) -> frozenset[int]:
        """Return HTTP status numbers."""
        value = self._value(key, list(default))
        if not isinstance(value, list) or not all(
            isinstance(one, int) and 100 <= one <= 599 for one in value
        ):
            raise self.wrong(key, "must be a list of HTTP numbers, as [200, 202]")
        return frozenset(value)

    def pattern(self, key: str, groups: int | None = None) -> re.Pattern[str] | None:
        """Return a regular expression; None if the key is missing."""
        if not self.has(key):
            return None
        try:
            check_pattern(self.text(key))
            with warnings.catch_warnings():
                # What Python may read in another way one day is a mistake today.
                warnings.simplefilter("error", FutureWarning)
                pattern = re.compile(self.text(key))
        except PatternError as error:
            raise self.wrong(key, str(error)) from None
        except (re.error, OverflowError, RecursionError, FutureWarning):
            raise self.wrong(key, "is not a regular expression") from None
        if groups is not None and pattern.groups != groups:
            raise self.wrong(key, f"must have {groups} group in brackets")
        return pattern

    def path(self, key: str, default: str | None) -> str | None:
        """Return a dotted path into an answer."""
        if not self.has(key):
            return default
        value = self.text(key)
        if not is_path(value):
            raise self.wrong(key, "is not a path such as data.messages.0.id")
        return value

    def template(
        self, key: str, names: frozenset[str] = _NO_NAMES, default: str | None = None
    ) -> Template:
        """Return a template that uses only `names` and account fields."""
        return self._template(key, self.text(key, default), names)

    def setting(self, key: str, words: tuple[str, ...], default: str) -> Template:
        """Return one of `words`, or a template through which the account chooses one."""
        template = self.template(key, _NO_NAMES, default)
        if not template.names and template.source not in words:
            raise self.wrong(key, f"must be one of {', '.join(words)}")
        return template

    def template_list(self, key: str) -> tuple[Template, ...]:
        """Return a list of templates over account fields; empty if the key is missing."""
        return tuple(self._template(key, text, _NO_NAMES) for text in self._texts(key))

    def templates(self, key: str, names: frozenset[str]) -> tuple[tuple[str, Template], ...]:
        """Return a flat table of templates; empty if the key is missing."""
        inner = self.table(key)
        return tuple((name, inner.template(name, names)) for name in inner.keys)

    def fields(self, key: str, names: frozenset[str]) -> Fields:
        """Return a table of request values; empty if the key is missing."""
        value = self._value(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, "must be a table")
        fields = self._fields(key, value, names, 1)
        if values_in(fields) > MOST_VALUES:
            raise self.wrong(key, f"holds more than {MOST_VALUES} values")
        return fields

    def table(self, key: str, *, required: bool = False) -> StrictTable:
        """Return the table under `key`, an empty one if it is missing."""
        value = self._value(key, None if required else {})
        if not isinstance(value, dict):
            raise self.wrong(key, "must be a table")
        self._bound(key, value)
        return self._inner(key, value)

    def tables(self, key: str) -> tuple[StrictTable, ...]:
        """Return a list of tables; empty if the key is missing."""
        value = self._value(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(key, "must be a list of tables")
        self._bound(key, value)
        return tuple(self._inner(f"{key}[{index}]", one) for index, one in enumerate(value))

    def one_or_more(self, key: str) -> tuple[StrictTable, ...]:
        """Return a list of tables, or the one table that stands there; empty if missing."""
        if isinstance(self._raw.get(key), dict):
            return (self.table(key),)
        return self.tables(key)

    def _value(self, key: str, default: object) -> object:
        self._read.add(key)
        value = self._raw.get(key, _MISSING)
        if value is not _MISSING:
            return value
        if default is None:
            raise self.wrong(key, "is missing")
        return default

    def _texts(self, key: str) -> list[str]:
        value = self._value(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.wrong(key, "must be a list of texts in quotes")
        self._bound(key, value)
        if any(len(one) > MOST_CHARS for one in value):
            raise self.wrong(key, f"holds a text longer than {MOST_CHARS} characters")
        return value

    def _bound(self, key: str, value: Sized) -> None:
        if len(value) > MOST_ENTRIES:
            raise self.wrong(key, f"holds more than {MOST_ENTRIES} entries")

    def _place(self, key: str) -> str:
        return f"{self._where}.{key}" if self._where else key

    def _inner(self, key: str, raw: dict[str, object]) -> StrictTable:
        inner = StrictTable(raw, self._file, self._place(key))
        inner._account = self._account
        return inner

    def _template(self, key: str, text: str, names: frozenset[str]) -> Template:
        try:
            template = read_template(text)
        except TemplateError as error:
            raise self.wrong(key, str(error)) from None
        for name in sorted(template.names - names - self._account):
            raise self.wrong(key, f"there is no {{{name}}} here")
        return template

    def _fields(
        self, place: str, raw: dict[str, object], names: frozenset[str], deep: int
    ) -> Fields:
        return Fields(
            pairs=tuple(
                (
                    self._template(f"{place}.{key}", key, _NO_NAMES),
                    self._node(f"{place}.{key}", value, names, deep + 1),
                )
                for key, value in raw.items()
            )
        )

    def _node(self, place: str, value: object, names: frozenset[str], deep: int) -> Node:
        if deep > MOST_DEEP:
            raise self.wrong(place[:MOST_ENTRIES], f"is nested more than {MOST_DEEP} deep")
        match value:
            case str():
                return self._template(place, value, names)
            case bool() | int() | float() if not abs(value) <= _MOST_CONSTANT:
                raise self.wrong(place, "is not a number that can be sent")
            case bool() | int() | float():
                return value
            case list():
                inner = (self._node(place, one, names, deep + 1) for one in value)
                return Items(nodes=tuple(inner))
            case dict():
                return self._fields(place, value, names, deep)
            case _:
                raise self.wrong(place, "must be text, a number, true, false, a list or a table")
