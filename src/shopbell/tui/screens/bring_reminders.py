"""Words and time for the reminders of one file, and what they will be. Must not send any.

What is shown is a look: nothing is kept before somebody says so, and then it is drafts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from shopbell.domain.appointment_rows import Part, read_parts
from shopbell.domain.appointments import Calendar
from shopbell.domain.dates import DateOrder
from shopbell.domain.people import masked
from shopbell.domain.telling import counted, day_and_clock
from shopbell.domain.topics import Topic
from shopbell.errors import ShopbellError
from shopbell.services.reminder_steps import Brought
from shopbell.services.shop import Shop
from shopbell.tui.form import Form, row, said_of
from shopbell.tui.one_of import OneOf
from shopbell.tui.plain import Plain, PlainInput, PlainText, lines, spans
from shopbell.tui.work import start

_LOOK_AFTER = 0.3
"""Seconds after the last letter before the file is looked at again."""

_TALL = 30
_ON_TALL = 4
_ORDER = "with --date-order"
_NO_TOPIC = "-"
_ORDERS = (
    ("", "as the file has them"),
    (DateOrder.DMY, "day first: 25/12"),
    (DateOrder.MDY, "month first: 12/25"),
    (DateOrder.YMD, "year first"),
)
_WAYS = {
    "no_such_column": "Say so in Columns, like: start=Beginn, phone=Handy",
    "bad_map": f"Write it like: start=Beginn, phone=Handy. Parts: {', '.join(Part)}.",
}


class BringReminders(Form[Brought]):
    """Answers what the file did."""

    button = "Keep the drafts"
    keys = "tab goes on · f2 keeps the drafts · esc leaves"
    DEFAULT_CSS = """
    BringReminders #body { height: 2; }
    BringReminders #look { height: auto; color: $foreground; }
    BringReminders #said { display: none; margin: 0; }
    BringReminders #said.-told { display: block; }
    BringReminders .asked { display: none; }
    BringReminders .asked.-told { display: block; }
    """

    def __init__(self, shop: Shop, path: Path, known: Calendar, topics: Sequence[Topic]) -> None:
        """Make the box.

        Args:
            shop: whose reminders they are.
            path: the file.
            known: what was said about such a list before, or what is usual.
            topics: what people can have said yes to.
        """
        super().__init__(f"Reminders from {path.name}")
        self._shop = shop
        self._path = path
        self._known = known
        self._topics = topics
        self._is_table = path.suffix.lower() != ".ics"
        self._wait: Timer | None = None

    def about(self) -> str:
        """Return what the words may hold."""
        return "Words may hold {name}, {first_name|there}, {day}, {time}, {what}, {where}."

    def questions(self) -> Iterator[Widget]:
        """Ask for the list, the words, how long before, and how a table is to be read."""
        known = self._known
        yield row("List", PlainInput(known.name, id_="calendar", limit=80), long=True)
        words = PlainText(known.body, id_="body", limit=1000)
        yield row("Words", words, close=True, long=True)
        lead = PlainInput(known.lead, placeholder="1 day", id_="lead", limit=40)
        yield row("Before", lead, close=True, long=True)
        topics = [(one.id, f"about {one.words}") for one in self._topics]
        about = OneOf([(_NO_TOPIC, "no topic"), *topics], known.topic or _NO_TOPIC, id_="topic")
        yield row("They are", about, close=True, long=True)
        if self._is_table:
            hint = "nothing: found by itself; or start=Beginn, phone=Handy"
            columns = PlainInput(placeholder=hint, id_="columns", limit=200)
            asked = row("Columns", columns, close=True, long=True)
            yield asked.add_class("asked")
            asked = row("Its days", OneOf(_ORDERS, id_="order"), close=True, long=True)
            yield asked.add_class("asked")
        yield Plain("", id_="look")

    def on_mount(self) -> None:
        """Start with the words, and look at the file."""
        self.query_one("#body").focus()
        self._look()

    def on_input_changed(self) -> None:
        """Look again once nobody types any more."""
        self._look_soon()

    def on_text_area_changed(self) -> None:
        """Look again once nobody types any more."""
        self._look_soon()

    def on_plain_text_done(self) -> None:
        """Enter goes on to the next question."""
        self.focus_next()

    def on_one_of_changed(self) -> None:
        """Look again."""
        self._look_soon()

    async def record(self) -> Brought:
        """Keep the drafts."""
        return await self._bring(only_look=False)

    def say(self, sentence: str) -> None:
        """Say what speaks against it, in place of what would be drafted."""
        self.query_one("#look", Plain).show("")
        self.query_one("#said").set_class(bool(sentence), "-told")
        super().say(sentence)

    async def _record(self) -> None:
        """Keep them, or say on the screen's own words why not."""
        try:
            done = await self.record()
        except ShopbellError as error:
            self.say(_said(error))
            return
        self.dismiss(done)

    def _look_soon(self) -> None:
        if self._wait is not None:
            self._wait.stop()
        self._wait = self.set_timer(_LOOK_AFTER, self._look)

    def _look(self) -> None:
        start(self, self._looked, "look")

    async def _looked(self) -> None:
        try:
            brought = await self._bring(only_look=True)
        except ShopbellError as error:
            self._ask_for("#columns", error.code in _WAYS)
            self.say(_said(error))
            return
        self._ask_for("#order", any(_ORDER in one.reason for one in brought.parked))
        self.say("")
        shown = _ON_TALL if self.app.size.height >= _TALL else 1
        said = look(brought, self._shop.profile.zone, shown)
        self.query_one("#look", Plain).show(said)

    def _ask_for(self, id_: str, is_needed: bool) -> None:
        """Ask what only some tables leave open; what was asked once stays asked."""
        if is_needed and self._is_table:
            self.query_one(id_).query_ancestor(Horizontal).add_class("-told")

    async def _bring(self, *, only_look: bool) -> Brought:
        topic = self.query_one("#topic", OneOf).chosen
        columns: dict[Part, str] = {}
        order = ""
        if self._is_table:
            pairs = [one.strip() for one in self.typed("columns").split(",")]
            columns = read_parts(filter(None, pairs))
            order = self.query_one("#order", OneOf).chosen
        return await self._shop.reminders.bring_in(
            self._path,
            calendar=self.typed("calendar"),
            body=self.query_one("#body", PlainText).text.strip(),
            lead=self.typed("lead"),
            topic="" if topic == _NO_TOPIC else topic,
            columns=columns,
            order=DateOrder(order) if order else None,
            dry_run=only_look,
        )


def look(brought: Brought, zone: str, shown: int) -> Content:
    """Return what a file would do, with the first `shown` texts as they would read."""
    drafts = len(brought.drafts)
    head = (
        f"{counted(brought.read, 'appointment')} read, {counted(drafts, 'draft')} to look through."
    )
    facts = [spans((head, "bold"))]
    for one in sorted(brought.drafts, key=lambda draft: draft.remind_at)[:shown]:
        who = one.name or masked(one.number)
        facts.append(spans((f"{who}, {day_and_clock(one.remind_at, zone)}: ", ""), one.body))
    if brought.missed:
        late = "1 is late already" if brought.missed == 1 else f"{brought.missed} are late already"
        facts.append(spans(f"Of them {late}: you are asked about each."))
    if brought.parked:
        first = brought.parked[0]
        reason = first.reason.replace(_ORDER, "in Its days")
        facts.append(spans(f"{len(brought.parked)} not used; the first, {first.row}: {reason}"))
    return lines(*facts)


def _said(error: ShopbellError) -> str:
    way = _WAYS.get(error.code, "")
    return f"{said_of(error)} {way}".strip()
