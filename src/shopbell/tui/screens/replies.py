"""What customers wrote, what needs a person first. Must not judge an unclear stop itself."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from shopbell.domain.consent import How
from shopbell.domain.decision import Verdict
from shopbell.domain.people import Page
from shopbell.domain.replies import Band, Reply
from shopbell.errors import ShopbellError
from shopbell.services.desk import Changed
from shopbell.services.shop import Shop
from shopbell.tui import person_boxes, words
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import FrameScreen, Situation
from shopbell.tui.plain import Plain, cell, lines, spans
from shopbell.tui.rows import PAGE, Drawn, Ink, Rows
from shopbell.tui.work import start

_TO_A_NUMBER = frozenset({"replies.open", "replies.answer", "replies.ask", "replies.complaint"})
_MEANWHILE = "Only answers can be sent to them. If nobody says otherwise it is a stop from"


class RepliesScreen(FrameScreen):
    """A window onto all replies: unclear stops, then unread, then the newest."""

    scope = Scope.REPLIES
    place = "replies"
    shows = frozenset({Changed.REPLIES})

    DEFAULT_CSS = """
    RepliesScreen #text { height: auto; max-height: 7; margin-top: 1; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.REPLIES)]

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self._shop = shop
        self._zone = shop.profile.zone

    def work(self) -> ComposeResult:
        """Lay out the list, and the text below it."""
        rows = Rows[Reply](self._draw)
        rows.add_class("content")
        yield rows
        yield Plain("", id_="text", classes="content")

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(Rows).focus()
        self.load()

    def load(self) -> None:
        """Read the replies."""
        start(self, self._load, "replies")

    def why_not(self, id_: str) -> str:
        """What can be done with a reply depends on what it is."""
        if id_ == "replies.fetch":
            return ""
        reply = self._chosen()
        if reply is None:
            return "There is no reply here."
        if id_ in {"replies.is_stop", "replies.no_stop", "replies.ask"} and not reply.is_unclear:
            return "It is clear what this reply means."
        if id_ == "replies.ask" and reply.asked_at is not None:
            return "They were asked already."
        if id_ in _TO_A_NUMBER and reply.number is None:
            return "This sender has no number that can be answered."
        if id_ == "replies.seen" and reply.read_at is not None:
            return "It is marked as seen already."
        return ""

    def do_open(self) -> None:
        """Open the sheet of who wrote."""
        reply = self._chosen()
        if reply is not None and reply.number is not None:
            self.post_message(self.PersonOpened(reply.number))

    def do_answer(self) -> None:
        """Answer the reply."""
        reply = self._chosen()
        if reply is not None and reply.number is not None:
            self.post_message(self.TextWanted(reply.number, reply.name, answering=True))

    async def do_is_stop(self) -> None:
        """It means stop."""
        await self._judge(is_stop=True)

    async def do_no_stop(self) -> None:
        """It does not mean stop."""
        await self._judge(is_stop=False)

    async def do_ask(self) -> None:
        """Ask whoever wrote it."""
        if (reply := self._chosen()) is None:
            return
        try:
            asked = await self._shop.inbox.ask(reply.id)
        except ShopbellError as error:
            self.notify(f"{error.message} {error.hint}", severity="warning")
            return
        reasons = asked.judged.decision.reasons
        may_go = asked.judged.decision.verdict is Verdict.ALLOW
        self.notify("Asked." if may_go else reasons[0].sentence)

    async def do_complaint(self) -> None:
        """It is a complaint."""
        reply = self._chosen()
        if reply is not None and reply.number is not None:
            await person_boxes.complain(
                self, self._shop, reply.number, reply.name, words=reply.veiled, how=How.TEXT
            )

    async def do_seen(self) -> None:
        """Mark it as seen."""
        if (reply := self._chosen()) is not None:
            try:
                await self._shop.inbox.mark_read(reply.id)
            except ShopbellError as error:
                self.notify(f"{error.message} {error.hint}", severity="warning")

    def do_fetch(self) -> None:
        """Ask the gateway for new texts."""
        start(self, self._fetch, "fetch")

    def on_rows_opened(self) -> None:
        """Enter opens."""
        self.do_open()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Show the whole text."""
        self._show(event.row)
        self.refresh_keys()

    def on_rows_failed(self, event: Rows.Failed) -> None:
        """Say why a page is missing."""
        self.query_one(Situation).fail(event.error, "Press 2 to try again.")

    async def _load(self) -> None:
        page = await self.ask(self._page(0, PAGE), "Looking", "Press 2 to try again.")
        if page is None:
            return
        rows: Rows[Reply] = self.query_one(Rows)
        rows.show(page, self._page, cursor=rows.cursor)
        if page.total == 0:
            self.query_one(Situation).say(
                "Nobody has written yet.", "What customers answer comes here by itself."
            )
        self.refresh_keys()

    async def _page(self, first: int, count: int) -> Page[Reply]:
        return await self._shop.inbox.find(first=first, count=count)

    async def _fetch(self) -> None:
        try:
            _, fresh = await self._shop.delivery.sync()
        except ShopbellError as error:
            self.notify(f"{error.message} {error.hint}", severity="warning")
            return
        self.notify("Nothing new." if not fresh else f"{fresh} new.")

    async def _judge(self, *, is_stop: bool) -> None:
        if (reply := self._chosen()) is None:
            return
        try:
            judged = await self._shop.inbox.judge_unclear(reply.id, is_stop=is_stop)
        except ShopbellError as error:
            self.notify(f"{error.message} {error.hint}", severity="warning")
            return
        self.notify(judged.done)

    def _chosen(self) -> Reply | None:
        chosen: Reply | None = self.query_one(Rows).chosen
        return chosen

    def _show(self, reply: Reply) -> None:
        now = self._shop.clock.now()
        said = reply.reading.why if reply.is_unclear else reply.done or reply.reading.why
        facts = [words.moment(reply.at, self._zone, now), said]
        rows = [
            spans(reply.veiled),
            spans((" · ".join(fact for fact in facts if fact), "$text-muted")),
        ]
        if reply.secrets:
            what = " and ".join(reply.secrets)
            said = f"Hidden: {what}. Out for good: shopbell inbox redact {reply.id}"
            rows.append(spans((said, "$text-warning")))
        if reply.stop_at is not None:
            asked = "They were asked. " if reply.asked_at is not None else ""
            until = words.moment(reply.stop_at, self._zone, now)
            rows.append(spans((f"{asked}{_MEANWHILE} {until}.", "$text-warning")))
        self.query_one("#text", Plain).show(lines(*rows))

    def _draw(self, reply: Reply, width: int) -> Drawn:
        sign, said, ink = _sign(reply)
        name = min(22, max(12, width // 4))
        loud = Ink.PLAIN if reply.read_at else Ink.STRONG
        return (
            (f"{sign} ", ink),
            (cell(said, 17), ink),
            (cell(words.ago(reply.at, self._shop.clock.now()), 8), Ink.MUTED),
            (cell(words.called(reply.name, reply.sender), name) + "  ", loud),
            (
                cell(reply.veiled, max(width - name - 29, 4)),
                Ink.MUTED if reply.read_at else Ink.PLAIN,
            ),
        )


def _sign(reply: Reply) -> tuple[str, str, Ink]:
    if reply.is_unclear:
        return "?", "is this a stop?", Ink.CAREFUL
    if reply.reading.band is Band.OPT_OUT:
        return "✗", "said stop", Ink.BAD
    if reply.complained:
        return "!", "complained: call", Ink.CAREFUL
    if reply.read_at is None:
        return "●", "new", Ink.ACCENT
    return " ", "seen", Ink.MUTED
