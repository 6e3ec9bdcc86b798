"""A list that is a window onto a query: it holds the pages it shows and asks for the others.

Must not know what a row means: the screen that owns it says how one is drawn.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from shopbell.domain.people import Page
from shopbell.domain.showing import shown
from shopbell.errors import ShopbellError
from shopbell.tui.work import run_beside

T = TypeVar("T")

PAGE = 100
"""Rows asked for at a time; every page starts at a multiple of it."""

_MOST_PAGES = 30


class Ink(StrEnum):
    """How a stretch of a row is drawn. Colour is never the only sign: the words say it too."""

    PLAIN = "rows--plain"
    STRONG = "rows--strong"
    MUTED = "rows--muted"
    ACCENT = "rows--accent"
    GOOD = "rows--good"
    CAREFUL = "rows--careful"
    BAD = "rows--bad"


Drawn = tuple[tuple[str, Ink], ...]
Fetch = Callable[[int, int], Awaitable[Page[T]]]
"""Called with first row and count; returns that page."""


class Rows(ScrollView, Generic[T], can_focus=True):
    """One-line rows with a cursor. The cursor row has a `▸` and is bold, so it needs no colour."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*Ink, "rows--cursor", "rows--active"}
    DEFAULT_CSS = """
    Rows { height: 1fr; background: $background; scrollbar-size-vertical: 1; overflow-x: hidden; }
    Rows > .rows--plain { color: $foreground; }
    Rows > .rows--strong { color: $foreground; text-style: bold; }
    Rows > .rows--muted { color: $text-muted; }
    Rows > .rows--accent { color: $text-accent; }
    Rows > .rows--good { color: $text-success; }
    Rows > .rows--careful { color: $text-warning; }
    Rows > .rows--bad { color: $text-error; }
    Rows > .rows--cursor { background: $surface; }
    Rows > .rows--active { background: $panel; text-style: bold; }
    Rows:ansi > .rows--active { background: ansi_default; text-style: bold reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "leap(-1)", show=False),
        Binding("pagedown", "leap(1)", show=False),
        Binding("home", "go(0)", show=False),
        Binding("end", "go(-1)", show=False),
        Binding("enter", "open", show=False),
        Binding("space", "mark", show=False),
    ]

    cursor = reactive(0)
    count = reactive(0)

    class Opened(Message):
        """A row was chosen."""

        def __init__(self, rows: Rows[Any], row: Any) -> None:  # noqa: ANN401 - any kind of row
            super().__init__()
            self.rows = rows
            self.row = row

        @property
        def control(self) -> Rows[Any]:
            """The list."""
            return self.rows

    class Highlighted(Opened):
        """The cursor came to a row, or its row arrived."""

    class Marked(Opened):
        """The mark of a row was set or taken away; see `Rows.marked`."""

    class Failed(Message):
        """A page could not be read."""

        def __init__(self, rows: Rows[Any], error: ShopbellError) -> None:
            super().__init__()
            self.rows = rows
            self.error = error

    def __init__(
        self,
        draw: Callable[[T, int], Drawn],
        *,
        id_: str | None = None,
        always_active: bool = False,
        markable: bool = False,
    ) -> None:
        """Make an empty list.

        Args:
            draw: gives one row as stretches of text for a width in cells.
            id_: the widget's id.
            always_active: the cursor counts even while a text field has the focus.
            markable: whether the space bar marks rows.
        """
        super().__init__(id=id_)
        self._draw = draw
        self._always_active = always_active
        self._markable = markable
        self._pages: OrderedDict[int, tuple[T, ...]] = OrderedDict()
        self._asked: set[int] = set()
        self._fetch: Fetch[T] | None = None
        self._query = 0
        self.marked: set[int] = set()

    def show(self, page: Page[T], fetch: Fetch[T], *, cursor: int = 0) -> None:
        """Show a new query, beginning with its first page; answers to older ones are dropped."""
        self._query += 1
        self._pages = OrderedDict({page.first // PAGE: page.rows})
        self._asked = set()
        self._fetch = fetch
        self.marked = set()
        self.count = page.total
        moved = self.cursor
        self.cursor = max(0, min(cursor, page.total - 1))
        self._fit()
        if moved == self.cursor:
            self._say_highlighted()
        self.refresh()

    def row(self, index: int) -> T | None:
        """Return the row at `index`, or None while it is not here."""
        page, offset = divmod(index, PAGE)
        rows = self._pages.get(page, ())
        if rows:
            self._pages.move_to_end(page)
        return rows[offset] if 0 <= offset < len(rows) else None

    @property
    def chosen(self) -> T | None:
        """The row under the cursor, or None."""
        return self.row(self.cursor) if self.count else None

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        width, index = self.size.width, self.scroll_offset.y + y
        if index >= self.count:
            return Strip.blank(width, self.rich_style)
        row = self.row(index)
        if row is None:
            self._want(index // PAGE)
        here = index == self.cursor
        active = here and (self.has_focus or self._always_active)
        gutter = ("▸" if here else " ") + ("•" if index in self.marked else " ")
        parts = (("…", Ink.MUTED),) if row is None else self._draw(row, max(width - 3, 1))
        ground = self.rich_style
        if here:
            ground += self._ground("rows--active" if active else "rows--cursor")
        segments = [Segment(gutter, ground + self._ink(Ink.ACCENT))]
        left = width - 2
        for text, ink in parts:
            safe = shown(text, one_line=True)
            if cell_len(safe) > left:
                safe = set_cell_size(safe, left)
            left -= cell_len(safe)
            segments.append(Segment(safe, ground + self._ink(ink)))
            if left <= 0:
                break
        return Strip(segments).adjust_cell_length(width, ground)

    def action_move(self, by: int) -> None:
        """Move the cursor by some rows."""
        self.cursor += by

    def action_leap(self, pages: int) -> None:
        """Move the cursor by some windows."""
        self.cursor += pages * max(1, self.size.height - 1)

    def action_go(self, to: int) -> None:
        """Move the cursor to a row; -1 is the last."""
        self.cursor = self.count - 1 if to < 0 else to

    def action_open(self) -> None:
        """Say that the row under the cursor was chosen."""
        if (row := self.chosen) is not None:
            self.post_message(self.Opened(self, row))

    def action_mark(self) -> None:
        """Set or take away the mark of the row under the cursor, and go one on."""
        if self._markable and (row := self.chosen) is not None:
            self.marked ^= {self.cursor}
            self.post_message(self.Marked(self, row))
            self.action_move(1)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the line that was clicked; a click on the cursor opens it."""
        index = self.scroll_offset.y + event.y
        if not 0 <= index < self.count:
            return
        if index == self.cursor or event.chain > 1:
            self.cursor = index
            self.action_open()
        else:
            self.cursor = index

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, self.count - 1))

    def watch_cursor(self) -> None:
        """Bring the cursor into the window."""
        self._bring_into_view()
        self._say_highlighted()
        self.refresh()

    def watch_count(self) -> None:
        """Fit the scroll bar to the query."""
        self._fit()

    def on_resize(self) -> None:
        """Keep the cursor in the window."""
        self._fit()
        self._bring_into_view()

    def on_focus(self) -> None:
        """Draw the cursor as active."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the cursor as at rest."""
        self.refresh()

    def _fit(self) -> None:
        self.virtual_size = Size(self.size.width, self.count)

    def _bring_into_view(self) -> None:
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if self.cursor < top:
            top = self.cursor
        elif self.cursor >= top + height:
            top = self.cursor - height + 1
        else:
            return
        # Forced: the scroll bar of a query that was just shown is not laid out yet.
        self.scroll_to(y=top, animate=False, immediate=True, force=True)

    def _say_highlighted(self) -> None:
        if (row := self.chosen) is not None:
            self.post_message(self.Highlighted(self, row))

    def _want(self, page: int) -> None:
        if page not in self._asked and self._fetch is not None:
            self._asked.add(page)
            run_beside(self, partial(self._load, page, self._query, self._fetch), "pages")

    async def _load(self, number: int, query: int, fetch: Fetch[T]) -> None:
        try:
            page = await fetch(number * PAGE, PAGE)
        except ShopbellError as error:
            if query == self._query:
                self.post_message(self.Failed(self, error))
            return
        if query != self._query:
            return
        self._pages[number] = page.rows
        self._asked.discard(number)
        while len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)
        self.count = page.total
        self.cursor = self.validate_cursor(self.cursor)
        if self.cursor // PAGE == number:
            self._say_highlighted()
        self.refresh()

    def _ink(self, ink: Ink) -> Style:
        style = self.get_component_rich_style(ink, partial=True)
        return Style(color=style.color, bold=style.bold or None)

    def _ground(self, name: str) -> Style:
        style = self.get_component_rich_style(name, partial=True)
        return Style(bgcolor=style.bgcolor, bold=style.bold or None, reverse=style.reverse or None)
