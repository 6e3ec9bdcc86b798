"""What happens in each lesson, and what its tasks and wrong turns look for. Must not say a word.

Numbers are reserved for fiction.
"""

from __future__ import annotations

from datetime import timedelta

from shopbell.domain.campaigns import Audience, Campaign, CampaignDraft, CampaignState
from shopbell.domain.consent import Act, ConsentDraft, How, Purpose
from shopbell.domain.ids import E164, CampaignId
from shopbell.domain.people import ContactDraft
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.texts import LEFT, OutboundText, State
from shopbell.domain.wishes import Channel
from shopbell.services.person_sheet import ContactSheet
from shopbell.services.practising import Check, Stage

_TAG = "open evening"
_GOES_WRONG_AFTER = 2


async def _meet(stage: Stage, name: str, last_digits: int, *tags: str) -> E164:
    """Put somebody who agreed to texts about orders into the shop."""
    number = E164(f"+1518555{last_digits:04d}")
    people = stage.shop.people
    await people.add(ContactDraft(number=number, name=name, tags=tags))
    await stage.shop.consents.grant(
        ConsentDraft(
            number=number,
            act=Act.GRANTED,
            purpose=Purpose.SERVICE,
            topics=("orders",),
            wording="Text me when my order is ready. Reply STOP to end.",
            how=How.PAPER,
            at=stage.began - timedelta(days=1),
        )
    )
    stage.people.append(number)
    return number


async def _sheet(stage: Stage) -> ContactSheet:
    return await stage.shop.people.sheet(stage.shop.people.read_number(stage.who))


async def _texts(stage: Stage) -> tuple[OutboundText, ...]:
    """What was written to whom the lesson is about since it began, but for what went by itself."""
    sheet = await _sheet(stage)
    return tuple(
        text
        for text in sheet.texts
        if text.created_at >= stage.began and text.purpose is not Purpose.COMPLIANCE
    )


async def is_stopped(stage: Stage) -> bool:
    """Return whether they are on the do-not-text list."""
    return (await _sheet(stage)).suppression is not None


async def was_answered(stage: Stage) -> bool:
    """Return whether a text to them has left."""
    return any(text.state in LEFT for text in await _texts(stage))


async def has_complaint(stage: Stage) -> bool:
    """Return whether their complaint was written down."""
    return bool(await stage.shop.complaints.find(open_only=False, number=stage.who))


async def complaint_ended(stage: Stage) -> bool:
    """Return whether it was written down how their complaint ended."""
    found = await stage.shop.complaints.find(open_only=False, number=stage.who)
    return bool(found) and not any(one.is_open for one in found)


async def angry(stage: Stage) -> None:
    """Let somebody complain."""
    who = await _meet(stage, "Joe Lind", 150)
    stage.practice.reply(who, "Those tulips were dead by evening. I want my money back.")


async def odd_stop(stage: Stage) -> None:
    """Let somebody say stop without the word."""
    who = await _meet(stage, "Marta Ruiz", 151)
    stage.practice.reply(who, "I think I have had enough of these")


async def asked_or_stopped(stage: Stage) -> bool:
    """Return whether they were asked what they mean, or taken at their word."""
    sheet = await _sheet(stage)
    return sheet.suppression is not None or any(one.asked_at for one in sheet.replies)


async def was_waved_away(stage: Stage) -> bool:
    """Return whether their stop was taken for none."""
    sheet = await _sheet(stage)
    judged = any(one.judged_at is not None for one in sheet.replies)
    return judged and sheet.suppression is None


async def wants_a_call(stage: Stage) -> None:
    """Let somebody say that they would rather be called."""
    who = await _meet(stage, "Gus Marsh", 152)
    stage.practice.reply(who, "My eyes are not what they were. I would sooner hear a voice.")


async def prefers_calls(stage: Stage) -> bool:
    """Return whether their wish for calls is on file."""
    return (await stage.shop.wishes.of(stage.who)).channel is Channel.CALL


async def was_seen(stage: Stage) -> bool:
    """Return whether everything they wrote was read."""
    replies = (await _sheet(stage)).replies
    return bool(replies) and all(one.read_at is not None for one in replies)


async def was_texted(stage: Stage) -> bool:
    """Return whether a text to them was written."""
    return bool(await _texts(stage))


async def late(stage: Stage) -> None:
    """Put somebody there whose order is ready."""
    await _meet(stage, "Priya Frost", 153)


async def waits_for_morning(stage: Stage) -> bool:
    """Return whether a text to them waits."""
    return any(text.state in (State.HELD, State.WAITING) for text in await _texts(stage))


async def was_taken_back(stage: Stage) -> bool:
    """Return whether every text to them was taken back."""
    texts = await _texts(stage)
    return bool(texts) and all(text.state is State.CANCELED for text in texts)


async def breaks_down(stage: Stage) -> None:
    """Begin a campaign to five people; its gateway dies on the way."""
    for index, name in enumerate(("Lena Vale", "Omar Pike", "Tess Lake", "Bea Hart", "Ivo Cole")):
        await _meet(stage, name, 154 + index, _TAG)
    campaign = await stage.shop.campaigns.create(
        CampaignDraft(
            name="Open evening",
            body="{first_name|hi}, your wreath is ready to pick up at our open evening.",
            purpose=Purpose.SERVICE,
            topic="orders",
            audience=Audience(filter=PeopleFilter(tag=_TAG)),
        )
    )
    stage.campaign = campaign.id
    stage.practice.break_down(_GOES_WRONG_AFTER)
    await stage.shop.runs.approve(campaign.id, len(stage.people), by="the lesson")
    await stage.shop.runs.start(campaign.id, hold_seconds=3, by="the lesson")


async def _campaign(stage: Stage) -> Campaign:
    return await stage.shop.campaigns.get(stage.campaign or CampaignId(0))


def campaign_is(*states: CampaignState) -> Check:
    """Return the check whether the campaign is in one of these states."""

    async def check(stage: Stage) -> bool:
        return (await _campaign(stage)).state in states

    return check


async def has_stopped_by_itself(stage: Stage) -> bool:
    """Return whether the campaign goes no further."""
    return (await _campaign(stage)).state not in (CampaignState.STARTING, CampaignState.RUNNING)


async def was_asked(stage: Stage) -> bool:
    """Return whether the gateway was asked about a text; Shopbell cannot while it is dead."""
    return "[asked]" in await _words_about(stage, (State.UNKNOWN,))


def comes_back(stage: Stage) -> None:
    """Mend the gateway."""
    stage.practice.recover()


async def was_guessed(stage: Stage) -> bool:
    """Return whether somebody said what became of a text that nobody knew about."""
    return "[owner]" in await _words_about(stage, (State.SENT, State.FAILED))


async def _words_about(stage: Stage, states: tuple[State, ...]) -> set[str]:
    """Return what was noted about the texts of the lesson that are in these states now."""
    outbox, words = stage.shop.outbox, set[str]()
    for number in stage.people:
        for text in (await outbox.find(states, number=number)).rows:
            words |= {event.word for event in await outbox.events(text.id)}
    return words


async def everything_is_known(stage: Stage) -> bool:
    """Return whether no outcome is unknown."""
    page = await stage.shop.outbox.find((State.UNKNOWN, State.SENDING))
    return not any(text.number in stage.people for text in page.rows)


async def all_have_it(stage: Stage) -> bool:
    """Return whether everybody got the text."""
    got = {text.to for text in stage.practice.seen() if text.arrivals}
    return set(stage.people) <= got and await everything_is_known(stage)


async def somebody_got_two(stage: Stage) -> bool:
    """Return whether anybody got it twice."""
    got = [text.to for text in stage.practice.seen() if text.arrivals]
    return any(got.count(number) > 1 for number in stage.people)
