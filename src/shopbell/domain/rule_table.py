"""A table of a rule file, read key by key, so that every error names the file and the key.

Must not know what any rule means.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from shopbell.domain.calendars import is_day_rule
from shopbell.domain.shop import Week
from shopbell.domain.weeks import read_week
from shopbell.errors import BadInput

Choice = TypeVar("Choice", bound=StrEnum)


class RuleTable:
    """One TOML table and where it stands. Keys nobody asked for are errors: see `end`."""

    def __init__(self, file: str, values: Mapping[str, object], path: str = "") -> None:
        """Make a table.

        Args:
            file: what it is, as a sentence says it: "the rule file US.toml".
            values: the table.
            path: where in the file it stands, with its dot.
        """
        self.file = file
        self._values = values
        self._path = path
        self._asked: set[str] = set()

    @classmethod
    def parsed(cls, file: str, text: str) -> RuleTable:
        """Return the whole file as one table.

        Raises:
            BadInput: it is not TOML; names file and line.
        """
        try:
            return cls(f"the rule file {file}", tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            raise BadInput(
                f"The rule file {file} cannot be read: {error}.", "Correct that line.", code="rules"
            ) from error

    def over(self, base: RuleTable) -> RuleTable:
        """Return this table with what it does not say filled in from `base`."""
        both = RuleTable(self.file, {**base._values, **self._values}, self._path)
        both._asked |= self._asked
        return both

    def error(self, key: str, what: str) -> BadInput:
        """Return the error that names this file, the key and what is wrong with it."""
        return BadInput(
            f"In {self.file}, {self._path}{key} {what}.",
            "Correct that; nothing is sent under rules with a mistake in them.",
            code="rules",
        )

    def has(self, key: str) -> bool:
        """Return whether the key is there."""
        return key in self._values

    def names(self) -> Iterator[str]:
        """Return the keys of this table, in file order."""
        return iter(self._values)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string that is not empty (the default may be)."""
        value = self._value(key, default)
        if not isinstance(value, str) or (value == "" and default != ""):
            raise self.error(key, "must be text")
        return value

    def number(self, key: str, default: int | None = None, *, least: int = 0) -> int:
        """Return a whole number of at least `least`."""
        value = self._value(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.error(key, f"must be a whole number of at least {least}")
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Return true or false."""
        value = self._value(key, default)
        if not isinstance(value, bool):
            raise self.error(key, "must be true or false")
        return value

    def day(self, key: str) -> date:
        """Return a date."""
        value = self._value(key)
        if type(value) is not date:
            raise self.error(key, "must be a date such as 2027-01-31")
        return value

    def day_or_none(self, key: str) -> date | None:
        """Return a date, or None if the key is not there."""
        return self.day(key) if self.has(key) else None

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of strings."""
        value = self._value(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
            raise self.error(key, "must be a list of texts")
        return tuple(str(v) for v in value)

    def patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        """Return a list of regular expressions, compiled."""
        compiled: list[re.Pattern[str]] = []
        for pattern in self.texts(key):
            try:
                compiled.append(re.compile(pattern))
            except re.error as error:
                raise self.error(key, f"has a pattern that cannot be read: {error}") from error
        return tuple(compiled)

    def choice(self, key: str, choices: type[Choice]) -> Choice:
        """Return a member of `choices`."""
        return self._chosen(key, self.text(key), choices)

    def choices(self, key: str, choices: type[Choice]) -> tuple[Choice, ...]:
        """Return a list of members of `choices`."""
        return tuple(self._chosen(key, value, choices) for value in self.texts(key))

    def table(self, key: str) -> RuleTable:
        """Return the table under the key."""
        return self._table(key, self._value(key))

    def tables(self, key: str, named_by: str = "") -> tuple[RuleTable, ...]:
        """Return the list of tables under the key; empty if there is none.

        Errors in one of them call it by its place in the list, or by its key `named_by`.
        """
        value = self._value(key, ())
        if not isinstance(value, list | tuple):
            raise self.error(key, "must be a list of tables")
        return tuple(
            self._table(f"{key}[{_name(entry, named_by) or n}]", entry)
            for n, entry in enumerate(value)
        )

    def week(self, key: str) -> Week:
        """Return weekly hours such as "mon-fri 10:00-18:00; sat 10:00-17:00"."""
        text = self.text(key)
        try:
            return read_week(text)
        except BadInput as error:
            raise self.error(key, f"is wrong: {error.message}") from error

    def day_rules(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return the days of a table such as `"Victory Day" = "2nd Mon Aug"`: name and rule."""
        table = self.table(key)
        days = tuple((name, table.text(name)) for name in table.names())
        for name, rule in days:
            if not is_day_rule(rule):
                raise table.error(name, f'is no day of the year: "{rule}"')
        return days

    def end(self) -> None:
        """Refuse keys that nobody asked for: most are typing mistakes."""
        for key in self._values:
            if key not in self._asked:
                raise self.error(key, "is not a key Shopbell knows")

    def _value(self, key: str, default: object = None) -> object:
        self._asked.add(key)
        value = self._values.get(key, default)
        if value is None:
            raise self.error(key, "is missing")
        return value

    def _table(self, key: str, value: object) -> RuleTable:
        if not isinstance(value, dict):
            raise self.error(key, "must be a table")
        return RuleTable(self.file, value, f"{self._path}{key}.")

    def _chosen(self, key: str, value: str, choices: type[Choice]) -> Choice:
        for member in choices:
            if member.value == value:
                return member
        raise self.error(key, f'cannot be "{value}": {_listed(choices)}')


def _name(entry: object, named_by: str) -> str:
    name = entry.get(named_by) if isinstance(entry, dict) else None
    return name if isinstance(name, str) else ""


def _listed(choices: Iterable[StrEnum]) -> str:
    return "choose " + ", ".join(member.value for member in choices)
