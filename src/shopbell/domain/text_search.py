"""Which texts somebody looks for in the history. Must not look for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.ids import E164, CampaignId
from shopbell.domain.texts import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is empty or None does not matter."""

    words: str = ""
    """Each of them stands in the text or in the person's name, in any case; or digits."""
    number: E164 | None = None
    states: tuple[State, ...] = ()
    campaign_id: CampaignId | None = None
    since: datetime | None = None
    until: datetime | None = None
    """Not this moment itself. A text belongs where it left, or else where it was written."""
