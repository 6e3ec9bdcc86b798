"""Where a campaign is, in words that end a sentence."""

from __future__ import annotations

import pytest

from shopbell.domain.campaign_words import become, stands_as
from shopbell.domain.campaigns import CampaignState

SAID = (
    (CampaignState.DRAFT, "is a draft", "become a draft again"),
    (CampaignState.APPROVED, "is approved and not started", "be approved"),
    (CampaignState.STARTING, "is about to leave", "be started before somebody has approved it"),
    (CampaignState.RUNNING, "is being sent", "go on"),
    (CampaignState.PAUSED, "is paused", "be paused"),
    (CampaignState.DONE, "is done", "be finished"),
    (CampaignState.ABORTED, "was ended early", "be ended"),
)


@pytest.mark.parametrize(("state", "stands", "becomes"), SAID)
def test_every_state_ends_a_sentence(state: CampaignState, stands: str, becomes: str) -> None:
    assert stands_as(state) == stands
    assert become(state) == becomes


def test_every_state_has_its_words_and_no_two_share_them() -> None:
    assert {state for state, _, _ in SAID} == set(CampaignState)
    assert len({stands_as(state) for state in CampaignState}) == len(CampaignState)
    assert len({become(state) for state in CampaignState}) == len(CampaignState)
