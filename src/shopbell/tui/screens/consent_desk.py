"""Consent and sign-up: topics, the welcome, what is answered, paper. Must not record a yes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from shopbell.domain.own_texts import OwnTexts
from shopbell.domain.people import Page
from shopbell.domain.topic_words import topic_words
from shopbell.domain.topics import Topic
from shopbell.errors import ShopbellError
from shopbell.services.papers import Printed
from shopbell.services.shop import Shop
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.consent_rows import ConsentRow, Job, consent_rows
from shopbell.tui.form import said_of
from shopbell.tui.frame import Asked, FrameScreen
from shopbell.tui.plain import Plain, cell, spans
from shopbell.tui.rows import Drawn, Ink, Rows
from shopbell.tui.screens.edit_topic import EditTopic
from shopbell.tui.screens.print_paper import PrintPaper
from shopbell.tui.work import start

_LABEL = 14


class ConsentDesk(FrameScreen):
    """What people can say yes to, and what happens when they do."""

    scope = Scope.CONSENT
    place = "people"

    DEFAULT_CSS = """
    ConsentDesk #text { height: auto; max-height: 6; margin-top: 1; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.CONSENT)]

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self._shop = shop
        self._topics: tuple[Topic, ...] = ()

    def work(self) -> ComposeResult:
        """Lay out the list, and what the line under the cursor means below it."""
        rows = Rows[ConsentRow](self._draw)
        rows.add_class("content")
        yield rows
        yield Plain("", id_="text", classes="content")

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(Rows).focus()
        self.load()

    def load(self) -> None:
        """Read topics and switches."""
        start(self, self._load, "consent")

    async def do_open(self) -> None:
        """Change what is under the cursor, or do what it says."""
        row: ConsentRow | None = self.query_one(Rows).chosen
        if row is None:
            return
        if row.topic is not None:
            await self._edit(row.topic)
        elif row.turned is not None:
            await self._turn(row.turned)
        elif row.job is Job.CHECK:
            self.do_check()
        elif row.job is not None:
            await self._print(poster=row.job is Job.POSTER)

    async def do_add(self) -> None:
        """Offer something new."""
        await self._edit(None)

    async def do_sheet(self) -> None:
        """Write a sign-up sheet."""
        await self._print(poster=False)

    async def do_poster(self) -> None:
        """Write a poster."""
        await self._print(poster=True)

    def do_check(self) -> None:
        """Look over ledger and file."""
        self.post_message(Asked("everywhere.check"))

    async def on_rows_opened(self) -> None:
        """Enter changes it."""
        await self.do_open()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Say what the line means."""
        self.query_one("#text", Plain).show(spans((event.row.more, "$text-muted")))

    async def _load(self) -> None:
        found = await self.ask(self._read(), "Looking", "Press esc, then open it again.")
        if found is None:
            return
        self._topics, own = found
        every = consent_rows(self._shop.profile.name, self._topics, own)
        rows: Rows[ConsentRow] = self.query_one(Rows)
        rows.show(_page(every, 0), partial(_later, every), cursor=rows.cursor)
        self.refresh_keys()

    async def _read(self) -> tuple[tuple[Topic, ...], OwnTexts]:
        return await self._shop.topics.every(), await self._shop.welcomes.settings()

    async def _edit(self, topic: Topic | None) -> None:
        def kept(done: Topic | None) -> None:
            if done is not None:
                self.notify(f"Kept: {topic_words(done)}.")

        await self.app.push_screen(EditTopic(self._shop.topics, topic), kept)

    async def _turn(self, own: OwnTexts) -> None:
        try:
            await self._shop.welcomes.choose(own)
        except ShopbellError as error:
            self.notify(said_of(error), severity="warning")

    async def _print(self, *, poster: bool) -> None:
        def written(done: Printed | None) -> None:
            if done is not None:
                self.notify(f"Wrote “{done.file.name}”. Open it in a browser and print it.")

        offered = [one for one in self._topics if one.offered]
        if not offered:
            self.notify("Nothing is offered: open a topic and let it be chosen first.")
            return
        box = PrintPaper(self._shop, offered, Path.home(), poster=poster)
        await self.app.push_screen(box, written)

    def _draw(self, row: ConsentRow, width: int) -> Drawn:
        label = min(_LABEL, max(6, width // 4))
        ink = Ink.MUTED if row.is_off else Ink.PLAIN
        return (
            (cell(row.label, label) + "  ", Ink.MUTED if row.is_off else Ink.STRONG),
            (cell(row.says, max(width - label - 2, 4)), ink),
        )


def _page(rows: tuple[ConsentRow, ...], first: int) -> Page[ConsentRow]:
    return Page(rows=rows[first : first + 100], first=first, total=len(rows))


async def _later(rows: tuple[ConsentRow, ...], first: int, _count: int) -> Page[ConsentRow]:
    return _page(rows, first)
