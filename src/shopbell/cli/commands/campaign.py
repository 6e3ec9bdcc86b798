"""Writing, planning and looking at campaigns."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from shopbell.cli.campaigns import (
    campaign_event_json,
    campaign_event_line,
    campaign_json,
    campaign_line,
    plan_json,
    plan_lines,
    preview_json,
    preview_lines,
    recipient_json,
    recipient_line,
)
from shopbell.cli.commands import campaign_run
from shopbell.cli.exits import Exit
from shopbell.cli.fields import BODY, PURPOSE, WORDS, OneOf
from shopbell.cli.files import text_of_file
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Group
from shopbell.domain.audience_rules import read_audience
from shopbell.domain.campaigns import Bucket, CampaignDraft, CampaignState
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code
from shopbell.domain.ids import CampaignId
from shopbell.domain.telling import counted

_REVEAL = click.option("--reveal", is_flag=True, help="Show whole numbers.")
_ID = click.argument("campaign_id", type=int)
_AT = click.option("--at", metavar="ISO8601", help="Not before this moment.")
_LATEST = click.option("--latest", metavar="ISO8601", help="No text after this moment.")
_AUDIENCE = click.option(
    "--audience",
    metavar="RULES",
    type=WORDS,
    help="Who is chosen, like: tag=weekly, not-texted-for=30. Everybody if not given.",
)
_AUTHOR = click.option("--author", metavar="NAME", type=WORDS, help="Who wrote it.")
_PAGE = (
    click.option("--limit", default=100, type=click.IntRange(1, 100_000), help="At most so many."),
    click.option("--from", "first", default=0, type=click.IntRange(0), help="Leave out so many."),
)


@click.group(cls=Group)
def campaign() -> None:
    """Write, plan and send one text to many people."""


@campaign.command("new")
@click.option("--name", required=True, type=WORDS, help="What you call it; only you see it.")
@click.option(
    "--text", required=True, type=BODY, help='The words, with fields: "Hi {first_name|there}".'
)
@click.option("--purpose", default="marketing", show_default=True, type=PURPOSE, help="Why.")
@click.option("--topic", type=WORDS, help="What it is about, as people chose it.")
@_AUDIENCE
@click.option(
    "--one-per-household", "one_each", is_flag=True, help="One text for people who live together."
)
@_AT
@_LATEST
@_AUTHOR
@with_shop()
async def new(
    session: Session,
    name: str,
    text: str,
    purpose: Purpose,
    topic: str | None,
    audience: str | None,
    one_each: bool,
    at: str | None,
    latest: str | None,
    author: str | None,
) -> Exit:
    """Write a campaign; sends nothing."""
    chosen = read_audience(audience or "")
    draft = CampaignDraft(
        name=name,
        body=text,
        purpose=purpose,
        topic=topic,
        audience=replace(chosen, one_per_household=chosen.one_per_household or one_each),
        not_before=session.moment(at, "--at"),
        latest=session.moment(latest, "--latest"),
        author=author or "",
    )
    made = await session.shop.campaigns.create(draft)
    session.out.result(
        campaign_json(made),
        [
            f"Campaign {made.id} is written. Nothing is sent yet.",
            f"Next: shopbell campaign plan {made.id}",
        ],
    )
    return Exit.DONE


@campaign.command("change")
@_ID
@click.option("--name", type=WORDS, help="What you call it.")
@click.option("--text", type=BODY, help="The words.")
@click.option("--purpose", type=PURPOSE, help="Why.")
@click.option("--topic", type=WORDS, help='What it is about; "" for nothing.')
@_AUDIENCE
@click.option("--at", metavar="ISO8601", help='Not before this moment; "" for any.')
@click.option("--latest", metavar="ISO8601", help='No text after this moment; "" for any.')
@click.option("--revision", type=int, help="Only if nobody has changed it since this one.")
@with_shop()
async def change(
    session: Session,
    campaign_id: int,
    name: str | None,
    text: str | None,
    purpose: Purpose | None,
    topic: str | None,
    audience: str | None,
    at: str | None,
    latest: str | None,
    revision: int | None,
) -> Exit:
    """Change a campaign that has not started; what is not given stays."""
    old = await session.shop.campaigns.get(CampaignId(campaign_id))
    draft = CampaignDraft(
        name=old.name if name is None else name,
        body=old.body if text is None else text,
        purpose=purpose or old.purpose,
        topic=old.topic if topic is None else topic or None,
        audience=old.audience if audience is None else read_audience(audience),
        not_before=old.not_before if at is None else session.moment(at or None, "--at"),
        latest=old.latest if latest is None else session.moment(latest or None, "--latest"),
        author=old.author,
    )
    changed = await session.shop.campaigns.change(
        old.id, old.revision if revision is None else revision, draft
    )
    session.out.result(campaign_json(changed), [f"Campaign {changed.id} is changed."])
    return Exit.DONE


@campaign.command("list")
@click.option(
    "--state", "states", multiple=True, type=OneOf(CampaignState), help="Only in this state."
)
@_PAGE[0]
@_PAGE[1]
@with_shop()
async def list_(
    session: Session, states: tuple[CampaignState, ...], limit: int, first: int
) -> Exit:
    """List campaigns, newest first."""
    page = await session.shop.campaigns.find(states, first=first, count=limit)
    zone = session.shop.profile.zone
    session.out.result(
        {"campaigns": [campaign_json(one) for one in page.rows], "total": page.total},
        [campaign_line(one, zone) for one in page.rows] or ["No campaigns."],
    )
    return Exit.DONE


@campaign.command("show")
@_ID
@with_shop()
async def show(session: Session, campaign_id: int) -> Exit:
    """Show a campaign, where everybody stands, and what happened to it."""
    shop, zone = session.shop, session.shop.profile.zone
    plan = await shop.plans.show(CampaignId(campaign_id))
    events = await shop.campaigns.events(plan.campaign.id)
    session.out.result(
        {
            **campaign_json(plan.campaign),
            **plan_json(plan),
            "history": [campaign_event_json(event) for event in events],
        },
        [
            *plan_lines(plan, zone),
            f"Text: {plan.campaign.body}",
            *(campaign_event_line(event, zone) for event in events),
        ],
    )
    return Exit.DONE


@campaign.command("plan")
@_ID
@with_shop()
async def plan(session: Session, campaign_id: int) -> Exit:
    """Decide about everybody and show where they stand, the price and the time; sends nothing."""
    shop = session.shop
    made = await shop.plans.plan(CampaignId(campaign_id), on=session.out.progress)
    session.out.result(plan_json(made), plan_lines(made, shop.profile.zone))
    return Exit.DONE


@campaign.command("people")
@_ID
@click.option("--bucket", "buckets", multiple=True, type=OneOf(Bucket), help="Only those.")
@click.option(
    "--code",
    type=click.Choice([*Code], case_sensitive=False),
    help="Only those with this main reason.",
)
@_PAGE[0]
@_PAGE[1]
@_REVEAL
@with_shop()
async def people(
    session: Session,
    campaign_id: int,
    buckets: tuple[Bucket, ...],
    code: str | None,
    limit: int,
    first: int,
    reveal: bool,
) -> Exit:
    """List the people of a plan with their reasons, in the order their texts leave."""
    made = await session.shop.campaigns.get(CampaignId(campaign_id))
    page = await session.shop.plans.people(
        made.id,
        buckets=buckets,
        code=None if code is None else Code(code.upper()),
        first=first,
        count=limit,
    )
    zone = session.shop.profile.zone
    session.out.result(
        {"people": [recipient_json(one) for one in page.rows], "total": page.total},
        [recipient_line(one, zone, reveal=reveal) for one in page.rows] or ["Nobody."],
    )
    return Exit.DONE


@campaign.command("preview")
@_ID
@click.option("--number", type=WORDS, help="Only to this number.")
@click.option("--limit", default=1, type=click.IntRange(1, 1000), help="So many people.")
@_PAGE[1]
@_REVEAL
@with_shop()
async def preview(
    session: Session, campaign_id: int, number: str | None, limit: int, first: int, reveal: bool
) -> Exit:
    """Show the real texts to the people of a plan, or why they get none (JSONL)."""
    shop, zone = session.shop, session.shop.profile.zone
    made = await shop.campaigns.get(CampaignId(campaign_id))
    if number is not None:
        numbers = [session.number(number)]
    else:
        page = await shop.plans.people(made.id, first=first, count=limit)
        numbers = [row.number for row in page.rows]
    for one in numbers:
        shown = await shop.plans.preview(made.id, one)
        session.out.result(preview_json(shown), preview_lines(shown, zone, reveal=reveal))
    if not numbers:
        session.out.say("Nobody. Make the plan first: shopbell campaign plan.")
    return Exit.DONE


@campaign.command("leave-out")
@_ID
@click.argument("number", type=WORDS)
@click.option("--undo", is_flag=True, help="Let the person in again.")
@with_shop()
async def leave_out(session: Session, campaign_id: int, number: str, undo: bool) -> Exit:
    """Leave one person out, before or while a campaign is sent."""
    plans, who = session.shop.plans, session.number(number)
    made = await session.shop.campaigns.get(CampaignId(campaign_id))
    if undo:
        await plans.put_back(made.id, who)
        done = True
    else:
        done = await plans.take_out(made.id, who)
    said = "in again" if undo else "left out" if done else "not waiting in this campaign"
    session.out.result(
        {"campaign_id": made.id, "number": who, "left_out": done and not undo},
        [f"This person is {said}."],
    )
    return Exit.DONE


@campaign.command("codes")
@_ID
@click.argument("codes_file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@with_shop()
async def codes(session: Session, campaign_id: int, codes_file: Path | None) -> Exit:
    """Add coupon codes, one a line, from FILE or ("-", or nothing) standard input.

    Each goes to one person, in place of {coupon}; none is ever given out twice.
    """
    if codes_file is None or str(codes_file) == "-":
        lines = sys.stdin.read(4_000_000).splitlines()
    else:
        lines = text_of_file(codes_file, "codes").splitlines()
    done = await session.shop.campaigns.add_codes(CampaignId(campaign_id), lines)
    session.out.result(
        {"added": done.added, "known": list(done.known), "refused": list(done.refused)},
        [
            f"{counted(done.added, 'code')} added.",
            *(f"Known already, not added: {code}" for code in done.known[:20]),
            *(f"No code: {code}" for code in done.refused[:20]),
        ],
    )
    return Exit.DONE


for _command in campaign_run.COMMANDS:
    campaign.add_command(_command)
