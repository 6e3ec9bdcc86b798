"""All campaigns and how far each one is. Must not change any: that is done where one is open."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from shopbell.domain.audience_rules import audience_words
from shopbell.domain.people import Page
from shopbell.services.campaigns import Listed
from shopbell.services.changed import Changed
from shopbell.services.shop import Shop
from shopbell.tui import campaign_words, words
from shopbell.tui.campaign_messages import CampaignWanted, DraftWanted
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import FrameScreen, Situation
from shopbell.tui.own_keys import key_for
from shopbell.tui.plain import Plain, cell, lines, spans
from shopbell.tui.rows import PAGE, Drawn, Ink, Rows
from shopbell.tui.work import start


class CampaignsScreen(FrameScreen):
    """A window onto all campaigns, newest first, with the words of the one under the cursor."""

    scope = Scope.CAMPAIGNS
    place = "campaigns"
    shows = frozenset({Changed.CAMPAIGNS, Changed.TEXTS})

    DEFAULT_CSS = """
    CampaignsScreen #words { height: auto; max-height: 6; margin-top: 1; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.CAMPAIGNS)]

    def __init__(self, shop: Shop) -> None:
        super().__init__()
        self._shop = shop
        self._zone = shop.profile.zone

    def work(self) -> ComposeResult:
        """Lay out the list, and the words below it."""
        rows = Rows[Listed](self._draw)
        rows.add_class("content")
        yield rows
        yield Plain("", id_="words", classes="content")

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(Rows).focus()
        self.load()

    def load(self) -> None:
        """Read the newest campaigns."""
        start(self, self._load, "campaigns")

    def why_not(self, id_: str) -> str:
        """Nothing can be opened in an empty list."""
        if id_ != "campaigns.new" and self._chosen() is None:
            return "There is no campaign here."
        return ""

    def do_new(self) -> None:
        """Write a new campaign."""
        self.post_message(DraftWanted(None))

    def do_copy(self) -> None:
        """Write a new campaign of the same words."""
        if (one := self._chosen()) is not None:
            self.post_message(DraftWanted(one.campaign.id, copied=True))

    def do_open(self) -> None:
        """Open the campaign under the cursor."""
        if (one := self._chosen()) is not None:
            self.post_message(CampaignWanted(one.campaign.id))

    def on_rows_opened(self) -> None:
        """Enter opens."""
        self.do_open()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Show the words."""
        self._show(event.row)
        self.refresh_keys()

    def on_rows_failed(self, event: Rows.Failed) -> None:
        """Say why a page is missing."""
        self.query_one(Situation).fail(event.error, "Press [everywhere.campaigns] to try again.")

    async def _load(self) -> None:
        page = await self.ask(
            self._page(0, PAGE), "Looking", "Press [everywhere.campaigns] to try again."
        )
        if page is None:
            return
        rows: Rows[Listed] = self.query_one(Rows)
        rows.show(page, self._page, cursor=rows.cursor)
        if page.total == 0:
            self.query_one(Situation).say(
                "No campaign has been written yet.",
                "A campaign is one text to many people who agreed to it: winter wreaths are in, "
                "we close early on Friday. Before anything leaves you see who gets it, who does "
                f"not and why, and what it costs. {key_for('campaigns.new')} begins one.",
            )
        self.refresh_keys()

    async def _page(self, first: int, count: int) -> Page[Listed]:
        return await self._shop.campaigns.listed(first=first, count=count)

    def _chosen(self) -> Listed | None:
        chosen: Listed | None = self.query_one(Rows).chosen
        return chosen

    def _show(self, one: Listed) -> None:
        campaign = one.campaign
        what = campaign.topic or words.purpose(campaign.purpose)
        rows = [
            spans(campaign.body),
            spans((f"about {what} · to {audience_words(campaign.audience)}", "$text-muted")),
        ]
        if campaign.why:
            rows.append(spans((campaign.why, "$text-muted")))
        self.query_one("#words", Plain).show(lines(*rows))

    def _draw(self, one: Listed, width: int) -> Drawn:
        campaign, now = one.campaign, self._shop.clock.now()
        sign, said, ink = campaign_words.state(campaign)
        told = campaign_words.numbers(one, self._zone, now)
        name = max(width - 2 - 13 - 28 - 8, 12)
        return (
            (f"{sign} ", ink),
            (cell(said, 13), ink),
            (cell(campaign.name, name - 2) + "  ", Ink.PLAIN),
            (cell(told, 28), Ink.MUTED),
            (words.ago(campaign.updated_at, now).rjust(8), Ink.MUTED),
        )
