"""One text by answers: what is said of every outcome, and that the gate has the last word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from lines.conversing import Place
from shopbell.domain.gateway import Finding, Found, Outcome, Outgoing
from shopbell.domain.texts import State
from shopbell.services.drill import DrillGateway
from shops import NOW

SEND = ("#Text somebody", "ana", "1", "#ready", "#Send it|Keep it")


@dataclass
class Forgetful(DrillGateway):
    """Does not know what became of a text."""

    def __post_init__(self) -> None:
        super().__init__()

    async def find(self, outgoing: Outgoing, taken_ids: frozenset[str]) -> Found:
        del outgoing, taken_ids
        return Found(finding=Finding.UNSURE, detail="no idea")


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        (Outcome.ACCEPTED, "Sent: the gateway has taken it."),
        (Outcome.BAD_REQUEST, "It was not sent"),
        (Outcome.BAD_NUMBER, "It was not sent"),
        (Outcome.NO_CREDIT, "It waits"),
        (Outcome.TRY_LATER, "It waits"),
        (Outcome.UNKNOWN, "Nobody knows yet whether it was sent."),
    ],
)
async def test_each_outcome_is_said_with_the_way_on(
    place: Place, outcome: Outcome, says: str
) -> None:
    place.gateway = Forgetful()
    place.gateway.answers.append(outcome)
    said = await place.talk(*SEND, "q")
    assert says in said.said
    assert "Traceback" not in said.said


@pytest.mark.parametrize(
    ("word", "state"),
    [("#I know it was sent", State.SENT), ("#I know it was not sent", State.FAILED)],
)
async def test_the_owners_word_settles_what_nobody_knows(
    place: Place, word: str, state: State
) -> None:
    place.gateway = Forgetful()
    place.gateway.answers.append(Outcome.UNKNOWN)
    said = await place.talk(*SEND, "#Outbox", "#What became of them?", "1", word, "q")
    assert "1 unknown" in said.said
    async with place.inside() as shop:
        assert state in {text.state for text in (await shop.outbox.find()).rows}
        assert State.UNKNOWN not in {text.state for text in (await shop.outbox.find()).rows}


async def test_a_gateway_that_cannot_tell_leaves_it_unknown(place: Place) -> None:
    place.gateway = Forgetful()
    place.gateway.answers.append(Outcome.UNKNOWN)
    said = await place.talk(*SEND, "#Outbox", "#What became of them?", "1", "#Ask the gateway", "q")
    assert said.said.count("Nobody knows yet whether it was sent.") == 2


async def test_at_night_it_is_kept_and_goes_in_the_morning(place: Place) -> None:
    place.at(NOW + timedelta(hours=10))
    said = await place.talk(*SEND, "q")
    assert "Held until Wed 25 Nov 2026, 10:00." in said.said
    assert "It waits. It may go from Wed 25 Nov 2026, 10:00." in said.said
    assert place.gateway.taken == []
    place.at(NOW + timedelta(hours=23, minutes=30))
    await place.talk("q", patient=True)
    assert len(place.gateway.taken) == 1


async def test_a_text_that_was_looked_at_and_left_is_not_sent(place: Place) -> None:
    said = await place.talk(*SEND[:-1], "0", "q", patient=True)
    assert "Not sent. Nothing was kept." in said.said
    assert place.gateway.taken == []


async def test_words_that_hold_a_secret_are_not_offered_to_be_sent(place: Place) -> None:
    said = await place.talk(
        *("#Text somebody", "ana", "1", "#Own words", "the door code is 4242 4242 4242 4242"),
        *("#Send it", "q"),
    )
    assert "Refused." in said.said
    assert "Sending …" not in said.said
    assert place.gateway.taken == []


async def test_a_text_to_somebody_who_said_stop_meanwhile_is_refused_by_the_outbox(
    place: Place,
) -> None:
    from lines.conversing import Typist
    from shopbell.domain.consent import How
    from shopbell.lines.places import line_mode
    from shops import ANA

    class Interrupted(Typist):
        async def read(self, *, hidden: bool = False) -> str | None:
            if self.asked == len(SEND) - 1:  # the check said it may go; now they say stop
                async with place.inside() as shop:
                    await shop.consents.opt_out(ANA, How.PHONE)
            return await super().read(hidden=hidden)

    typist = Interrupted((*SEND, "q"))
    await line_mode(place.way(), typist)
    assert "Allowed." in typist.said
    assert "said stop" in typist.said
    assert place.gateway.taken == []


async def test_while_somebody_else_delivers_that_is_said(place: Place) -> None:
    async with place.inside() as shop:
        assert await shop.delivery.take("the counter screen")
        said = await place.talk(*SEND, "q")
        assert "the counter screen" in said.said
        assert "delivers for this shop now." in said.said
        assert "It waits for its turn." in said.said
    assert place.gateway.taken == []


async def test_a_complaint_said_at_the_counter_is_written_down(place: Place) -> None:
    sheet = ("#People", "#Find somebody", "ana", "1", "#They complain")
    said = await place.talk(*sheet, "#By phone", "too many texts", "#Our texts", "q")
    assert "Written down. No offers go to them while it is open." in said.said
    async with place.inside() as shop:
        (one,) = await shop.complaints.find()
    assert (one.words, one.is_open) == ("too many texts", True)
    refused = ("#Own words", "Wreaths are in.", "#Say what it is for", "#Offers", "#Send it", "q")
    after = await place.talk("#Text somebody", "ana", "1", *refused)
    assert "Sending …" not in after.said
