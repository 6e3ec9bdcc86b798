"""The people who stand in one place of a plan, with why and until when. Must not text anybody."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from shopbell.domain.campaigns import Bucket, Recipient
from shopbell.domain.decision import Code
from shopbell.domain.ids import CampaignId
from shopbell.domain.people import Page, masked
from shopbell.domain.plan_words import of_group
from shopbell.domain.telling import day_and_clock
from shopbell.errors import ShopbellError
from shopbell.services.changed import Changed
from shopbell.services.shop import Shop
from shopbell.tui import words
from shopbell.tui.campaign_words import BUCKETS
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import FrameScreen, Situation
from shopbell.tui.plain import Plain, cell, lines, spans
from shopbell.tui.rows import PAGE, Drawn, Ink, Rows
from shopbell.tui.screens.real_texts import RealTexts
from shopbell.tui.work import start


class ChosenScreen(FrameScreen):
    """A window onto them, with the whole reason of the one under the cursor."""

    scope = Scope.CHOSEN
    place = "campaigns"
    shows = frozenset({Changed.CAMPAIGNS, Changed.TEXTS})

    DEFAULT_CSS = """
    ChosenScreen #group { height: 1; margin-bottom: 1; }
    ChosenScreen #reasons { height: auto; max-height: 6; margin-top: 1; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.CHOSEN)]

    def __init__(
        self, shop: Shop, campaign_id: CampaignId, bucket: Bucket, code: Code | None
    ) -> None:
        """Make it.

        Args:
            shop: whose campaign.
            campaign_id: which one.
            bucket: where they stand.
            code: their main reason, if there is one.
        """
        super().__init__()
        self._shop = shop
        self._campaign_id = campaign_id
        self._bucket = bucket
        self._code = code
        self._zone = shop.profile.zone

    def work(self) -> ComposeResult:
        """Lay out the group, the list, and the reasons below."""
        yield Plain("", id_="group", classes="content")
        rows = Rows[Recipient](self._draw)
        rows.add_class("content")
        yield rows
        yield Plain("", id_="reasons", classes="content")

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(Rows).focus()
        self.load()

    def load(self) -> None:
        """Read them."""
        start(self, self._load, "people")

    def why_not(self, id_: str) -> str:
        """What can be done with somebody depends on where they stand."""
        one = self._chosen()
        if one is None:
            return "Nobody is here."
        if id_ == "chosen.out" and (one.text_id is not None or self._is_out(one)):
            return "Only somebody whose text has not left can be left out."
        if id_ == "chosen.let_in" and not self._is_out(one):
            return "Only somebody you left out can be let in again."
        return ""

    def do_open(self) -> None:
        """Open the sheet of the person under the cursor."""
        if (one := self._chosen()) is not None:
            self.post_message(self.PersonOpened(one.number))

    def do_text(self) -> None:
        """Show the real text to the person under the cursor."""
        start(self, self._texts, "texts")

    async def do_out(self) -> None:
        """Leave the person under the cursor out."""
        if (one := self._chosen()) is not None:
            try:
                done = await self._shop.plans.take_out(self._campaign_id, one.number)
            except ShopbellError as error:
                self.notify(f"{error.message} {error.hint}".strip(), severity="warning")
                return
            who = words.called(one.name, one.number)
            self.notify(f"{who} is left out." if done else "Too late: the text has left already.")

    def do_let_in(self) -> None:
        """Let the person under the cursor in again."""
        start(self, self._put_back, "put back")

    def on_rows_opened(self) -> None:
        """Enter opens."""
        self.do_open()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Show every reason."""
        one: Recipient = event.row
        rows = [spans(("· ", "$text-warning"), reason.sentence) for reason in one.reasons]
        self.query_one("#reasons", Plain).show(lines(*rows))
        self.refresh_keys()

    def on_rows_failed(self, event: Rows.Failed) -> None:
        """Say why a page is missing."""
        self.query_one(Situation).fail(event.error, "Press esc and open it again.")

    async def _load(self) -> None:
        page = await self.ask(self._page(0, PAGE), "Looking", "Press esc and open it again.")
        if page is None:
            return
        rows: Rows[Recipient] = self.query_one(Rows)
        rows.show(page, self._page, cursor=rows.cursor)
        sign, said, _ = BUCKETS[self._bucket]
        why = f": {of_group(self._code)}" if self._code is not None else ""
        people = "1 person" if page.total == 1 else f"{page.total:,} people"
        self.query_one("#group", Plain).show(
            spans((f"{sign} {people} {said}", "bold"), (why, ""), one_line=True)
        )
        if page.total == 0:
            self.query_one(Situation).say(
                "Nobody stands here any more.", "esc goes back to the campaign."
            )
        self.refresh_keys()

    async def _page(self, first: int, count: int) -> Page[Recipient]:
        return await self._shop.plans.people(
            self._campaign_id, buckets=(self._bucket,), code=self._code, first=first, count=count
        )

    async def _texts(self) -> None:
        try:
            plan = await self._shop.plans.show(self._campaign_id)
        except ShopbellError as error:
            self.notify(f"{error.message} {error.hint}".strip(), severity="warning")
            return
        at = self.query_one(Rows).cursor
        box = RealTexts(self._shop, plan, bucket=self._bucket, code=self._code, at=at)
        await self.app.push_screen(box)

    async def _put_back(self) -> None:
        if (one := self._chosen()) is None:
            return
        try:
            await self._shop.plans.put_back(self._campaign_id, one.number)
        except ShopbellError as error:
            self.notify(f"{error.message} {error.hint}".strip(), severity="warning")
            return
        self.notify(f"{words.called(one.name, one.number)} is in again.")

    def _chosen(self) -> Recipient | None:
        chosen: Recipient | None = self.query_one(Rows).chosen
        return chosen

    def _is_out(self, one: Recipient) -> bool:
        return any(reason.code is Code.TAKEN_OUT for reason in one.reasons)

    def _draw(self, one: Recipient, width: int) -> Drawn:
        said, ink = ("", Ink.MUTED)
        if one.state is not None:
            _, said, ink = words.state(one.state)
        elif one.next_at is not None:
            said, ink = f"from {day_and_clock(one.next_at, self._zone)}", Ink.CAREFUL
        reason = one.reasons[0].sentence if one.reasons else ""
        name, told = min(24, max(12, width // 3)), len(said) + 2 if said else 0
        return (
            (cell(words.called(one.name, one.number), name) + " ", Ink.PLAIN),
            (f"{masked(one.number)}  ", Ink.MUTED),
            (cell(said, told), ink),
            (cell(reason, max(width - name - told - 9, 4)), Ink.MUTED),
        )
