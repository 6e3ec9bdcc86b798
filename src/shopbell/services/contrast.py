"""Colours as numbers, and how well two of them can be told apart. Must not read files or draw.

The contrast formula is that of WCAG 2.2, section 1.4.3: 1 means no difference, 21 black on white.
"""

from __future__ import annotations

import re

RGB = tuple[int, int, int]

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})", re.ASCII)

TERMINAL_COLOURS = frozenset(
    {"ansi_default"}
    | {
        f"ansi_{bright}{name}"
        for bright in ("", "bright_")
        for name in ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
    }
)
"""Colours the terminal itself chooses; nobody can measure them."""


def rgb(colour: str) -> RGB | None:
    """Return red, green and blue (0..255) of `#rgb` or `#rrggbb`, or None for anything else."""
    if not _HEX.fullmatch(colour):
        return None
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def is_colour(text: str) -> bool:
    """Return whether `text` is a colour a theme file may use."""
    return rgb(text) is not None or text in TERMINAL_COLOURS


def luminance(colour: RGB) -> float:
    """Return the relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: RGB, other: RGB) -> float:
    """Return the contrast ratio of two colours, 1.0 to 21.0; the order does not matter."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
