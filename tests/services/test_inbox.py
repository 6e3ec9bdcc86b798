"""Replies: stored once, before they are acted on; a stop is final in the same transaction."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shopbell.domain.decision import Code, Verdict
from shopbell.domain.gateway import Collected, Receipt
from shopbell.domain.ids import ReplyId
from shopbell.domain.replies import Band, InboundText, Intent
from shopbell.domain.texts import State
from shopbell.errors import BadInput
from shopbell.services.fetching import OVERLAP
from shops import ANA, BO, Counter


async def sync(counter: Counter) -> tuple[int, int]:
    return await counter.shop.delivery.sync()


async def test_a_stop_suppresses_and_cancels_in_one_go(counter: Counter) -> None:
    await counter.agree()
    waiting = (await counter.submit()).text
    counter.hears("STOP")
    assert await sync(counter) == (0, 1)
    (reply,) = (await counter.shop.inbox.find()).rows
    assert reply.reading.band is Band.OPT_OUT
    assert reply.done == "Put on the stop list. 1 waiting text canceled."
    assert waiting is not None
    assert (await counter.shop.outbox.get(waiting.id)).state is State.CANCELED
    refused = await counter.submit()
    assert refused.text is None
    assert Code.OPTED_OUT in {reason.code for reason in refused.judged.decision.reasons}


async def test_the_same_reply_fetched_again_is_stored_once(counter: Counter) -> None:
    counter.hears("hello?")
    assert (await sync(counter))[1] == 1
    counter.clock.advance(minutes=1)
    assert (await sync(counter))[1] == 0
    assert (await counter.shop.inbox.find()).total == 1


async def test_two_different_replies_under_one_gateway_id_are_both_kept(counter: Counter) -> None:
    counter.hears("hello?", gateway_id="7")
    counter.hears("STOP", gateway_id="7")
    assert (await sync(counter))[1] == 2


async def test_a_late_reply_within_the_overlap_is_not_lost(counter: Counter) -> None:
    await sync(counter)
    counter.gateway.replies.append(
        InboundText(
            sender=ANA,
            text="STOP",
            gateway_id="late",
            at=counter.clock.now() - OVERLAP + timedelta(seconds=1),
        )
    )
    counter.clock.advance(seconds=30)
    assert (await sync(counter))[1] == 1


@pytest.mark.parametrize("sender", ["+12125550101", "12125550101", "2125550101", " 12125550101 "])
async def test_a_sender_without_its_plus_is_still_the_customer(
    counter: Counter, sender: str
) -> None:
    await counter.add()
    counter.hears("STOP", number=sender)
    await sync(counter)
    (reply,) = (await counter.shop.inbox.find(number=ANA)).rows
    assert reply.name == "Ana Reyes"
    assert (await counter.shop.people.find()).rows[0].suppressed


@pytest.mark.parametrize("sender", ["FERNBANK", "12345", "", "\x1b[2J"])
async def test_a_sender_without_a_number_is_kept_and_does_no_harm(
    counter: Counter, sender: str
) -> None:
    counter.hears("STOP", number=sender)
    await sync(counter)
    (reply,) = (await counter.shop.inbox.find()).rows
    assert reply.number is None
    assert reply.sender == sender


async def test_an_unclear_stop_holds_everything_until_a_person_decides(counter: Counter) -> None:
    await counter.agree()
    counter.hears("not interested")
    await sync(counter)
    assert await counter.shop.inbox.unread() == (1, 1)
    refused = await counter.submit()
    assert Code.HELD_AMBIGUOUS_STOP in {r.code for r in refused.judged.decision.reasons}
    (reply,) = (await counter.shop.inbox.find()).rows
    judged = await counter.shop.inbox.judge_unclear(reply.id, is_stop=False)
    assert "not a stop" in judged.done
    assert (await counter.submit()).judged.decision.verdict is Verdict.ALLOW


async def test_an_unclear_stop_that_is_one_stops(counter: Counter) -> None:
    await counter.agree()
    counter.hears("not interested")
    await sync(counter)
    (reply,) = (await counter.shop.inbox.find()).rows
    await counter.shop.inbox.judge_unclear(reply.id, is_stop=True)
    refused = await counter.submit()
    assert Code.OPTED_OUT in {reason.code for reason in refused.judged.decision.reasons}


@pytest.mark.parametrize(("language", "band"), [("it", Band.OPT_OUT), ("", Band.NONE)])
async def test_a_reply_is_read_in_the_language_of_whoever_wrote_it(
    counter: Counter, language: str, band: Band
) -> None:
    await counter.add()
    await counter.shop.wishes.record(ANA, language=language)
    counter.hears("Fine")
    await sync(counter)
    (reply,) = (await counter.shop.inbox.find()).rows
    assert reply.reading.band is band


async def test_unclear_stops_come_first_then_unread_then_newest(counter: Counter) -> None:
    counter.hears("thanks", gateway_id="1")
    counter.clock.advance(minutes=1)
    counter.hears("not interested", number=BO, gateway_id="2")
    counter.clock.advance(minutes=1)
    counter.hears("lovely roses", gateway_id="3")
    await sync(counter)
    first, second, third = (await counter.shop.inbox.find()).rows
    assert [r.text for r in (first, second, third)] == ["not interested", "lovely roses", "thanks"]
    await counter.shop.inbox.mark_read(second.id)
    texts = [reply.text for reply in (await counter.shop.inbox.find()).rows]
    assert texts == ["not interested", "thanks", "lovely roses"]
    assert await counter.shop.inbox.unread() == (2, 1)


async def test_start_alone_does_not_bring_anybody_back(counter: Counter) -> None:
    counter.hears("STOP", gateway_id="1")
    counter.clock.advance(minutes=2)
    counter.hears("START", gateway_id="2")
    await sync(counter)
    reply = (await counter.shop.inbox.find()).rows[0]
    assert reply.reading.intent is Intent.START
    assert "new sign-up" in reply.done
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is not None


async def test_receipts_move_a_text_forward_only_and_keep_every_word(counter: Counter) -> None:
    await counter.agree()
    await counter.submit()
    (text,) = await counter.deliver()

    def receipt(word: str, state: State | None) -> Collected:
        return Collected(
            receipts=(
                Receipt(
                    ref=None,
                    gateway_id=text.gateway_id,
                    word=word,
                    state=state,
                    detail="",
                    at=counter.clock.now(),
                ),
            )
        )

    take_in = counter.shop.inbox.take_in
    for word, state in (
        ("SENT", State.SENT),
        ("DELIVERED", State.DELIVERED),
        ("SENT AGAIN", State.SENT),
        ("GIBBERISH", None),
    ):
        assert (await take_in("drill", receipt(word, state)))[1] == (text.id,)
    assert (await counter.shop.outbox.get(text.id)).state is State.DELIVERED
    words = [event.word for event in await counter.shop.outbox.events(text.id)]
    assert words[-4:] == ["SENT", "DELIVERED", "SENT AGAIN", "GIBBERISH"]
    assert (await take_in("drill", receipt("GIBBERISH", None)))[1] == ()


async def test_a_receipt_for_somebody_elses_text_changes_nothing(counter: Counter) -> None:
    receipt = Receipt(
        ref=None,
        gateway_id="not-ours",
        word="delivered",
        state=State.DELIVERED,
        detail="",
        at=counter.clock.now(),
    )
    fresh, moved = await counter.shop.inbox.take_in("drill", Collected(receipts=(receipt,)))
    assert (fresh, moved) == ((), ())


async def test_asking_for_a_reply_that_is_not_there_says_so(counter: Counter) -> None:
    with pytest.raises(BadInput, match="no reply number 9"):
        await counter.shop.inbox.get(ReplyId(9))


@pytest.mark.parametrize(
    "text",
    [
        "[/]",
        "\x1b]52;c;aGk=\x07",
        "\u202eevil",
        "a" * 10_000,
        "\ud800".encode("utf-8", "replace").decode(),
    ],
)
async def test_hostile_replies_are_kept_as_they_came(counter: Counter, text: str) -> None:
    counter.hears(text)
    await sync(counter)
    (reply,) = (await counter.shop.inbox.find()).rows
    assert reply.text == text


@pytest.mark.parametrize("written", ["2125550101", "12125550101", "(212) 555-0101", " 12125550101"])
async def test_a_stop_from_a_number_in_national_form_stops_that_person(
    counter: Counter, written: str
) -> None:
    await counter.agree()
    counter.hears("STOP", written)
    await sync(counter)
    (reply,) = (await counter.shop.inbox.find()).rows
    assert (reply.number, reply.sender) == (ANA, written)
    assert (await counter.submit()).text is None


async def test_a_stop_from_the_future_or_the_past_stops_today(counter: Counter) -> None:
    await counter.agree()
    await counter.agree(BO)
    for who, at in ((ANA, timedelta(days=4000)), (BO, -timedelta(days=6))):
        one = InboundText(sender=who, text="STOP", gateway_id=who, at=counter.clock.now() + at)
        await counter.shop.inbox.take_in("drill", Collected(inbound=(one,)))
        refused = await counter.submit(number=who)
        assert refused.text is None
        assert Code.OPTED_OUT in {reason.code for reason in refused.judged.decision.reasons}
