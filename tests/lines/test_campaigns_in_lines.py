"""Campaigns by answers: the typed number, the countdown, two people, and what stops them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from lines.conversing import Place
from shopbell.domain.campaigns import CampaignState
from shopbell.domain.consent import Purpose
from shopbell.domain.gateway import Finding, Found, Outcome, Outgoing
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.services.campaigns import Listed
from shopbell.services.drill import DRILL
from shopbell.services.shop import Shop
from shops import NOW, a_yes

NEW = ("#Campaigns", "#Write a new one", "Wreaths", "#offers", "#Everybody", "Wreaths are in.")
OPEN = ("#Campaigns", "#All campaigns", "1")
MANY = 22


async def crowd(shop: Shop) -> None:
    """Add people who said yes to offers, so that Ana is one of `MANY`."""
    for at in range(1, MANY):
        number = E164(f"+1212555{100 + at + 5:04d}")
        await shop.people.add(ContactDraft(number=number, name=f"Guest {at}"))
        await shop.consents.grant(
            a_yes(number, Purpose.MARKETING, ("offers",), promised_n=4, promised_days=30)
        )


async def state(place: Place) -> Listed:
    async with place.inside() as shop:
        (listed,) = (await shop.campaigns.listed()).rows
        return listed


async def test_a_started_campaign_leaves_when_its_countdown_is_over(place: Place) -> None:
    said = await place.talk(*NEW, "#Send it", "1", "q")
    assert "It leaves Tue 24 Nov 2026, 10:43" in said.said
    assert place.gateway.taken == []
    place.at(NOW + timedelta(minutes=2))
    await place.talk("q", patient=True)
    assert [text.text for text in place.gateway.taken] == [
        "Fern & Finch: Wreaths are in. STOP to end"
    ]
    assert (await state(place)).campaign.state is CampaignState.DONE


async def test_what_was_taken_back_never_leaves(place: Place) -> None:
    await place.talk(*NEW, "#Send it", "1", "#Take it back", "q")
    place.at(NOW + timedelta(minutes=2))
    await place.talk("q", patient=True)
    assert place.gateway.taken == []


@pytest.mark.parametrize(
    ("typed", "started"),
    [("22", True), (" 22 ", True), ("21", False), ("yes", False), ("", False), ("2" * 30, False)],
)
async def test_many_people_take_their_number_typed(place: Place, typed: str, started: bool) -> None:
    async with place.inside() as shop:
        await crowd(shop)
    said = await place.talk(*NEW, "#Send it", typed, "q")
    assert f"It goes to {MANY} people" in said.said
    expected = CampaignState.STARTING if started else CampaignState.DRAFT
    assert (await state(place)).campaign.state is expected
    assert (await state(place)).chosen == MANY


async def test_pausing_going_on_and_ending(place: Place) -> None:
    async with place.inside() as shop:
        await crowd(shop)
    await place.talk(*NEW, "#Send it", str(MANY), "q")
    async with place.inside() as shop:  # what leaves is stopped, which pauses the campaign
        await shop.runs.stop_all(by="a test")
        await shop.sending.turn_on(by="a test")
    place.at(NOW + timedelta(minutes=2))
    going = await place.talk(*OPEN, "#Let it go on", "q", patient=True)
    assert "is being sent" in going.said or "is done" in going.said
    assert len(place.gateway.taken) == MANY
    said = await place.talk(*OPEN, "q")
    assert "22 sent" in said.said


async def test_a_draft_may_be_ended_for_good(place: Place) -> None:
    said = await place.talk(*NEW, "#End it for good", "1", "q")
    assert "was ended early" in said.said
    assert (await state(place)).campaign.state is CampaignState.ABORTED


async def test_nothing_starts_while_sending_is_off(place: Place) -> None:
    async with place.inside() as shop:
        await shop.sending.turn_off("a wrong list", by="the owner")
    said = await place.talk(*NEW, "#Send it", "1", "q")
    assert "Sending was turned off by the owner: a wrong list" in said.said
    assert (await state(place)).campaign.state is not CampaignState.STARTING


async def test_words_that_may_not_go_are_refused_with_why(place: Place) -> None:
    line = (*NEW[:-1], "Your card 4242 4242 4242 4242 is charged.")
    said = await place.talk(*line, "#Send it", "1", "q")
    assert "1 left out: would get a secret by text." in said.said
    assert (await state(place)).campaign.state is CampaignState.DRAFT


async def test_who_was_left_out_gets_nothing_and_can_be_let_in_again(place: Place) -> None:
    out = await place.talk(*NEW, "#Who stands where", "1", "#Leave this person out", "0", "q")
    assert "Left out." in out.said
    said = await place.talk(*OPEN, "#Send it", "q")
    assert "Nobody would get this text now." in said.said
    back = await place.talk(*OPEN, "#Who stands where", "1", "#Let this person in", "0", "q")
    assert "This person is in again" in back.said
    assert "1. can go" in back.said


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("tag=weekly", "people who are tagged weekly"),
        ("not-texted-for=30, consented=offers", "offers"),
        ("nonsense=3", "is no condition"),
    ],
)
async def test_conditions_are_typed_as_on_the_command_line(
    place: Place, rules: str, words: str
) -> None:
    typed = (*NEW[:4], "#Other conditions", rules, "Wreaths are in.")
    said = await place.talk(*typed, "q")
    assert words in said.said


async def test_everything_can_be_stopped_at_once(place: Place) -> None:
    await place.talk(*NEW, "#Send it", "1", "q")
    said = await place.talk("#Campaigns", "#Stop all sending", "1", "q")
    assert "Sending is off; 1 campaign paused." in said.said
    place.at(NOW + timedelta(minutes=2))
    await place.talk("q", patient=True)
    assert place.gateway.taken == []


async def three_unknown(place: Place) -> None:
    """Let the answers to three texts of a campaign be lost, which stops it."""
    async with place.inside() as shop:
        await crowd(shop)
    await place.talk(*NEW, "#Send it", "22", "q")
    place.gateway.info = replace(DRILL, can_look_up=False)  # Shopbell cannot ask by itself
    place.gateway.answers.extend([Outcome.UNKNOWN] * 3)
    place.at(NOW + timedelta(minutes=2))
    await place.talk("q", patient=True)
    assert (await state(place)).campaign.state is CampaignState.PAUSED


async def test_the_gateway_is_asked_about_all_that_is_unknown_and_the_rest_goes_on(
    place: Place,
) -> None:
    await three_unknown(place)
    said = await place.talk(*OPEN, "#Ask what became of the unknown ones", "q")
    assert "3 of 3 are known now." in said.said
    assert "Ask again later" not in said.said
    said = await place.talk(*OPEN, "#Let it go on", "q")
    assert "Ask what became of the unknown ones" not in said.said, "nothing is unknown any more"
    await place.talk("q", patient=True)
    assert len({text.to for text in place.gateway.taken}) == len(place.gateway.taken) == MANY


async def test_what_the_gateway_cannot_tell_stays_unknown_and_nobody_is_told_to_guess(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    await three_unknown(place)

    async def no_idea(outgoing: Outgoing, taken_ids: frozenset[str]) -> Found:
        del outgoing, taken_ids
        return Found(finding=Finding.UNSURE, detail="no idea")

    monkeypatch.setattr(place.gateway, "find", no_idea)
    said = await place.talk(*OPEN, "#Ask what became of the unknown ones", "q")
    assert "0 of 3 are known now." in said.said
    assert "Ask again later; if you know it, say so under Outbox." in said.said
