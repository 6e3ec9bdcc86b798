"""Today, out of a real shop file: nothing that needs a person is missing, nothing else is there."""

from __future__ import annotations

from datetime import timedelta

from shopbell.domain.complaints import ComplaintDraft, ComplaintKind
from shopbell.domain.consent import How, Purpose
from shopbell.domain.gateway import Outcome
from shopbell.domain.today import NeedKind
from shops import ANA, BO, Counter


async def people(counter: Counter) -> None:
    for number, name in ((ANA, "Ana Reyes"), (BO, "Bo Lind")):
        await counter.add(number, name)
        await counter.agree(number, Purpose.SERVICE, ("orders",))


async def hears(counter: Counter, *texts: str) -> None:
    for index, text in enumerate(texts):
        counter.hears(text, ANA, f"in-{counter.clock.now():%d%H%M%S}-{index}")
        counter.clock.advance(minutes=1)
    await counter.shop.delivery.sync()


async def test_a_new_shop_needs_nobody_and_counts_nothing(counter: Counter) -> None:
    day = await counter.shop.days.today()
    assert (day.people, day.needs, day.more, day.due, day.held) == (0, (), 0, 0, ())
    assert (day.month.sent, day.month.cost, day.month.busiest) == (0, (), None)
    assert len(day.month.days) == 24


async def test_an_unclear_reply_comes_first_then_replies_and_a_clear_stop_needs_nobody(
    counter: Counter,
) -> None:
    await people(counter)
    await hears(counter, "enough roses for now", "Can I pick up Friday?")
    counter.hears("STOP", BO, "in-stop")
    await counter.shop.delivery.sync()
    day = await counter.shop.days.today()
    assert [(one.kind, one.name, one.text) for one in day.needs] == [
        (NeedKind.UNCLEAR, "Ana Reyes", "enough roses for now"),
        (NeedKind.REPLY, "Ana Reyes", "Can I pick up Friday?"),
    ]
    assert (day.more, day.month.replies, day.month.stops) == (0, 3, 1)


async def test_a_complaint_needs_a_call_by_its_hour_until_it_is_closed(counter: Counter) -> None:
    await people(counter)
    at = counter.clock.now() - timedelta(minutes=5)
    taken = await counter.shop.complaints.open(
        ComplaintDraft(
            number=BO, kind=ComplaintKind.ORDER, words="Wilted tulips", how=How.IN_PERSON, at=at
        )
    )
    (need,) = (await counter.shop.days.today()).needs
    assert (need.kind, need.name, need.number) == (NeedKind.COMPLAINT, "Bo Lind", BO)
    assert (need.text, need.at, need.due) == ("Wilted tulips", at, taken.complaint.due_at)
    await counter.shop.complaints.close(taken.complaint.id, "New tulips.", who="Bea")
    assert (await counter.shop.days.today()).needs == ()


async def test_what_does_not_fit_is_counted(counter: Counter) -> None:
    await people(counter)
    await hears(counter, *(f"question number {index}?" for index in range(9)))
    day = await counter.shop.days.today(most=4)
    assert len(day.needs) == 4
    assert day.more == 5
    assert day.needs[0].text == "question number 8?"


async def test_stops_that_nobody_has_seen_hide_no_reply(counter: Counter) -> None:
    await people(counter)
    await hears(counter, "Can I pick up Friday?", *["STOP"] * 8)
    day = await counter.shop.days.today(most=3)
    assert [one.text for one in day.needs] == ["Can I pick up Friday?"]
    assert day.more == 0


async def test_a_reply_that_was_seen_or_judged_needs_nobody_any_more(counter: Counter) -> None:
    await people(counter)
    await hears(counter, "enough roses for now", "Can I pick up Friday?")
    for reply in (await counter.shop.inbox.find()).rows:
        if reply.is_unclear:
            await counter.shop.inbox.judge_unclear(reply.id, is_stop=False)
        await counter.shop.inbox.mark_read(reply.id)
    assert (await counter.shop.days.today()).needs == ()


async def test_texts_that_left_are_counted_on_their_day_with_what_they_cost(
    counter: Counter,
) -> None:
    await people(counter)
    await counter.submit("Your order is ready.", ANA, topic="orders")
    await counter.submit("Your order is ready.", BO, topic="orders")
    day = await counter.shop.days.today()
    assert (day.due, day.month.sent, day.month.days[-1]) == (2, 0, 0)
    await counter.deliver()
    counter.clock.advance(minutes=3)
    await counter.shop.delivery.sync()
    day = await counter.shop.days.today()
    texts = (await counter.shop.outbox.find()).rows
    assert (day.due, day.month.sent, day.month.days[-1]) == (0, 2, 2)
    paid = sum(text.price_micros or 0 for text in texts)
    assert day.month.cost == (("USD", paid),)
    assert paid > 0
    assert day.month.arrived == 2
    assert sum(day.month.days) == day.month.sent


async def test_last_months_texts_do_not_count(counter: Counter) -> None:
    await people(counter)
    await counter.submit("Your order is ready.", ANA, topic="orders")
    await counter.deliver()
    counter.clock.advance(days=8)
    day = await counter.shop.days.today()
    assert (day.month.sent, day.month.replies, day.month.cost) == (0, 0, ())
    assert day.month.days == (0, 0)


async def test_of_several_reasons_the_one_that_is_over_last_is_named(counter: Counter) -> None:
    await counter.add(ANA, "Ana Reyes")
    await counter.agree(ANA, Purpose.MARKETING, ("offers",), promised_n=4, promised_days=30)
    marketing = {"purpose": Purpose.MARKETING, "topic": "offers"}
    await counter.submit("Wreaths are in!", **marketing)
    await counter.deliver()
    counter.clock.advance(days=1, hours=9)
    second = await counter.submit("Amaryllis are in!", **marketing)
    reasons = second.judged.decision.reasons
    assert len(reasons) > 1
    assert reasons[0].next_allowed_at != second.judged.decision.next_allowed_at
    (held,) = (await counter.shop.days.today()).held
    assert held.until == second.judged.decision.next_allowed_at
    assert "in a week" in held.why
    assert "in a week" not in reasons[0].sentence


async def test_held_texts_stand_under_their_moment_with_the_reason(counter: Counter) -> None:
    await people(counter)
    counter.clock.advance(hours=12)  # night at the counter
    for number in (ANA, BO):
        await counter.submit("Your order is ready.", number, topic="orders")
    (held,) = (await counter.shop.days.today()).held
    assert held.count == 2
    assert held.until is not None
    assert counter.clock.now() < held.until < counter.clock.now() + timedelta(hours=14)
    assert held.why.endswith(".")
    await counter.shop.consents.opt_out(ANA, How.IN_PERSON)
    (held,) = (await counter.shop.days.today()).held
    assert held.count == 1


async def test_a_text_with_an_unknown_outcome_needs_somebody(counter: Counter) -> None:
    await people(counter)
    counter.gateway.answers.append(Outcome.UNKNOWN)
    await counter.submit("Your order is ready.", ANA, topic="orders")
    await counter.deliver()
    (need,) = (await counter.shop.days.today()).needs
    assert (need.kind, need.name, need.number) == (NeedKind.UNKNOWN, "Ana Reyes", ANA)
    assert "Your order is ready." in need.text
