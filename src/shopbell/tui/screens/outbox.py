"""Every text and what became of it. Must not send, and must not say why: stored decisions do."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from shopbell.domain.people import Page
from shopbell.domain.scripts import SCRIPTS
from shopbell.domain.texts import NOT_LEFT, OutboundText, State
from shopbell.errors import ShopbellError
from shopbell.services.changed import Changed
from shopbell.services.shop import Shop
from shopbell.tui import words
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.composer import Recipient
from shopbell.tui.frame import FrameScreen, Situation
from shopbell.tui.own_keys import key_for
from shopbell.tui.plain import Plain, cell, lines, spans
from shopbell.tui.rows import PAGE, Drawn, Ink, Rows
from shopbell.tui.screens.confirm import Confirm
from shopbell.tui.screens.quick_text import QuickText, Sent
from shopbell.tui.screens.settle_word import SettleByWord
from shopbell.tui.screens.why import Why
from shopbell.tui.waiting import told_when_slow
from shopbell.tui.work import start

_LEFT = "This text has left already."


class OutboxScreen(FrameScreen):
    """A window onto all texts, newest first, with the whole text of the one under the cursor."""

    scope = Scope.OUTBOX
    place = "outbox"
    shows = frozenset({Changed.TEXTS})

    DEFAULT_CSS = """
    OutboxScreen #text { height: auto; max-height: 6; margin-top: 1; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.OUTBOX)]

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self._shop = shop
        self._zone = shop.profile.zone

    def work(self) -> ComposeResult:
        """Lay out the list, and the text below it."""
        rows = Rows[OutboundText](self._draw)
        rows.add_class("content")
        yield rows
        yield Plain("", id_="text", classes="content")

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(Rows).focus()
        self.load()

    def load(self) -> None:
        """Read the newest texts."""
        start(self, self._load, "texts")

    def why_not(self, id_: str) -> str:
        """What can be done with a text depends on its state."""
        text = self._chosen()
        if text is None:
            return "There is no text here."
        if id_ == "outbox.settle" and text.state is not State.UNKNOWN:
            return "Only a text with an unknown outcome can be settled."
        if id_ == "outbox.replace" and (text.state not in NOT_LEFT or text.own is not None):
            waits = text.state in NOT_LEFT
            return "The shop sends this by itself: take it back instead." if waits else _LEFT
        if id_ == "outbox.cancel" and text.state not in NOT_LEFT:
            return _LEFT
        if id_ == "outbox.release" and not (text.missed and text.state in NOT_LEFT):
            return "Only a text whose moment has passed waits for your word."
        return ""

    def do_open(self) -> None:
        """Open the sheet of who gets it."""
        if (text := self._chosen()) is not None:
            self.post_message(self.PersonOpened(text.number))

    def do_why(self) -> None:
        """Explain the text under the cursor."""
        if (text := self._chosen()) is not None:
            start(self, partial(self._why, text), "why")

    def do_settle(self) -> None:
        """Ask the gateway what became of the text."""
        if (text := self._chosen()) is not None:
            start(self, partial(self._settle, text), "settle")

    def do_replace(self) -> None:
        """Put other words in its place."""
        text = self._chosen()
        if text is None:
            return

        def done(sent: Sent | None) -> None:
            if sent is not None:
                self.notify("Replaced: the old text will not leave.")

        recipient = Recipient(number=text.number, name=text.name)
        box = QuickText(self._shop, scripts=SCRIPTS, drafts={}, recipient=recipient, replacing=text)
        self.app.push_screen(box, done)

    async def do_cancel(self) -> None:
        """Take the text back."""
        if (text := self._chosen()) is not None:
            try:
                done = await self._shop.outbox.cancel(text.id)
            except ShopbellError as error:
                self.notify(f"{error.message} {error.hint}", severity="warning")
                return
            self.notify("Taken back: it will not leave." if done else "Too late: it has left.")

    async def do_release(self) -> None:
        """Let a text go whose moment has passed."""
        if (text := self._chosen()) is not None:
            try:
                await self._shop.missed.let_go(text.id)
            except ShopbellError as error:
                self.notify(f"{error.message} {error.hint}", severity="warning")
                return
            self.notify("It goes now, if the rules still allow it.")

    async def do_cancel_all(self) -> None:
        """Ask, then take back everything that has not left."""
        waiting = (await self._shop.outbox.find(tuple(NOT_LEFT), count=1)).total
        if not waiting:
            self.notify("Nothing waits: there is nothing to take back.")
            return

        def answered(yes: bool | None) -> None:
            if yes:
                start(self, self._cancel_all, "cancel")

        texts = "1 text has" if waiting == 1 else f"{waiting:,} texts have"
        self.app.push_screen(
            Confirm(
                "Take everything back?",
                f"{texts} not left yet and never will. Campaigns have their own keys: press "
                f"{key_for('everywhere.campaigns')}.",
                yes="Take them back",
                no="Leave them",
            ),
            answered,
        )

    async def _cancel_all(self) -> None:
        try:
            count = await self._shop.outbox.cancel_all()
        except ShopbellError as error:
            self.notify(f"{error.message} {error.hint}", severity="warning")
            return
        self.notify("1 text taken back." if count == 1 else f"{count:,} texts taken back.")

    def on_rows_opened(self) -> None:
        """Enter opens."""
        self.do_open()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Show the whole text."""
        self._show(event.row)
        self.refresh_keys()

    def on_rows_failed(self, event: Rows.Failed) -> None:
        """Say why a page is missing."""
        self.query_one(Situation).fail(event.error, "Press [everywhere.outbox] to try again.")

    async def _load(self) -> None:
        page = await self.ask(
            self._page(0, PAGE), "Looking", "Press [everywhere.outbox] to try again."
        )
        if page is None:
            return
        rows: Rows[OutboundText] = self.query_one(Rows)
        rows.show(page, self._page, cursor=rows.cursor)
        if page.total == 0:
            self.query_one(Situation).say(
                "No text has been written yet.",
                "[everywhere.text] texts somebody. Whatever becomes of it is here.",
            )
        self.refresh_keys()

    async def _page(self, first: int, count: int) -> Page[OutboundText]:
        return await self._shop.outbox.find(first=first, count=count)

    async def _why(self, text: OutboundText) -> None:
        try:
            decision = await self._shop.outbox.decision(text.decision_id)
            events = await self._shop.outbox.events(text.id)
        except ShopbellError as error:
            self.notify(f"{error.message} {error.hint}", severity="warning")
            return
        if decision is not None:
            now = self._shop.clock.now()
            self.app.push_screen(Why(decision, self._zone, now, text=text, events=events))

    async def _settle(self, text: OutboundText, *, word: bool | None = None) -> None:
        try:
            with told_when_slow(self, lambda: self.notify("Asking the gateway …")):
                settled = await self._shop.outbox.settle(text.id, word)
        except ShopbellError as error:
            self.notify(f"{error.message} {error.hint}", severity="warning")
            return
        if settled.state is State.UNKNOWN:
            self._ask_word(settled)
            return
        _, said, _ = words.state(settled.state)
        self.notify(f"Now: {said}. {settled.detail}")

    def _ask_word(self, text: OutboundText) -> None:
        """Ask the owner, where the gateway cannot tell."""

        def answered(word: str | None) -> None:
            if word is not None:
                start(self, partial(self._settle, text, word=word == "sent"), "settle")

        self.app.push_screen(SettleByWord(text), answered)

    def _chosen(self) -> OutboundText | None:
        chosen: OutboundText | None = self.query_one(Rows).chosen
        return chosen

    def _show(self, text: OutboundText) -> None:
        cost = words.bill(text.final.segments, text.price_micros, text.currency) or "no price set"
        missed = text.missed if text.state in NOT_LEFT else ""
        parts = "1 part" if text.final.segments == 1 else f"{text.final.segments} parts"
        facts = [words.purpose(text.purpose), parts, cost, missed or text.detail]
        if text.not_before is not None and text.state is State.HELD:
            now = self._shop.clock.now()
            facts.insert(0, f"not before {words.moment(text.not_before, self._zone, now)}")
        self.query_one("#text", Plain).show(
            lines(
                spans(text.final.text),
                spans((" · ".join(fact for fact in facts if fact), "$text-muted")),
            )
        )

    def _draw(self, text: OutboundText, width: int) -> Drawn:
        sign, said, ink = words.state(text.state)
        if text.missed and text.state in NOT_LEFT:
            sign, said, ink = "?", "your word?", Ink.CAREFUL
        now = self._shop.clock.now()
        name = min(22, max(12, width // 4))
        return (
            (f"{sign} ", ink),
            (cell(said, 15), ink),
            (cell(words.moment(text.created_at, self._zone, now), 13), Ink.MUTED),
            (cell(words.called(text.name, text.number), name) + "  ", Ink.PLAIN),
            (cell(text.body, max(width - name - 32, 4)), Ink.MUTED),
        )
