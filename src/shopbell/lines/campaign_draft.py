"""Writes a campaign by questions, and changes one that has not started. Must not plan or send."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from shopbell.cli.files import text_of_file
from shopbell.cli.moments import read_moment
from shopbell.domain.audience_rules import audience_words, read_audience
from shopbell.domain.campaigns import Audience, Campaign, CampaignDraft
from shopbell.domain.ids import CampaignId
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.telling import counted
from shopbell.domain.topics import Topic
from shopbell.lines.rows import path_typed
from shopbell.lines.talk import Talk
from shopbell.lines.visit import WHO, Visit

_FIELDS = "Your words, in one line. {first_name|there} puts in each person's first name."
_RULES = "Conditions with commas between them, like tag=weekly, not-texted-for=30."
_MOST_TOLD = 20
_WHO = (
    "Everybody who said yes to it",
    "Of those, who have a tag",
    "Of those, who were not texted for some days",
    "Other conditions",
)
_CHANGES = (
    ("name", "The name"),
    ("body", "The words"),
    ("audience", "Who gets it"),
    ("not_before", "Not before a time"),
    ("latest", "Not after a time"),
    ("topic", "What it is about"),
    ("one_each", "Whether people who live together get it once"),
)


async def new_campaign(talk: Talk, visit: Visit) -> Campaign | None:
    """Ask for a name, a topic, who gets it and the words; write it when all are answered."""
    name = await talk.line("What do you call it? Customers do not see this.")
    if not name:
        return None
    topic = await _topic(talk, visit)
    if topic is None:
        return None
    audience = await _audience(talk, topic.id)
    if audience is None:
        return None
    body = await talk.line(_FIELDS)
    if not body:
        return None
    made = await visit.shop.campaigns.create(
        CampaignDraft(
            name=name, body=body, purpose=topic.purpose, topic=topic.id, audience=audience
        )
    )
    talk.say("It is written as a draft. Nothing is sent yet.")
    return made


async def change_draft(talk: Talk, visit: Visit, campaign: Campaign) -> None:
    """Change one thing of a campaign that has not started; an approval ends with that."""
    plain = visit.shop.outbox.straightened(campaign.body)
    labels = [words for _, words in _CHANGES]
    if plain != campaign.body:
        labels.append("Special letters into plain ones: it takes fewer parts")
    chosen = await talk.choose("What do you change?", labels)
    if chosen is None:
        return
    changed: dict[str, Any] | None = {"body": plain}
    if chosen < len(_CHANGES):
        field = _CHANGES[chosen][0]
        changed = await _asked(talk, visit, campaign, field)
    if changed is None:
        return
    draft = CampaignDraft(
        name=campaign.name,
        body=campaign.body,
        purpose=campaign.purpose,
        topic=campaign.topic,
        audience=campaign.audience,
        not_before=campaign.not_before,
        latest=campaign.latest,
        author=campaign.author,
    )
    await visit.shop.campaigns.change(campaign.id, campaign.revision, replace(draft, **changed))
    talk.say("Kept.")


async def copied(talk: Talk, visit: Visit, campaign: Campaign) -> Campaign | None:
    """Write a new draft with the words, the topic and the people of an old campaign."""
    name = await talk.line("What do you call the new one?", usual=campaign.name)
    if not name:
        return None
    made = await visit.shop.campaigns.create(
        CampaignDraft(
            name=name,
            body=campaign.body,
            purpose=campaign.purpose,
            topic=campaign.topic,
            audience=campaign.audience,
        )
    )
    talk.say("It is written as a draft. Nothing is sent yet.")
    return made


async def _asked(talk: Talk, visit: Visit, campaign: Campaign, field: str) -> dict[str, Any] | None:
    """Return the new value of a field by its name, or None to leave it."""
    match field:
        case "audience":
            talk.say(f"Now it goes to {audience_words(campaign.audience)}.")
            audience = await _audience(talk, campaign.topic or "")
            if audience is None:
                return None
            each = campaign.audience.one_per_household or audience.one_per_household
            return {field: replace(audience, one_per_household=each)}
        case "one_each":
            once = await talk.choose("People who live together:", ["It goes to one", "To each"])
            if once is None:
                return None
            return {"audience": replace(campaign.audience, one_per_household=once == 0)}
        case "topic":
            topic = await _topic(talk, visit)
            return None if topic is None else {"topic": topic.id, "purpose": topic.purpose}
        case "not_before" | "latest":
            typed = await talk.line("When? Like 2026-11-24 10:42. A minus sign alone: any time.")
            if not typed:
                return None
            at = None if typed == "-" else read_moment(typed, visit.zone, "The time")
            return {field: at}
        case _:
            question = _FIELDS if field == "body" else "The new name."
            typed = await talk.line(question)
            return {field: typed} if typed else None


async def _topic(talk: Talk, visit: Visit) -> Topic | None:
    offered = await visit.shop.topics.offered()
    labels = [f"{one.words} ({one.purpose})" for one in offered]
    chosen = await talk.choose("What is it about?", labels)
    return None if chosen is None else offered[chosen]


async def _audience(talk: Talk, topic: str) -> Audience | None:
    chosen = await talk.choose("Who gets it? The rules leave out whoever may not.", _WHO)
    agreed = PeopleFilter(consented_to=topic or None)
    match chosen:
        case 0:
            return Audience(filter=agreed)
        case 1:
            tag = await talk.line("Which tag?")
            return Audience(filter=replace(agreed, tag=tag)) if tag else None
        case 2:
            days = await talk.line("Not texted for how many days?")
            if not days:
                return None
            return read_audience(f"not-texted-for={days}, consented={topic}")
        case 3:
            rules = await talk.line(_RULES)
            return read_audience(rules) if rules else None
        case _:
            return None


async def add_codes(talk: Talk, visit: Visit, campaign_id: CampaignId) -> None:
    """Add coupon codes: each goes to one person in place of {coupon}, none twice."""
    chosen = await talk.choose("Where are the codes?", ["In a file, one a line", "I type them"])
    if chosen is None:
        return
    question = "Which file? Its whole path." if chosen == 0 else "The codes, with blanks between."
    typed = await talk.line(question)
    if not typed:
        return
    lines = typed.split()
    if chosen == 0:
        text = await asyncio.to_thread(text_of_file, path_typed(typed), "The codes")
        lines = text.splitlines()
    done = await visit.shop.campaigns.add_codes(campaign_id, lines)
    talk.say(f"{counted(done.added, 'code')} added.")
    talk.say(*(f"Known already, not added: {code}" for code in done.known[:_MOST_TOLD]))
    talk.say(*(f"No code: {code}" for code in done.refused[:_MOST_TOLD]))


async def other_words(talk: Talk, visit: Visit, campaign: Campaign) -> Campaign | None:
    """End a campaign that has started and write a draft in its place; return the draft."""
    talk.say("Who got the old words, or may have, is left out of the new ones.")
    body = await talk.line(f"The new words. Now it says: {campaign.body}")
    if not body:
        return None
    new, stopped = await visit.shop.replacing.campaign(campaign.id, body, by=WHO)
    people = counted(stopped, "person gets", "people get")
    talk.say(f"{people} the old words no more. The new ones are a draft: nothing is sent yet.")
    return new
