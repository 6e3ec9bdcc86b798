"""Draws one campaign: what it is, how far it is, what to do next. Must not ask, and not count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from textual.content import Content

from shopbell.domain.audience_rules import audience_words
from shopbell.domain.campaigns import Bucket, Campaign, CampaignState, Pause, ReasonCount
from shopbell.domain.findings import Severity
from shopbell.domain.plan_words import of_group
from shopbell.domain.telling import counted, day_and_clock
from shopbell.services.plans import Plan
from shopbell.services.runs import why_not_start
from shopbell.tui import campaign_words, words
from shopbell.tui.campaign_words import BUCKETS
from shopbell.tui.own_keys import key_for, with_keys
from shopbell.tui.plain import Span, cell, lines, spans
from shopbell.tui.progress_words import duration
from shopbell.tui.rows import Drawn, Ink
from shopbell.tui.underway import Pace

_MOST_NOTES = 4

_COUNTED_DOWN = 120
"""Seconds from which a start is counted down rather than told by the clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known about a campaign when it is drawn."""

    plan: Plan
    zone: str
    """Of the shop."""
    now: datetime
    sending: bool
    """Whether anybody delivers at the moment."""
    gateway_trouble: str
    spacing: timedelta
    """From one text to the next."""
    pace: Pace | None = None
    """How fast it has gone since somebody looks on."""

    @property
    def campaign(self) -> Campaign:
        """The campaign."""
        return self.plan.campaign


def head(seen: Seen, width: int) -> Content:
    """Return what it is and who is meant, on one line."""
    campaign = seen.campaign
    sign, said, _ = campaign_words.state(campaign)
    what = campaign.topic or words.purpose(campaign.purpose)
    about = f"   {what}, to {audience_words(campaign.audience)}"
    room = max(width - len(sign) - len(said) - 6 - len(campaign.name), 0)
    return spans(
        (campaign.name, "bold"),
        (cell(about, room).rstrip() if room > 20 else "", "$text-muted"),
        (f"   {sign} {said}", "$text-accent"),
        one_line=True,
    )


def standing(seen: Seen, width: int) -> Content:
    """Return how far it is and what to do next."""
    match seen.campaign.state:
        case CampaignState.DRAFT | CampaignState.APPROVED:
            return _before(seen)
        case CampaignState.STARTING:
            return _starting(seen)
        case CampaignState.RUNNING:
            return lines(_bar(seen, width), *_running(seen))
        case CampaignState.PAUSED:
            return lines(_bar(seen, width), *_paused(seen))
        case CampaignState.DONE | CampaignState.ABORTED:
            return _ended(seen)
        case _ as never:
            assert_never(never)


def notes(seen: Seen) -> Content:
    """Return the words, what is noticed about them, and what has moved since the plan before."""
    plan = seen.plan
    rows = [spans(plan.campaign.body)]
    told = [
        *((("! ", "bold $text-warning"), one.sentence) for one in plan.findings if _blocks(one)),
        *((("↔ ", "$text-accent"), f"{one}.") for one in campaign_words.moved(plan)),
        *((("· ", "$text-warning"), one.sentence) for one in plan.findings if not _blocks(one)),
    ]
    if plan.campaign.last_why:
        told.insert(0, (("· ", "$text-warning"), plan.campaign.last_why))
    rows += [spans(*one) for one in told[:_MOST_NOTES]]
    if len(told) > _MOST_NOTES:
        rows.append(spans((f"and {counted(len(told) - _MOST_NOTES, 'more note')}", "$text-muted")))
    return lines(*rows)


def total(plan: Plan) -> Content:
    """Return the sum below the table: everybody chosen stands somewhere in it."""
    tally = plan.tally
    fits = "adds up" if tally.balances else "does not add up: check the file"
    return spans((f"    {tally.chosen:>6,}  chosen, {fits}", "$text-muted"))


def group(one: ReasonCount, width: int, zone: str) -> Drawn:
    """Return one line of the table: how many people, where they stand, and why."""
    sign, said, ink = BUCKETS[one.bucket]
    why = f": {of_group(one.code)}" if one.code is not None else ""
    first = "" if one.first_at is None else f"from {day_and_clock(one.first_at, zone)}"
    room = max(width - 10 - len(first) - 1, 8)
    return (
        (f"{sign} ", ink),
        (f"{one.count:>6,}  ", Ink.STRONG),
        (cell(f"{said}{why}", room), ink if one.code is None else Ink.PLAIN),
        (f" {first}", Ink.MUTED),
    )


def _before(seen: Seen) -> Content:
    plan, campaign = seen.plan, seen.campaign
    first = spans(
        (f"{plan.to_send:,} of {plan.tally.chosen:,} can go", "bold"),
        (f" · {_cost(seen)} · {_minutes(plan)}", ""),
    )
    rows = [first, spans((_when(seen), "$text-muted"))]
    obstacle = why_not_start(plan)
    if obstacle is not None:
        rows.append(spans(("! ", "bold $text-warning"), f"{obstacle.message} {obstacle.hint}"))
        if plan.fit.late and plan.fit.start_by is not None and plan.to_send:
            by = day_and_clock(plan.fit.start_by, seen.zone)
            rows.append(spans(f"  All of it fits if it starts before {by}."))
    elif campaign.state is CampaignState.APPROVED:
        more = plan.to_send - (campaign.approved_count or 0)
        go = key_for("campaign.go")
        both = [one for one in (campaign.approved_by, campaign.second_by) if one]
        who = f" by {' and '.join(both)}" if both else ""
        said = f"Approved{who} for {campaign.approved_count or 0:,}; {go} starts the countdown."
        if plan.needs_two and not campaign.second_by:
            said = f"{campaign_words.two_said(plan)} They do so with {go}."
        if more > 0:
            said = f"It goes to {more:,} more than was approved: {go} asks again."
        rows.append(spans(said))
    else:
        rows.append(
            spans(
                with_keys(
                    "[campaign.go] goes on: it asks once more, then leaves you time to take it "
                    "back."
                )
            )
        )
    return lines(*rows)


def _starting(seen: Seen) -> Content:
    at = seen.campaign.release_at or seen.now
    left = max((at - seen.now).total_seconds(), 0)
    when = f"in {int(left + 0.999)} s"
    if left > _COUNTED_DOWN:
        when = words.moment(at, seen.zone, seen.now)
    return lines(
        spans((f"Leaves {when}", "bold $text-accent"), f" to {_people(seen.plan.to_send)}."),
        spans(f"{_cost(seen)} · {_minutes(seen.plan)}"),
        spans(
            (key_for("campaign.take_back"), "bold $text-accent"),
            " takes it back: nothing has left yet.",
        ),
        *_nobody_sends(seen),
    )


def _bar(seen: Seen, width: int) -> Content:
    going, done = going_and_done(seen.plan)
    share = done / going if going else 1.0
    room = max(min(width - 24, 46), 8)
    full = round(share * room)
    return spans(
        ("█" * full, "$accent"),
        ("░" * (room - full), "$border"),
        (f"  {done:,} of {going:,}", "bold"),
    )


def _running(seen: Seen) -> list[Content]:
    left = seen.plan.fit.seconds
    rate = 1 / seen.spacing.total_seconds() if seen.spacing else 0.0
    if seen.pace is not None and seen.pace.seconds_left is not None:
        left, rate = seen.pace.seconds_left, seen.pace.items_a_second
    said = [_rate(rate), f"{duration(left)} left" if seen.plan.to_send else "the last one is out"]
    return [
        spans(" · ".join(one for one in said if one)),
        spans(_states(seen)),
        *_nobody_sends(seen),
    ]


def _paused(seen: Seen) -> list[Content]:
    plan, left = seen.plan, seen.plan.to_send
    unknown = plan.tally.of(Bucket.UNKNOWN)
    why = seen.campaign.why.removeprefix("Paused: ")
    why = why[:1].upper() + why[1:]
    rows = [spans(("! ", "bold $text-warning"), (why or "It is paused.", "bold"))]
    if not unknown and seen.campaign.pause is Pause.UNKNOWN:
        rows.append(spans("  The gateway was asked since: none of them is unknown any more."))
    elif not unknown and seen.gateway_trouble:
        rows.append(spans(f"  The gateway says: {seen.gateway_trouble}"))
    return [*rows, after_a_pause(left, unknown), spans((_states(seen), "$text-muted"))]


def after_a_pause(left: int, unknown: int) -> Content:
    """Return what can be done with a paused campaign, as far as it would do something."""
    next_: list[Span] = []
    if unknown:
        next_ += [
            (key_for("campaign.settle"), "bold $text-accent"),
            f" asks the gateway about the {unknown:,} unknown; ",
        ]
    if left or not unknown:
        does = f" lets the other {left:,} go; " if left else " finishes it; "
        next_ += [(key_for("campaign.resume"), "bold $text-accent"), does]
    return spans(*next_, (key_for("campaign.abort"), "bold $text-accent"), " ends it for good.")


def _ended(seen: Seen) -> Content:
    plan, campaign = seen.plan, seen.campaign
    done = campaign.state is CampaignState.DONE
    at = "" if campaign.ended_at is None else f" {day_and_clock(campaign.ended_at, seen.zone)}"
    _, reached = going_and_done(plan)
    sent = plan.tally.of(Bucket.SENT)
    rows = [
        spans(
            (f"{'Done' if done else 'Ended early'}{at}: ", ""),
            (f"{sent:,} of {plan.tally.chosen:,} sent", "bold"),
            f" · {_cost(seen)}" if reached else "",
        ),
        spans((_states(seen), "$text-muted")),
    ]
    free = plan.tally.of(Bucket.HELD)
    if done and free:
        rows.append(
            spans(f"{free:,} held: {key_for('campaign.resume')} lets those go who are free by now.")
        )
    return lines(*rows)


def going_and_done(plan: Plan) -> tuple[int, int]:
    """Return how many texts leave in all, and how many of them have."""
    tally = plan.tally
    done = tally.of(Bucket.SENT) + tally.of(Bucket.FAILED) + tally.of(Bucket.UNKNOWN)
    return done + tally.of(Bucket.WAITING), done


def _states(seen: Seen) -> str:
    told = [(words.state(state)[1], count) for state, count in seen.plan.tally.by_state]
    merged: dict[str, int] = {}
    for said, count in told:
        merged[said] = merged.get(said, 0) + count
    return " · ".join(f"{said} {count:,}" for said, count in merged.items())


def _nobody_sends(seen: Seen) -> list[Content]:
    if seen.sending:
        return []
    said = "Sending is off here and nowhere on: nothing leaves until a Shopbell delivers."
    return [spans(("! ", "bold $text-warning"), said)]


def _cost(seen: Seen) -> str:
    plan = seen.plan
    parts = counted(plan.tally.parts, "part")
    cost = words.price(plan.tally.price_micros, plan.currency) if plan.currency else ""
    if cost and plan.tally.without_price:
        cost += f", and {plan.tally.without_price:,} without a price"
    return f"{parts} · {cost or 'no price set'}"


def _minutes(plan: Plan) -> str:
    if plan.fit.seconds < 1:
        return "takes a moment"
    fast = f", {plan.pace}" if " to " in plan.pace else ""
    return f"takes {duration(plan.fit.seconds)}{fast}"


def _when(seen: Seen) -> str:
    campaign = seen.campaign
    said = "leaves as soon as it is started"
    if campaign.not_before is not None and campaign.not_before > seen.now:
        said = f"leaves {day_and_clock(campaign.not_before, seen.zone)}, shop time"
    if campaign.latest is not None:
        said += f", nothing after {day_and_clock(campaign.latest, seen.zone)}"
    return said


def _rate(per_second: float) -> str:
    if per_second <= 0:
        return ""
    if per_second >= 1:
        return f"{round(per_second):,} a second"
    return f"1 every {round(1 / per_second)} s"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _blocks(finding: object) -> bool:
    return getattr(finding, "severity", None) is Severity.BLOCK
