"""Campaigns: listed, looked at, sent by a typed number, taken back, paused, ended.

Must not decide and must not count: plans and runs do. Writing one is `lines.campaign_draft`.
"""

from __future__ import annotations

from dataclasses import replace

from shopbell.cli.campaigns import campaign_event_line, plan_lines, preview_lines, recipient_line
from shopbell.cli.moments import spoken
from shopbell.cli.money import spoken_price
from shopbell.domain.campaign_words import stands_as
from shopbell.domain.campaigns import CAN_CHANGE, MOVES, Bucket, CampaignState, Recipient
from shopbell.domain.ids import CampaignId
from shopbell.domain.people import Page
from shopbell.domain.telling import counted
from shopbell.lines.campaign_draft import add_codes, change_draft, copied, new_campaign, other_words
from shopbell.lines.talk import Job, Talk
from shopbell.lines.visit import WHO, Visit
from shopbell.services.campaigns import Listed
from shopbell.services.plans import Plan
from shopbell.services.runs import HOLD_SECONDS, TYPED_ABOVE, why_not_start

_PREVIEWS = 3
_AT_WORK = frozenset({CampaignState.STARTING, CampaignState.RUNNING})


async def campaigns(talk: Talk, visit: Visit) -> None:
    """Offer the jobs with campaigns."""

    async def heading() -> list[str]:
        total = (await visit.shop.campaigns.listed(count=1)).total
        return [f"Campaigns: {total:,}." if total else "Campaigns: none yet. Write one."]

    jobs = [
        Job(words="All campaigns", do=lambda: _all(talk, visit)),
        Job(words="Write a new one", do=lambda: _new(talk, visit)),
        Job(words="Stop all sending and pause every campaign", do=lambda: _stop(talk, visit)),
    ]
    await talk.menu(heading, jobs, back="Back")


async def _all(talk: Talk, visit: Visit) -> None:
    async def fetch(first: int, count: int) -> Page[Listed]:
        return await visit.shop.campaigns.listed(first=first, count=count)

    while (await fetch(0, 1)).total:
        listed = await talk.pick("Campaigns:", fetch, _row)
        if listed is None:
            return
        await about_campaign(talk, visit, listed.campaign.id)
    talk.say("There is no campaign yet.")


def _row(listed: Listed) -> str:
    one = listed.campaign
    people = f", {counted(listed.chosen, 'person', 'people')}" if listed.chosen else ""
    why = f" {one.why}" if one.why else ""
    return f"“{one.name}” {stands_as(one.state)}{people}.{why}"


async def _new(talk: Talk, visit: Visit) -> None:
    made = await new_campaign(talk, visit)
    if made is not None:
        await about_campaign(talk, visit, made.id)


async def _stop(talk: Talk, visit: Visit) -> None:
    if await talk.yes("Nothing at all leaves any more. Stop everything?", yes="Stop everything"):
        paused = await visit.shop.runs.stop_all(by=WHO)
        talk.say(f"Sending is off; {counted(paused, 'campaign')} paused. Outbox turns it on again.")


async def about_campaign(talk: Talk, visit: Visit, campaign_id: CampaignId) -> None:
    """Say where everybody of a campaign stands, and offer what can be done with it."""
    plans = visit.shop.plans
    talk.say("Deciding about everybody …")
    plan = await plans.show(campaign_id)
    talk.say(*plan_lines(plan, visit.zone), f"Text: {plan.campaign.body}")
    while True:
        steps = _steps(plan)
        chosen = await talk.choose("What now?", [words for _, words in steps])
        if chosen is None:
            return
        step = steps[chosen][0]
        await talk.tried(_do(talk, visit, plan, step))
        plan = await plans.show(campaign_id)
        if step in {"change", "again"}:
            talk.say(*plan_lines(plan, visit.zone), f"Text: {plan.campaign.body}")
        elif step not in {"texts", "names", "history"}:
            talk.say(_stands(plan))


def _steps(plan: Plan) -> list[tuple[str, str]]:
    state = plan.campaign.state
    steps = [("texts", "Real texts to the first people"), ("names", "Who stands where, and why")]
    if state in CAN_CHANGE:
        steps = [("go", "Send it"), ("change", "Change it"), *steps]
        steps.append(("codes", "Add coupon codes"))
    if state is CampaignState.STARTING:
        steps.insert(0, ("take_back", "Take it back: nothing has left"))
    if state is CampaignState.RUNNING:
        steps.insert(0, ("pause", "Pause it"))
    held = state is not CampaignState.DONE or plan.tally.of(Bucket.HELD)
    if CampaignState.RUNNING in MOVES[state] and state not in _AT_WORK and held:
        steps.insert(0, ("resume", "Let it go on"))
    if plan.tally.of(Bucket.UNKNOWN):
        steps.insert(0, ("settle", "Ask what became of the unknown ones"))
    if CampaignState.ABORTED in MOVES[state]:
        steps.append(("abort", "End it for good"))
        if state not in CAN_CHANGE:
            steps.append(("other", "End it, and send other words instead"))
    steps.append(("copy", "Write a new one with the same words"))
    return [*steps, ("history", "What happened to it"), ("again", "Say the plan again")]


async def _do(talk: Talk, visit: Visit, plan: Plan, step: str) -> None:
    shop, campaign = visit.shop, plan.campaign
    match step:
        case "go":
            await _go(talk, visit, campaign.id)
        case "change":
            await change_draft(talk, visit, campaign)
        case "texts":
            await _previews(talk, visit, plan)
        case "names":
            await _names(talk, visit, plan)
        case "take_back":
            await shop.runs.take_back(campaign.id, by=WHO)
        case "pause":
            await shop.runs.pause(campaign.id, by=WHO)
        case "resume":
            await shop.runs.resume(campaign.id, by=WHO)
        case "settle":
            found = await shop.unknowns.ask(campaign.id)
            talk.say(f"{found.settled:,} of {found.asked:,} are known now.")
            if found.left:
                talk.say("Ask again later; if you know it, say so under Outbox.")
        case "abort":
            if await talk.yes("Nothing more of it leaves, ever. End it?", yes="End it"):
                _, stopped = await shop.runs.abort(campaign.id, by=WHO)
                people = counted(stopped, "person gets", "people get")
                talk.say(f"{people} nothing because of it." if stopped else "Nobody waited in it.")
        case "codes":
            await add_codes(talk, visit, campaign.id)
        case "other":
            if (new := await other_words(talk, visit, campaign)) is not None:
                await about_campaign(talk, visit, new.id)
        case "copy":
            if (new := await copied(talk, visit, campaign)) is not None:
                await about_campaign(talk, visit, new.id)
        case "history":
            events = await shop.campaigns.events(campaign.id)
            talk.say(*(campaign_event_line(one, visit.zone) for one in events))
        case _:
            await shop.plans.plan(campaign.id)


async def _go(talk: Talk, visit: Visit, campaign_id: CampaignId) -> None:
    """Say yes by the number of people, and start the countdown in which it can be taken back."""
    shop = visit.shop
    talk.say("Looking at everybody once more …")
    plan = await shop.plans.plan(campaign_id)
    if (obstacle := why_not_start(plan)) is not None:
        raise obstacle
    if plan.moved:
        talk.say("The plan has changed since you looked:", *plan_lines(plan, visit.zone))
    cost = spoken_price(plan.tally.price_micros if plan.currency else None, plan.currency)
    people = counted(plan.to_send, "person", "people")
    talk.say(f"It goes to {people}: {counted(plan.tally.parts, 'part')}, {cost}.")
    if not await _approved(talk, visit, plan):
        return
    started = await shop.runs.start(campaign_id, by=WHO)
    leaves = "" if started.release_at is None else spoken(started.release_at, visit.zone)
    talk.say(f"It leaves {leaves}, after {HOLD_SECONDS} seconds at least.")
    talk.say("Until then “Take it back” ends the countdown. Closing Shopbell leaves it waiting.")


async def _approved(talk: Talk, visit: Visit, plan: Plan) -> bool:
    """Return whether everybody who has to say yes has done so."""
    campaign, count = plan.campaign, plan.to_send
    has_one = campaign.state is CampaignState.APPROVED and count <= (campaign.approved_count or 0)
    if has_one and (campaign.second_by or not plan.needs_two):
        return await talk.yes("It is approved. Start the countdown?", yes="Start it")
    if count > TYPED_ABOVE:
        typed = (await talk.line(f"Type how many people that are: {count}")).replace(",", "")
        if not typed:
            return False
        if not (typed.isascii() and typed.isdigit() and int(typed[:9]) == count):
            talk.say(f"That is not {count:,}. Nothing was started.")
            return False
    elif not await talk.yes("Send it?", yes=f"Send it to {count}"):
        return False
    if not plan.needs_two:
        await visit.shop.runs.approve(campaign.id, count, by=WHO)
        return True
    name = await talk.line("Two people have to say yes. Who are you?")
    if not name:
        return False
    word = await talk.secret("Your own word.")
    done = await visit.shop.runs.approve(campaign.id, count, by=name, word=word)
    if not done.second_by:
        talk.say("The first yes is noted. Somebody else says the second one, with Send it.")
    return bool(done.second_by)


async def _previews(talk: Talk, visit: Visit, plan: Plan) -> None:
    page = await visit.shop.plans.people(plan.campaign.id, count=_PREVIEWS)
    for one in page.rows:
        shown = await visit.shop.plans.preview(plan.campaign.id, one.number)
        talk.say(*preview_lines(shown, visit.zone, reveal=visit.reveal))
    if not page.rows:
        talk.say("Nobody is chosen.")


async def _names(talk: Talk, visit: Visit, plan: Plan) -> None:
    async def fetch(first: int, count: int) -> Page[Recipient]:
        return await visit.shop.plans.people(plan.campaign.id, first=first, count=count)

    if not (await fetch(0, 1)).total:
        talk.say("Nobody is chosen.")
        return
    while True:
        one = await talk.pick(
            "People of the plan:",
            fetch,
            lambda row: recipient_line(row, visit.zone, reveal=visit.reveal),
        )
        if one is None:
            return
        await talk.tried(_recipient(talk, visit, plan, one))


async def _recipient(talk: Talk, visit: Visit, plan: Plan, one: Recipient) -> None:
    plans, campaign_id = visit.shop.plans, plan.campaign.id
    shown = await plans.preview(campaign_id, one.number)
    talk.say(*preview_lines(shown, visit.zone, reveal=visit.reveal))
    chosen = await talk.choose("What now?", ["Leave this person out", "Let this person in again"])
    if chosen == 0:
        done = await plans.take_out(campaign_id, one.number)
        talk.say("Left out." if done else "It is too late: nothing waits for this person.")
    elif chosen == 1:
        await plans.put_back(campaign_id, one.number)
        talk.say("This person is in again, if the rules allow it.")


def _stands(plan: Plan) -> str:
    quiet = replace(plan, moved=(), findings=())
    campaign = quiet.campaign
    return f"“{campaign.name}” {stands_as(campaign.state)}. {campaign.why}".strip()
