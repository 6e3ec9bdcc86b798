"""Opens the screens about campaigns and about all sending. Must not do their work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App

from shopbell.domain.campaigns import Bucket
from shopbell.domain.decision import Code
from shopbell.domain.ids import CampaignId
from shopbell.errors import ShopbellError
from shopbell.services.shop import Shop
from shopbell.tui.campaign_messages import CampaignWanted, DraftWanted
from shopbell.tui.drafting import Drafting
from shopbell.tui.frame import FrameScreen
from shopbell.tui.screens.campaign import CampaignScreen
from shopbell.tui.screens.campaigns import CampaignsScreen
from shopbell.tui.screens.chosen import ChosenScreen
from shopbell.tui.screens.draft import DraftScreen
from shopbell.tui.screens.sending_box import sending_box
from shopbell.tui.screens.stop_all import StopAll


class Campaigning:
    """The campaign screens of one session."""

    def __init__(
        self,
        app: App[Any],
        shop: Shop,
        who: str,
        framed: Callable[[FrameScreen], FrameScreen],
    ) -> None:
        """Begin with none.

        Args:
            app: where they are shown.
            shop: whose campaigns.
            who: who is at work here, for the history.
            framed: gives a new screen its frame.
        """
        self._app = app
        self._shop = shop
        self._who = who
        self._framed = framed
        self._drafting: Drafting | None = None

    def place(self) -> CampaignsScreen:
        """Return the list of all campaigns."""
        return CampaignsScreen(self._shop)

    async def open(self, wanted: CampaignWanted) -> None:
        """Open one campaign."""
        screen = CampaignScreen(self._shop, wanted.campaign_id, self._who)
        await self._bring(screen, instead=wanted.instead)

    async def write(self, wanted: DraftWanted) -> None:
        """Write a new campaign, or change one."""
        await self.keep()
        campaigns, campaign = self._shop.campaigns, None
        try:
            if wanted.campaign_id is not None:
                campaign = await campaigns.get(wanted.campaign_id)
            topics = await self._shop.topics.offered()
        except ShopbellError as error:
            self._app.notify(f"{error.message} {error.hint}".strip(), severity="warning")
            return
        self._drafting = Drafting(campaigns, campaign, copied=wanted.copied)
        await self._bring(DraftScreen(self._shop, self._drafting, topics), instead=wanted.instead)

    async def keep(self) -> None:
        """Write to the file what was typed and is not in it yet."""
        if self._drafting is None:
            return
        try:
            await self._drafting.keep()
        except ShopbellError as error:
            self._app.notify(f"{error.message} {error.hint}".strip(), severity="warning")

    async def _bring(self, screen: FrameScreen, *, instead: bool) -> None:
        framed = self._framed(screen)
        if instead:
            await self._app.switch_screen(framed)
        else:
            await self._app.push_screen(framed)

    async def chosen(self, campaign_id: CampaignId, bucket: Bucket, code: Code | None) -> None:
        """List the people who stand in one place of a plan."""
        screen = ChosenScreen(self._shop, campaign_id, bucket, code)
        await self._app.push_screen(self._framed(screen))

    async def sending(self, *, only_a_copy: bool = False) -> None:
        """Show the switch; with `only_a_copy`, only where a copied file has to ask its owner."""
        try:
            box = await sending_box(self._shop, self._who)
        except ShopbellError as error:
            self._app.notify(f"{error.message} {error.hint}".strip(), severity="warning")
            return
        if only_a_copy and not box.is_question:
            return

        def turned(done: str | None) -> None:
            if done is not None:
                self._app.notify(done)

        await self._app.push_screen(box, turned)

    async def stop_all(self) -> None:
        """Ask for the one key that stops everything; the second press is that key."""
        screen = self._app.screen
        if isinstance(screen, StopAll):
            await screen.action_stop()
            return

        def stopped(done: str | None) -> None:
            if done is not None:
                self._app.notify(done, severity="warning", timeout=15)

        await self._app.push_screen(StopAll(self._shop, self._who), stopped)
