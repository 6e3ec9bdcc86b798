"""Campaigns and their plans for scripts and for people. Must not decide, nor count anything."""

from __future__ import annotations

from shopbell.cli.decisions import reason_json, reason_line
from shopbell.cli.moments import iso, spoken
from shopbell.cli.money import amount, spoken_price
from shopbell.cli.output import Json
from shopbell.cli.texts import number_shown
from shopbell.domain.audience_rules import audience_text, audience_words
from shopbell.domain.campaign_words import stands_as
from shopbell.domain.campaigns import (
    CAN_CHANGE,
    Bucket,
    Campaign,
    CampaignEvent,
    CampaignState,
    Moved,
    Outcome,
    Recipient,
)
from shopbell.domain.findings import Finding
from shopbell.domain.plan_words import of_group
from shopbell.domain.planning import main_reason
from shopbell.domain.telling import counted
from shopbell.services.plans import Plan, Preview

SAID = {
    Bucket.SENT: "sent",
    Bucket.WAITING: "can go",
    Bucket.HELD: "held",
    Bucket.SKIPPED: "left out",
    Bucket.FAILED: "failed",
    Bucket.UNKNOWN: "unknown",
}
_STOOD = {Outcome.SEND: "could go", Outcome.HELD: "held", Outcome.OUT: "left out"}


def campaign_json(campaign: Campaign) -> dict[str, Json]:
    """Return one campaign."""
    return {
        "campaign_id": campaign.id,
        "name": campaign.name,
        "text": campaign.body,
        "purpose": campaign.purpose.value,
        "topic": campaign.topic,
        "audience": audience_text(campaign.audience),
        "state": campaign.state.value,
        "why": campaign.why,
        "pause": None if campaign.pause is None else campaign.pause.value,
        "revision": campaign.revision,
        "author": campaign.author,
        "approved_by": campaign.approved_by,
        "approved_count": campaign.approved_count,
        "second_by": campaign.second_by,
        "not_before": iso(campaign.not_before),
        "latest": iso(campaign.latest),
        "last_at": iso(campaign.last_at),
        "last_why": campaign.last_why,
        "release_at": iso(campaign.release_at),
        "planned_at": iso(campaign.planned_at),
        "replaces": campaign.replaces,
        "started_at": iso(campaign.started_at),
        "ended_at": iso(campaign.ended_at),
        "created_at": iso(campaign.created_at),
        "updated_at": iso(campaign.updated_at),
    }


def campaign_line(campaign: Campaign, zone: str) -> str:
    """Return one campaign as one line."""
    when = spoken(campaign.updated_at, zone)
    why = f"  {campaign.why}" if campaign.why else ""
    return f"{campaign.id}  {campaign.state}  {when}  {campaign.name}{why}"


def plan_json(plan: Plan) -> dict[str, Json]:
    """Return the numbers of a plan. Whatever happens: chosen is the sum of the six after it."""
    tally, fit = plan.tally, plan.fit
    return {
        "campaign_id": plan.campaign.id,
        "state": plan.campaign.state.value,
        "chosen": tally.chosen,
        **{bucket.value: count for bucket, count in tally.by_bucket},
        "by_reason": [
            {
                "bucket": one.bucket.value,
                "code": None if one.code is None else one.code.value,
                "words": of_group(one.code),
                "count": one.count,
                "first_at": iso(one.first_at),
                "last_at": iso(one.last_at),
            }
            for one in tally.by_reason
        ],
        "parts": tally.parts,
        "price": amount(tally.price_micros),
        "currency": plan.currency,
        "without_price": tally.without_price,
        "seconds": fit.seconds,
        "starts_at": iso(fit.starts_at),
        "ends_at": iso(fit.ends_at),
        "late": fit.late,
        "start_by": iso(fit.start_by),
        "last_at": iso(plan.campaign.last_at),
        "last_why": plan.campaign.last_why,
        "moved": [
            {
                "before": None if one.before is None else one.before.value,
                "after": None if one.after is None else one.after.value,
                "code": None if one.code is None else one.code.value,
                "count": one.count,
            }
            for one in plan.moved
        ],
        "lint": [finding_json(one) for one in plan.findings],
        "codes_left": plan.codes_left,
        "needs_two": plan.needs_two,
    }


def plan_lines(plan: Plan, zone: str) -> list[str]:
    """Return a plan as sentences, one fact a line."""
    tally, campaign = plan.tally, plan.campaign
    people = "1 person" if tally.chosen == 1 else f"{tally.chosen:,} people"
    lines = [
        f"“{campaign.name}” {stands_as(campaign.state)}: {audience_words(campaign.audience)}.",
        f"{people} chosen.",
    ]
    for one in tally.by_reason:
        why = f": {of_group(one.code)}" if one.code is not None else ""
        when = "" if one.first_at is None else f", from {spoken(one.first_at, zone)}"
        lines.append(f"{one.count:,} {SAID[one.bucket]}{why}{when}.")
    price = spoken_price(tally.price_micros if plan.currency else None, plan.currency)
    lines.append(f"{counted(tally.parts, 'part')}, {price}.")
    if tally.of(Bucket.WAITING):
        fast = f", {plan.pace}" if plan.pace and plan.fit.seconds >= 1 else ""
        lines.append(f"Takes {spoken_length(plan.fit.seconds)}{fast}.")
    if plan.fit.late:
        lines.append(late_line(plan, zone))
    if campaign.last_why:
        lines.append(campaign.last_why)
    if plan.needs_two and campaign.state in CAN_CHANGE:
        lines.append(two_line(campaign))
    lines += [moved_line(one) for one in plan.moved]
    lines += [finding_line(one) for one in plan.findings]
    return lines


def two_line(campaign: Campaign) -> str:
    """Return whose yes is still missing where two people have to say it."""
    if campaign.state is not CampaignState.APPROVED:
        return "To so many people two have to say yes, each by name."
    if campaign.second_by:
        return f"{campaign.approved_by} and {campaign.second_by} said yes."
    return f"{campaign.approved_by} said yes; a second person has to say so too."


def late_line(plan: Plan, zone: str) -> str:
    """Return that not all of it fits into the window, and until when it would have."""
    start = plan.fit.start_by
    by = "" if start is None else f" It fits if it starts before {spoken(start, zone)}."
    return f"{plan.fit.late:,} would leave after their hours.{by}"


def spoken_length(seconds: float) -> str:
    """Return how long something takes: "40 seconds", "11 minutes", "2 hours 5 minutes"."""
    if seconds < 1:
        return "a moment"
    if seconds < 90:
        return counted(round(seconds), "second")
    minutes = round(seconds / 60)
    if minutes < 90:
        return counted(minutes, "minute")
    hours, rest = divmod(minutes, 60)
    return f"{counted(hours, 'hour')} {counted(rest, 'minute')}" if rest else counted(hours, "hour")


def moved_line(one: Moved) -> str:
    """Return who stands elsewhere than in the plan before."""
    before = "not chosen" if one.before is None else _STOOD[one.before]
    after = "not chosen" if one.after is None else _STOOD[one.after]
    why = f" ({of_group(one.code)})" if one.code is not None else ""
    return f"Moved since the plan before: {one.count:,} from {before} to {after}{why}."


def finding_json(finding: Finding) -> dict[str, Json]:
    """Return one thing noticed about the words."""
    return {
        "code": finding.code.value,
        "severity": finding.severity.value,
        "rule": finding.rule,
        "sentence": finding.sentence,
    }


def finding_line(finding: Finding) -> str:
    """Return one thing noticed about the words as one line."""
    return f"About the words ({finding.severity}): {finding.sentence}"


def recipient_json(recipient: Recipient) -> dict[str, Json]:
    """Return one person of a plan."""
    return {
        "number": recipient.number,
        "name": recipient.name,
        "bucket": recipient.bucket.value,
        "reasons": [reason_json(reason) for reason in recipient.reasons],
        "next_at": iso(recipient.next_at),
        "segments": recipient.segments,
        "price": amount(recipient.price_micros),
        "coupon": recipient.coupon,
        "message_id": recipient.text_id,
        "message_state": None if recipient.state is None else recipient.state.value,
    }


def recipient_line(recipient: Recipient, zone: str, *, reveal: bool = False) -> str:
    """Return one person of a plan as one line."""
    who = number_shown(recipient.number, reveal=reveal)
    state = SAID[recipient.bucket] if recipient.state is None else recipient.state.value
    when = "" if recipient.next_at is None else f" until {spoken(recipient.next_at, zone)}"
    reason = main_reason(recipient.reasons)
    why = "" if reason is None else f"  {reason.sentence}"
    name = f"{recipient.name} ({who})" if recipient.name else who
    return f"{state}{when}  {name}{why}"


def preview_json(preview: Preview) -> dict[str, Json]:
    """Return the real text to one person."""
    final = preview.final
    return {
        **recipient_json(preview.recipient),
        "final_text": None if final is None else final.text,
        "encoding": None if final is None else final.encoding.value,
        "units": None if final is None else final.units,
    }


def preview_lines(preview: Preview, zone: str, *, reveal: bool = False) -> list[str]:
    """Return the real text to one person, with why it waits or stays."""
    first = recipient_line(preview.recipient, zone, reveal=reveal)
    text = [] if preview.final is None else [f"Text: {preview.final.text}"]
    return [first, *text, *(reason_line(one) for one in preview.recipient.reasons)]


def campaign_event_json(event: CampaignEvent) -> dict[str, Json]:
    """Return one thing that happened to a campaign."""
    return {
        "at": iso(event.at),
        "state": event.state.value,
        "who": event.who,
        "detail": event.detail,
    }


def campaign_event_line(event: CampaignEvent, zone: str) -> str:
    """Return one thing that happened to a campaign as one line."""
    who = f"  by {event.who}" if event.who else ""
    return f"{spoken(event.at, zone)}  {event.state}{who}  {event.detail}"
