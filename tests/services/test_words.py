"""What the words of a text do to it on its way through the services."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code
from shopbell.domain.facts import TextDraft
from shopbell.domain.frozen import facts_from_json
from shopbell.domain.texts import OutboundText, State
from shopbell.errors import BadInput
from shopbell.services.outbox import Checked, Submitted
from shopbell.services.rules import packaged_rules
from shopbell.store import decisions
from shops import ANA, NOW, Counter

PROMOTES = "your order is ready. 20% off all wreaths this week!"
REASON = "The wreath in this order was sold at that price."
MARKETING, SERVICE = Purpose.MARKETING, Purpose.SERVICE


async def agreed(counter: Counter, *purposes: Purpose) -> None:
    for purpose in purposes:
        await counter.agree(purpose=purpose)


def draft(body: str, purpose: Purpose = SERVICE, *, reason: str = "") -> TextDraft:
    return TextDraft(number=ANA, body=body, purpose=purpose, really_service=reason)


async def check(counter: Counter, body: str, purpose: Purpose = SERVICE) -> Checked:
    return await counter.shop.outbox.check(draft(body, purpose))


def codes(submitted: Submitted) -> list[Code]:
    return [reason.code for reason in submitted.judged.decision.reasons]


def written(submitted: Submitted) -> OutboundText:
    assert submitted.text is not None
    return submitted.text


class TestForbiddenWords:
    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ("new vapes are in", Code.FORBIDDEN_CONTENT),
            ("your photos: bit.ly/3xyz", Code.PUBLIC_SHORTENER),
            ("pay card 4111 1111 1111 1111", Code.SECRET_IN_TEXT),
        ],
    )
    async def test_are_refused_and_never_written(
        self, counter: Counter, body: str, code: Code
    ) -> None:
        await agreed(counter, SERVICE)
        submitted = await counter.submit(body)
        assert (submitted.text, codes(submitted)) == (None, [code])
        assert (await counter.shop.outbox.find()).total == 0
        (kept,) = await counter.shop.outbox.decisions_about(ANA)
        assert [reason.code for reason in kept.reasons] == [code]

    async def test_a_warning_stops_nothing_and_is_told(self, counter: Counter) -> None:
        await agreed(counter, SERVICE)
        body = "URGENT!!! your order is READY, FINAL NOTICE!!!"
        checked = await check(counter, body)
        rules = {finding.rule for finding in checked.notes.warnings}
        assert {"lint.urgency", "lint.capitals", "lint.repeated"} <= rules
        assert checked.notes.findings == checked.notes.warnings
        assert written(await counter.submit(body)).state is State.WAITING

    async def test_a_finding_that_stops_it_is_no_warning(self, counter: Counter) -> None:
        checked = await check(counter, "new vapes!!! are in")
        assert checked.notes.findings[0].rule == "lint.tobacco"
        assert "lint.tobacco" not in {one.rule for one in checked.notes.warnings}

    async def test_a_trap_in_the_answer_asked_for_is_told(self, counter: Counter) -> None:
        checked = await check(counter, "reply CANCEL to cancel your appointment")
        assert "lint.reserved_stop" in {one.rule for one in checked.notes.warnings}

    async def test_a_link_is_worth_a_word_in_the_first_text_only(self, counter: Counter) -> None:
        await agreed(counter, SERVICE)
        body = "your photos: https://fern.example/7"
        first = {one.rule for one in (await check(counter, body)).notes.warnings}
        await counter.submit(body)
        second = {one.rule for one in (await check(counter, body)).notes.warnings}
        assert first - second == {"lint.link_in_first"}


class TestPromotion:
    async def test_without_a_yes_to_marketing_it_is_refused(self, counter: Counter) -> None:
        await agreed(counter, SERVICE)
        submitted = await counter.submit(PROMOTES)
        assert submitted.text is None
        assert codes(submitted) == [Code.PROMOTION_IN_SERVICE, Code.CONSENT_WRONG_CATEGORY]

    async def test_with_one_it_is_written_and_counted_as_marketing(self, counter: Counter) -> None:
        await agreed(counter, SERVICE, MARKETING)
        submitted = await counter.submit(PROMOTES, topic="orders")
        text = written(submitted)
        assert (text.purpose, text.topic, text.really_service) == (MARKETING, None, "")
        (sent,) = await counter.deliver()
        assert sent.purpose is MARKETING
        again = await counter.submit("tulips are in", purpose=MARKETING)
        assert Code.CAP_SHOP in codes(again)

    async def test_with_the_owners_reason_it_goes_as_service_and_the_reason_is_kept(
        self, counter: Counter
    ) -> None:
        await agreed(counter, SERVICE)
        text = written(await counter.shop.outbox.submit(draft(PROMOTES, reason=REASON)))
        assert (text.purpose, text.really_service) == (SERVICE, REASON)
        (sent,) = await counter.deliver()
        assert (sent.state, sent.purpose) == (State.ACCEPTED, SERVICE)
        assert sent.really_service == REASON

    async def test_the_reason_is_in_the_frozen_facts_of_both_decisions(
        self, counter: Counter
    ) -> None:
        await agreed(counter, SERVICE)
        text = written(await counter.shop.outbox.submit(draft(PROMOTES, reason=REASON)))
        (sent,) = await counter.deliver()
        for decision_id in (text.decision_id, sent.decision_id):
            stored = await counter.shop._desk.store.read(decisions.load_facts, decision_id)
            assert facts_from_json(stored or "").draft.really_service == REASON

    @pytest.mark.parametrize("reason", ["ok", "          ", "because  "])
    async def test_a_word_is_no_reason(self, counter: Counter, reason: str) -> None:
        await agreed(counter, SERVICE)
        for ask in (counter.shop.outbox.check, counter.shop.outbox.submit):
            with pytest.raises(BadInput) as refused:
                await ask(draft(PROMOTES, reason=reason))
            assert refused.value.code == "no_reason"
        assert (await counter.shop.outbox.find()).total == 0

    async def test_the_notes_name_the_words_and_what_it_counts_as(self, counter: Counter) -> None:
        notes = (await check(counter, PROMOTES)).notes
        assert notes.promotion is not None
        assert PROMOTES[slice(*notes.promotion.span)] == "20% off"
        assert notes.counts_as_marketing
        confirmed = await counter.shop.outbox.check(draft(PROMOTES, reason=REASON))
        assert confirmed.notes.promotion == notes.promotion
        assert not confirmed.notes.counts_as_marketing
        assert (await check(counter, PROMOTES, MARKETING)).notes.promotion is None
        assert (await check(counter, "your order is ready.")).notes.promotion is None


class TestWordsThatPass:
    async def test_the_gateway_is_told_to_give_up_when_they_do(self, counter: Counter) -> None:
        await agreed(counter, SERVICE)
        await counter.submit("we are here until 5 today")
        (sent,) = await counter.deliver()
        assert sent.expires_at == NOW.replace(hour=21, minute=59, second=59)
        assert counter.gateway.taken[0].valid_until == sent.expires_at

    async def test_a_text_written_today_never_leaves_tomorrow(self, counter: Counter) -> None:
        await agreed(counter, SERVICE)
        text = written(await counter.submit("we are open today"))
        counter.clock.advance(hours=24)
        assert await counter.deliver() == ()
        gone = await counter.shop.outbox.get(text.id)
        assert gone.state is State.CANCELED
        assert "is true until Tue 24 Nov 23:59" in gone.detail
        assert counter.gateway.taken == []

    async def test_its_sister_without_a_day_does(self, counter: Counter) -> None:
        await agreed(counter, SERVICE)
        await counter.submit("we are open")
        counter.clock.advance(hours=24)
        assert [text.state for text in await counter.deliver()] == [State.ACCEPTED]

    async def test_at_night_it_is_refused_at_once_not_held(self, counter: Counter) -> None:
        await agreed(counter, SERVICE)
        counter.clock.advance(hours=9)
        submitted = await counter.submit("see you tonight!")
        assert submitted.text is None
        assert codes(submitted) == [Code.STALE_WORDS, Code.QUIET_HOURS]

    async def test_a_scheduled_text_means_the_day_it_is_scheduled_for(
        self, counter: Counter
    ) -> None:
        await agreed(counter, SERVICE)
        tomorrow = NOW + timedelta(days=1)
        ask = draft("we are open today")
        checked = await counter.shop.outbox.check(ask, tomorrow)
        assert checked.notes.pin is not None
        assert checked.notes.pin.last == datetime.fromisoformat("2026-11-26T04:59:59+00:00")
        text = written(await counter.shop.outbox.submit(ask, not_before=tomorrow))
        assert (text.meant_for, text.created_at) == (tomorrow, NOW)
        assert await counter.deliver() == ()
        counter.clock.advance(hours=24, minutes=1)
        (sent,) = await counter.deliver()
        assert sent.state is State.ACCEPTED

    async def test_and_does_not_leave_a_day_later_still(self, counter: Counter) -> None:
        await agreed(counter, SERVICE)
        tomorrow = NOW + timedelta(days=1)
        text = written(
            await counter.shop.outbox.submit(draft("we are open today"), not_before=tomorrow)
        )
        counter.clock.advance(hours=72)
        assert await counter.deliver() == ()
        assert (await counter.shop.outbox.get(text.id)).state is State.CANCELED

    async def test_one_held_without_a_date_is_taken_back_when_its_day_has_passed(
        self, counter: Counter
    ) -> None:
        await agreed(counter, MARKETING)
        await counter.shop.rules.declare_emergency("US")
        text = written(await counter.submit("we are open today", purpose=MARKETING))
        assert (text.state, text.not_before) == (State.HELD, None)
        counter.clock.advance(hours=24)
        assert await counter.deliver() == ()
        assert (await counter.shop.outbox.get(text.id)).state is State.CANCELED

    async def test_the_notes_say_until_when(self, counter: Counter) -> None:
        notes = (await check(counter, "open until 5 today, or until 8 tomorrow")).notes
        assert notes.pin is not None
        assert (notes.pin.words, notes.pin.last) == (
            "until 5 today",
            datetime.fromisoformat("2026-11-24T21:59:59+00:00"),
        )
        assert (await check(counter, "open as always")).notes.pin is None


class TestDearCharacters:
    BODY = "we\u2019re ready \u2013 your order can be collected at the back door of the shop now."

    async def test_the_one_that_makes_it_dear_is_named_and_a_change_offered(
        self, counter: Counter
    ) -> None:
        checked = await check(counter, self.BODY)
        notes = checked.notes
        assert checked.judged.final.segments == 2
        assert notes.costliest is not None
        assert (notes.costliest.character, notes.costliest.others) == ("\u2019", 1)
        assert notes.offer is not None
        assert (notes.offer.before.segments, notes.offer.after.segments) == (2, 1)
        assert [change.old for change in notes.offer.changes] == ["\u2019", "\u2013"]

    async def test_nothing_is_changed_until_somebody_says_so(self, counter: Counter) -> None:
        await agreed(counter, SERVICE)
        text = written(await counter.submit(self.BODY))
        assert text.body == self.BODY
        assert "\u2019" in text.final.text
        straight = counter.shop.outbox.straightened(self.BODY)
        assert straight == self.BODY.replace("\u2019", "'").replace("\u2013", "-")
        assert straight.isascii()

    @pytest.mark.parametrize(
        ("body", "why"),
        [
            ("we\u2019re ready", "one part either way"),
            ("we are ready, " * 6, "nothing to change"),
            (f"{BODY} \U0001f490", "the picture costs as much"),
        ],
    )
    async def test_a_change_that_saves_nothing_is_not_offered(
        self, counter: Counter, body: str, why: str
    ) -> None:
        assert (await check(counter, body)).notes.offer is None, why

    async def test_footer_and_name_count_in_the_saving(self, counter: Counter) -> None:
        body = "we\u2019re ready. " + "x" * 40
        assert len(body) < 70
        notes = (await check(counter, body)).notes
        assert notes.offer is not None
        assert notes.offer.before.units == len(f"Fern & Finch: {body} STOP to end")


async def test_a_price_follows_the_parts_that_leave(counter: Counter) -> None:
    await agreed(counter, SERVICE)
    first = written(await counter.submit("your order is ready."))
    long = written(await counter.submit("y" * 140))
    assert (long.final.segments, long.price_micros) == (1, 7900)
    await counter.shop.outbox.cancel(first.id)
    (sent,) = await counter.deliver()
    assert sent.final.footer_added == " STOP to end"
    assert (sent.final.segments, sent.price_micros) == (2, 15_800)


async def test_the_notes_of_a_written_text_are_those_of_the_check(counter: Counter) -> None:
    await agreed(counter, SERVICE)
    body = "URGENT!!! see you today"
    checked = await check(counter, body)
    submitted = await counter.submit(body)
    assert await counter.shop.outbox.notes(submitted.judged) == checked.notes
    assert checked.notes.findings != ()


async def test_the_packaged_rules_are_the_ones_asked(counter: Counter) -> None:
    assert counter.shop._desk.rules is packaged_rules()
