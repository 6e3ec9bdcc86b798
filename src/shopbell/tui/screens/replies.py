"""Who wrote, what needs a person first, one line each. Must not judge an unclear stop itself."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer

from shopbell.domain.consent import How
from shopbell.domain.people import Page
from shopbell.domain.replies import Reply
from shopbell.domain.threads import Thread
from shopbell.errors import ShopbellError
from shopbell.services.changed import Changed
from shopbell.services.shop import Shop
from shopbell.tui import person_boxes, reply_steps
from shopbell.tui.commands import Scope, bindings, command
from shopbell.tui.frame import FrameScreen, Situation
from shopbell.tui.plain import Plain, PlainInput, lines, spans
from shopbell.tui.rows import PAGE, Drawn, Rows
from shopbell.tui.screens.people import DEBOUNCE
from shopbell.tui.thread_messages import ThreadWanted
from shopbell.tui.thread_words import draw_thread, reply_facts
from shopbell.tui.waiting import told_when_slow
from shopbell.tui.work import start


class RepliesScreen(FrameScreen):
    """A window onto all threads: unclear stops, then unread, then the newest."""

    scope = Scope.REPLIES
    place = "replies"
    shows = frozenset({Changed.REPLIES, Changed.TEXTS})

    DEFAULT_CSS = """
    RepliesScreen #search { height: 1; margin-bottom: 1; }
    RepliesScreen #search > PlainInput { width: 1fr; }
    RepliesScreen #count { width: auto; color: $text-muted; padding: 0 1 0 2; }
    RepliesScreen #text { height: auto; max-height: 7; margin-top: 1; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Scope.REPLIES),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self._shop = shop
        self._zone = shop.profile.zone
        self._words = self._shown_words = ""
        self._given_up = False
        self._wait: Timer | None = None
        self._done_with = ""
        """Whose line a key was just about: it may move away from under the cursor."""

    def work(self) -> ComposeResult:
        """Lay out the field, the list, and below it the text that needs somebody most."""
        with Horizontal(id="search"):
            yield PlainInput(placeholder="/ find by name, number or words", limit=100)
            yield Plain("", id_="count")
        rows = Rows[Thread](self._draw, always_active=True)
        rows.add_class("content")
        yield rows
        yield Plain("", id_="text", classes="content")

    def on_mount(self) -> None:
        """Start in the list: letters are commands there."""
        self.query_one(Rows).focus()
        self.load()

    @property
    def is_behind(self) -> bool:
        """The list of a search that was given up is not the one the next key is meant for."""
        return self._given_up or super().is_behind

    def load(self) -> None:
        """Ask for who wrote; an older question is dropped."""
        start(self, partial(self._find, self._words), "replies")

    def why_not(self, id_: str) -> str:
        """What can be done with a reply depends on what it is."""
        if id_ in {"replies.fetch", "replies.next"}:
            return ""
        thread = self._chosen()
        if thread is None:
            return "There is no reply here."
        if id_ == "replies.seen" and not thread.unread:
            return "It is marked as seen already."
        return reply_steps.why_not(command(id_).name, thread.reply)

    def do_open(self) -> None:
        """Open all that was said."""
        if (thread := self._chosen()) is not None:
            self.post_message(ThreadWanted(thread.sender))

    def do_next(self) -> None:
        """Open the first thread nobody has seen."""
        self.post_message(ThreadWanted(unread=True))

    def do_person(self) -> None:
        """Open the sheet of who wrote."""
        if (reply := self._reply()) is not None and reply.number is not None:
            self.post_message(self.PersonOpened(reply.number))

    def do_answer(self) -> None:
        """Answer whoever wrote."""
        if (reply := self._reply()) is not None and reply.number is not None:
            self.post_message(self.TextWanted(reply.number, reply.name, answering=True))

    async def do_is_stop(self) -> None:
        """It means stop."""
        if (reply := self._finish()) is not None:
            await reply_steps.judge(self, self._shop, reply, is_stop=True)

    async def do_no_stop(self) -> None:
        """It does not mean stop."""
        if (reply := self._finish()) is not None:
            await reply_steps.judge(self, self._shop, reply, is_stop=False)

    async def do_ask(self) -> None:
        """Ask whoever wrote it."""
        if (reply := self._reply()) is not None:
            await reply_steps.ask(self, self._shop, reply)

    async def do_complaint(self) -> None:
        """It is a complaint."""
        if (reply := self._reply()) is not None and reply.number is not None:
            await person_boxes.complain(
                self, self._shop, reply.number, reply.name, words=reply.veiled, how=How.TEXT
            )

    def do_redact(self) -> None:
        """Take a secret out of it."""
        if (reply := self._reply()) is not None:
            reply_steps.redact(self, self._shop, reply)

    async def do_seen(self) -> None:
        """Mark all of it as seen."""
        if (thread := self._chosen()) is not None:
            self._finish()
            try:
                await self._shop.threads.mark_read(thread.sender)
            except ShopbellError as error:
                self.notify(f"{error.message} {error.hint}", severity="warning")

    def do_fetch(self) -> None:
        """Ask the gateway for new texts."""
        start(self, self._fetch, "fetch")

    def do_find(self) -> None:
        """Go to the field."""
        self.query_one(PlainInput).focus()

    def do_back(self) -> None:
        """Give up the search, then go back."""
        field = self.query_one(PlainInput)
        if field.value or field.has_focus:
            self._given_up = bool(field.value)
            field.value = ""
            self.query_one(Rows).focus()
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
        """Open the one under the cursor, of what is in the field now."""
        if self._shown_words != event.value:
            self._words = event.value
            await self._find(event.value)
        if self._shown_words == event.value:
            self.do_open()

    def on_rows_opened(self) -> None:
        """Enter opens."""
        self.do_open()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Show the whole text."""
        reply = event.row.reply
        facts = reply_facts(reply, self._zone, self._shop.clock.now())
        self.query_one("#text", Plain).show(lines(spans(reply.veiled), *facts))
        self.refresh_keys()

    def on_rows_failed(self, event: Rows.Failed) -> None:
        """Say why a page is missing."""
        self.query_one(Situation).fail(event.error, "Press [everywhere.replies] to try again.")

    def action_move(self, by: int) -> None:
        """Move the cursor while the field has the focus."""
        self.query_one(Rows).action_move(by)

    async def _find(self, words: str) -> None:
        try:
            page = await self.ask(
                self._page(words, 0, PAGE),
                "Looking",
                "Press [everywhere.replies] to try again.",
            )
        finally:
            if not words:
                self._given_up = False
        if page is None or words != self._words:
            return
        rows: Rows[Thread] = self.query_one(Rows)
        cursor = self._cursor(page) if words == self._shown_words else 0
        self._shown_words, self._done_with = words, ""
        rows.show(page, partial(self._page, words), cursor=cursor)
        self.query_one("#count", Plain).show(f"{page.total:,} found" if words else "")
        if page.total == 0:
            self.query_one("#text", Plain).show("")
            self._say_empty(words)
        self.refresh_keys()

    def _say_empty(self, words: str) -> None:
        if words:
            said = f"Nobody wrote “{words}”.", "esc shows everybody again."
        else:
            said = "Nobody has written yet.", "What customers answer comes here by itself."
        self.query_one(Situation).say(*said)

    async def _page(self, words: str, first: int, count: int) -> Page[Thread]:
        return await self._shop.threads.find(words, first=first, count=count)

    async def _fetch(self) -> None:
        try:
            with told_when_slow(self, lambda: self.notify("Asking the gateway …")):
                _, fresh = await self._shop.delivery.sync()
        except ShopbellError as error:
            self.notify(f"{error.message} {error.hint}", severity="warning")
            return
        self.notify("Nothing new." if not fresh else f"{fresh} new.")

    def _chosen(self) -> Thread | None:
        chosen: Thread | None = self.query_one(Rows).chosen
        return chosen

    def _cursor(self, page: Page[Thread]) -> int:
        """Return where the cursor goes: with its line, unless somebody is done with that.

        What arrives meanwhile moves the lines; a key must not be about somebody else.
        """
        at: int = self.query_one(Rows).cursor
        here = self._chosen()
        if here is None or here.sender == self._done_with:
            return at
        senders = [one.sender for one in page.rows]
        return senders.index(here.sender) if here.sender in senders else at

    def _finish(self) -> Reply | None:
        """Return the reply a key is about, and let its line go."""
        thread = self._chosen()
        self._done_with = "" if thread is None else thread.sender
        return self._reply()

    def _reply(self) -> Reply | None:
        """Return the reply a key is about: the one that needs somebody most."""
        thread = self._chosen()
        return None if thread is None else thread.reply

    def _draw(self, thread: Thread, width: int) -> Drawn:
        return draw_thread(thread, width, self._shop.clock.now())
