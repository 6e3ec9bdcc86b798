"""Asks the gateway about every text of a campaign whose outcome is unknown. Must not guess."""

from __future__ import annotations

from dataclasses import dataclass

from shopbell.domain.campaigns import Bucket
from shopbell.domain.ids import CampaignId
from shopbell.errors import BadInput
from shopbell.services.outbox import Outbox
from shopbell.services.plans import Plans

_MOST = 1000
_UNKNOWN = (Bucket.UNKNOWN,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What asking brought."""

    asked: int
    """About how many texts."""
    left: int
    """How many are still unknown."""

    @property
    def settled(self) -> int:
        """How many are known now."""
        return max(self.asked - self.left, 0)


class Unknowns:
    """Settles what is unknown of one shop's campaigns."""

    def __init__(self, plans: Plans, outbox: Outbox) -> None:
        self._plans = plans
        self._outbox = outbox

    async def ask(self, campaign_id: CampaignId) -> Asked:
        """Ask about the unknown texts of a campaign, a thousand at most."""
        page = await self._plans.people(campaign_id, buckets=_UNKNOWN, count=_MOST)
        asked = [one.text_id for one in page.rows if one.text_id is not None]
        for text_id in asked:
            try:
                await self._outbox.settle(text_id)
            except BadInput as error:
                if error.code != "not_unknown":
                    raise  # else a receipt told it meanwhile
        left = await self._plans.people(campaign_id, buckets=_UNKNOWN, count=1)
        return Asked(asked=len(asked), left=left.total)
