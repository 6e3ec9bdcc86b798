"""The welcome on a person's page: looked at, put into other words, sent, by answers."""

from __future__ import annotations

from lines.conversing import Place
from shops import ANA

THEIRS = ("#People", "#Find somebody", "ana", "1", "#Their welcome")
OWN = (
    "Fern & Finch: thanks for joining our offers. Up to 2 texts a month. "
    "Msg&data rates may apply. Reply HELP for help, STOP to end."
)


async def sent_to_ana(place: Place) -> list[str]:
    async with place.inside() as shop:
        return [text.final.text for text in (await shop.outbox.find(number=ANA)).rows]


async def with_phone(place: Place) -> int:
    """Give the shop a phone for HELP; return how many texts Ana has."""
    async with place.inside() as shop:
        await shop.change_profile(phone="+12125550100")
    return len(await sent_to_ana(place))


async def test_it_is_said_with_what_the_gate_says_and_not_sent_unasked(place: Place) -> None:
    before = await with_phone(place)
    said = await place.talk(*THEIRS, "0", "q")
    assert "Their welcome:\n  Fern & Finch" in said.said
    assert len(await sent_to_ana(place)) == before


async def test_it_is_sent_once(place: Place) -> None:
    before = await with_phone(place)
    said = await place.talk(*THEIRS, "#Send it", "#Their welcome", "q")
    assert "Sending" in said.said
    assert "There is no welcome to send." in said.said
    assert len(await sent_to_ana(place)) == before + 1


async def test_words_that_lack_something_are_refused_and_can_be_mended(place: Place) -> None:
    before = await with_phone(place)
    said = await place.talk(*THEIRS, "#Put it", "Welcome!", "#Put it", OWN, "#Send it", "q")
    assert "Refused." in said.said
    texts = await sent_to_ana(place)
    assert len(texts) == before + 1
    assert "Up to 2 texts a month" in texts[0]


async def test_an_empty_line_keeps_the_words_as_they_are(place: Place) -> None:
    await with_phone(place)
    said = await place.talk(*THEIRS, "#Put it", "", "0", "q")
    first, second = said.said.split("Their welcome:\n")[1:3]
    assert first.splitlines()[0] == second.splitlines()[0]


async def test_somebody_who_never_said_yes_has_none(place: Place) -> None:
    said = await place.talk("#People", "#Find somebody", "bo", "1", "q")
    assert "Their welcome" not in said.said
