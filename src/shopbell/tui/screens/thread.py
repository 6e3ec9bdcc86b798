"""One thread: what they wrote and what we wrote, in turn. Must not judge or send by itself.

Whoever opens it has seen it: what was unread is marked as seen, and stays bold until they leave.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from shopbell.domain.consent import How
from shopbell.domain.people import Page
from shopbell.domain.replies import Reply
from shopbell.domain.threads import Conversation, Said
from shopbell.domain.typed_text import TypedText
from shopbell.errors import ShopbellError
from shopbell.services.changed import Changed
from shopbell.services.shop import Shop
from shopbell.tui import person_boxes, reply_steps
from shopbell.tui.commands import Scope, bindings, command
from shopbell.tui.composer import Recipient
from shopbell.tui.frame import FrameScreen
from shopbell.tui.plain import Plain
from shopbell.tui.rows import Drawn, Rows
from shopbell.tui.screens.why import Why
from shopbell.tui.thread_messages import ThreadWanted
from shopbell.tui.thread_words import Line, detail, draw_line, headline, laid_out
from shopbell.tui.work import start

_ABOUT_UNCLEAR = frozenset({"thread.is_stop", "thread.no_stop", "thread.ask"})
_BESIDE_ROWS = 8
"""Cells left and right of a row, and of the scroll bar, before the list is laid out."""

Again = Callable[[Recipient, TypedText], Awaitable[None]]


class ThreadScreen(FrameScreen):
    """A conversation with one number, or with a sender that has none."""

    scope = Scope.THREAD
    place = "replies"
    shows = frozenset({Changed.REPLIES, Changed.TEXTS, Changed.CONSENT, Changed.PEOPLE})

    DEFAULT_CSS = """
    ThreadScreen #who { margin-bottom: 1; padding: 0 2; }
    ThreadScreen #text { height: auto; max-height: 5; margin-top: 1; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.THREAD)]

    def __init__(self, shop: Shop, sender: str, *, again: Again) -> None:
        """Make it.

        Args:
            shop: to read, and to write down what a reply means.
            sender: a number, or a sender without one.
            again: opens the box for a text that did not arrive.
        """
        super().__init__()
        self._again = again
        self._shop = shop
        self._sender = sender
        self._zone = shop.profile.zone
        self._found: Conversation | None = None
        self._fresh: frozenset[int] = frozenset()
        self._width = 0

    def work(self) -> ComposeResult:
        """Lay out who it is, what was said, and what is known about the text under the cursor."""
        yield Plain("", id_="who", classes="content")
        rows = Rows[Line](self._draw)
        rows.add_class("content")
        yield rows
        yield Plain("", id_="text", classes="content")

    def on_mount(self) -> None:
        """Start in the conversation."""
        self.query_one(Rows).focus()
        self.load()

    def on_resize(self) -> None:
        """Fold the words anew."""
        self.call_after_refresh(self._lay_out)

    def load(self) -> None:
        """Read the conversation."""
        start(self, self._load, "thread")

    def why_not(self, id_: str) -> str:
        """What can be done depends on who it is and on the text under the cursor."""
        if id_ == "thread.next":
            return ""
        found = self._found
        if found is None:
            return "There is nothing here."
        said = self._chosen()
        if id_ == "thread.again":
            return _why_not_again(said)
        if id_ == "thread.why":
            return "" if said and said.text else "Choose one of your own texts: it knows why."
        name = command(id_).name
        reply = self._meant(id_)
        if reply is None:
            no_number = "This sender has no number that can be answered."
            needs_none = name in {"answer", "person"} and found.number is not None
            return "" if needs_none else no_number if found.number is None else _NOT_THEIRS
        return reply_steps.why_not(name, reply)

    def do_answer(self) -> None:
        """Answer them."""
        if self._found is not None and self._found.number is not None:
            wanted = self.TextWanted(self._found.number, self._found.name, answering=True)
            self.post_message(wanted)

    async def do_again(self) -> None:
        """Offer a text that did not arrive once more; it is decided anew."""
        said = self._chosen()
        if said is not None and (text := said.text) is not None:
            draft = TypedText(
                number=text.number,
                body=text.body,
                purpose=text.purpose,
                topic=text.topic,
                really_service=text.really_service,
            )
            who = Recipient(number=text.number, name=text.name)
            await self._again(who, draft)

    async def do_is_stop(self) -> None:
        """It means stop."""
        if (reply := self._meant("thread.is_stop")) is not None:
            await reply_steps.judge(self, self._shop, reply, is_stop=True)

    async def do_no_stop(self) -> None:
        """It does not mean stop."""
        if (reply := self._meant("thread.no_stop")) is not None:
            await reply_steps.judge(self, self._shop, reply, is_stop=False)

    async def do_ask(self) -> None:
        """Ask them whether they meant stop."""
        if (reply := self._meant("thread.ask")) is not None:
            await reply_steps.ask(self, self._shop, reply)

    async def do_complaint(self) -> None:
        """It is a complaint."""
        reply = self._meant("thread.complaint")
        if reply is not None and reply.number is not None:
            await person_boxes.complain(
                self, self._shop, reply.number, reply.name, words=reply.veiled, how=How.TEXT
            )

    def do_redact(self) -> None:
        """Take a secret out of the reply under the cursor."""
        if (reply := self._meant("thread.redact")) is not None:
            reply_steps.redact(self, self._shop, reply)

    def do_person(self) -> None:
        """Open the sheet of whoever it is."""
        if self._found is not None and self._found.number is not None:
            self.post_message(self.PersonOpened(self._found.number))

    def do_next(self) -> None:
        """Go on to the next thread that is unread."""
        self.post_message(ThreadWanted(self._sender, unread=True))

    def do_why(self) -> None:
        """Explain our text under the cursor."""
        said = self._chosen()
        if said is not None and said.text is not None:
            start(self, self._why, "why")

    def on_rows_opened(self) -> None:
        """Enter explains one of ours, and answers one of theirs."""
        said = self._chosen()
        if said is not None and said.text is not None:
            self.do_why()
        elif not self.why_not("thread.answer"):
            self.do_answer()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Say what is known about the text under the cursor."""
        now = self._shop.clock.now()
        self.query_one("#text", Plain).show(detail(event.row.said, self._zone, now))
        self.refresh_keys()

    async def _load(self) -> None:
        found = await self.ask(
            self._shop.threads.read(self._sender), "Looking", "Press esc, then open it again."
        )
        if found is None:
            return
        unread = {one.reply.id for one in found.said if one.reply and one.reply.read_at is None}
        self._fresh |= unread
        self._found = found
        self.query_one("#who", Plain).show(headline(found))
        self._lay_out(anew=True)
        self.refresh_keys()
        if unread:
            await self._seen()

    async def _seen(self) -> None:
        try:
            await self._shop.threads.mark_read(self._sender)
        except ShopbellError:
            return  # a file that is busy or only to be read: it stays unread, and says so

    def _lay_out(self, *, anew: bool = False) -> None:
        found, rows = self._found, self.query_one(Rows)
        width = rows.size.width or self.app.size.width - _BESIDE_ROWS
        if found is None or (width == self._width and not anew):
            return
        was_at, self._width = self._chosen(), width
        was_last = rows.count == 0 or rows.cursor == rows.count - 1
        folded = laid_out(found, max(width - 3, 1))
        at = next((i for i, one in enumerate(folded) if _same(one.said, was_at)), 0)
        page = Page(rows=folded, first=0, total=len(folded))
        rows.show(page, partial(_window, folded), cursor=len(folded) - 1 if was_last else at)

    async def _why(self) -> None:
        said = self._chosen()
        if said is None or said.text is None:
            return
        try:
            decision = await self._shop.outbox.decision(said.text.decision_id)
            events = await self._shop.outbox.events(said.text.id)
        except ShopbellError as error:
            self.notify(f"{error.message} {error.hint}", severity="warning")
            return
        if decision is not None:
            now = self._shop.clock.now()
            self.app.push_screen(Why(decision, self._zone, now, text=said.text, events=events))

    def _chosen(self) -> Said | None:
        line: Line | None = self.query_one(Rows).chosen
        return None if line is None else line.said

    def _meant(self, id_: str) -> Reply | None:
        """Return the reply a key is about: the one under the cursor, or what may be a stop."""
        said = self._chosen()
        reply = None if said is None else said.reply
        if id_ not in _ABOUT_UNCLEAR or (reply is not None and reply.is_unclear):
            return reply
        unclear = None if self._found is None else self._found.unclear
        return unclear or reply

    def _draw(self, line: Line, width: int) -> Drawn:
        reply = line.said.reply
        is_fresh = reply is not None and reply.id in self._fresh
        return draw_line(line, width, self._zone, self._shop.clock.now(), is_fresh=is_fresh)


_NOT_THEIRS = "Choose something they wrote."


def _why_not_again(said: Said | None) -> str:
    if said is None or not said.can_be_tried_again:
        return "Choose a text of yours that did not arrive."
    if said.text is not None and said.text.own is not None:
        return "The shop wrote this text by itself: it is not sent again by hand."
    return ""


def _same(one: Said, other: Said | None) -> bool:
    if other is None:
        return False
    if one.text is not None:
        return other.text is not None and one.text.id == other.text.id
    return one.reply is not None and other.reply is not None and one.reply.id == other.reply.id


async def _window(folded: tuple[Line, ...], first: int, count: int) -> Page[Line]:
    """A conversation is folded as a whole; the list asks for it in windows."""
    return Page(rows=folded[first : first + count], first=first, total=len(folded))
