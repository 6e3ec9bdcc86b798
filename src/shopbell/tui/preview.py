"""The person under the cursor, beside the list on wide screens. Must not load what is hidden."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.timer import Timer

from shopbell.domain.ids import E164
from shopbell.errors import ShopbellError
from shopbell.services.people import People
from shopbell.tui import sheet, words
from shopbell.tui.plain import Plain, cell, lines, spans
from shopbell.tui.work import start

_WAIT = 0.12
"""Seconds the cursor must rest before anybody is looked up."""


class Preview(VerticalScroll, can_focus=False):
    """Who it is, what we may send, the latest texts, and the notes."""

    DEFAULT_CSS = """
    Preview { height: 1fr; scrollbar-size-vertical: 1; border-left: solid $border; }
    """

    def __init__(self, people: People, now: Callable[[], datetime], zone: str) -> None:
        super().__init__()
        self._people = people
        self._now = now
        self._zone = zone
        self._number: E164 | None = None
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out one text."""
        yield Plain()

    def show(self, number: E164 | None) -> None:
        """Show somebody, once the cursor rests on them."""
        self._number = number
        if self._timer is not None:
            self._timer.stop()
        if not self.display or not self.size.width:
            return
        if number is None:
            self.query_one(Plain).show("")
        else:
            self._timer = self.set_timer(_WAIT, self._look)

    def on_resize(self) -> None:
        """The screen may just have become wide enough."""
        self.show(self._number)

    def _look(self) -> None:
        start(self, self._load, "preview")

    async def _load(self) -> None:
        asked = self._number
        if asked is None:
            return
        try:
            found = await self._people.sheet(self._people.read_number(asked))
        except ShopbellError as error:
            self.query_one(Plain).show(error.message)
            return
        if asked != self._number:
            return
        now = self._now()
        latest = [
            spans(
                (f"{words.moment(one.at, self._zone, now):<13}", "$text-muted"),
                f"{one.sign} {cell(one.text, max(self.size.width - 19, 8))}",
                one_line=True,
            )
            for one in sheet.exchanged(found)[:5]
        ]
        self.query_one(Plain).show(
            lines(
                sheet.headline(found, whole_number=False),
                spans(""),
                sheet.may_we(found, self._zone, now),
                spans(""),
                spans(("LATEST", "bold $text-muted")),
                *(latest or [spans(("nothing yet", "$text-muted"))]),
                spans(""),
                sheet.about(found, self._zone, now),
            )
        )
