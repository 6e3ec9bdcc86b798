"""Who is likely on file twice, and making one person of them. Must not judge who is the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from shopbell.domain.doubles import Alike
from shopbell.domain.people import ContactRow, Page, masked
from shopbell.domain.telling import counted
from shopbell.errors import ShopbellError
from shopbell.services.changed import Changed
from shopbell.services.linking import MergePreview
from shopbell.services.shop import Shop
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import FrameScreen, Situation
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import Plain, cell
from shopbell.tui.rows import PAGE, Drawn, Ink, Rows
from shopbell.tui.screens.confirm import Confirm
from shopbell.tui.words import ago, agreed, called
from shopbell.tui.work import start

_SHARE = {Alike.EMAIL: "the same e-mail", Alike.NAME: "the same name"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Double:
    """One contact of a group that is likely one person."""

    alike: Alike
    row: ContactRow
    others: tuple[ContactRow, ...]
    first: bool
    """It opens its group in the list."""


class DoublesScreen(FrameScreen):
    """Groups of contacts; the one under the cursor is kept when they are merged."""

    scope = Scope.DOUBLES
    place = "people"
    shows = frozenset({Changed.PEOPLE, Changed.CONSENT})
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.DOUBLES)]

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self._shop = shop

    def work(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical(classes="content"):
            yield Plain("Likely the same person", classes="heading")
            yield Rows[Double](self._draw)

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(Rows).focus()
        self.load()

    def load(self) -> None:
        """Look for them."""
        start(self, self._load, "doubles")

    def why_not(self, id_: str) -> str:
        """Nobody can be merged where nobody is listed."""
        if id_ in {"doubles.open", "doubles.merge"} and self._double is None:
            return "Nobody seems to be on file twice."
        return ""

    def do_open(self) -> None:
        """Open the sheet of the contact under the cursor."""
        if (double := self._double) is not None:
            self.post_message(self.PersonOpened(double.row.number))

    async def do_merge(self) -> None:
        """Ask, then make one person of the group; the contact under the cursor is kept."""
        double = self._double
        if double is None:
            return
        try:
            previews = [
                await self._shop.linking.preview(double.row.number, other.number)
                for other in double.others
            ]
        except ShopbellError as error:
            self.notify(f"{error.message} {error.hint}", severity="warning")
            return

        def answered(yes: bool | None) -> None:
            if yes:
                start(self, partial(self._merge, double), "merge")

        await self.app.push_screen(
            Confirm(
                f"Is this all {called(double.row.name, double.row.number)}?",
                _facts(double, previews),
                yes="Yes, make one person of them",
                no="Leave them as they are",
            ),
            answered,
        )

    def on_rows_opened(self) -> None:
        """Enter opens the sheet."""
        self.do_open()

    def on_rows_highlighted(self) -> None:
        """What is possible depends on the row."""
        self.refresh_keys()

    @property
    def _double(self) -> Double | None:
        chosen: Double | None = self.query_one(Rows).chosen
        return chosen

    async def _merge(self, double: Double) -> None:
        try:
            for other in double.others:
                await self._shop.linking.merge(double.row.number, other.number)
        except ShopbellError as error:
            self.notify(f"{error.message} {error.hint}", severity="warning")
            return
        self.notify(with_keys("One person now. [contact.split] on their sheet takes it back."))

    async def _load(self) -> None:
        groups = await self.ask(self._shop.people.doubles(), "Looking", "esc goes back.")
        if groups is None:
            return
        found = [
            Double(
                alike=alike,
                row=row,
                others=tuple(other for other in rows if other.id != row.id),
                first=index == 0,
            )
            for alike, rows in groups
            for index, row in enumerate(rows)
            if len(rows) > 1
        ]
        if not found:
            self.query_one(Situation).say(
                "Nobody seems to be on file twice.",
                "Who shares an e-mail or a whole name comes here. esc goes back.",
            )

        async def page(first: int, count: int) -> Page[Double]:
            return Page(rows=tuple(found[first : first + count]), first=first, total=len(found))

        rows: Rows[Double] = self.query_one(Rows)
        start_page = Page(rows=tuple(found[:PAGE]), first=0, total=len(found))
        rows.show(start_page, page, cursor=min(rows.cursor, PAGE - 1))
        self.refresh_keys()

    def _draw(self, double: Double, width: int) -> Drawn:
        row = double.row
        said, ink = agreed(row)
        share = _SHARE[double.alike] if double.first else ""
        name = max(width - 18 - 6 - 18 - 9, 10)
        return (
            (cell(share, 17) + " ", Ink.ACCENT),
            (cell(row.name or "No name", name), Ink.PLAIN if row.name else Ink.MUTED),
            (cell(masked(row.number), 6), Ink.MUTED),
            (cell(said, 18), ink),
            (ago(row.last_text_at, self._shop.clock.now()).rjust(8), Ink.MUTED),
        )


def _facts(double: Double, previews: list[MergePreview]) -> str:
    others = ", ".join(f"{one.name or 'no name'} {masked(one.number)}" for one in double.others)
    stopped = {number for preview in previews for number in preview.stopped}
    kept = f"{masked(double.row.number)} is kept, with names, notes and tags of all."
    numbers = "further numbers" if len(double.others) > 1 else "a further number"
    facts = [
        f"{kept} As {numbers}: {others}.",
        "Each number keeps its own yes; a stop or a no of one counts for all.",
    ]
    if stopped:
        of_them = f"{counted(len(stopped), 'number')} of them said stop"
        facts.append(f"{of_them}: none is texted any more.")
    return "\n".join(facts)
