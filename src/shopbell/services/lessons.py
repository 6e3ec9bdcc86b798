"""The lessons: what can go wrong at a counter, and what it takes to see to it. Data.

Must not know a screen or a question: keys are named by their commands, choices by their words.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from shopbell.domain.campaigns import CampaignState
from shopbell.services import lesson_play as play
from shopbell.services.practising import Lesson, Slip, Task

_EVENING = datetime(2026, 11, 24, 22, 40, tzinfo=ZoneInfo("America/New_York"))

LESSONS: tuple[Lesson, ...] = (
    Lesson(
        id="angry",
        title="An angry reply",
        story="Joe Lind bought tulips yesterday. He writes, and he is not happy.",
        tasks=(
            Task(
                words="Read what Joe wrote (Replies, [everywhere.replies]) and write it down as a "
                "complaint: [replies.complaint].",
                in_lines="Read what Joe wrote (“Replies”, “All threads”) and write it "
                "down: “Take it as a complaint”.",
                done=play.has_complaint,
            ),
            Task(
                words="A complaint is called about, not texted. You rang him; he gets his money "
                "back. Open his sheet ([replies.person]) and write down how it ended: "
                "[contact.complaint].",
                in_lines="A complaint is called about, not texted. You rang him; he gets his "
                "money back. Write down how it ended: “About this person”, “Their complaint is "
                "dealt with”.",
                done=play.complaint_ended,
            ),
        ),
        slips=(
            Slip(
                words="Joe is on the do-not-text list now, but he never said stop: he waits for an "
                "answer. Begin the lesson again.",
                taken=play.is_stopped,
            ),
            Slip(
                words="You texted Joe about his complaint. Writing makes it worse: call him.",
                taken=play.was_answered,
            ),
        ),
        hint="A complaint is no stop. While it is open he gets no offers, and Today reminds you.",
        learned="An angry customer who gets a call today is a customer tomorrow.",
        happens=play.angry,
    ),
    Lesson(
        id="odd-stop",
        title="A stop in odd words",
        story="Marta Ruiz answers your last offer. She does not write STOP. What does she mean?",
        tasks=(
            Task(
                words="Read what Marta wrote (Replies, [everywhere.replies]). Say that it is a "
                "stop ([replies.is_stop]), or ask her ([replies.ask]).",
                in_lines="Read what Marta wrote (“Replies”, “All threads”). Say “It "
                "is a stop”, or “Ask them by text”.",
                done=play.asked_or_stopped,
            ),
        ),
        slips=(
            Slip(
                words="You said it is no stop. She wrote that she has enough; when in doubt, ask "
                "or stop. Begin the lesson again.",
                taken=play.was_waved_away,
            ),
            Slip(
                words="You wrote to Marta before it was clear whether she still wants texts.",
                taken=play.was_answered,
            ),
        ),
        hint="Nothing but an answer leaves for her until you have said what it means.",
        learned="A stop counts in whatever words it comes. Asking costs one text; guessing costs "
        "a customer.",
        happens=play.odd_stop,
    ),
    Lesson(
        id="call",
        title="A customer who wants a call",
        story="Gus Marsh cannot read his phone well any more.",
        tasks=(
            Task(
                words="Read what Gus wrote: ↵ on his line in Replies ([everywhere.replies]).",
                in_lines="Read what Gus wrote: “Replies”, “All threads”.",
                done=play.was_seen,
            ),
            Task(
                words="Open his sheet ([thread.person]) and write down that he would rather be "
                "called: [contact.edit].",
                in_lines="Write down that he would rather be called: “About this person”, “What "
                "they wish”, “How they would rather hear from you”, “By phone”.",
                done=play.prefers_calls,
            ),
        ),
        slips=(
            Slip(
                words="You texted somebody who cannot read texts. Call him.",
                taken=play.was_texted,
            ),
        ),
        hint="That he would like calls is a wish on his sheet. From then on texts to him are "
        "refused, with the number to call.",
        learned="Everybody who opens his sheet sees now that Gus wants to be called.",
        happens=play.wants_a_call,
    ),
    Lesson(
        id="late",
        title="A text late at night",
        story="It is 22:40. The order of Priya Frost is ready, and you want her to know.",
        tasks=(
            Task(
                words="Text Priya Frost that her order is ready: [everywhere.text]. See what "
                "becomes of it.",
                in_lines="Text Priya Frost that her order is ready: “Text somebody”. See what "
                "becomes of it.",
                done=play.waits_for_morning,
            ),
            Task(
                words="She just came by and took it along. Take the text back: [outbox.cancel] in "
                "the Outbox ([everywhere.outbox]).",
                in_lines="She just came by and took it along. Take the text back: “Outbox”, “What "
                "waits”, “Take it back”.",
                done=play.was_taken_back,
            ),
        ),
        hint="At night a text waits for the hours; until it leaves, it can be taken back.",
        learned="Nobody is woken up, and what has not left can be taken back.",
        happens=play.late,
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
                in_lines="Watch the campaign Open evening until it stops by itself: “Campaigns”, "
                "“All campaigns”, “Say the plan again”.",
                done=play.has_stopped_by_itself,
            ),
            Task(
                words="It is not known whether three texts arrived. Ask the gateway: "
                "[campaign.settle] on the campaign.",
                in_lines="It is not known whether three texts arrived. Ask the gateway: “Ask what "
                "became of the unknown ones” on the campaign.",
                done=play.was_asked,
                then=play.comes_back,
            ),
            Task(
                words="No answer, and nothing was sent again. Now the gateway is back: ask once "
                "more ([campaign.settle]), or wait until Shopbell asks by itself.",
                in_lines="No answer, and nothing was sent again. Now the gateway is back: ask once "
                "more, or wait until Shopbell asks by itself.",
                done=play.everything_is_known,
            ),
            Task(
                words="Two never left, and wait. Let them go: [campaign.resume] on the campaign.",
                in_lines="Two never left, and wait. Let them go: “Let it go on” on the campaign.",
                done=play.all_have_it,
            ),
        ),
        slips=(
            Slip(
                words="You ended the campaign for good: the others will not hear of it. Begin the "
                "lesson again.",
                taken=play.campaign_is(CampaignState.ABORTED),
            ),
            Slip(
                words="You said what became of a text, and did not know. Who guesses texts twice, "
                "or not at all. Begin the lesson again.",
                taken=play.was_guessed,
            ),
            Slip(words="Somebody got the text twice.", taken=play.somebody_got_two),
        ),
        hint="Never text by hand whose outcome is unknown: they may have it already. Ask first.",
        learned="Everybody got it, and nobody got it twice.",
        happens=play.breaks_down,
    ),
)

_BY_ID = {lesson.id: lesson for lesson in LESSONS}


def lesson(id_: str) -> Lesson | None:
    """Return the lesson of this name."""
    return _BY_ID.get(id_)
