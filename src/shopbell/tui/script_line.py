"""The line of ready-made texts: a digit takes one, any other letter begins to type."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from shopbell.domain.scripts import Script
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import MOST_LETTERS, Span, pasted, spans

_GAP = "  "


class ScriptLine(Widget, can_focus=True):
    """`1 ready   2 running late   or type`. While `takes_letters` a letter begins a text."""

    DEFAULT_CSS = "ScriptLine { height: 1; width: 1fr; }"

    takes_letters = reactive(True)
    taken = reactive(-1)

    class Taken(Message):
        """A ready-made text was chosen."""

        def __init__(self, script: Script) -> None:
            super().__init__()
            self.script = script

    class Begun(Message):
        """Somebody began to type, or to paste."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, scripts: Sequence[Script]) -> None:
        super().__init__()
        self._scripts = tuple(scripts)

    def render(self) -> Content:
        """Draw the line."""
        parts: list[Span] = []
        for index, script in enumerate(self._scripts):
            on = index == self.taken
            parts += [
                (f"{index + 1} ", "bold $text-accent"),
                (script.words, "bold underline" if on else ""),
                _GAP,
            ]
        hint = "or type" if self.takes_letters else with_keys("[text.edit] to type")
        if self._width + len(hint) <= self.size.width:
            parts.append((hint, "$text-muted"))
        return spans(*parts, one_line=True)

    @property
    def _width(self) -> int:
        return sum(cell_len(script.words) + 2 + len(_GAP) for script in self._scripts)

    def on_key(self, event: events.Key) -> None:
        """Take a text, or begin to type; other keys are commands."""
        letter = event.character or ""
        if letter.isdecimal() and letter.isascii() and 1 <= int(letter) <= len(self._scripts):
            self._take(int(letter) - 1)
        elif self.takes_letters and event.is_printable and letter:
            self.post_message(self.Begun(letter))
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Begin to type with what was pasted; it comes after what stands there."""
        event.stop()
        self.post_message(self.Begun(pasted(event.text[: 2 * MOST_LETTERS])))

    def on_click(self, event: events.Click) -> None:
        """Take the text that was clicked."""
        right = 0
        for index, script in enumerate(self._scripts):
            right += cell_len(script.words) + 2 + len(_GAP)
            if event.x < right:
                self._take(index)
                return

    def _take(self, index: int) -> None:
        self.taken = index
        self.post_message(self.Taken(self._scripts[index]))
