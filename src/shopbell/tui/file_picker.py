"""Chooses a file: a field to type into, and below it what is in the folder. Must not open any.

The folder is kept apart from the field: some names cannot be typed, and those are chosen by keys.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from functools import partial
from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from shopbell.errors import BadInput
from shopbell.tui.folders import PEOPLE, Entry, listing, split
from shopbell.tui.plain import Plain, PlainInput, PlainList, cell, lines, spans
from shopbell.tui.work import start

_UP = ".."


class FilePicker(Vertical):
    """What is typed narrows the list down, or is a path of its own."""

    DEFAULT_CSS = """
    FilePicker { height: 1fr; }
    FilePicker > PlainInput { margin-bottom: 1; }
    FilePicker > #folder { color: $text-muted; }
    FilePicker > PlainList { height: 1fr; max-height: 100%; }
    """

    class Picked(Message):
        """A file was chosen."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    def __init__(self, folder: Path, kinds: Collection[str] = PEOPLE) -> None:
        """Make the field and the list.

        Args:
            folder: where to look first.
            kinds: only files whose names end so are listed; any other can be typed.
        """
        super().__init__()
        self._folder = folder
        self._kinds = kinds
        self._paths: dict[str, Path] = {}
        self.is_listing = False
        """Whether the folder is read, and the list is still that of another."""

    def compose(self) -> ComposeResult:
        """Lay out folder, field and list."""
        yield Plain("", id_="folder")
        yield PlainInput(placeholder="a name, or a path", limit=1000)
        yield PlainList()

    def on_mount(self) -> None:
        """Show the first folder."""
        self._list()

    def start(self) -> None:
        """Begin to choose, in the list: letters are commands there."""
        self.query_one(PlainList).focus()
        self._list()

    def choose(self) -> None:
        """Take the entry under the cursor."""
        chosen = self.query_one(PlainList).chosen
        if chosen is not None:
            self._take(self._paths[chosen])

    def on_input_changed(self) -> None:
        """Narrow the list down."""
        self._list()

    def on_input_submitted(self, event: PlainInput.Submitted) -> None:
        """Take what was typed, if it is there, or else what it leaves in the list."""
        event.stop()
        folder, name = self._meant()
        path = folder / name
        fitting = [one for one in self._paths.values() if one != folder.parent]
        if name and fitting and not _is_there(path):
            path = fitting[0]
        self._take(path)

    def on_option_list_option_selected(self, event: PlainList.OptionSelected) -> None:
        """Take what was chosen."""
        event.stop()
        self.choose()

    def on_key(self, event: events.Key) -> None:
        """The arrow down leaves the field for the list."""
        if event.key == "down" and self.query_one(PlainInput).has_focus:
            # The list would take the same key, and go on past the first file.
            event.stop()
            self.query_one(PlainList).focus()

    def _take(self, path: Path) -> None:
        if not _is_there(path, folder=True):
            self.post_message(self.Picked(path))
            return
        self._folder = path
        self.query_one(PlainInput).value = ""
        self._list()

    def _meant(self) -> tuple[Path, str]:
        typed = self.query_one(PlainInput).value.strip()
        folder, beginning = split(typed, Path.home())
        return self._folder / folder, beginning

    def _list(self) -> None:
        self.is_listing = True
        start(self, partial(self._show, *self._meant()), "list")

    async def _show(self, folder: Path, beginning: str) -> None:
        said = spans(_short(folder), one_line=True)
        try:
            found = await asyncio.to_thread(listing, folder, beginning, self._kinds)
        except BadInput as error:
            said = lines(said, spans(("! ", "bold $text-warning"), error.message, one_line=True))
            found = ()
        self.query_one("#folder", Plain).show(said)
        self._paths = {_UP: folder.parent}
        entries: list[tuple[str, Content]] = [
            (_UP, spans((_UP, "bold"), ("   one folder up", "$text-muted")))
        ]
        for index, one in enumerate(found):
            self._paths[str(index)] = one.path
            entries.append((str(index), _entry(one)))
        choices = self.query_one(PlainList)
        choices.show(entries)
        choices.highlighted = 1 if found else 0
        self.is_listing = False


def _is_there(path: Path, *, folder: bool = False) -> bool:
    try:
        return path.is_dir() if folder else path.exists()
    except OSError:  # a name longer than the disk allows
        return False


def _short(folder: Path) -> str:
    home = Path.home()
    return str("~" / folder.relative_to(home)) if folder.is_relative_to(home) else str(folder)


def _entry(one: Entry) -> Content:
    size = "folder" if one.is_folder else _size(one.size)
    changed = f"{one.changed_at:%d %b %Y}" if one.changed_at and not one.is_folder else ""
    return spans(
        (cell(one.path.name, 40), "bold"),
        (f" {size:>9}   {changed}", "$text-muted"),
        one_line=True,
    )


def _size(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{max(size // 1000, 1):,} KB"
