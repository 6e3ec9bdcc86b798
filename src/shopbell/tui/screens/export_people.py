"""Writes the people of a list to a file for a spreadsheet. Must not choose who is in it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from shopbell.domain.filter_words import filter_words
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.telling import counted
from shopbell.errors import ShopbellError
from shopbell.services.exports import Exported, Exports
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainButton, PlainInput, spans


class ExportPeople(Dialog[Exported]):
    """Answers what was written."""

    wide = True
    DEFAULT_CSS = """
    ExportPeople .row { height: 1; margin-top: 1; }
    ExportPeople .label { width: 6; color: $text-muted; }
    ExportPeople PlainButton { margin-right: 2; }
    ExportPeople #said, ExportPeople .muted { margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("f2", "write", show=False),
    ]

    def __init__(
        self, exports: Exports, file: Path, words: str, wanted: PeopleFilter, total: int
    ) -> None:
        super().__init__("Write this list to a file")
        self._exports = exports
        self._file = file
        self._words = words
        self._wanted = wanted
        self._total = total

    def inside(self) -> ComposeResult:
        """Lay out who, where and the warning."""
        who = ", ".join(filter(None, (filter_words(self._wanted), self._words)))
        yield Plain(f"{counted(self._total, 'person', 'people')}{f': {who}' if who else ''}.")
        yield Plain(
            "The file is not encrypted: it holds names, numbers and notes in the open. "
            "Delete it when you are done with it.",
            classes="muted",
        )
        with Horizontal(classes="row"):
            yield Plain("File", classes="label")
            yield PlainInput(str(self._file), limit=500)
        yield Plain("", id_="said")
        with Horizontal(classes="row"):
            yield PlainButton("Write it", primary=True, action="screen.write")
            yield PlainButton("Leave", action="screen.dismiss(None)")
        yield Plain("↵ or f2 writes it · esc leaves", classes="muted")

    def on_mount(self) -> None:
        """Start with where."""
        self.query_one(PlainInput).focus()

    async def on_input_submitted(self) -> None:
        """Enter writes it."""
        await self.action_write()

    async def action_write(self) -> None:
        """Write the file, never over another one."""
        typed = self.query_one(PlainInput).value.strip()
        # A name the field had to clean is still the one that was meant.
        file = self._file if typed == str(self._file) else Path(typed)
        try:
            done = await self._exports.people(file, words=self._words, filter=self._wanted)
        except ShopbellError as error:
            sentence = error.message.strip() + " Choose another name or place."
            self.query_one("#said", Plain).show(spans(("! ", "bold $text-warning"), sentence))
            return
        self.dismiss(done)
