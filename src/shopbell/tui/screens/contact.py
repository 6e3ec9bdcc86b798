"""One person: may we text, what was exchanged, the proof. Must not decide: it shows decisions."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.timer import Timer

from shopbell.domain.ids import E164, TextId
from shopbell.domain.people import Contact, Page
from shopbell.domain.wishes import Wishes
from shopbell.services.changed import Changed
from shopbell.services.person_sheet import ContactSheet, Standing
from shopbell.services.shop import Shop
from shopbell.tui import person_boxes
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import FrameScreen
from shopbell.tui.plain import Plain, lines, spans
from shopbell.tui.rows import Drawn, Rows
from shopbell.tui.screens.people import REVEALED_FOR
from shopbell.tui.sheet import (
    Exchanged,
    about,
    draw_exchanged,
    exchanged,
    headline,
    may_we,
)
from shopbell.tui.work import start


class ContactScreen(FrameScreen):
    """The sheet of one number."""

    scope = Scope.CONTACT
    place = "people"
    shows = frozenset({Changed.PEOPLE, Changed.CONSENT, Changed.TEXTS, Changed.REPLIES})

    DEFAULT_CSS = """
    ContactScreen #who { margin-bottom: 1; }
    ContactScreen #halves { height: 1fr; }
    ContactScreen #left { width: 1fr; padding-right: 2; scrollbar-size-vertical: 1; }
    ContactScreen #right { width: 1fr; }
    ContactScreen.-narrow #halves { layout: vertical; }
    ContactScreen.-narrow #left { height: 1fr; }
    ContactScreen.-narrow #right { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.CONTACT)]

    class EditWanted(Message):
        """What is known about the person is to be changed."""

        def __init__(self, contact: Contact, wishes: Wishes) -> None:
            super().__init__()
            self.contact = contact
            self.wishes = wishes

    class StopWanted(Message):
        """A stop is to be written down."""

        def __init__(self, number: E164, name: str) -> None:
            super().__init__()
            self.number = number
            self.name = name

    class NoWanted(Message):
        """A no to some kinds of texts is to be written down."""

        def __init__(self, number: E164, name: str, standings: tuple[Standing, ...]) -> None:
            super().__init__()
            self.number = number
            self.name = name
            self.standings = standings

    class WhyAsked(Message):
        """The decision behind a text is wanted."""

        def __init__(self, text_id: TextId) -> None:
            super().__init__()
            self.text_id = text_id

    def __init__(self, shop: Shop, number: E164) -> None:
        super().__init__()
        self._shop = shop
        self._people = shop.people
        self._number = number
        self._now = shop.clock.now
        self._zone = shop.profile.zone
        self._whole_number = False
        self._mask: Timer | None = None
        self._sheet: ContactSheet | None = None

    @property
    def person(self) -> tuple[E164, str]:
        """Return the number and, as far as it is known, the name."""
        contact = None if self._sheet is None else self._sheet.contact
        return self._number, "" if contact is None else contact.name

    def work(self) -> ComposeResult:
        """Lay out who it is, what may be sent, and what was."""
        yield Plain("", id_="who", classes="content")
        with Horizontal(id="halves", classes="content"):
            with VerticalScroll(id="left"):
                yield Plain("", id_="may")
            with Vertical(id="right"):
                yield Plain("LATEST", classes="heading")
                yield Rows[Exchanged](self._draw)

    def on_mount(self) -> None:
        """Start in the list of what was exchanged."""
        self.query_one(Rows).focus()
        self.load()

    def load(self) -> None:
        """Read the sheet."""
        start(self, self._load, "sheet")

    def why_not(self, id_: str) -> str:
        """Only a text of ours has a reason."""
        if id_ == "contact.why" and self._text_id() is None:
            return "Choose one of your own texts: it knows why it was sent."
        if id_ in {"contact.stop", "contact.no"} and self._sheet and self._sheet.suppression:
            return "This person has said stop already."
        if id_ == "contact.split" and not (self._sheet and self._sheet.same_person):
            return "This number was not merged with another one."
        known = self._sheet is not None and self._sheet.contact is not None
        if id_ in {"contact.edit", "contact.household"} and not known:
            return "Nobody with this number is on file yet: write down a yes first."
        return ""

    def do_text(self) -> None:
        """Text this person."""
        self.post_message(self.TextWanted(self._number, self._called))

    def do_sign_up(self) -> None:
        """Write down a yes of this person."""
        self.post_message(self.SignUpWanted(self._number, self._called))

    def do_no(self) -> None:
        """Write down a no of this person to some kinds of texts."""
        if self._sheet is not None:
            self.post_message(self.NoWanted(self._number, self._called, self._sheet.standings))

    def do_stop(self) -> None:
        """Write down a stop of this person."""
        self.post_message(self.StopWanted(self._number, self._called))

    def do_edit(self) -> None:
        """Change what is known about this person."""
        if self._sheet is not None and self._sheet.contact is not None:
            self.post_message(self.EditWanted(self._sheet.contact, self._sheet.wishes))

    async def do_complaint(self) -> None:
        """Write down a complaint, or how the open one ended."""
        if self._sheet is not None:
            waiting = next((one for one in self._sheet.complaints if one.is_open), None)
            await person_boxes.complain(self, self._shop, self._number, self._called, waiting)

    async def do_welcome(self) -> None:
        """Show the welcome that is due."""
        await person_boxes.welcome(self, self._shop, self._number, self._called)

    async def do_household(self) -> None:
        """Note who lives with this person."""
        if self._sheet is not None:
            home = self._sheet.household
            await person_boxes.household(self, self._shop, self._number, self._called, home)

    async def do_dossier(self) -> None:
        """Show the proof."""
        await person_boxes.dossier(self, self._shop, self._number, self._called)

    async def do_split(self) -> None:
        """Take the last merge back."""
        await person_boxes.split(self, self._shop, self._number)

    async def do_erase(self) -> None:
        """Forget this person."""
        await person_boxes.erase(self, self._shop, self._number, self._called)

    def do_number(self) -> None:
        """Show the whole number; it hides again by itself."""
        if self._mask is not None:
            self._mask.stop()
        self._whole_number = not self._whole_number
        self._mask = self.set_timer(REVEALED_FOR, self._hide) if self._whole_number else None
        self._show()

    def on_screen_suspend(self) -> None:
        """Whoever comes back finds the number hidden."""
        self._hide()

    def _hide(self) -> None:
        if not self._whole_number:
            return
        self._whole_number = False
        # The parts of a screen that is being left may be gone already.
        if self.query("#who"):
            self._show()

    def do_why(self) -> None:
        """Explain the text under the cursor."""
        if (text_id := self._text_id()) is not None:
            self.post_message(self.WhyAsked(text_id))

    def on_rows_opened(self) -> None:
        """Enter explains, too."""
        self.do_why()

    def on_rows_highlighted(self) -> None:
        """What is possible depends on the row."""
        self.refresh_keys()

    async def _load(self) -> None:
        number = self._people.read_number(self._number)
        sheet = await self.ask(
            self._people.sheet(number), "Looking", "Press esc, then open the sheet again."
        )
        if sheet is None:
            return
        self._sheet = sheet
        self._show()
        found = exchanged(sheet)
        rows: Rows[Exchanged] = self.query_one(Rows)
        rows.show(Page(rows=found, first=0, total=len(found)), _no_more_pages, cursor=rows.cursor)
        heading = "LATEST" if found else "LATEST: nothing yet"
        self.query_one("#right > .heading", Plain).show(heading)
        self.refresh_keys()

    def _show(self) -> None:
        if self._sheet is None:
            return
        sheet, now = self._sheet, self._now()
        self.query_one("#who", Plain).show(
            headline(sheet, whole_number=self._whole_number, key="v")
        )
        self.query_one("#may", Plain).show(
            lines(may_we(sheet, self._zone, now), spans(""), about(sheet, self._zone, now))
        )

    @property
    def _called(self) -> str:
        contact = self._sheet.contact if self._sheet else None
        return contact.name if contact else ""

    def _text_id(self) -> TextId | None:
        chosen: Exchanged | None = self.query_one(Rows).chosen
        return chosen.text_id if chosen else None

    def _draw(self, one: Exchanged, width: int) -> Drawn:
        return draw_exchanged(one, width, self._zone, self._now())


async def _no_more_pages(first: int, _count: int) -> Page[Exchanged]:
    """The sheet holds the latest few only: there is no second page."""
    return Page(rows=(), first=first, total=first)
