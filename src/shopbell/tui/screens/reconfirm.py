"""Whose yes runs out, and when: whom to ask again. Must not ask or text anybody."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from shopbell.domain.people import Page, masked
from shopbell.domain.reconfirming import Reconfirm
from shopbell.services.changed import Changed
from shopbell.services.shop import Shop
from shopbell.tui import words
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import FrameScreen, Situation
from shopbell.tui.plain import Plain, cell, spans
from shopbell.tui.rows import PAGE, Drawn, Ink, Rows
from shopbell.tui.work import start

AHEAD = timedelta(days=60)
"""How far ahead is looked: time enough to ask at the next visit."""


class ReconfirmScreen(FrameScreen):
    """A list, the most urgent first; below it why the yes runs out."""

    scope = Scope.RECONFIRM
    place = "people"
    shows = frozenset({Changed.PEOPLE, Changed.CONSENT})
    DEFAULT_CSS = """
    ReconfirmScreen #reason { height: auto; max-height: 5; margin-top: 1; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.RECONFIRM)]

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self._shop = shop

    def work(self) -> ComposeResult:
        """Lay out the list, and the reason below it."""
        with Vertical(classes="content"):
            yield Plain("Whose yes runs out within 60 days", classes="heading")
            yield Rows[Reconfirm](self._draw)
        yield Plain("", id_="reason", classes="content")

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(Rows).focus()
        self.load()

    def load(self) -> None:
        """Look for them."""
        start(self, self._load, "reconfirm")

    def why_not(self, id_: str) -> str:
        """Nobody can be asked where nobody is listed."""
        if id_ in {"reconfirm.open", "reconfirm.sign_up"} and self._due is None:
            return "Nobody needs to be asked again."
        return ""

    def do_open(self) -> None:
        """Open the sheet of the person under the cursor."""
        if (due := self._due) is not None:
            self.post_message(self.PersonOpened(due.number))

    def do_sign_up(self) -> None:
        """Write down that they said yes again."""
        if (due := self._due) is not None:
            self.post_message(self.SignUpWanted(due.number, due.name))

    def on_rows_opened(self) -> None:
        """Enter opens the sheet."""
        self.do_open()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Say why it runs out."""
        self.query_one("#reason", Plain).show(spans(event.row.reason.sentence))
        self.refresh_keys()

    @property
    def _due(self) -> Reconfirm | None:
        chosen: Reconfirm | None = self.query_one(Rows).chosen
        return chosen

    async def _load(self) -> None:
        found = await self.ask(self._shop.reconfirming.due(AHEAD), "Looking", "esc goes back.")
        if found is None:
            return
        if not found:
            self.query_one("#reason", Plain).show("")
            self.query_one(Situation).say(
                "Nobody needs to be asked again.",
                "Whose yes runs out by law or by long silence comes here. esc goes back.",
            )

        async def page(first: int, count: int) -> Page[Reconfirm]:
            return Page(rows=found[first : first + count], first=first, total=len(found))

        rows: Rows[Reconfirm] = self.query_one(Rows)
        first = Page(rows=found[:PAGE], first=0, total=len(found))
        rows.show(first, page, cursor=min(rows.cursor, PAGE - 1))
        self.refresh_keys()

    def _draw(self, due: Reconfirm, width: int) -> Drawn:
        day = words.day(due.until, self._shop.profile.zone)
        said, ink = ("ran out", Ink.BAD) if due.over else ("until", Ink.CAREFUL)
        name = max(width - 6 - 24 - 22, 10)
        return (
            (cell(due.name or "No name", name), Ink.PLAIN if due.name else Ink.MUTED),
            (cell(masked(due.number), 6), Ink.MUTED),
            (cell(words.purpose(due.purpose), 24), Ink.PLAIN),
            (cell(f"{said} {day}", 22), ink),
        )
