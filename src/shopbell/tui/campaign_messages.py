"""What the campaign screens ask of the app, as messages. Must not open anything itself."""

from __future__ import annotations

from textual.message import Message

from shopbell.domain.campaigns import Bucket
from shopbell.domain.decision import Code
from shopbell.domain.ids import CampaignId


class CampaignWanted(Message):
    """A campaign is to be opened, over the screen that asks or `instead` of it."""

    def __init__(self, campaign_id: CampaignId, *, instead: bool = False) -> None:
        super().__init__()
        self.campaign_id = campaign_id
        self.instead = instead


class DraftWanted(Message):
    """A campaign is to be written or changed; `copied` makes a new one of the same words."""

    def __init__(
        self, campaign_id: CampaignId | None, *, instead: bool = False, copied: bool = False
    ) -> None:
        super().__init__()
        self.campaign_id = campaign_id
        self.instead = instead
        self.copied = copied


class ChosenWanted(Message):
    """The people who stand in one place of a plan, for one reason, are to be listed."""

    def __init__(self, campaign_id: CampaignId, bucket: Bucket, code: Code | None) -> None:
        super().__init__()
        self.campaign_id = campaign_id
        self.bucket = bucket
        self.code = code
