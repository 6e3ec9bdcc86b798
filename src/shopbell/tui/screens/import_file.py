"""Brings in people from a file: choose, look, change columns, go, see. Must not read the file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from shopbell.domain.importing import ImportBatch, ParkedRow, Target
from shopbell.domain.people import Page
from shopbell.errors import BadInput
from shopbell.services.desk import Changed
from shopbell.services.imports import Imports
from shopbell.tui import import_words
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.folders import Entry, listing, split
from shopbell.tui.frame import FrameScreen, Situation
from shopbell.tui.importing import Importing, Step
from shopbell.tui.plain import Plain, PlainInput, PlainList, cell, lines, spans
from shopbell.tui.rows import PAGE, Rows
from shopbell.tui.screens.columns import Columns
from shopbell.tui.work import start


class ImportScreen(FrameScreen):
    """The import of this session, wherever it is."""

    scope = Scope.IMPORT
    place = "import"
    shows = frozenset({Changed.PEOPLE})

    DEFAULT_CSS = """
    ImportScreen #choose { height: 1fr; }
    ImportScreen #choose > Plain { margin-bottom: 1; }
    ImportScreen #choose > PlainInput { margin-bottom: 1; }
    ImportScreen #choose > PlainList { height: 1fr; max-height: 100%; }
    ImportScreen #past { margin: 1 0 0 0; color: $text-muted; }
    ImportScreen #look { height: 1fr; }
    ImportScreen #facts { margin-bottom: 1; }
    ImportScreen #parked { padding: 0 2; max-height: 3; }
    ImportScreen #harmless { color: $text-muted; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.IMPORT)]

    def __init__(self, imports: Imports, importing: Importing, home: Path) -> None:
        """Make the screen.

        Args:
            imports: for the imports of before.
            importing: the import of this session; it goes on when the screen is left.
            home: where to look for files first.
        """
        super().__init__()
        self._imports = imports
        self._importing = importing
        self._home = home

    def work(self) -> ComposeResult:
        """Lay out choosing a file, and looking at one."""
        with Vertical(id="choose", classes="content"):
            yield Plain(spans(("Bring in people from a file", "bold"), "   CSV or TSV"))
            yield PlainInput(f"{self._home}/", limit=1000)
            yield PlainList()
            yield Plain("", id_="past")
        with Vertical(id="look", classes="content"):
            yield Plain("", id_="facts")
            yield Rows[ParkedRow](import_words.draw_parked)
            yield Plain("", id_="parked")
            yield Plain(import_words.HARMLESS, id_="harmless")

    def on_mount(self) -> None:
        """Show the import as it is."""
        self._importing.on_change = self._show
        self._show()
        self.load()

    def on_unmount(self) -> None:
        """It goes on without this screen."""
        self._importing.on_change = lambda: None

    def load(self) -> None:
        """Read the imports of before."""
        start(self, self._past, "past")

    def why_not(self, id_: str) -> str:
        """What is possible depends on how far it is."""
        step = self._importing.step
        match id_:
            case "import.choose" if step is not Step.CHOOSING:
                return "A file is chosen already."
            case "import.go" if step is not Step.LOOKED:
                return "Choose a file first, and wait until it was looked at."
            case "import.go" if not self._changes_something():
                return "Nothing in this file would change anything."
            case "import.columns" if step not in {Step.LOOKED, Step.FAILED}:
                return "Choose a file first."
            case "import.stop" if step not in {Step.RUNNING, Step.LOOKING}:
                return "Nothing is running."
            case _:
                return ""

    def do_choose(self) -> None:
        """Open the entry under the cursor."""
        if (chosen := self.query_one(PlainList).chosen) is not None:
            self._open(Path(chosen))

    def do_go(self) -> None:
        """Import."""
        self._importing.go()

    def do_stop(self) -> None:
        """Stop; nothing will have changed."""
        if self._importing.step is Step.LOOKING:
            self._importing.forget()
        else:
            self._importing.stop()

    def do_columns(self) -> None:
        """Change which column fills what."""
        start(self, self._change_columns, "columns")

    def do_back(self) -> None:
        """Go back to choosing; a running import is left running."""
        if self._importing.step in {Step.CHOOSING, Step.RUNNING}:
            self.post_message(self.Left())
        else:
            self._importing.forget()

    def on_input_changed(self) -> None:
        """Show what is there."""
        start(self, self._list, "list")

    def on_input_submitted(self, event: PlainInput.Submitted) -> None:
        """Open what was typed."""
        folder, name = split(event.value, Path.home())
        self._open(folder / name)

    def on_option_list_option_selected(self, event: PlainList.OptionSelected) -> None:
        """Open what was chosen."""
        if event.option_id is not None:
            self._open(Path(event.option_id))

    def on_key(self, event: object) -> None:
        """The arrow down leaves the field for the list."""
        if getattr(event, "key", "") == "down" and self.query_one(PlainInput).has_focus:
            self.query_one(PlainList).focus()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Show the whole reason of a row that needs a look."""
        parked: ParkedRow = event.row
        self.query_one("#parked", Plain).show(spans((parked.reason, "$text-muted")))

    def _open(self, path: Path) -> None:
        if path.is_dir():
            field = self.query_one(PlainInput)
            field.value = f"{path}/".replace("//", "/")
            field.cursor_position = len(field.value)
            return
        self._importing.look(path)

    def _changes_something(self) -> bool:
        report = self._importing.report
        return report is not None and report.counts.new + report.counts.updated > 0

    async def _list(self) -> None:
        folder, beginning = split(self.query_one(PlainInput).value, Path.home())
        try:
            found = await asyncio.to_thread(listing, folder, beginning)
        except BadInput as error:
            self.query_one("#past", Plain).show(error.message)
            found = ()
        up = [(str(folder.parent), spans(("..", "bold"), ("   one folder up", "$text-muted")))]
        self.query_one(PlainList).show([*up, *((str(one.path), _entry(one)) for one in found)])
        if found:
            self.query_one(PlainList).highlighted = 1

    async def _past(self) -> None:
        batches = await self.ask(self._imports.history(), "Looking", "Press 4 to try again.")
        if batches:
            self.query_one("#past", Plain).show(lines(*(_batch(one) for one in batches[:3])))

    async def _change_columns(self) -> None:
        importing = self._importing
        preview, path = importing.preview, importing.path
        if path is None:
            return
        if preview is None:
            # No column looked like numbers: take the first one, so that there is a start.
            preview = await self.ask(
                self._imports.preview(path, columns={Target.PHONE: "1"}),
                "Looking",
                "esc goes back.",
            )
        if preview is None:
            return

        def chosen(columns: dict[Target, str] | None) -> None:
            if columns is not None:
                importing.look(path, columns)

        await self.app.push_screen(Columns(preview, importing.columns), chosen)

    def _show(self) -> None:
        importing = self._importing
        choosing = importing.step is Step.CHOOSING
        was_choosing = self.query_one("#choose").display
        self.query_one("#choose").display = choosing
        self.query_one("#look").display = not choosing
        is_done = importing.step is Step.DONE
        note = "esc chooses another file." if is_done else import_words.HARMLESS
        self.query_one("#harmless", Plain).show(note)
        if importing.error is not None and importing.step is Step.FAILED:
            self.query_one(Situation).fail(importing.error, "m chooses columns, esc another file.")
        else:
            self.query_one(Situation).hush()
        if choosing and (not was_choosing or self.focused is None):
            self.query_one(PlainList).focus()
            self.on_input_changed()
        elif not choosing and was_choosing:
            self.query_one(Rows).focus()
        self.query_one("#facts", Plain).show(self._facts())
        self._show_parked()
        self.refresh_keys()

    def _facts(self) -> Content:
        importing, width = self._importing, max(self.size.width - 6, 40)
        if importing.step is Step.DONE and importing.report is not None:
            return import_words.did(importing.report)
        rows: list[Content] = []
        if importing.preview is not None:
            rows += [
                import_words.headline(importing.preview, importing.report),
                spans(""),
                import_words.columns(importing.preview, width),
                spans(""),
            ]
        if importing.step in {Step.LOOKING, Step.RUNNING} and importing.progress is not None:
            rows.append(import_words.bar(importing.progress, min(width - 26, 40)))
        elif importing.step is Step.LOOKING:
            rows.append(spans(("Looking at the file …", "$text-muted")))
        elif importing.report is not None:
            rows.append(import_words.would(importing.report.counts))
        return lines(*rows) if rows else spans("")

    def _show_parked(self) -> None:
        report = self._importing.report
        parked = import_words.to_look_at(report) if report is not None else ()
        rows: Rows[ParkedRow] = self.query_one(Rows)
        if rows.count == len(parked):
            return

        async def page(first: int, count: int) -> Page[ParkedRow]:
            return Page(rows=parked[first : first + count], first=first, total=len(parked))

        self.query_one("#parked", Plain).show("")
        rows.show(Page(rows=parked[:PAGE], first=0, total=len(parked)), page)


def _entry(one: Entry) -> Content:
    size = "folder" if one.is_folder else _size(one.size)
    return spans((cell(one.path.name, 46), "bold"), (size, "$text-muted"), one_line=True)


def _size(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{max(size // 1000, 1):,} KB"


def _batch(one: ImportBatch) -> Content:
    return spans(
        f"{one.at:%d %b %Y}   {one.file_name}   {one.counts.new:,} new, "
        f"{one.counts.updated:,} changed",
        one_line=True,
    )
