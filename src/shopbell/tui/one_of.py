"""One of many choices, turned with the arrow keys; long words go on below. Must not know them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from shopbell.tui.plain import spans


class OneOf(Widget, can_focus=True):
    """`◂ Signed up ▸`: left and right turn it, home goes back to the first."""

    DEFAULT_CSS = "OneOf { height: auto; width: 1fr; color: $foreground; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right,space", "turn(1)", show=False),
        Binding("home", "first", show=False),
    ]

    at = reactive(0)

    class Changed(Message):
        """Something else is chosen."""

        def __init__(self, one_of: OneOf) -> None:
            super().__init__()
            self.one_of = one_of

        @property
        def control(self) -> OneOf:
            """The line."""
            return self.one_of

    def __init__(
        self, options: Sequence[tuple[str, str]], chosen: str = "", *, id_: str | None = None
    ) -> None:
        """Make the line.

        Args:
            options: pairs of id and words, at least one.
            chosen: the id to begin with; the first one if it is not among them.
            id_: the widget's id.
        """
        super().__init__(id=id_)
        self._options = tuple(options)
        ids = [option for option, _ in self._options]
        self.set_reactive(OneOf.at, ids.index(chosen) if chosen in ids else 0)

    @property
    def chosen(self) -> str:
        """The id that is chosen."""
        return self._options[self.at][0]

    def render(self) -> Content:
        """Draw what is chosen."""
        arrows = "bold $text-accent" if self.has_focus else "$text-muted"
        many = len(self._options) > 1
        return spans(
            ("◂ " if many else "", arrows),
            (self._options[self.at][1], "bold" if self.has_focus else ""),
            (" ▸" if many else "", arrows),
            (f"   {self.at + 1} of {len(self._options)}" if many else "", "$text-muted"),
            one_line=True,
        )

    def action_turn(self, by: int) -> None:
        """Choose the next one, or the one before."""
        self.at = (self.at + by) % len(self._options)

    def action_first(self) -> None:
        """Choose the first one."""
        self.at = 0

    def watch_at(self) -> None:
        """Say that it changed."""
        self.post_message(self.Changed(self))

    def on_click(self, event: events.Click) -> None:
        """Turn it: back on its left end, on elsewhere."""
        self.action_turn(-1 if event.x < 2 else 1)
