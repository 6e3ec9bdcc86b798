"""Choices side by side: one of them, or several. Must not know what they mean.

What has no room beside the others stands on the next line, so that every choice can be read on the
narrowest screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size, clamp
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from shopbell.domain.showing import shown
from shopbell.tui.plain import Span, cell, lines, spans

_AROUND = 6
"""Cells of a choice besides its words: the cursor, the mark and the space after each."""


class Choices(Widget, can_focus=True):
    """`[x] orders  [ ] offers` for several, `(•) on paper  ( ) by phone` for one.

    The one under the cursor has a `▸`, so that it is seen without colour.
    """

    DEFAULT_CSS = "Choices { height: auto; width: 1fr; color: $foreground; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
        Binding("space", "choose", show=False),
    ]

    cursor = reactive(0)
    chosen: reactive[frozenset[str]] = reactive(frozenset())

    class Changed(Message):
        """Something else is chosen."""

        def __init__(self, choices: Choices) -> None:
            super().__init__()
            self.choices = choices

        @property
        def control(self) -> Choices:
            """The line."""
            return self.choices

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        chosen: Sequence[str],
        *,
        id_: str | None = None,
        several: bool = False,
    ) -> None:
        """Make the line.

        Args:
            options: pairs of id and words.
            chosen: the ids chosen to begin with; exactly one unless `several`.
            id_: the widget's id.
            several: whether any number may be chosen.
        """
        super().__init__(id=id_)
        self._options = tuple(options)
        self._several = several
        ids = [option for option, _ in self._options]
        self.set_reactive(Choices.chosen, frozenset(chosen))
        if chosen:
            self.set_reactive(Choices.cursor, ids.index(chosen[0]))

    @property
    def one(self) -> str:
        """The chosen id, where only one can be."""
        return next(iter(self.chosen))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take as many lines as all choices need."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw the choices, line by line."""
        width = self.content_size.width
        return lines(*(self._line(line, width) for line in self._lines(width)))

    def _line(self, line: Sequence[int], width: int) -> Content:
        parts: list[Span] = []
        for index in line:
            id_, words = self._options[index]
            here = self.has_focus and index == self.cursor
            on = id_ in self.chosen
            mark = ("[x]" if on else "[ ]") if self._several else ("(•)" if on else "( )")
            if _cells(words) - 1 > width:
                words = cell(words, max(width - _AROUND + 1, 0))
            parts += [
                ("▸" if here else " ", "bold $text-accent"),
                (f"{mark} ", "bold $text-accent" if on else "$text-muted"),
                (words, "bold" if here else ""),
                " ",
            ]
        return spans(*parts[:-1], one_line=True)

    def _lines(self, width: int) -> tuple[tuple[int, ...], ...]:
        return placed(tuple(_cells(words) for _, words in self._options), width)

    def validate_cursor(self, cursor: int) -> int:
        """Stay on the line."""
        return clamp(cursor, 0, len(self._options) - 1)

    def action_move(self, by: int) -> None:
        """Move the cursor; where only one can be chosen, that chooses."""
        self.cursor += by
        if not self._several:
            self.action_choose()

    def action_choose(self) -> None:
        """Choose what is under the cursor, or no longer choose it."""
        id_ = self._options[self.cursor][0]
        self.chosen = self.chosen ^ {id_} if self._several else frozenset({id_})

    def watch_chosen(self) -> None:
        """Say that it changed."""
        self.post_message(self.Changed(self))

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        placed_lines = self._lines(self.content_size.width)
        right = 0
        for index in placed_lines[event.y] if event.y < len(placed_lines) else ():
            right += _cells(self._options[index][1])
            if event.x < right:
                self.cursor = index
                self.action_choose()
                return


def _cells(words: str) -> int:
    return cell_len(shown(words, one_line=True)) + _AROUND


@lru_cache(maxsize=64)
def placed(cells: tuple[int, ...], width: int) -> tuple[tuple[int, ...], ...]:
    """Return which choices stand on each line, in their order; one that is too wide stands alone.

    Args:
        cells: how wide each choice is with the space after it, which the last on a line needs not.
        width: of a line, in cells.
    """
    rows: list[list[int]] = [[]]
    used = 0
    for index, wide in enumerate(cells):
        if rows[-1] and used + wide - 1 > width:
            rows.append([])
            used = 0
        rows[-1].append(index)
        used += wide
    return tuple(tuple(row) for row in rows)
