"""A standing bar for each day, as wide as there is room for. Must not know what is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from shopbell.domain.plots import columns, fewer
from shopbell.domain.telling import counted, plain_day
from shopbell.tui.plain import lines, spans

_WIDEST = 8
_NOTHING = "·"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plotted:
    """What a plot shows."""

    first: date
    last: date
    values: tuple[int, ...] = ()
    """One for each day."""
    most: str = ""
    """Which day had most and how many, in words; it says what the bars count."""


class DayPlot(Widget):
    """The bars, and below them the days they stand for. Where days are many, a bar is several."""

    DEFAULT_CSS = "DayPlot { height: 5; width: 1fr; }"

    plotted: reactive[Plotted | None] = reactive(None)

    def render(self) -> Content:
        """Draw the bars and the line below them."""
        shown = self.plotted
        if shown is None or not shown.values:
            return spans("")
        width, height = self.size.width, max(1, self.size.height - 1)
        rows = [spans((row, "$text-accent")) for row in bars(shown.values, width, height)]
        return lines(*rows, spans((below(shown, width), "$text-muted"), one_line=True))


def bars(values: Sequence[int], width: int, height: int) -> tuple[str, ...]:
    """Return the bars as `height` lines of at most `width` cells; a day of nothing is a dot."""
    summed = fewer(values, width)
    each = max(1, min(_WIDEST, width // max(len(summed), 1)))
    gap = 1 if each > 1 else 0
    drawn = columns(summed, height)
    low = "".join(
        char if value > 0 else _NOTHING for char, value in zip(drawn[-1], summed, strict=True)
    )
    return tuple(
        "".join(char * (each - gap) + " " * gap for char in row).rstrip()
        for row in (*drawn[:-1], low)
    )


def below(shown: Plotted, width: int) -> str:
    """Return the days, how many make a bar, and which had most: the less needful is left away."""
    per = -(-len(shown.values) // max(len(fewer(shown.values, width)), 1))
    many = f"a bar is {counted(per, 'day')}" if per > 1 else ""
    one_day = shown.first == shown.last
    days = "" if one_day else f"{plain_day(shown.first)} to {plain_day(shown.last)}"
    parts = [part for part in (days, many, shown.most) if part]
    while len(parts) > 1 and len(" · ".join(parts)) > width:
        parts.pop(0)
    return " · ".join(parts)
