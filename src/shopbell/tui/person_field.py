"""Finds one person by typing: a field with the hits below it. Must not know what for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.timer import Timer

from shopbell.domain.people import ContactRow, Page, masked
from shopbell.errors import ShopbellError
from shopbell.services.people import People
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import Plain, PlainInput, cell, spans
from shopbell.tui.rows import PAGE, Drawn, Ink, Rows
from shopbell.tui.waiting import told_when_slow
from shopbell.tui.words import ago, agreed
from shopbell.tui.work import start

_WAIT = spans(("Looking …", "$text-muted"))
_DEBOUNCE = 0.08

_NOBODY = {
    False: "Nobody is called that.",
    True: "Nobody is in the shop file yet. Press esc, then [people.sign_up].",
}
"""What is said of an empty list, by whether that is everybody."""


class PersonField(Vertical):
    """Type some letters, choose with the arrows, take with Enter."""

    DEFAULT_CSS = """
    PersonField { height: auto; }
    PersonField Horizontal { height: 1; }
    PersonField .label { width: 5; color: $text-muted; }
    PersonField Rows { height: 7; margin: 1 0 0 3; }
    PersonField #said { margin: 1 0 0 5; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    class Picked(Message):
        """Somebody was chosen."""

        def __init__(self, person: ContactRow) -> None:
            super().__init__()
            self.person = person

    class Looked(Message):
        """The list was searched, or could not be."""

    def __init__(self, people: People, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._people = people
        self._now = now
        self._wait: Timer | None = None
        self._searched: str | None = None

    def compose(self) -> ComposeResult:
        """Lay out field and hits."""
        with Horizontal():
            yield Plain("To", classes="label")
            yield PlainInput(placeholder="a name or a number", limit=100)
        yield Rows[ContactRow](self._draw, always_active=True)
        yield Plain("", id_="said")

    def on_mount(self) -> None:
        """Start with everybody."""
        self.query_one(Rows).can_focus = False
        self.query_one(PlainInput).focus()
        self._look()

    def on_input_changed(self, event: PlainInput.Changed) -> None:
        """Search once the letters stop."""
        event.stop()
        if self._wait is not None:
            self._wait.stop()
        self._wait = self.set_timer(_DEBOUNCE, self._look)

    async def on_input_submitted(self, event: PlainInput.Submitted) -> None:
        """Take the person under the cursor."""
        event.stop()
        await self.take()

    @property
    def has_hits(self) -> bool:
        """Whether somebody can be taken."""
        return any(rows.chosen is not None for rows in self.query(Rows))

    async def take(self) -> None:
        """Take the person under the cursor, of what is in the field now."""
        # Somebody quick presses Enter before the list has caught up with the letters.
        if self._searched != self.query_one(PlainInput).value:
            await self._find()
        self.query_one(Rows).action_open()

    def on_rows_opened(self, event: Rows.Opened) -> None:
        """Say who was chosen."""
        event.stop()
        self.post_message(self.Picked(event.row))

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Nobody else needs to know."""
        event.stop()

    def on_rows_failed(self, event: Rows.Failed) -> None:
        """Say why somebody is missing."""
        event.stop()
        self._say(event.error)

    def action_move(self, by: int) -> None:
        """Move the cursor while the field keeps the focus."""
        self.query_one(Rows).action_move(by)

    def _look(self) -> None:
        start(self, self._find, "who")

    async def _find(self) -> None:
        asked = self.query_one(PlainInput).value
        try:
            with told_when_slow(self, lambda: self.query_one("#said", Plain).show(_WAIT)):
                page = await self._page(asked, 0, PAGE)
        except ShopbellError as error:
            self._say(error)
            return
        if asked != self.query_one(PlainInput).value:
            return
        self._searched = asked
        self.query_one(Rows).show(page, lambda first, count: self._page(asked, first, count))
        self.query_one("#said", Plain).show(
            "" if page.total else with_keys(_NOBODY[not asked.strip()])
        )
        self.post_message(self.Looked())

    async def _page(self, asked: str, first: int, count: int) -> Page[ContactRow]:
        return await self._people.find(asked, first=first, count=count)

    def _say(self, error: ShopbellError) -> None:
        self.query_one("#said", Plain).show(
            spans(("! ", "bold $text-warning"), f"{error.message} {error.hint}")
        )
        self.post_message(self.Looked())

    def _draw(self, row: ContactRow, width: int) -> Drawn:
        said, ink = agreed(row)
        return (
            (cell(row.name or "No name", max(width - 35, 10)), Ink.PLAIN),
            (masked(row.number) + "  ", Ink.MUTED),
            (cell(said, 18), ink),
            (ago(row.last_text_at, self._now()).rjust(9), Ink.MUTED),
        )
