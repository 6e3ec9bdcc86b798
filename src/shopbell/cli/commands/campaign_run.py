"""Approving, starting, pausing, resuming and aborting campaigns; adds to the group `campaign`."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import click

from shopbell.cli.campaigns import campaign_json, plan_json, plan_lines, two_line
from shopbell.cli.exits import Exit
from shopbell.cli.fields import BODY, WORDS
from shopbell.cli.moments import spoken
from shopbell.cli.secrets_in import WORD_FD, own_word
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.domain.campaign_words import stands_as
from shopbell.domain.campaigns import Bucket, Campaign, CampaignState
from shopbell.domain.ids import CampaignId
from shopbell.domain.progress import Progress
from shopbell.domain.telling import counted
from shopbell.errors import GatewayTrouble

_ID = click.argument("campaign_id", type=int)
_BY = click.option("--by", default="", metavar="NAME", type=WORDS, help="Who says so.")
_AT_WORK = frozenset({CampaignState.STARTING, CampaignState.RUNNING})
_APPROVE = "shopbell campaign approve"
_LOOK_SECONDS = 0.25
_SYNC_EVERY = 20
"""Looks between two looks for replies: five seconds."""


@click.command(cls=Command)
@_ID
@click.option("--count", type=click.IntRange(0), help="How many people it goes to, as you saw.")
@_BY
@WORD_FD
@with_shop()
async def approve(
    session: Session, campaign_id: int, count: int | None, by: str, word_fd: int | None
) -> Exit:
    """Say yes to a plan; for more than 20 people by typing how many.

    Where the shop asks for two people, each says so by name and their own word.
    """
    shop, id_, word = session.shop, CampaignId(campaign_id), None
    if by and (word_fd is not None or (await shop.plans.show(id_)).needs_two):
        word = own_word(by, word_fd)
    done = await shop.runs.approve(id_, count, by=by, word=word)
    if (await shop.plans.show(id_)).needs_two and not done.second_by:
        return _tell(session, done, [two_line(done), f"They say so with: {_APPROVE} {done.id}"])
    return _tell(session, done, [f"Next: shopbell campaign start {done.id}"])


@click.command(cls=Command)
@_ID
@click.option(
    "--hold",
    default=60,
    show_default=True,
    metavar="SECONDS",
    type=click.IntRange(0, 86_400),
    help="How long it can be taken back.",
)
@click.option("--wait", is_flag=True, help="Deliver it here and wait for its end; ^C leaves it.")
@_BY
@with_shop(patient=True)
async def start(session: Session, campaign_id: int, hold: int, wait: bool, by: str) -> Exit:
    """Start the countdown after which an approved campaign leaves.

    It is delivered by the counter screen or "shopbell run --watch", or here with --wait.
    """
    shop = session.shop
    made = await shop.runs.start(CampaignId(campaign_id), hold_seconds=hold, by=by)
    if wait:
        return await _follow(session, made.id)
    leaves = made.release_at and spoken(made.release_at, shop.profile.zone)
    holder = shop.delivery.holder or "nobody yet: run shopbell run --watch"
    return _tell(
        session,
        made,
        [
            f"It leaves {leaves}. Take it back with: shopbell campaign take-back {made.id}",
            f"Delivered by {holder}.",
        ],
    )


@click.command("take-back", cls=Command)
@_ID
@_BY
@with_shop()
async def take_back(session: Session, campaign_id: int, by: str) -> Exit:
    """Take a started campaign back while its countdown runs."""
    return _tell(session, await session.shop.runs.take_back(CampaignId(campaign_id), by=by))


@click.command(cls=Command)
@_ID
@_BY
@with_shop()
async def pause(session: Session, campaign_id: int, by: str) -> Exit:
    """Let nothing more leave until it is resumed."""
    return await _numbers(session, await session.shop.runs.pause(CampaignId(campaign_id), by=by))


@click.command(cls=Command)
@_ID
@_BY
@with_shop()
async def resume(session: Session, campaign_id: int, by: str) -> Exit:
    """Let the rest of a paused campaign go; each text is decided again as it leaves."""
    return await _numbers(session, await session.shop.runs.resume(CampaignId(campaign_id), by=by))


@click.command(cls=Command)
@_ID
@_BY
@with_shop()
async def abort(session: Session, campaign_id: int, by: str) -> Exit:
    """End a campaign: nothing more of it leaves, ever."""
    done, _ = await session.shop.runs.abort(CampaignId(campaign_id), by=by)
    return await _numbers(session, done)


@click.command("replace", cls=Command)
@_ID
@click.option("--text", type=BODY, help="The new words; the old ones if not given.")
@_BY
@with_shop()
async def replace_campaign(session: Session, campaign_id: int, text: str | None, by: str) -> Exit:
    """End a started campaign and write a draft in its place, for who has not had it.

    Both happen at once. Who has got the old words is left out of the draft, until you let them in.
    """
    shop = session.shop
    new, stopped = await shop.replacing.campaign(CampaignId(campaign_id), text, by=by)
    people = counted(stopped, "person gets", "people get")
    return _tell(
        session,
        new,
        [
            f"{people} nothing more of campaign {campaign_id}: it has ended.",
            f"Campaign {new.id} is written in its place. Nothing of it is sent yet.",
            f"Next: shopbell campaign plan {new.id}",
        ],
    )


@click.command("stop-all", cls=Command)
@_BY
@with_shop()
async def stop_all(session: Session, by: str) -> Exit:
    """Turn sending off and pause every campaign, at once: nothing at all leaves any more."""
    stopped = await session.shop.runs.stop_all(by=by)
    campaigns = "1 campaign is" if stopped == 1 else f"{stopped} campaigns are"
    session.out.result(
        {"paused": stopped, "sending": "off"},
        [
            f"Sending is off, {campaigns} paused. Nothing leaves any more.",
            "Turn it on with: shopbell sending on. Then resume each campaign that is to go on.",
        ],
    )
    return Exit.DONE


COMMANDS = (approve, start, take_back, pause, resume, abort, replace_campaign, stop_all)


async def _follow(session: Session, campaign_id: CampaignId) -> Exit:
    shop, looks, troubled = session.shop, 0, False
    while not session.stop.is_set():
        state = (await shop.campaigns.get(campaign_id)).state
        if state not in _AT_WORK:
            break
        if await shop.delivery.take("shopbell campaign start"):
            try:
                await shop.delivery.deliver(seconds=2)
                if looks % _SYNC_EVERY == 0:
                    await shop.delivery.sync()
                troubled = False
            except GatewayTrouble as trouble:
                if not troubled:
                    session.out.aside(trouble.message)
                troubled = True
        looks += 1
        tally = (await shop.plans.show(campaign_id)).tally
        left = tally.of(Bucket.WAITING)
        session.out.progress(Progress(step="sending", done=tally.chosen - left, total=tally.chosen))
        await shop.clock.sleep(_LOOK_SECONDS)
    await asyncio.sleep(0)
    return await _numbers(session, await shop.campaigns.get(campaign_id))


async def _numbers(session: Session, campaign: Campaign) -> Exit:
    shop = session.shop
    plan = await shop.plans.show(campaign.id)
    plan = replace(plan, moved=())
    session.out.result(
        {**campaign_json(plan.campaign), **plan_json(plan)}, plan_lines(plan, shop.profile.zone)
    )
    return Exit.DONE


def _tell(session: Session, campaign: Campaign, more: list[str] | None = None) -> Exit:
    session.out.result(
        campaign_json(campaign),
        [f"“{campaign.name}” {stands_as(campaign.state)}. {campaign.why}".strip(), *(more or [])],
    )
    return Exit.DONE
