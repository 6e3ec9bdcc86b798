"""Where a campaign is, in the words of a sentence. Must not decide, and must not count."""

from __future__ import annotations

from typing import assert_never

from shopbell.domain.campaigns import CampaignState


def stands_as(state: CampaignState) -> str:
    """Return what is said after a campaign's name: "is a draft", "was aborted"."""
    match state:
        case CampaignState.DRAFT:
            return "is a draft"
        case CampaignState.APPROVED:
            return "is approved and not started"
        case CampaignState.STARTING:
            return "is about to leave"
        case CampaignState.RUNNING:
            return "is being sent"
        case CampaignState.PAUSED:
            return "is paused"
        case CampaignState.DONE:
            return "is done"
        case CampaignState.ABORTED:
            return "was ended early"
        case _ as never:
            assert_never(never)


def become(state: CampaignState) -> str:
    """Return what is said after "it cannot": "be approved", "go on"."""
    match state:
        case CampaignState.DRAFT:
            return "become a draft again"
        case CampaignState.APPROVED:
            return "be approved"
        case CampaignState.STARTING:
            return "be started before somebody has approved it"
        case CampaignState.RUNNING:
            return "go on"
        case CampaignState.PAUSED:
            return "be paused"
        case CampaignState.DONE:
            return "be finished"
        case CampaignState.ABORTED:
            return "be ended"
        case _ as never:
            assert_never(never)
