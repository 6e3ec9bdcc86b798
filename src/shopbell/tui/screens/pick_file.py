"""A box in which one file is chosen. Must not open it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.tui.file_picker import FilePicker
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain, PlainInput


class PickFile(Dialog[Path]):
    """Answers the file."""

    wide = True
    DEFAULT_CSS = """
    PickFile FilePicker { height: 14; margin-top: 1; }
    PickFile.-short FilePicker { height: 12; }
    PickFile.-tiny FilePicker { height: 9; }
    PickFile .muted { margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(self, title: str, about: str, folder: Path, kinds: Collection[str]) -> None:
        """Make the box.

        Args:
            title: what is asked for.
            about: what the file may be.
            folder: where to look first.
            kinds: the ends of names of files that may be meant.
        """
        super().__init__(title)
        self._about = about
        self._folder = folder
        self._kinds = kinds

    def inside(self) -> ComposeResult:
        """Lay out the files."""
        yield Plain(self._about)
        yield FilePicker(self._folder, self._kinds)
        yield Plain("type a name or a path · ↓ goes to the list · ↵ takes it · esc leaves")

    def on_mount(self) -> None:
        """Start in the field."""
        self.query_one(PlainInput).focus()

    def on_file_picker_picked(self, event: FilePicker.Picked) -> None:
        """Answer."""
        self.dismiss(event.path)
