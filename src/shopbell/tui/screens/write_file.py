"""Asks where something is to be written, and writes it. Must not choose what is in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content

from shopbell.errors import ShopbellError
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainButton, PlainInput, spans

R = TypeVar("R")

_WAIT = spans(("Writing; esc leaves …", "$text-muted"))


class WriteFile(Dialog[R]):
    """Answers what was written."""

    wide = True
    DEFAULT_CSS = """
    WriteFile .row { height: 1; margin-top: 1; }
    WriteFile .label { width: 6; color: $text-muted; }
    WriteFile PlainButton { margin-right: 2; }
    WriteFile #said, WriteFile .muted { margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("f2", "write", show=False),
    ]

    def __init__(
        self,
        title: str,
        file: Path,
        write: Callable[[Path], Awaitable[R]],
        *,
        what: str,
        warnings: Sequence[str],
    ) -> None:
        """Make the box.

        Args:
            title: what is done here.
            file: the place that is offered.
            write: writes it; a `ShopbellError` is shown and the field stays.
            what: what is in the file, in a sentence.
            warnings: what to know about it, a paragraph each.
        """
        super().__init__(title)
        self._file = file
        self._write = write
        self._what = what
        self._warnings = tuple(warnings)

    def inside(self) -> ComposeResult:
        """Lay out what, the warning and where."""
        yield Plain(self._what)
        for warning in self._warnings:
            yield Plain(warning, classes="muted")
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

    def on_input_submitted(self) -> None:
        """Enter writes it."""
        self.action_write()

    def action_write(self) -> None:
        """Write the file, never over another one."""
        typed = self.query_one(PlainInput).value.strip()
        # A name the field had to clean is still the one that was meant.
        file = self._file if typed == str(self._file) else Path(typed)
        self.do_meanwhile(partial(self._do, file), partial(self._say, _WAIT))

    def _say(self, said: Content) -> None:
        self.query_one("#said", Plain).show(said)

    async def _do(self, file: Path) -> None:
        try:
            done = await self._write(file)
        except ShopbellError as error:
            sentence = error.message.strip() + " Choose another name or place."
            self._say(spans(("! ", "bold $text-warning"), sentence))
            return
        self.dismiss(done)
