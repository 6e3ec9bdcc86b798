"""One campaign while it is written: every change is kept, and nothing anybody typed is lost.

Must not draw. A write that has begun goes on when the screen that asked for it is left.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from shopbell.domain.campaigns import Audience, Campaign, CampaignDraft
from shopbell.domain.consent import Purpose
from shopbell.domain.people_filter import PeopleFilter
from shopbell.errors import BadInput
from shopbell.services.campaigns import Campaigns

FRESH = CampaignDraft(
    name="",
    body="",
    purpose=Purpose.MARKETING,
    topic="offers",
    audience=Audience(filter=PeopleFilter(consented_to="offers")),
)
"""What a new campaign begins with: to those who said yes to it."""


class Drafting:
    """Holds the words as they are typed, and writes them one version after another."""

    def __init__(
        self, campaigns: Campaigns, campaign: Campaign | None = None, *, copied: bool = False
    ) -> None:
        """Begin.

        Args:
            campaigns: where it is kept.
            campaign: the one to change; None: a new one, written once there is something to keep.
            copied: make a new one of the same words and people instead.
        """
        self._campaigns = campaigns
        self.campaign = campaign
        self.draft = FRESH if campaign is None else _as_draft(campaign)
        self.split_from: Campaign | None = None
        """The campaign somebody else changed meanwhile: ours is kept beside it."""
        self._kept = self.draft
        if copied:
            self.campaign = None
            self.draft = replace(self.draft, not_before=None, latest=None)
            self._kept = FRESH
        self._writing: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()

    @property
    def is_kept(self) -> bool:
        """Whether the file holds everything that was typed."""
        return self.draft == self._kept

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing worth keeping yet."""
        return self.campaign is None and not (self.draft.name.strip() or self.draft.body.strip())

    def change(self, **fields: Any) -> None:  # noqa: ANN401 - the fields of the draft
        """Take over what was typed or chosen."""
        self.draft = replace(self.draft, **fields)

    async def keep(self) -> None:
        """Write what is not written yet.

        Raises:
            BadInput: a field cannot be kept; says which and why.
            ShopbellError: the file cannot be written now; what was typed stays here.
        """
        # Shielded: a screen that goes away must not leave us without the new revision.
        self._writing = asyncio.create_task(self._write_in_turn())
        await asyncio.shield(self._writing)

    async def _write_in_turn(self) -> None:
        async with self._turn:
            if not self.is_kept and not self.is_empty:
                await self._write(self.draft)

    async def _write(self, draft: CampaignDraft) -> None:
        if self.campaign is None:
            self.campaign = await self._campaigns.create(draft, unfinished=True)
        else:
            try:
                self.campaign = await self._campaigns.change(
                    self.campaign.id, self.campaign.revision, draft, unfinished=True
                )
            except BadInput as error:
                if error.code not in {"changed_elsewhere", "has_started"}:
                    raise
                self.split_from = await self._campaigns.get(self.campaign.id)
                name = f"{draft.name.strip()[:50]} (mine)".strip()
                mine = replace(draft, name=name)
                self.campaign = await self._campaigns.create(mine, unfinished=True)
                self.draft = replace(self.draft, name=name)
                draft = mine
        self._kept = draft


def _as_draft(campaign: Campaign) -> CampaignDraft:
    fields = CampaignDraft.__dataclass_fields__
    return CampaignDraft(**{name: getattr(campaign, name) for name in fields})
