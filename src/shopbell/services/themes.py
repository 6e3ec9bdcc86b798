"""Theme files: where they are, what they may say, and why one is refused. Must not draw.

A theme is a small TOML file with eleven colours. It is checked completely before any screen sees
it, so that a broken file costs a sentence and never the app.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from shopbell.services.contrast import contrast, is_colour, rgb

COLOURS = (
    "background",
    "surface",
    "panel",
    "line",
    "foreground",
    "muted",
    "accent",
    "on_accent",
    "success",
    "warning",
    "error",
)
"""Every theme names all of these, and nothing else."""

READABLE = 4.5
"""The contrast any text needs at least (WCAG 2.2 AA)."""

_ON_PAGES = ("foreground", "muted", "accent", "success", "warning", "error")
_PAGES = ("background", "surface", "panel")
_KEYS = {"name": str, "about": str, "dark": bool, "at_least": float, "colours": dict}
_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}", re.ASCII)
_MOST_BYTES = 16_384
_MOST_FILES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFile:
    """One good theme."""

    name: str
    about: str
    """One line for the list of themes."""
    dark: bool
    at_least: float
    """The contrast all its texts reach: `READABLE` or more."""
    colours: Mapping[str, str]
    """A value for every name in `COLOURS`."""
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedTheme:
    """A theme file that cannot be used, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Themes:
    """All theme files that were found. A later folder wins over an earlier one."""

    good: tuple[ThemeFile, ...]
    """Sorted by name."""
    refused: tuple[RefusedTheme, ...]
    notes: tuple[str, ...] = ()
    """What an owner may wonder about: which file took another one's place."""

    def named(self, name: str) -> ThemeFile | None:
        """Return the theme of that name, or None when there is none (any more)."""
        return next((theme for theme in self.good if theme.name == name), None)


class _Refused(Exception):
    """Why a file is not a theme."""


def shipped_folder() -> Path:
    """Return the folder of the themes that come with Shopbell: in the wheel, or in a checkout."""
    packaged = Path(str(resources.files("shopbell"))) / "themes"
    return packaged if packaged.is_dir() else packaged.parents[2] / "themes"


def read_themes(folders: Iterable[Path]) -> Themes:
    """Read every `*.toml` in `folders`, in order. A folder that does not exist is no mistake."""
    good: dict[str, ThemeFile] = {}
    refused: list[RefusedTheme] = []
    notes: list[str] = []
    for folder in folders:
        try:
            found = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
        except FileNotFoundError:
            continue
        except OSError as error:
            refused.append(RefusedTheme(file=str(folder), reason=_cannot_read(error)))
            continue
        for path in found[:_MOST_FILES]:
            try:
                theme = _read(path)
            except _Refused as why:
                refused.append(RefusedTheme(file=str(path), reason=str(why)))
                continue
            if theme.name in good:
                notes.append(
                    f'"{theme.name}" from {path} is used instead of {good[theme.name].path}.'
                )
            good[theme.name] = theme
    return Themes(
        good=tuple(good[name] for name in sorted(good)),
        refused=tuple(refused),
        notes=tuple(notes),
    )


def _read(path: Path) -> ThemeFile:
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise _Refused(_cannot_read(error)) from None
    if len(raw) > _MOST_BYTES:
        raise _Refused("It is too large for a theme. A theme has a name and eleven colours.")
    try:
        table = tomllib.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise _Refused("It is not plain text in UTF-8. Save it again as UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise _Refused(f"It is not valid TOML: {error}.") from None
    return _checked(table, str(path))


def _checked(table: Mapping[str, object], path: str) -> ThemeFile:
    for key in table:
        if key not in _KEYS:
            raise _Refused(f'"{key}" is not a theme setting. Known: {", ".join(_KEYS)}.')
    name, about = table.get("name"), table.get("about", "")
    dark, at_least = table.get("dark", True), table.get("at_least", READABLE)
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise _Refused('It needs a name of small letters, digits and "-", like "night-garden".')
    if not isinstance(about, str) or len(about) > 80 or not about.isprintable():
        raise _Refused('"about" must be one line of at most 80 characters.')
    if not isinstance(dark, bool):
        raise _Refused('"dark" must be true or false.')
    if isinstance(at_least, bool) or not isinstance(at_least, int | float):
        raise _Refused('"at_least" must be a number.')
    if not READABLE <= at_least <= 21:
        raise _Refused(f'"at_least" must be from {READABLE} to 21.')
    colours = _colours(table.get("colours"))
    _check_contrast(colours, float(at_least))
    return ThemeFile(
        name=name, about=about, dark=dark, at_least=float(at_least), colours=colours, path=path
    )


def _colours(given: object) -> dict[str, str]:
    if not isinstance(given, Mapping):
        raise _Refused("It has no [colours] part.")
    for name, value in given.items():
        if name not in COLOURS:
            raise _Refused(f'"{name}" is not a colour Shopbell uses. Known: {", ".join(COLOURS)}.')
        if not isinstance(value, str) or not is_colour(value):
            raise _Refused(f'The colour "{name}" must look like "#2f6b4f".')
    missing = [name for name in COLOURS if name not in given]
    if missing:
        raise _Refused(f"These colours are missing: {', '.join(missing)}.")
    return dict(given)


def _check_contrast(colours: Mapping[str, str], at_least: float) -> None:
    pairs = [(text, page) for text in _ON_PAGES for page in _PAGES]
    for text, page in [*pairs, ("on_accent", "accent")]:
        one, other = rgb(colours[text]), rgb(colours[page])
        if one is None or other is None:
            continue  # the terminal chooses this one
        ratio = contrast(one, other)
        if ratio < at_least:
            raise _Refused(
                f'"{text}" on "{page}" is hard to read: contrast {_down(ratio)}, '
                f"needed {at_least:g}. Move the two colours further apart."
            )


def _down(ratio: float) -> str:
    """Round down, so that a ratio just short of the limit never reads as the limit."""
    return f"{int(ratio * 100) / 100:g}"


def _cannot_read(error: OSError) -> str:
    return f"It cannot be read: {error.strerror or 'unknown reason'}."
