"""A week drawn as seven rows of half hours, to be opened and closed by hand. Must not save it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import clamp
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from shopbell.domain.shop import Week
from shopbell.domain.telling import WEEKDAY_NAMES
from shopbell.domain.week_cells import CELLS, Open, changed, clock, how_open
from shopbell.tui.own_keys import key_for
from shopbell.tui.plain import Span, lines, spans

_LEFT = 5
_SIGNS = {
    # how open the shop is, whether the law lets texts arrive: a sign, and its look
    (Open.ALL, True): ("█", "$success"),
    (Open.PART, True): ("▄", "$success"),
    (Open.NOT, True): ("·", "$text-muted"),
    (Open.ALL, False): ("x", "bold $text-warning"),
    (Open.PART, False): ("x", "bold $text-warning"),
    (Open.NOT, False): (" ", ""),
}
LEGEND = "█ open  ▄ partly  · closed  x law or networks say no"


class WeekGrid(Widget, can_focus=True):
    """The cursor is reversed, and named by the arrows beside its row and above its column."""

    DEFAULT_CSS = "WeekGrid { height: 9; width: 54; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(-1, 0)", show=False),
        Binding("down", "go(1, 0)", show=False),
        Binding("left", "go(0, -1)", show=False),
        Binding("right", "go(0, 1)", show=False),
        Binding("pageup", "go(0, -6)", show=False),
        Binding("pagedown", "go(0, 6)", show=False),
        Binding("home", "go(0, -48)", show=False),
        Binding("end", "go(0, 48)", show=False),
        Binding("space", "turn", show=False),
    ]

    day = reactive(0)
    cell = reactive(18)
    began: reactive[tuple[int, int] | None] = reactive(None)
    """Where a range began."""

    class Changed(Message):
        """The week, the cursor or the range is another one."""

    def __init__(self, week: Week, law: Week | None) -> None:
        """Make it.

        Args:
            week: the shop's own hours.
            law: what the law leaves open for offers; None where it has no hours.
        """
        super().__init__()
        self.week = week
        self._law = law

    def is_allowed(self, day: int, cell: int) -> bool:
        """Return whether the law lets texts arrive in all of a half hour."""
        return self._law is None or how_open(self._law, day, cell) is Open.ALL

    def render(self) -> Content:
        """Draw the hours, the seven rows, and the arrow above the cursor."""
        hours: list[Span] = [
            " " * _LEFT,
            *((f"{hour:<6}", "$text-muted") for hour in range(0, 24, 3)),
        ]
        here = " " * (_LEFT + self.cell) + "▾"
        return lines(spans(*hours), spans((here, "bold $text-accent")), *map(self._row, range(7)))

    def _row(self, day: int) -> Content:
        at = day == self.day
        parts: list[Span] = [
            ("▸" if at else " ", "bold $text-accent"),
            (f"{WEEKDAY_NAMES[day][:3]} ", "bold" if at else ""),
        ]
        for cell in range(CELLS):
            sign, look = _SIGNS[how_open(self.week, day, cell), self.is_allowed(day, cell)]
            if (at and cell == self.cell) or self._is_in_range(day, cell):
                look = f"{look} reverse".strip()
            parts.append((sign, look))
        return spans(*parts)

    def _is_in_range(self, day: int, cell: int) -> bool:
        if self.began is None:
            return False
        days, cells = sorted((self.began[0], self.day)), sorted((self.began[1], self.cell))
        return days[0] <= day <= days[1] and cells[0] <= cell <= cells[1]

    def said(self) -> str:
        """Return what the cursor is on, in a sentence."""
        when = f"{WEEKDAY_NAMES[self.day]} {clock(self.cell)} to {clock(self.cell + 1)}"
        if self.began is not None:
            first, last = sorted((self.began[1], self.cell))
            day, other = sorted((self.began[0], self.day))
            days = WEEKDAY_NAMES[day][:3]
            if other != day:
                days += f" to {WEEKDAY_NAMES[other][:3]}"
            again = key_for("week.range")
            will = "closed" if self._is_open(*self.began) else "open"
            hours = f"{clock(first)} to {clock(last + 1)}"
            return f"{days} {hours} will be {will}: {again} again; esc not."
        how = {
            Open.ALL: "open",
            Open.PART: "open for a part of it",
            Open.NOT: "closed",
        }[how_open(self.week, self.day, self.cell)]
        if self.is_allowed(self.day, self.cell):
            return f"{when}: {how}."
        return f"{when}: {how}; law or networks let no offers arrive then."

    def action_go(self, days: int, cells: int) -> None:
        """Move the cursor."""
        self.day = clamp(self.day + days, 0, 6)
        self.cell = clamp(self.cell + cells, 0, CELLS - 1)
        self.post_message(self.Changed())

    def action_turn(self) -> None:
        """Open or close the half hour under the cursor, or the range."""
        if self.began is not None:
            self.turn_range()
        else:
            self._change((self.day, self.cell))

    def turn_range(self) -> None:
        """Begin a range; a second time, open or close all of it."""
        if self.began is None:
            self.began = (self.day, self.cell)
            self.post_message(self.Changed())
        else:
            self._change(self.began)

    def turn_day(self) -> None:
        """Close the day; a closed one gets the hours of the day before it."""
        days = list(self.week.days)
        days[self.day] = () if days[self.day] else days[self.day - 1]
        self._take(Week(days=(days[0], days[1], days[2], days[3], days[4], days[5], days[6])))

    def drop_range(self) -> bool:
        """Forget the range that was begun; returns whether there was one."""
        was = self.began is not None
        self.began = None
        if was:
            self.post_message(self.Changed())
        return was

    def on_click(self, event: events.Click) -> None:
        """Open or close the half hour that was clicked."""
        day, cell = event.y - 2, event.x - _LEFT
        if 0 <= day < 7 and 0 <= cell < CELLS:
            self.day, self.cell = day, cell
            self.action_turn()

    def _is_open(self, day: int, cell: int) -> bool:
        return how_open(self.week, day, cell) is Open.ALL

    def _change(self, start: tuple[int, int]) -> None:
        day, other = sorted((start[0], self.day))
        to_open = not self._is_open(*start)
        days = range(day, other + 1)
        self._take(changed(self.week, days, start[1], self.cell, is_open=to_open))

    def _take(self, week: Week) -> None:
        self.week, self.began = week, None
        self.refresh()
        self.post_message(self.Changed())
