"""Bars made of characters: eighths of a cell lying down, eighths standing up. Must not add up."""

from __future__ import annotations

from collections.abc import Sequence

_LYING = " ▏▎▍▌▋▊▉█"
_STANDING = " ▁▂▃▄▅▆▇█"


def bar(value: float, most: float, width: int) -> str:
    """Return a lying bar of at most `width` cells; anything above nothing shows at least a sliver.

    The blanks after it are left away.
    """
    eighths = _eighths(value, most, width)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_LYING[rest] if rest else "")


def columns(values: Sequence[float], height: int) -> tuple[str, ...]:
    """Return standing bars side by side, one cell wide each, as `height` lines from the top."""
    most = max(values, default=0)
    filled = [_eighths(value, most, height) for value in values]
    return tuple(
        "".join(_STANDING[min(max(each - 8 * row, 0), 8)] for each in filled)
        for row in range(height - 1, -1, -1)
    )


def fewer(values: Sequence[int], width: int) -> tuple[int, ...]:
    """Return at most `width` sums of neighbours, so that many days fit a narrow screen."""
    if width < 1 or len(values) <= width:
        return tuple(values)
    each = -(-len(values) // width)
    return tuple(sum(values[first : first + each]) for first in range(0, len(values), each))


def _eighths(value: float, most: float, cells: int) -> int:
    if value <= 0 or most <= 0 or cells <= 0:
        return 0
    return max(1, round(min(value / most, 1) * cells * 8))
