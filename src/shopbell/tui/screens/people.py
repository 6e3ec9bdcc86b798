"""Everybody the shop knows, with search as you type. Must not hold more rows than it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer

from shopbell.domain.filter_words import filter_words
from shopbell.domain.people import ContactRow, Page, masked
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.telling import counted, local
from shopbell.services.changed import Changed
from shopbell.services.exports import Exported, Exports
from shopbell.services.people import People
from shopbell.services.topics import TopicBook
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import Asked, FrameScreen, Situation
from shopbell.tui.plain import Plain, PlainInput, cell
from shopbell.tui.preview import Preview
from shopbell.tui.rows import PAGE, Drawn, Ink, Rows
from shopbell.tui.screens.export_people import ExportPeople
from shopbell.tui.screens.narrow import Narrow
from shopbell.tui.words import ago, agreed, whole
from shopbell.tui.work import start

REVEALED_FOR = 20.0
"""Seconds for which whole numbers are shown: a counter has other people's eyes."""

DEBOUNCE = 0.08
"""Seconds after the last letter before the file is asked."""


class PeopleScreen(FrameScreen):
    """A field, and below it a window onto everybody who matches."""

    scope = Scope.PEOPLE
    place = "people"
    shows = frozenset({Changed.PEOPLE, Changed.CONSENT, Changed.TEXTS})

    DEFAULT_CSS = """
    PeopleScreen #search { height: 1; margin-bottom: 1; }
    PeopleScreen #search > PlainInput { width: 1fr; }
    PeopleScreen #count { width: auto; color: $text-muted; padding: 0 1 0 2; }
    PeopleScreen Rows { width: 1fr; }
    PeopleScreen Preview { display: none; width: 50; padding: 0 0 0 2; margin-left: 1; }
    PeopleScreen.-wide Preview { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Scope.PEOPLE),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "leap(1)", show=False),
        Binding("pageup", "leap(-1)", show=False),
    ]

    def __init__(
        self,
        people: People,
        now: Callable[[], datetime],
        zone: str,
        *,
        topics: TopicBook | None = None,
        exports: Exports | None = None,
    ) -> None:
        super().__init__()
        self._topics = topics
        self._exports = exports
        self._wanted = self._shown_wanted = PeopleFilter()
        self._given_up = False
        self._whole_numbers = False
        self._mask: Timer | None = None
        self._total = 0
        self._people = people
        self._now = now
        self._zone = zone
        self._words = self._shown_words = ""
        self._wait: Timer | None = None

    def work(self) -> ComposeResult:
        """Lay out field, list and preview."""
        with Horizontal(id="search"):
            yield PlainInput(placeholder="/ find by name, number, note or tag", limit=100)
            yield Plain("", id_="count")
        with Horizontal(classes="content"):
            yield Rows[ContactRow](self._draw, always_active=True)
            yield Preview(self._people, self._now, self._zone)

    def on_mount(self) -> None:
        """Start in the list: letters are commands there."""
        self.query_one(Rows).focus()
        self.load()

    @property
    def is_behind(self) -> bool:
        """The list of a search that was given up is not the one the next key is meant for."""
        return self._given_up or super().is_behind

    def load(self) -> None:
        """Ask for everybody who matches; an older question is dropped."""
        start(self, partial(self._find, self._words), "find")

    def why_not(self, id_: str) -> str:
        """Nobody can be opened in an empty list."""
        if id_ in {"people.open", "people.export"} and self.query_one(Rows).chosen is None:
            return "Nobody is in the list."
        return ""

    def do_open(self) -> None:
        """Open the sheet of the person under the cursor."""
        self.query_one(Rows).action_open()

    def do_sign_up(self) -> None:
        """Write down somebody who just said yes."""
        self.post_message(self.SignUpWanted())

    async def do_narrow(self) -> None:
        """Choose whom to show."""
        topics = () if self._topics is None else await self._topics.offered()

        def chosen(wanted: PeopleFilter | None) -> None:
            if wanted is not None:
                self._wanted = wanted
                self.load()

        names = tuple(topic.id for topic in topics)
        await self.app.push_screen(Narrow(names, self._wanted), chosen)

    def do_to_ask(self) -> None:
        """Show whom to ask at the next visit, or everybody again."""
        self._wanted = replace(self._wanted, not_asked=not self._wanted.not_asked)
        self.load()

    def do_doubles(self) -> None:
        """See who is likely on file twice."""
        self.post_message(Asked("people.doubles"))

    def do_reconfirm(self) -> None:
        """See whose yes runs out."""
        self.post_message(Asked("people.reconfirm"))

    def do_consent(self) -> None:
        """See what people can say yes to."""
        self.post_message(Asked("everywhere.consent"))

    def do_number(self) -> None:
        """Show whole numbers; they hide again by themselves."""
        if self._mask is not None:
            self._mask.stop()
        self._whole_numbers = not self._whole_numbers
        self._mask = self.set_timer(REVEALED_FOR, self._hide) if self._whole_numbers else None
        self.query_one(Rows).refresh()

    def on_screen_suspend(self) -> None:
        """Whoever comes back finds the numbers hidden."""
        self._hide()

    def _hide(self) -> None:
        self._whole_numbers = False
        for rows in self.query(Rows):
            rows.refresh()

    async def do_export(self) -> None:
        """Write the list to a file."""

        def written(done: Exported | None) -> None:
            if done is not None:
                people = counted(done.people, "person", "people")
                self.notify(f"Wrote {people} to “{done.file.name}”. It is not encrypted.")

        if self._exports is not None:
            file = Path.home() / f"people-{local(self._now(), self._zone):%Y-%m-%d}.csv"
            box = ExportPeople(self._exports, file, self._words, self._wanted, self._total)
            await self.app.push_screen(box, written)

    def do_text(self) -> None:
        """Text somebody: whoever it is, they are searched for first."""
        self.post_message(self.TextWanted())

    def do_find(self) -> None:
        """Go to the field."""
        self.query_one(PlainInput).focus()

    def do_back(self) -> None:
        """Give up the search, then the filter, then go back."""
        field = self.query_one(PlainInput)
        if field.value or field.has_focus:
            self._given_up = bool(field.value)
            field.value = ""
            self.query_one(Rows).focus()
        elif not self._wanted.asks_for_nothing:
            self._wanted = PeopleFilter()
            self.load()
        else:
            self.post_message(self.Left())

    def on_input_changed(self, event: PlainInput.Changed) -> None:
        """Search once the letters stop."""
        self._words = event.value
        if self._wait is not None:
            self._wait.stop()
        if event.value:
            self._wait = self.set_timer(DEBOUNCE, self.load)
        else:
            self.load()

    async def on_input_submitted(self, event: PlainInput.Submitted) -> None:
        """Open the first hit, or the one the cursor is on, of what is in the field now."""
        # Somebody quick presses Enter before the list has caught up with the letters: what is
        # under the cursor then is somebody else.
        if self._shown_words != event.value:
            self._words = event.value
            await self._find(event.value)
        if self._shown_words == event.value:
            self.do_open()

    def on_rows_opened(self, event: Rows.Opened) -> None:
        """Hand on who was chosen."""
        self.post_message(self.PersonOpened(event.row.number))

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Show them beside the list."""
        self.query_one(Preview).show(event.row.number)

    def on_rows_failed(self, event: Rows.Failed) -> None:
        """Say why a page is missing."""
        self.query_one(Situation).fail(event.error, "Press [everywhere.people] to try again.")

    def action_move(self, by: int) -> None:
        """Move the cursor while the field has the focus."""
        self.query_one(Rows).action_move(by)

    def action_leap(self, pages: int) -> None:
        """Move the cursor by windows while the field has the focus."""
        self.query_one(Rows).action_leap(pages)

    async def _find(self, words: str) -> None:
        wanted = self._wanted
        try:
            page = await self.ask(
                self._page(words, 0, PAGE),
                "Looking",
                "Press [everywhere.people] to try again.",
            )
        finally:
            if not words:
                self._given_up = False
        if page is None or (words, wanted) != (self._words, self._wanted):
            return
        self._total = page.total
        rows: Rows[ContactRow] = self.query_one(Rows)
        same = (words, wanted) == (self._shown_words, self._shown_wanted)
        cursor = rows.cursor if same else 0
        self._shown_words, self._shown_wanted = words, wanted
        rows.show(page, lambda first, count: self._page(words, first, count), cursor=cursor)
        self.query_one("#count", Plain).show(_counted(page.total, words, wanted))
        if page.total == 0:
            self.query_one(Preview).show(None)
            self._say_empty(words)
        self.refresh_keys()

    async def _page(self, words: str, first: int, count: int) -> Page[ContactRow]:
        return await self._people.find(words, first=first, count=count, filter=self._wanted)

    def _say_empty(self, words: str) -> None:
        situation = self.query_one(Situation)
        if not self._wanted.asks_for_nothing:
            asked = ", ".join(filter(None, (filter_words(self._wanted), words)))
            situation.say(
                f"Nobody fits: {asked}.",
                "esc shows everybody again. [people.narrow] changes whom to show.",
            )
        elif words:
            situation.say(
                f"Nobody matches “{words}”.",
                "esc clears the search. [people.sign_up] writes down somebody new.",
            )
        else:
            situation.say(
                "Nobody is in the shop file yet.",
                "[everywhere.import] brings in a list from your till or phone. "
                "[people.sign_up] writes down somebody new.",
            )

    def _draw(self, row: ContactRow, width: int) -> Drawn:
        said, ink = agreed(row)
        number = cell(whole(row.number), 18) if self._whole_numbers else masked(row.number)
        name = max(width - len(number) - 1 - 2 - 18 - 9, 10)
        return (
            (cell(row.name or "No name", name), Ink.PLAIN if row.name else Ink.MUTED),
            (f"{number}  ", Ink.ACCENT if self._whole_numbers else Ink.MUTED),
            (cell(said, 18), ink),
            (ago(row.last_text_at, self._now()).rjust(9), Ink.MUTED),
        )


def _counted(total: int, words: str, wanted: PeopleFilter) -> str:
    people = "1 person" if total == 1 else f"{total:,} people"
    narrowed = f"{filter_words(wanted)}: {people}" if not wanted.asks_for_nothing else people
    return f"{narrowed} found" if words else narrowed
