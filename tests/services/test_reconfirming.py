"""Whom to ask again: who, why, until when, as the gate itself would say on that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shopbell.domain.consent import Act, Basis, How, Purpose
from shopbell.domain.decision import Code, Layer, Verdict
from shopbell.domain.ids import E164
from shops import ANA, BO, NOW, Counter, a_yes

TORONTO = E164("+14165550142")
HORIZON = timedelta(days=60)
DAY = timedelta(days=1)


async def agreed(counter: Counter, at: datetime, number: E164 = ANA, **more: object) -> None:
    draft = a_yes(number, Purpose.MARKETING, ("offers",), at=at)
    await counter.shop.consents.grant(replace(draft, **more))  # type: ignore[arg-type]


async def test_a_fresh_yes_needs_nothing(counter: Counter) -> None:
    await agreed(counter, NOW - DAY)
    assert await counter.shop.reconfirming.due(HORIZON) == ()


async def test_eighteen_months_of_silence_are_told_before_and_after(counter: Counter) -> None:
    await counter.add(ANA, "Ana")
    await agreed(counter, datetime.fromisoformat("2025-06-20T12:00:00+00:00"))
    (soon,) = await counter.shop.reconfirming.due(HORIZON)
    assert (soon.number, soon.name, soon.purpose, soon.over) == (
        ANA,
        "Ana",
        Purpose.MARKETING,
        False,
    )
    assert abs(soon.until - datetime.fromisoformat("2026-12-20T12:00:00+00:00")) <= DAY
    assert soon.reason.rule == "policy.silence"
    assert await counter.shop.reconfirming.due(timedelta(days=20)) == ()
    counter.clock.advance(days=40)
    (over,) = await counter.shop.reconfirming.due(timedelta(0))
    assert over.over
    assert abs(over.until - soon.until) <= DAY


async def test_what_the_list_says_is_what_the_gate_does_on_that_day(counter: Counter) -> None:
    await agreed(counter, datetime.fromisoformat("2025-06-20T15:00:00+00:00"))
    (due,) = await counter.shop.reconfirming.due(HORIZON)
    for offset, expired in ((-2, False), (2, True)):
        counter.clock.advance(seconds=(due.until - counter.clock.now()).total_seconds())
        counter.clock.advance(days=offset)
        sent = await counter.submit(number=ANA, purpose=Purpose.MARKETING, topic="offers")
        codes = [reason.code for reason in sent.judged.decision.reasons]
        assert (Code.CONSENT_EXPIRED in codes) is expired
        if sent.text is not None:
            await counter.shop.outbox.cancel(sent.text.id)


async def test_a_canadian_purchase_runs_out_by_law_after_two_years(counter: Counter) -> None:
    await agreed(
        counter,
        datetime.fromisoformat("2024-12-20T12:00:00+00:00"),
        TORONTO,
        basis=Basis.PURCHASE,
    )
    due = await counter.shop.reconfirming.due(HORIZON)
    assert [one.number for one in due] == [TORONTO]
    counter.clock.advance(days=40)
    (over,) = [one for one in await counter.shop.reconfirming.due(HORIZON) if one.over]
    assert over.reason.layer is Layer.LAW
    assert over.reason.citation


@pytest.mark.parametrize("how", ["stop", "no", "yes again"])
async def test_who_said_stop_or_no_or_yes_again_is_not_on_the_list(
    counter: Counter, how: str
) -> None:
    await agreed(counter, datetime.fromisoformat("2025-05-01T12:00:00+00:00"))
    assert len(await counter.shop.reconfirming.due(HORIZON)) == 1
    if how == "stop":
        await counter.shop.consents.opt_out(ANA, How.SPOKEN)
    elif how == "no":
        no = replace(a_yes(ANA, Purpose.MARKETING, ("offers",)), act=Act.REVOKED)
        await counter.shop.consents.revoke(no)
    else:
        await agreed(counter, NOW - DAY)
    assert await counter.shop.reconfirming.due(HORIZON) == ()


async def test_a_text_in_either_direction_keeps_a_yes_alive(counter: Counter) -> None:
    await agreed(counter, datetime.fromisoformat("2025-06-20T12:00:00+00:00"))
    sent = await counter.submit(number=ANA, purpose=Purpose.MARKETING, topic="offers")
    assert sent.judged.decision.verdict is Verdict.ALLOW
    assert await counter.shop.reconfirming.due(HORIZON) == ()


async def test_the_most_urgent_comes_first(counter: Counter) -> None:
    await agreed(counter, datetime.fromisoformat("2025-06-20T12:00:00+00:00"), ANA)
    await agreed(counter, datetime.fromisoformat("2025-05-20T12:00:00+00:00"), BO)
    due = await counter.shop.reconfirming.due(HORIZON)
    assert [one.number for one in due] == [BO, ANA]
    assert [one.over for one in due] == [True, False]
