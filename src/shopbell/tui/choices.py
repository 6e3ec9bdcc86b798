"""A line of choices: one of them, or several. Must not know what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import clamp
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from shopbell.tui.plain import Span, spans


class Choices(Widget, can_focus=True):
    """`[x] orders  [ ] offers` for several, `(•) on paper  ( ) by phone` for one.

    The one under the cursor has a `▸`, so that it is seen without colour.
    """

    DEFAULT_CSS = "Choices { height: 1; width: 1fr; color: $foreground; }"
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

    def render(self) -> Content:
        """Draw the line."""
        parts: list[Span] = []
        for index, (id_, words) in enumerate(self._options):
            here = self.has_focus and index == self.cursor
            on = id_ in self.chosen
            mark = ("[x]" if on else "[ ]") if self._several else ("(•)" if on else "( )")
            parts += [
                ("▸" if here else " ", "bold $text-accent"),
                (f"{mark} ", "bold $text-accent" if on else "$text-muted"),
                (f"{words} ", "bold" if here else ""),
            ]
        return spans(*parts, one_line=True)

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
        right = 0
        for index, (_, words) in enumerate(self._options):
            right += cell_len(words) + 6
            if event.x < right:
                self.cursor = index
                self.action_choose()
                return
