"""The one plain file: `settings.toml`, with nothing of the shop in it. Must not hold a secret.

What an owner wrote into it by hand, comments too, stays when a setting is changed. A file that
cannot be read is named, does not count, and is never written over.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from shopbell.services.own_file import write_own

_MOST_BYTES = 64 * 1024
_Document = MutableMapping[str, Any]

_LONGEST_NAME = 40
_MOST_KEYS = 200
_WHERE = re.compile(r"line (\d+)")

SHORTEST_LOCK, LONGEST_LOCK = 1, 120
"""Minutes. A counter is never without a lock."""


class Density(StrEnum):
    """How much air there is on the screen."""

    ROOMY = "roomy"
    COMPACT = "compact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is remembered between starts."""

    theme: str = "fern"
    """Name of the colours."""
    bell: bool = False
    """Whether the terminal rings when somebody writes."""
    density: Density = Density.ROOMY
    plain: bool = False
    """Whether Shopbell opens in lines instead of screens."""
    lock_minutes: int = 10
    """Minutes without a key after which the shop file is locked."""
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Commands by name, each with the keys its owner wants, as they were written."""
    troubles: tuple[str, ...] = ()
    """What of the file does not count, and why, a sentence each."""


def read_settings(path: Path) -> Settings:
    """Return the settings; what is missing or makes no sense means the defaults."""
    text, trouble = _text(path)
    if trouble:
        return Settings(troubles=(trouble,))
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(troubles=(_unreadable(path, error),))
    except RecursionError:
        return Settings(troubles=(_ignored(path, "it is nested too deeply"),))
    except ValueError:
        return Settings(troubles=(_ignored(path, "it holds a number that is too long"),))
    return _settings(parsed, path)


def save_setting(path: Path, name: str, value: str | int) -> bool:
    """Remember one setting; returns whether that was possible. The file is whole or unchanged."""

    def change(document: _Document) -> None:
        document[name] = value

    return _change(path, change)


def _change(path: Path, change: Callable[[_Document], None]) -> bool:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    text, trouble = _text(path)
    if trouble:
        return False  # it may hold what its owner wants back
    try:
        document = tomlkit.parse(text)
    except (TOMLKitError, RecursionError):
        return False  # somebody is in the middle of editing it: theirs goes first
    try:
        change(document)
    except (TOMLKitError, TypeError, AttributeError):
        return False  # what stands there is no table
    return write_own(path, tomlkit.dumps(document))


def save_keys(path: Path, name: str, keys: tuple[str, ...]) -> bool:
    """Remember the keys of a command, or with none forget them; as `save_setting`."""

    def change(document: _Document) -> None:
        table = document.setdefault("keys", {})
        scope, _, rest = name.partition(".")
        inner = table.get(scope)
        here, key = (inner, rest) if isinstance(inner, dict) and rest in inner else (table, name)
        here.pop(key, None)
        if keys:
            here[key] = " ".join(keys)

    return _change(path, change)


def _settings(parsed: Mapping[str, object], path: Path) -> Settings:
    troubles: list[str] = []

    def refuse(name: str, wanted: str) -> None:
        troubles.append(f"In “{path.name}”, {name} has to be {wanted}. It does not count.")

    usual = Settings()
    theme, density, minutes = usual.theme, usual.density, usual.lock_minutes
    bell, plain, keys = usual.bell, usual.plain, usual.keys
    for name, value in parsed.items():
        match name, value:
            case "theme", str():
                theme = value
            case "theme", _:
                refuse(name, 'the name of colours, like "fern"')
            case "density", "roomy" | "compact":
                density = Density(str(value))
            case "density", _:
                refuse(name, '"roomy" or "compact"')
            case "lock_minutes", int() if _is_minutes(value):
                minutes = int(str(value))
            case "lock_minutes", _:
                refuse(name, f"a number from {SHORTEST_LOCK} to {LONGEST_LOCK}")
            case "bell", bool():
                bell = bool(value)
            case "plain", bool():
                plain = bool(value)
            case "bell" | "plain", _:
                refuse(name, "true or false")
            case "keys", dict():
                keys = tuple(_keys(value, "", refuse))[:_MOST_KEYS]
            case "keys", _:
                refuse(name, 'a table of its own, like [keys] with the line people.narrow = "z"')
            case _:
                troubles.append(
                    f"“{name[:_LONGEST_NAME]}” in “{path.name}” is no setting. It does not count."
                )
    return Settings(
        theme=theme,
        density=density,
        lock_minutes=minutes,
        bell=bell,
        plain=plain,
        keys=keys,
        troubles=tuple(troubles[:20]),
    )


def _keys(
    table: Mapping[str, object], before: str, refuse: Callable[[str, str], None]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Read `people.narrow = "z"`, which TOML takes for a table in a table, and its longer form."""
    for part, value in table.items():
        name = f"{before}{part}"
        match value:
            case dict() if name.count(".") < 1:
                yield from _keys(value, f"{name}.", refuse)
            case str() if value.split():
                yield name, tuple(value.split())
            case list() if value and all(isinstance(key, str) and key.strip() for key in value):
                yield name, tuple(key.strip() for key in value)
            case _:
                refuse(name[:_LONGEST_NAME], 'a key like "z", or several like "z f9"')


def _is_minutes(value: object) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole and SHORTEST_LOCK <= int(str(value)) <= LONGEST_LOCK


def _text(path: Path) -> tuple[str, str]:
    """Return what is in the file, and what is wrong with it."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return "", ""
    except OSError as error:
        return "", _ignored(path, (error.strerror or "it cannot be opened").casefold())
    if len(data) > _MOST_BYTES:
        return "", _ignored(path, "it is too long")
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        return "", _ignored(path, "it is not text in UTF-8")


def _unreadable(path: Path, error: tomllib.TOMLDecodeError) -> str:
    where = _WHERE.search(str(error))
    return _ignored(path, f"line {where[1]} makes no sense" if where else "it ends too early")


def _ignored(path: Path, why: str) -> str:
    return f"The settings file “{path}” is kept as it is, but does not count: {why}."
