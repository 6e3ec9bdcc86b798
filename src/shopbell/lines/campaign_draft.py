"""Writes a campaign by questions, and changes one that has not started. Must not plan or send."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from shopbell.cli.moments import read_moment
from shopbell.domain.audience_rules import audience_words, read_audience
from shopbell.domain.campaigns import Audience, Campaign, CampaignDraft
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.topics import Topic
from shopbell.lines.talk import Talk
from shopbell.lines.visit import Visit

_FIELDS = "Your words, in one line. {first_name|there} puts in each person's first name."
_RULES = "Conditions with commas between them, like tag=weekly, not-texted-for=30."
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
    chosen = await talk.choose("What do you change?", [words for _, words in _CHANGES])
    if chosen is None:
        return
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


async def _asked(talk: Talk, visit: Visit, campaign: Campaign, field: str) -> dict[str, Any] | None:
    """Return the new value of a field by its name, or None to leave it."""
    match field:
        case "audience":
            talk.say(f"Now it goes to {audience_words(campaign.audience)}.")
            audience = await _audience(talk, campaign.topic or "")
            return None if audience is None else {field: audience}
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
