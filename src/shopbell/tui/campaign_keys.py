"""Why a key of a campaign does nothing now, in a sentence. Must not do what the key does."""

from __future__ import annotations

from shopbell.domain.campaigns import CAN_CHANGE, MOVES, Bucket, CampaignState
from shopbell.services.plans import Plan
from shopbell.services.runs import why_not_start
from shopbell.tui.own_keys import with_keys

AT_WORK = frozenset({CampaignState.STARTING, CampaignState.RUNNING})
"""Where a campaign moves on by itself."""


def why_not(id_: str, plan: Plan) -> str:
    """Return why the command `id_` cannot be done with this campaign; "" if it can."""
    state = plan.campaign.state
    match id_.partition(".")[2]:
        case "go" if state not in CAN_CHANGE:
            return "It has been started already."
        case "go" if (obstacle := why_not_start(plan)) is not None:
            return f"{obstacle.message} {obstacle.hint}"
        case "edit" if state not in CAN_CHANGE:
            return "It has been started: it cannot be changed any more."
        case "replace" if state in CAN_CHANGE:
            return with_keys("It has not been started: [campaign.edit] changes its words.")
        case "replace" if CampaignState.ABORTED not in MOVES[state]:
            return "It has ended: nothing of it waits."
        case "take_back" if state is not CampaignState.STARTING:
            return "Only a countdown can be taken back."
        case "pause" if state is not CampaignState.RUNNING:
            return "It is not on its way."
        case "resume" if CampaignState.RUNNING not in MOVES[state] or state in AT_WORK:
            return "There is nothing to let go on."
        case "resume" if state is CampaignState.DONE and not plan.tally.of(Bucket.HELD):
            return "Everybody who could be texted has been."
        case "abort" if CampaignState.ABORTED not in MOVES[state]:
            return "It has ended already."
        case "settle" if not plan.tally.of(Bucket.UNKNOWN):
            return "No outcome is unknown."
        case "names" | "texts" if not plan.tally.chosen:
            return "Nobody is chosen."
    return ""
