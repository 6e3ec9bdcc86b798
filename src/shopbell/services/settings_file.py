"""The one plain file: `settings.toml`, with nothing of the shop in it. Must not hold a secret.

What an owner wrote into it by hand, comments too, stays when a setting is changed.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

_MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is remembered between starts."""

    theme: str = "fern"
    """Name of the colours."""
    bell: bool = False
    """Whether the terminal rings when somebody writes."""


def read_settings(path: Path) -> Settings:
    """Return the settings; a file that is missing or makes no sense means the defaults."""
    found = _parsed(path)
    theme = found.get("theme")
    return Settings(
        theme=theme if isinstance(theme, str) else Settings().theme,
        bell=found.get("bell") is True,
    )


def save_theme(path: Path, theme: str) -> bool:
    """Remember the colours; returns whether that was possible. The file is whole or unchanged."""
    return _save(path, "theme", theme)


def save_bell(path: Path, is_on: bool) -> bool:
    """Remember whether it rings; returns whether that was possible."""
    return _save(path, "bell", is_on)


def _save(path: Path, key: str, value: str | bool) -> bool:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(_text(path))
    except TOMLKitError:
        return False  # somebody is in the middle of editing it: theirs goes first
    document[key] = value
    return _write(path, tomlkit.dumps(document))


def _parsed(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError:
        return {}


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _write(path: Path, text: str) -> bool:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
    except OSError:
        return False
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        return False
    return True
