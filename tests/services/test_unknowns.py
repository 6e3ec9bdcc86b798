"""Asking about all that is unknown of one campaign: what is known then, and what is left alone."""

from __future__ import annotations

import pytest

from crowds import crowd
from services.test_runs import stands, started
from shopbell.domain.campaigns import Campaign, CampaignState
from shopbell.domain.gateway import Finding, Found, Outcome, Outgoing
from shopbell.domain.ids import CampaignId
from shopbell.domain.texts import State
from shopbell.services.unknowns import Asked
from shops import Counter


async def three_unknown(counter: Counter) -> Campaign:
    """Start a campaign to five people that stops after three lost answers."""
    await crowd(counter, 5)
    made = await started(counter)
    counter.gateway.answers.extend([Outcome.ACCEPTED, *[Outcome.UNKNOWN] * 3])
    await counter.deliver()
    assert await stands(counter, made) == {"sent": 1, "unknown": 3, "waiting": 1}
    return made


async def test_everything_unknown_of_it_is_asked_about_and_nothing_is_sent(
    counter: Counter,
) -> None:
    made = await three_unknown(counter)
    before = len(counter.gateway.taken)
    found = await counter.shop.unknowns.ask(made.id)
    assert found == Asked(asked=3, left=0)
    assert found.settled == 3
    assert len(counter.gateway.taken) == before, "asking sends nothing"
    assert await stands(counter, made) == {"sent": 1, "waiting": 4}
    assert (await counter.shop.campaigns.get(made.id)).state is CampaignState.PAUSED


async def test_a_gateway_that_cannot_tell_leaves_them_unknown(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await three_unknown(counter)

    async def no_idea(outgoing: Outgoing, taken_ids: frozenset[str]) -> Found:
        del outgoing, taken_ids
        return Found(finding=Finding.UNSURE, detail="no idea")

    monkeypatch.setattr(counter.gateway, "find", no_idea)
    found = await counter.shop.unknowns.ask(made.id)
    assert (found, found.settled) == (Asked(asked=3, left=3), 0)
    again = await counter.shop.unknowns.ask(made.id)
    assert again == found, "it may be asked as often as somebody likes"


async def test_one_that_is_settled_while_the_others_are_asked_about_is_no_trouble(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await three_unknown(counter)
    page = await counter.shop.outbox.find((State.UNKNOWN,))
    last = max(text.id for text in page.rows)
    ask = counter.gateway.find
    asked: list[Outgoing] = []

    async def told_meanwhile(outgoing: Outgoing, taken_ids: frozenset[str]) -> Found:
        if not asked:
            await counter.shop.outbox.settle(last, True)
        asked.append(outgoing)
        return await ask(outgoing, taken_ids)

    monkeypatch.setattr(counter.gateway, "find", told_meanwhile)
    assert await counter.shop.unknowns.ask(made.id) == Asked(asked=3, left=0)
    assert (await counter.shop.outbox.get(last)).state is State.SENT, "their word stays"


async def test_where_nothing_is_unknown_nobody_is_asked(counter: Counter) -> None:
    await crowd(counter, 2)
    made = await started(counter)
    await counter.deliver()
    assert await counter.shop.unknowns.ask(made.id) == Asked(asked=0, left=0)


async def test_texts_outside_the_campaign_are_left_alone(counter: Counter) -> None:
    made = await three_unknown(counter)
    await counter.agree(topics=("orders",))
    alone = await counter.submit("your order is ready.")
    assert alone.text is not None
    counter.gateway.answers.clear()
    counter.gateway.answers.append(Outcome.UNKNOWN)
    await counter.deliver()
    assert (await counter.shop.unknowns.ask(made.id)).asked == 3
    assert (await counter.shop.outbox.get(alone.text.id)).state is State.UNKNOWN


async def test_of_a_campaign_that_is_not_there_nothing_is_unknown(counter: Counter) -> None:
    assert await counter.shop.unknowns.ask(CampaignId(404)) == Asked(asked=0, left=0)
