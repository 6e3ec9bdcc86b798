"""Complaints: taken, what they stop at once, shown to whoever must answer, closed."""

from __future__ import annotations

import pytest

from shopbell.domain.complaints import ComplaintDraft, ComplaintKind
from shopbell.domain.consent import How, Purpose
from shopbell.domain.decision import Code, Verdict
from shopbell.domain.ids import E164, ComplaintId
from shopbell.domain.texts import State
from shopbell.errors import BadInput
from shopbell.services.complaints import Taken
from shopbell.services.outbox import Submitted
from shops import ANA, BO, NOW, Counter

OFFERS = ("offers",)


async def complain(
    counter: Counter,
    kind: ComplaintKind = ComplaintKind.ORDER,
    number: E164 = ANA,
    words: str = "wilted tulips",
) -> Taken:
    return await counter.shop.complaints.open(
        ComplaintDraft(
            number=number,
            kind=kind,
            words=words,
            how=How.IN_PERSON,
            at=counter.clock.now(),
            who="Ana",
        )
    )


async def offer(counter: Counter, number: E164 = ANA) -> Submitted:
    return await counter.submit(
        "peonies are in.", number=number, purpose=Purpose.MARKETING, topic="offers"
    )


def codes(submitted: Submitted) -> set[Code]:
    return {reason.code for reason in submitted.judged.decision.reasons}


async def test_a_complaint_stops_marketing_at_once_but_not_their_order(counter: Counter) -> None:
    await counter.agree(ANA, Purpose.MARKETING, OFFERS)
    await counter.agree(ANA)
    waiting, order = await offer(counter), await counter.submit()
    taken = await complain(counter)
    assert taken.canceled == 1
    assert not taken.persists
    assert waiting.text is not None
    assert (await counter.shop.outbox.get(waiting.text.id)).state is State.CANCELED
    assert codes(await offer(counter)) == {Code.COMPLAINT_OPEN}
    (sent,) = await counter.deliver()
    assert order.text is not None
    assert sent.id == order.text.id


async def test_a_plan_made_before_the_complaint_texts_nobody_who_complained(
    counter: Counter,
) -> None:
    """The text is judged again in the moment it would leave."""
    await counter.agree(ANA, Purpose.MARKETING, OFFERS)
    await counter.agree(BO, Purpose.MARKETING, OFFERS)
    await offer(counter, BO)
    await complain(counter, number=BO)
    assert await counter.deliver() == ()


async def test_a_closed_complaint_gives_the_old_yes_back(counter: Counter) -> None:
    await counter.agree(ANA, Purpose.MARKETING, OFFERS)
    taken = await complain(counter)
    closed = await counter.shop.complaints.close(taken.complaint.id, " new tulips ", "Ana")
    assert (closed.outcome, closed.closed_by, closed.closed_at) == ("new tulips", "Ana", NOW)
    assert (await offer(counter)).judged.decision.verdict is Verdict.ALLOW
    assert await counter.shop.complaints.find() == ()
    assert await counter.shop.complaints.find(open_only=False) == (closed,)


async def test_one_of_two_open_complaints_is_enough(counter: Counter) -> None:
    await counter.agree(ANA, Purpose.MARKETING, OFFERS)
    first = await complain(counter)
    counter.clock.advance(hours=1)
    second = await complain(counter)
    assert second.persists
    await counter.shop.complaints.close(first.complaint.id, "called")
    assert codes(await offer(counter)) == {Code.COMPLAINT_OPEN}


async def test_a_complaint_about_texts_is_a_no_to_marketing_for_good(counter: Counter) -> None:
    await counter.agree(ANA, Purpose.MARKETING, OFFERS)
    await counter.agree(ANA)
    taken = await complain(counter, ComplaintKind.TEXTS, words="far too many texts!")
    await counter.shop.complaints.close(taken.complaint.id, "apologised")
    assert codes(await offer(counter)) == {Code.CONSENT_WRONG_CATEGORY}
    assert (await counter.submit()).judged.decision.verdict is Verdict.ALLOW
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.ledger[-1].wording == "far too many texts!"
    assert sheet.ledger[-1].witness == "Ana"
    assert (await counter.shop.checking.whole()).ok


async def test_a_complaint_of_one_number_stops_marketing_to_all_of_the_person(
    counter: Counter,
) -> None:
    await counter.agree(ANA, Purpose.MARKETING, OFFERS)
    await counter.add(BO, "Ana R.")
    await counter.shop.linking.merge(ANA, BO)
    waiting = await offer(counter)
    taken = await complain(counter, number=BO)
    assert taken.canceled == 1
    assert waiting.text is not None
    assert codes(await offer(counter)) == {Code.COMPLAINT_OPEN}


async def test_the_most_urgent_complaint_comes_first(counter: Counter) -> None:
    data = await complain(counter, ComplaintKind.DATA)
    order = await complain(counter, number=BO)
    done = await complain(counter, ComplaintKind.OTHER)
    await counter.shop.complaints.close(done.complaint.id, "a mistake")
    find = counter.shop.complaints.find
    assert [one.id for one in await find()] == [order.complaint.id, data.complaint.id]
    everything = [one.id for one in await find(open_only=False)]
    assert everything == [order.complaint.id, data.complaint.id, done.complaint.id]
    assert [one.id for one in await find(number=BO)] == [order.complaint.id]


async def test_who_complained_is_marked_among_the_replies(counter: Counter) -> None:
    counter.hears("my tulips are wilted", ANA)
    await counter.shop.delivery.sync()
    (reply,) = (await counter.shop.inbox.find()).rows
    assert not reply.complained
    taken = await complain(counter)
    (reply,) = (await counter.shop.inbox.find()).rows
    assert reply.complained
    await counter.shop.complaints.close(taken.complaint.id, "called")
    (reply,) = (await counter.shop.inbox.find()).rows
    assert not reply.complained


async def test_a_complaint_is_on_the_sheet_and_in_the_dossier(counter: Counter) -> None:
    taken = await complain(counter)
    number = counter.shop.people.read_number(ANA)
    assert (await counter.shop.people.sheet(number)).complaints == (taken.complaint,)
    assert (await counter.shop.dossiers.gather(number)).complaints == (taken.complaint,)


async def test_what_cannot_be_done_with_a_complaint_is_said(counter: Counter) -> None:
    complaints = counter.shop.complaints
    taken = await complain(counter)
    with pytest.raises(BadInput, match="closed with how it ended"):
        await complaints.close(taken.complaint.id, "  ")
    with pytest.raises(BadInput, match="no complaint number 99"):
        await complaints.close(ComplaintId(99), "called")
    await complaints.close(taken.complaint.id, "called")
    with pytest.raises(BadInput, match="was closed before") as caught:
        await complaints.close(taken.complaint.id, "called again")
    assert caught.value.hint == "It ended like this: called"
    with pytest.raises(BadInput, match="future"):
        await complaints.open(
            ComplaintDraft(
                number=ANA,
                kind=ComplaintKind.ORDER,
                words="",
                how=How.PHONE,
                at=NOW.replace(year=2027),
            )
        )
