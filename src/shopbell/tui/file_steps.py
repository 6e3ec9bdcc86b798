"""The parts a file goes through on its way in, as one screen shows them: choose, look, result.

Must not know what the file brings: the screens of contacts and of stops fill it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from shopbell.domain.people import Page
from shopbell.tui.file_picker import FilePicker
from shopbell.tui.import_rows import ImportLine, detail, draw
from shopbell.tui.plain import Plain, spans
from shopbell.tui.rows import PAGE, Rows
from shopbell.tui.tally import Count, Tally


class FileSteps(Vertical):
    """Shows either the choosing or the looking."""

    DEFAULT_CSS = """
    FileSteps { height: 1fr; }
    FileSteps > Vertical { height: 1fr; }
    FileSteps #choose > .hint { color: $text-muted; margin: 1 0 0 0; }
    FileSteps #headline { margin-bottom: 1; }
    FileSteps #tally { margin-top: 1; }
    FileSteps Rows { min-height: 3; }
    FileSteps #detail { max-height: 3; min-height: 1; padding: 0 2; }
    FileSteps #foot { color: $text-muted; margin-top: 1; }
    .-tiny FileSteps #foot { margin-top: 0; }
    .-tiny FileSteps #headline { margin-bottom: 0; }
    .-tiny FileSteps #detail { max-height: 2; }
    .-tiny FileSteps Rows { min-height: 2; }
    .-tall FileSteps #detail { max-height: 8; margin-top: 1; }
    """

    def __init__(
        self, title: Content, folder: Path, lines_of: Callable[[str], Sequence[ImportLine]]
    ) -> None:
        """Make the parts.

        Args:
            title: what is brought in.
            folder: where to look for files first.
            lines_of: gives the rows of one kind.
        """
        super().__init__(classes="content")
        self._title = title
        self._folder = folder
        self._lines_of = lines_of
        self._shown: tuple[ImportLine, ...] | None = None
        self._shown_kind = ""

    def compose(self) -> ComposeResult:
        """Lay out both."""
        with Vertical(id="choose"):
            yield Plain(self._title)
            yield FilePicker(self._folder)
            yield Plain("", id_="hint", classes="hint")
        with Vertical(id="look"):
            yield Plain("", id_="headline")
            yield Plain("", id_="facts")
            yield Plain("", id_="bar")
            yield Tally(id_="tally")
            yield Rows[ImportLine](draw)
            yield Plain("", id_="detail")
            yield Plain("", id_="foot")

    @property
    def line(self) -> ImportLine | None:
        """The row under the cursor."""
        chosen: ImportLine | None = self.query_one(Rows).chosen
        return chosen

    @property
    def can_turn(self) -> bool:
        """Whether there are rows of another kind."""
        return self.query_one(Tally).can_turn

    def choose(self) -> None:
        """Take what is under the cursor of the files."""
        self.query_one(FilePicker).choose()

    def turn(self, by: int) -> None:
        """Show the rows of the next kind, or of the one before."""
        self.query_one(Tally).turn(by)

    def show_choosing(self, hint: Content) -> None:
        """Show the files, and below them what else can be done."""
        was_looking = self.query_one("#look").display
        self.query_one("#choose").display = True
        self.query_one("#look").display = False
        self.query_one("#hint", Plain).show(hint)
        if was_looking or self.screen.focused is None:
            self.query_one(FilePicker).start()

    def show_looking(
        self,
        headline: Content,
        facts: Content,
        bar: Content | None,
        kinds: Sequence[Count],
        first: Sequence[str],
        foot: str,
    ) -> None:
        """Show one file: what it is, what fills what, how far it is, and its rows."""
        was_choosing = self.query_one("#choose").display
        self.query_one("#choose").display = False
        self.query_one("#look").display = True
        self.query_one("#headline", Plain).show(headline)
        self.query_one("#facts", Plain).show(facts)
        self.query_one("#bar", Plain).show(bar or spans(""))
        self.query_one("#bar").display = bar is not None
        tally = self.query_one(Tally)
        tally.display = bar is None
        tally.show(kinds, first)
        self.query_one("#foot", Plain).show(foot)
        self._show_rows()
        if was_choosing:
            self.query_one(Rows).focus()

    def on_tally_turned(self) -> None:
        """Show the rows of the kind that was chosen."""
        self._show_rows()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Show all there is to say about the row."""
        self.query_one("#detail", Plain).show(detail(event.row))

    def _show_rows(self) -> None:
        kind = self.query_one(Tally).chosen
        found = tuple(self._lines_of(kind))
        if found == self._shown:
            return
        rows: Rows[ImportLine] = self.query_one(Rows)
        cursor = rows.cursor if kind == self._shown_kind else 0
        self._shown, self._shown_kind = found, kind

        async def page(first: int, count: int) -> Page[ImportLine]:
            return Page(rows=found[first : first + count], first=first, total=len(found))

        if not found:
            self.query_one("#detail", Plain).show("")
        at = min(cursor, max(len(found) - 1, 0)) // PAGE * PAGE
        shown = Page(rows=found[at : at + PAGE], first=at, total=len(found))
        rows.show(shown, page, cursor=cursor)
