"""The shop's own hours as a week to draw in. Must not decide which hours may be."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.domain.shop import Week
from shopbell.domain.weeks import week_text
from shopbell.errors import ShopbellError
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import Dialog
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import Plain, spans
from shopbell.tui.week_grid import LEGEND, WeekGrid

Take = Callable[[str], Awaitable[str]]
"""Keeps hours written as a line; returns what was done, raises a `ShopbellError`."""


class WeekHours(Dialog[str]):
    """Answers what was done."""

    DEFAULT_CSS = """
    WeekHours #said { margin-top: 1; height: 2; }
    WeekHours #text { height: 2; }
    WeekHours.-tiny #said { margin-top: 0; }
    WeekHours.-tiny #text { height: 1; }
    """
    scope = Scope.WEEK
    prints_keys = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Scope.WEEK),
        Binding("escape", "leave", show=False),
        Binding("enter,f2", "keep", show=False),
    ]

    def __init__(self, week: Week, law: Week | None, take: Take) -> None:
        """Make the box.

        Args:
            week: the hours as they are.
            law: what the law of the shop's country leaves open for offers; None without such hours.
            take: the way the line of hours is kept.
        """
        super().__init__("When may texts arrive?")
        self._week = week
        self._law = law
        self._take = take

    def inside(self) -> ComposeResult:
        """Lay out the week and what it says."""
        yield WeekGrid(self._week, self._law)
        yield Plain("", id_="said")
        yield Plain("", id_="text", classes="muted")
        yield Plain(LEGEND, classes="muted")
        yield Plain(
            with_keys("space turns · [week.range] range · [week.day] day · ↵ keeps · esc leaves"),
            classes="muted",
        )

    def on_mount(self) -> None:
        """Start on the grid."""
        self.query_one(WeekGrid).focus()
        self._show()

    def on_week_grid_changed(self) -> None:
        """Say what the cursor is on, and the whole week."""
        self._show()

    def do_range(self) -> None:
        """Begin a range, or open or close it."""
        self.query_one(WeekGrid).turn_range()

    def do_day(self) -> None:
        """Close the day, or open it."""
        self.query_one(WeekGrid).turn_day()

    async def action_keep(self) -> None:
        """Keep the hours, or say why not."""
        try:
            done = await self._take(week_text(self.query_one(WeekGrid).week))
        except ShopbellError as error:
            said = f"{error.message} {error.hint}".strip()
            self.query_one("#said", Plain).show(spans(("! ", "bold $text-warning"), said))
            return
        self.dismiss(done)

    def action_leave(self) -> None:
        """Forget a range that was begun; else leave, and keep nothing."""
        if not self.query_one(WeekGrid).drop_range():
            self.dismiss(None)

    def _show(self) -> None:
        grid = self.query_one(WeekGrid)
        self.query_one("#said", Plain).show(grid.said())
        self.query_one("#text", Plain).show(week_text(grid.week))
