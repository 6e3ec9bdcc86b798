"""The lessons: what can go wrong at a counter, and what it takes to see to it. Data and checks.

Numbers are reserved for fiction. Must not know a screen: keys are named by their commands.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shopbell.domain.campaigns import Audience, Campaign, CampaignDraft, CampaignState
from shopbell.domain.consent import Act, ConsentDraft, How, Purpose
from shopbell.domain.ids import E164, CampaignId
from shopbell.domain.people import ContactDraft
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.texts import LEFT, OutboundText, State
from shopbell.domain.wishes import Channel
from shopbell.services.person_sheet import ContactSheet
from shopbell.services.practising import Check, Lesson, Slip, Stage, Task

_EVENING = datetime(2026, 11, 24, 22, 40, tzinfo=ZoneInfo("America/New_York"))
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


async def _is_stopped(stage: Stage) -> bool:
    return (await _sheet(stage)).suppression is not None


async def _was_answered(stage: Stage) -> bool:
    return any(text.state in LEFT for text in await _texts(stage))


async def _has_complaint(stage: Stage) -> bool:
    return bool(await stage.shop.complaints.find(open_only=False, number=stage.who))


async def _complaint_ended(stage: Stage) -> bool:
    found = await stage.shop.complaints.find(open_only=False, number=stage.who)
    return bool(found) and not any(one.is_open for one in found)


async def _angry(stage: Stage) -> None:
    who = await _meet(stage, "Joe Lind", 150)
    stage.practice.reply(who, "Those tulips were dead by evening. I want my money back.")


async def _odd_stop(stage: Stage) -> None:
    who = await _meet(stage, "Marta Ruiz", 151)
    stage.practice.reply(who, "I think I have had enough of these")


async def _asked_or_stopped(stage: Stage) -> bool:
    sheet = await _sheet(stage)
    return sheet.suppression is not None or any(one.asked_at for one in sheet.replies)


async def _was_waved_away(stage: Stage) -> bool:
    sheet = await _sheet(stage)
    judged = any(one.judged_at is not None for one in sheet.replies)
    return judged and sheet.suppression is None


async def _wants_a_call(stage: Stage) -> None:
    who = await _meet(stage, "Gus Marsh", 152)
    stage.practice.reply(who, "My eyes are not what they were. I would sooner hear a voice.")


async def _prefers_calls(stage: Stage) -> bool:
    return (await stage.shop.wishes.of(stage.who)).channel is Channel.CALL


async def _was_seen(stage: Stage) -> bool:
    replies = (await _sheet(stage)).replies
    return bool(replies) and all(one.read_at is not None for one in replies)


async def _was_texted(stage: Stage) -> bool:
    return bool(await _texts(stage))


async def _late(stage: Stage) -> None:
    await _meet(stage, "Priya Frost", 153)


async def _waits_for_morning(stage: Stage) -> bool:
    return any(text.state in (State.HELD, State.WAITING) for text in await _texts(stage))


async def _was_taken_back(stage: Stage) -> bool:
    texts = await _texts(stage)
    return bool(texts) and all(text.state is State.CANCELED for text in texts)


async def _breaks_down(stage: Stage) -> None:
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


def _campaign_is(*states: CampaignState) -> Check:
    async def check(stage: Stage) -> bool:
        return (await _campaign(stage)).state in states

    return check


async def _has_stopped_by_itself(stage: Stage) -> bool:
    """The gateway is mended as soon as everybody can see that it broke."""
    campaign = await _campaign(stage)
    if campaign.state in (CampaignState.STARTING, CampaignState.RUNNING):
        return False
    stage.practice.recover()
    return True


async def _everything_is_known(stage: Stage) -> bool:
    page = await stage.shop.outbox.find((State.UNKNOWN, State.SENDING))
    return not any(text.number in stage.people for text in page.rows)


async def _all_have_it(stage: Stage) -> bool:
    got = {text.to for text in stage.practice.seen() if text.arrivals}
    return set(stage.people) <= got and await _everything_is_known(stage)


async def _somebody_got_two(stage: Stage) -> bool:
    got = [text.to for text in stage.practice.seen() if text.arrivals]
    return any(got.count(number) > 1 for number in stage.people)


LESSONS: tuple[Lesson, ...] = (
    Lesson(
        id="angry",
        title="An angry reply",
        story="Joe Lind bought tulips yesterday. He writes, and he is not happy.",
        tasks=(
            Task(
                words="Read what Joe wrote (Replies, [everywhere.replies]) and write it down as a "
                "complaint: [replies.complaint].",
                done=_has_complaint,
            ),
            Task(
                words="A complaint is called about, not texted. You rang him; he gets his money "
                "back. Open his sheet ([replies.person]) and write down how it ended: "
                "[contact.complaint].",
                done=_complaint_ended,
            ),
        ),
        slips=(
            Slip(
                words="Joe is on the do-not-text list now, but he never said stop: he waits for an "
                "answer. Begin the lesson again.",
                taken=_is_stopped,
            ),
            Slip(
                words="You texted Joe about his complaint. Writing makes it worse: call him.",
                taken=_was_answered,
            ),
        ),
        hint="A complaint is no stop. While it is open he gets no offers, and Today reminds you.",
        learned="An angry customer who gets a call today is a customer tomorrow.",
        happens=_angry,
    ),
    Lesson(
        id="odd-stop",
        title="A stop in odd words",
        story="Marta Ruiz answers your last offer. She does not write STOP. What does she mean?",
        tasks=(
            Task(
                words="Read what Marta wrote (Replies, [everywhere.replies]). Say that it is a "
                "stop ([replies.is_stop]), or ask her ([replies.ask]).",
                done=_asked_or_stopped,
            ),
        ),
        slips=(
            Slip(
                words="You said it is no stop. She wrote that she has enough; when in doubt, ask "
                "or stop. Begin the lesson again.",
                taken=_was_waved_away,
            ),
            Slip(
                words="You wrote to Marta before it was clear whether she still wants texts.",
                taken=_was_answered,
            ),
        ),
        hint="Nothing but an answer leaves for her until you have said what it means.",
        learned="A stop counts in whatever words it comes. Asking costs one text; guessing costs "
        "a customer.",
        happens=_odd_stop,
    ),
    Lesson(
        id="call",
        title="A customer who wants a call",
        story="Gus Marsh cannot read his phone well any more.",
        tasks=(
            Task(
                words="Read what Gus wrote: ↵ on his line in Replies ([everywhere.replies]).",
                done=_was_seen,
            ),
            Task(
                words="Open his sheet ([thread.person]) and write down that he would rather be "
                "called: [contact.edit].",
                done=_prefers_calls,
            ),
        ),
        slips=(
            Slip(
                words="You texted somebody who cannot read texts. Call him.",
                taken=_was_texted,
            ),
        ),
        hint="“Would like” on the sheet: calls. From then on texts to him are refused, with the "
        "number to call.",
        learned="Everybody who opens his sheet sees now that Gus wants to be called.",
        happens=_wants_a_call,
    ),
    Lesson(
        id="late",
        title="A text late at night",
        story="It is 22:40. The order of Priya Frost is ready, and you want her to know.",
        tasks=(
            Task(
                words="Text Priya Frost that her order is ready: [everywhere.text]. See what "
                "becomes of it.",
                done=_waits_for_morning,
            ),
            Task(
                words="She just came by and took it along. Take the text back: [outbox.cancel] in "
                "the Outbox ([everywhere.outbox]).",
                done=_was_taken_back,
            ),
        ),
        hint="At night a text waits for the hours; until it leaves, it can be taken back.",
        learned="Nobody is woken up, and what has not left can be taken back.",
        happens=_late,
        at=_EVENING,
    ),
    Lesson(
        id="gateway",
        title="A gateway that dies",
        story="“Open evening” is leaving for five people when the gateway stops answering.",
        tasks=(
            Task(
                words="Watch the campaign “Open evening” (Campaigns, [everywhere.campaigns]) until "
                "it stops by itself.",
                done=_has_stopped_by_itself,
            ),
            Task(
                words="The gateway is back. Nobody knows what became of some texts: Shopbell asks "
                "by itself, and at once with [campaign.settle].",
                done=_everything_is_known,
            ),
            Task(
                words="Let the rest go: [campaign.resume] on the campaign.",
                done=_all_have_it,
            ),
        ),
        slips=(
            Slip(
                words="You ended the campaign for good: the others will not hear of it. Begin the "
                "lesson again.",
                taken=_campaign_is(CampaignState.ABORTED),
            ),
            Slip(words="Somebody got the text twice.", taken=_somebody_got_two),
        ),
        hint="Never text by hand whose outcome is unknown: they may have it already. Ask first.",
        learned="Everybody got it, and nobody got it twice.",
        happens=_breaks_down,
    ),
)

_BY_ID = {lesson.id: lesson for lesson in LESSONS}


def lesson(id_: str) -> Lesson | None:
    """Return the lesson of this name."""
    return _BY_ID.get(id_)
