"""Puts a campaign into the words of the screens. Must not count, and must not decide."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from shopbell.domain.campaigns import Bucket, Campaign, CampaignState, Outcome
from shopbell.domain.plan_words import of_group
from shopbell.services.campaigns import Listed
from shopbell.services.plans import Plan
from shopbell.tui.rows import Ink
from shopbell.tui.words import moment

BUCKETS: dict[Bucket, tuple[str, str, Ink]] = {
    Bucket.SENT: ("✓", "sent", Ink.GOOD),
    Bucket.WAITING: ("→", "can go", Ink.PLAIN),
    Bucket.HELD: ("…", "held", Ink.CAREFUL),
    Bucket.SKIPPED: ("-", "left out", Ink.MUTED),
    Bucket.FAILED: ("✗", "failed", Ink.BAD),
    Bucket.UNKNOWN: ("?", "unknown", Ink.CAREFUL),
}
"""For each place a person can stand in: a sign, words, ink."""

_STOOD = {Outcome.SEND: "could go", Outcome.HELD: "held", Outcome.OUT: "left out"}


def state(campaign: Campaign) -> tuple[str, str, Ink]:
    """Return a sign, words and ink for where a campaign is."""
    match campaign.state:
        case CampaignState.DRAFT:
            return "·", "planned" if campaign.planned_at else "draft", Ink.MUTED
        case CampaignState.APPROVED:
            return "○", "approved", Ink.PLAIN
        case CampaignState.STARTING:
            return "…", "leaves soon", Ink.ACCENT
        case CampaignState.RUNNING:
            return "→", "on its way", Ink.ACCENT
        case CampaignState.PAUSED:
            return "!", "paused", Ink.CAREFUL
        case CampaignState.DONE:
            return "✓", "done", Ink.GOOD
        case CampaignState.ABORTED:
            return "-", "ended early", Ink.MUTED
        case _ as never:
            assert_never(never)


def numbers(one: Listed, zone: str, now: datetime) -> str:
    """Return how far a campaign is, in a few words for a list."""
    people, campaign = one.people, one.campaign
    sent = people[Bucket.SENT]
    match campaign.state:
        case CampaignState.DRAFT | CampaignState.APPROVED if campaign.planned_at is None:
            return "not planned yet"
        case CampaignState.DRAFT | CampaignState.APPROVED:
            return f"{people[Bucket.WAITING]:,} of {one.chosen:,} can go"
        case CampaignState.STARTING:
            at = campaign.release_at
            when = f" at {moment(at, zone, now)}" if at else ""
            return f"{people[Bucket.WAITING]:,} leave{when}"
        case CampaignState.RUNNING | CampaignState.PAUSED:
            left = people[Bucket.WAITING]
            return f"{sent:,} sent, {left:,} to go{_trouble(people)}"
        case CampaignState.DONE | CampaignState.ABORTED:
            return f"{sent:,} of {one.chosen:,} sent{_trouble(people)}"
        case _ as never:
            assert_never(never)


def two_said(plan: Plan) -> str:
    """Return whose yes is missing where two people have to say it."""
    campaign = plan.campaign
    if campaign.state is not CampaignState.APPROVED or plan.to_send > (
        campaign.approved_count or 0
    ):
        return "Two people have to say yes to so many texts, each by their own word."
    return f"{campaign.approved_by} said yes. Somebody else has to say so too."


def moved(plan: Plan) -> list[str]:
    """Return who stands elsewhere than in the plan before, as sentences without full stops."""
    said = []
    for one in plan.moved:
        before = "not chosen" if one.before is None else _STOOD[one.before]
        after = "not chosen" if one.after is None else _STOOD[one.after]
        why = f": they {of_group(one.code)}" if one.code is not None else ""
        said.append(f"{one.count:,} moved from {before} to {after}{why}")
    return said


def _trouble(people: dict[Bucket, int]) -> str:
    said = [
        f"{people[bucket]:,} {words}"
        for bucket, words in ((Bucket.FAILED, "failed"), (Bucket.UNKNOWN, "unknown"))
        if people[bucket]
    ]
    return "".join(f", {one}" for one in said)
