"""Other words instead of those that wait: never both, never neither."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crowds import campaign, crowd
from shopbell.domain.campaigns import Bucket, Campaign, CampaignState
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Verdict
from shopbell.domain.facts import TextDraft
from shopbell.domain.gateway import Outcome
from shopbell.domain.ids import E164, CampaignId, TextId
from shopbell.domain.texts import OutboundText, State
from shopbell.errors import BadInput
from shopbell.services.outbox import Submitted
from shops import ANA, BO, Counter


def words(body: str = "your order is ready at noon.", number: E164 = ANA) -> TextDraft:
    return TextDraft(number=number, body=body, purpose=Purpose.SERVICE)


async def waiting(counter: Counter, body: str = "your order is ready.") -> OutboundText:
    await counter.agree()
    text = (await counter.submit(body)).text
    assert text is not None
    return text


async def all_texts(counter: Counter) -> list[tuple[str, State]]:
    page = await counter.shop.outbox.find()
    return [(text.body, text.state) for text in reversed(page.rows)]


async def test_the_old_words_are_canceled_and_only_the_new_ones_leave(counter: Counter) -> None:
    old = await waiting(counter)
    done = await counter.shop.replacing.text(old.id, words())
    assert done.text is not None
    assert (done.text.replaces, done.text.state) == (old.id, State.WAITING)
    assert await all_texts(counter) == [
        ("your order is ready.", State.CANCELED),
        ("your order is ready at noon.", State.WAITING),
    ]
    assert (await counter.shop.outbox.get(old.id)).detail == "Other words go in its place."
    sent = await counter.deliver()
    assert [text.body for text in sent] == ["your order is ready at noon."]
    assert [one.text for one in counter.gateway.taken] == [sent[0].final.text]


async def test_refused_words_leave_the_old_ones_waiting(counter: Counter) -> None:
    old = await waiting(counter)
    refused = await counter.shop.replacing.text(old.id, words("your card is 4111 1111 1111 1111"))
    assert refused.text is None
    assert refused.judged.decision.verdict is Verdict.REFUSE
    assert await all_texts(counter) == [("your order is ready.", State.WAITING)]
    about = await counter.shop.outbox.decisions_about(ANA)
    assert about[0].verdict is Verdict.REFUSE, "what was asked is on file all the same"


async def test_the_old_text_does_not_count_against_the_new_one(counter: Counter) -> None:
    await counter.agree(purpose=Purpose.MARKETING, topics=("offers",))
    old = (await counter.submit("wreaths", purpose=Purpose.MARKETING, topic="offers")).text
    assert old is not None
    again = TextDraft(number=ANA, body="wreaths at ten", purpose=Purpose.MARKETING, topic="offers")
    beside = await counter.shop.outbox.check(again)
    instead = await counter.shop.outbox.check(again, None, old.id)
    assert beside.judged.decision.verdict is Verdict.HOLD
    assert instead.judged.decision.verdict is Verdict.ALLOW
    done = await counter.shop.replacing.text(old.id, again)
    assert done.text is not None
    assert done.text.state is State.WAITING


async def test_words_may_be_replaced_again_and_again(counter: Counter) -> None:
    text = await waiting(counter)
    for turn in range(3):
        new = (await counter.shop.replacing.text(text.id, words(f"ready at {turn + 1}."))).text
        assert new is not None
        assert new.replaces == text.id
        text = new
    states = [state for _, state in await all_texts(counter)]
    assert states == [State.CANCELED] * 3 + [State.WAITING]
    assert len(await counter.deliver()) == 1


async def test_the_time_somebody_chose_stays_unless_another_is_said(counter: Counter) -> None:
    await counter.agree()
    later = counter.clock.now() + timedelta(hours=2)
    old = (await counter.shop.outbox.submit(words("at one"), not_before=later)).text
    assert old is not None
    same = (await counter.shop.replacing.text(old.id, words("at one, sorry"))).text
    assert same is not None
    assert (same.not_before, same.meant_for) == (later, later)
    sooner = later - timedelta(hours=1)
    moved = await counter.shop.replacing.text(same.id, words("at noon"), not_before=sooner)
    assert moved.text is not None
    assert moved.text.not_before == sooner


async def test_a_text_held_for_the_night_is_decided_anew(counter: Counter) -> None:
    await counter.agree()
    counter.clock.advance(hours=12)
    old = (await counter.submit()).text
    assert old is not None
    assert old.state is State.HELD
    counter.clock.advance(hours=12)
    new = (await counter.shop.replacing.text(old.id, words())).text
    assert new is not None
    assert (new.state, new.not_before) == (State.WAITING, None)


async def refused(job: object) -> str:
    with pytest.raises(BadInput) as told:
        await job  # type: ignore[misc]
    return told.value.code


@pytest.mark.parametrize("after", [Outcome.ACCEPTED, Outcome.UNKNOWN, Outcome.BAD_NUMBER])
async def test_what_has_left_or_may_have_cannot_be_replaced(
    counter: Counter, after: Outcome
) -> None:
    old = await waiting(counter)
    counter.gateway.answers.append(after)
    await counter.deliver()
    before = await all_texts(counter)
    assert await refused(counter.shop.replacing.text(old.id, words())) == "too_late"
    assert await all_texts(counter) == before


async def test_nothing_is_replaced_that_is_not_there_or_is_to_another(counter: Counter) -> None:
    old = await waiting(counter)
    await counter.agree(BO)
    replace = counter.shop.replacing.text
    assert await refused(replace(TextId(99), words())) == "no_text"
    assert await refused(replace(old.id, words(number=BO))) == "other_number"
    assert await all_texts(counter) == [("your order is ready.", State.WAITING)]


async def test_a_text_the_shop_sends_by_itself_keeps_its_words(counter: Counter) -> None:
    wording = "Text me about offers. Up to 4 texts a month. Reply STOP to end."
    await counter.agree(purpose=Purpose.MARKETING, topics=("offers",), wording=wording)
    welcome = await counter.shop.welcomes.send(ANA)
    assert isinstance(welcome, Submitted), welcome
    assert welcome.text is not None
    assert await refused(counter.shop.replacing.text(welcome.text.id, words())) == "own_text"


async def running(counter: Counter, people: int = 4, sent: int = 2) -> Campaign:
    """Start a campaign, let some of it leave, and pause it."""
    await crowd(counter, people)
    made = await campaign(counter)
    await counter.shop.runs.approve(made.id)
    await counter.shop.runs.start(made.id, hold_seconds=0)
    assert await counter.shop.delivery.take("a test")
    for _ in range(sent):
        config, gateway = await counter.shop.gateways.connect()
        assert await counter.shop.delivery._next(config, gateway, None) is not None
    return await counter.shop.runs.pause(made.id)


async def test_a_replaced_campaign_ends_and_a_draft_goes_to_who_has_not_had_it(
    counter: Counter,
) -> None:
    old = await running(counter)
    new, stopped = await counter.shop.replacing.campaign(old.id, "Wreaths at ten!", by="Ana")
    assert stopped == 2
    ended = await counter.shop.campaigns.get(old.id)
    assert (ended.state, ended.why) == (
        CampaignState.ABORTED,
        "Ended: other words go instead.",
    )
    assert (new.state, new.replaces, new.body) == (CampaignState.DRAFT, old.id, "Wreaths at ten!")
    assert (new.author, new.name, new.audience) == ("Ana", old.name, old.audience)
    plan = await counter.shop.plans.plan(new.id)
    assert (plan.tally.chosen, plan.to_send, plan.tally.of(Bucket.SKIPPED)) == (4, 2, 2)
    await counter.shop.runs.approve(new.id)
    await counter.shop.runs.start(new.id, hold_seconds=0)
    await counter.deliver()
    heard = [one.to for one in counter.gateway.taken]
    assert len(heard) == len(set(heard)) == 4, "everybody one of the two, nobody both"


async def test_who_may_have_got_the_old_words_is_left_out_who_has_not_is_in(
    counter: Counter,
) -> None:
    counter.gateway.answers += [Outcome.UNKNOWN, Outcome.BAD_NUMBER]
    old = await running(counter, people=3)
    new, _ = await counter.shop.replacing.campaign(old.id)
    plan = await counter.shop.plans.plan(new.id)
    assert plan.tally.of(Bucket.SKIPPED) == 1
    assert plan.to_send == 2


async def test_somebody_left_out_of_the_new_words_can_be_let_in(counter: Counter) -> None:
    old = await running(counter, people=2, sent=1)
    new, _ = await counter.shop.replacing.campaign(old.id)
    await counter.shop.plans.plan(new.id)
    had_it = E164(counter.gateway.taken[0].to)
    await counter.shop.plans.put_back(new.id, had_it)
    preview = await counter.shop.plans.preview(new.id, had_it)
    # Within the cap the gate has the last word: let in is not sent.
    assert preview.decision is not None
    assert preview.decision.verdict is Verdict.HOLD


@pytest.mark.parametrize(
    ("state", "code"),
    [("draft", "not_started"), ("approved", "not_started"), ("done", "has_ended")],
)
async def test_only_a_campaign_at_work_is_replaced(counter: Counter, state: str, code: str) -> None:
    await crowd(counter, 1)
    made = await campaign(counter)
    if state != "draft":
        await counter.shop.runs.approve(made.id)
    if state == "done":
        await counter.shop.runs.start(made.id, hold_seconds=0)
        await counter.deliver()
    assert (await counter.shop.campaigns.get(made.id)).state == state
    assert await refused(counter.shop.replacing.campaign(made.id)) == code
    assert (await counter.shop.campaigns.find()).total == 1


async def test_words_that_cannot_be_used_leave_the_campaign_running(counter: Counter) -> None:
    old = await running(counter)
    assert await refused(counter.shop.replacing.campaign(old.id, "Hi {nobody}")) == "bad_merge"
    assert (await counter.shop.campaigns.get(old.id)).state is CampaignState.PAUSED
    assert (await counter.shop.campaigns.find()).total == 1
    assert await refused(counter.shop.replacing.campaign(CampaignId(99))) == "no_campaign"


async def test_one_waiting_text_of_a_campaign_is_not_replaced_alone(counter: Counter) -> None:
    await crowd(counter, 1)
    made = await campaign(counter)
    await counter.shop.runs.approve(made.id)
    await counter.shop.runs.start(made.id, hold_seconds=0)
    counter.gateway.answers.append(Outcome.NOT_SENT_RETRY)
    (text,) = await counter.deliver()
    assert text.state is State.WAITING
    draft = words("other words", number=text.number)
    assert await refused(counter.shop.replacing.text(text.id, draft)) == "campaign_text"
