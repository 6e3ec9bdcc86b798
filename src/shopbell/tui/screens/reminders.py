"""Reminders of appointments that wait for a yes. Must not send, nor say which are too late."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from shopbell.domain.appointments import Reminder
from shopbell.domain.consent import Purpose
from shopbell.domain.people import Page, masked
from shopbell.domain.telling import counted, day_and_clock
from shopbell.errors import ShopbellError
from shopbell.services.changed import Changed
from shopbell.services.reminder_steps import Brought
from shopbell.services.reminders import calendar_name
from shopbell.services.shop import Shop
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.folders import APPOINTMENTS, first_folder
from shopbell.tui.frame import FrameScreen, Situation
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import Plain, cell, lines, spans
from shopbell.tui.rows import Drawn, Ink, Rows
from shopbell.tui.screens.bring_reminders import BringReminders
from shopbell.tui.screens.pick_file import PickFile
from shopbell.tui.work import start

_ABOUT = (
    "A calendar (ICS), or a table (CSV, XLSX) with day, time and name or number. "
    "Each appointment becomes a draft; nothing is sent."
)
_TOLD = 3


class RemindersScreen(FrameScreen):
    """A list by the moment they remind; below it the words, and what to say about a late one."""

    scope = Scope.REMINDERS
    place = "outbox"
    shows = frozenset({Changed.TEXTS, Changed.PEOPLE})
    DEFAULT_CSS = """
    RemindersScreen #done { height: auto; max-height: 4; }
    RemindersScreen #words { height: auto; max-height: 6; margin-top: 1; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.REMINDERS)]

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self._shop = shop
        self._zone = shop.profile.zone

    def work(self) -> ComposeResult:
        """Lay out the list, and the words below it."""
        with Vertical(classes="content"):
            yield Plain("Reminders that wait for your yes", classes="heading")
            yield Plain("", id_="done", classes="muted")
            yield Rows[Reminder](self._draw)
        yield Plain("", id_="words", classes="content")

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(Rows).focus()
        self.load()

    def load(self) -> None:
        """Read the drafts."""
        start(self, self._load, "reminders")

    def why_not(self, id_: str) -> str:
        """Nothing can be said about a draft where there is none."""
        if id_ in {"reminders.yes", "reminders.all", "reminders.drop"} and self._chosen is None:
            return "No reminder waits for your word."
        return ""

    def do_yes(self) -> None:
        """Say yes to the one under the cursor."""
        if (one := self._chosen) is not None:
            start(self, partial(self._yes, one), "yes")

    def do_all(self) -> None:
        """Say yes to all whose moment is still to come."""
        start(self, self._all, "yes")

    def do_drop(self) -> None:
        """Want no reminder for the appointment under the cursor."""
        if (one := self._chosen) is not None:
            start(self, partial(self._drop, one), "drop")

    def do_bring(self) -> None:
        """Draft reminders from a file."""

        def picked(path: Path | None) -> None:
            if path is not None:
                start(self, partial(self._bring, path), "bring")

        box = PickFile("Reminders from a file", _ABOUT, first_folder(), APPOINTMENTS)
        self.app.push_screen(box, picked)

    def on_rows_opened(self) -> None:
        """Enter says yes."""
        self.do_yes()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Show the words."""
        one: Reminder = event.row
        said = [spans(one.body)]
        if one.is_missed(self._shop.clock.now()):
            late = with_keys(
                "Its moment has passed. Enter sends it as soon as it may go; "
                "[reminders.drop] drops it."
            )
            said.append(spans(("! ", "bold $text-warning"), late))
        self.query_one("#words", Plain).show(lines(*said))
        self.refresh_keys()

    @property
    def _chosen(self) -> Reminder | None:
        chosen: Reminder | None = self.query_one(Rows).chosen
        return chosen

    async def _load(self) -> None:
        page = await self.ask(self._shop.reminders.find(), "Looking", "esc goes back.")
        if page is None:
            return
        if not page.total:
            self.query_one("#words", Plain).show("")
            self.query_one(Situation).say(
                "No reminder waits for your word.",
                "[reminders.bring] brings in a calendar or a list of appointments. esc goes back.",
            )

        async def more(first: int, count: int) -> Page[Reminder]:
            return await self._shop.reminders.find(first=first, count=count)

        rows: Rows[Reminder] = self.query_one(Rows)
        rows.show(page, more, cursor=min(rows.cursor, max(page.total - 1, 0)))
        self.refresh_keys()

    async def _bring(self, path: Path) -> None:
        def taken(done: Brought | None) -> None:
            if done is not None:
                self.query_one("#done", Plain).show(told(done))

        try:
            known = await self._shop.reminders.said_about(calendar_name(path.stem))
            topics = await self._shop.topics.offered()
        except ShopbellError as error:
            self._say(error)
            return
        about = [one for one in topics if one.purpose is Purpose.SERVICE or one.id == known.topic]
        await self.app.push_screen(BringReminders(self._shop, path, known, about), taken)

    async def _yes(self, one: Reminder) -> None:
        try:
            said = await self._shop.reminders.approve(one.id)
        except ShopbellError as error:
            self._say(error)
            return
        if said.why_not:
            self.notify(said.why_not, severity="warning", timeout=15)
            return
        self.notify("In the outbox: it leaves at its moment.")

    async def _all(self) -> None:
        try:
            said = await self._shop.reminders.approve_all()
        except ShopbellError as error:
            self._say(error)
            return
        done = sum(not one.why_not for one in said)
        left = f" {len(said) - done} may not go: enter on one says why." if done < len(said) else ""
        self.notify(f"{counted(done, 'reminder')} in the outbox.{left}", timeout=15)

    async def _drop(self, one: Reminder) -> None:
        try:
            await self._shop.reminders.drop(one.id)
        except ShopbellError as error:
            self._say(error)

    def _say(self, error: ShopbellError) -> None:
        self.notify(f"{error.message} {error.hint}".strip(), severity="warning")

    def _draw(self, one: Reminder, width: int) -> Drawn:
        is_missed = one.is_missed(self._shop.clock.now())
        when = f"reminds {day_and_clock(one.remind_at, self._zone)}"
        name = max(width - 18 - 6 - 26, 10)
        return (
            (cell(day_and_clock(one.starts_at, self._zone), 18), Ink.PLAIN),
            (cell(one.name or "No name", name), Ink.PLAIN if one.name else Ink.MUTED),
            (cell(masked(one.number), 6), Ink.MUTED),
            (
                cell(f"  {'moment has passed' if is_missed else when}", 26),
                Ink.CAREFUL if is_missed else Ink.MUTED,
            ),
        )


def told(brought: Brought) -> str:
    """Return what a file did, in a few sentences."""
    changes = f"{brought.changed} changed, {brought.taken_away} taken away."
    read = counted(brought.read, "appointment")
    said = [f"{read} read: {counted(brought.new, 'new draft')}, {changes}"]
    if brought.told:
        names = ", ".join(one.name or masked(one.number) for one in brought.told[:_TOLD])
        said.append(f"Reminded already of what is now otherwise: {names}. Tell them yourself.")
    if brought.parked:
        first = brought.parked[0]
        said.append(f"{len(brought.parked)} not used; the first, {first.row}: {first.reason}")
    return " ".join(said)
