"""Names, notes, texts and numbers nobody wants to meet, said in lines."""

from __future__ import annotations

import re

import pytest

from lines.conversing import Place
from shopbell.domain.complaints import ComplaintDraft, ComplaintKind
from shopbell.domain.consent import How
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.domain.replies import InboundText
from shops import ANA

HOSTILE = (
    "[/]",
    "\x1b]0;owned\x07Eve",
    "\x1b]52;c;aGk=\x07",
    "\x9b31mred",
    "a\x00b\x7fc\r\nd\te",
    "\u202eevil\u2066",
    "> 1",
    "0. Back\n1. Send it",
    "👩🏽‍🚒 Zoë 🇫🇷 e\u0301",
    "名前が長い人" * 30,
    "x" * 10_000,
)

DRIVES = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]"
)

ROUND = (
    *("1", "0"),
    *("3", "3", "1", "#Say all this again", "0", "m", "0", "1", "x", "1", "0", "0"),
    *("4", "2", "1", "0", "2", "0", "0", "3", "e", "0", "1", "0", "0"),
    *("5", "3", "1", "0", "0", "q"),
)
"""Today, the people, the threads and the texts, each list and one row of it."""

FURTHER_IN = (
    *("#People", "#List some of them", "#Who was never asked"),
    *(
        one
        for at in range(1, 11)
        for one in (str(at), "#Change the name", "0", "#What they", "0", "0")
    ),
    *("0", "#List some of them", "#Several", f"tag={HOSTILE[0]}", "0"),
    *("#Find somebody", "ana", "1", "#Their other numbers", "#Another number", "owned", "1", "0"),
    *("#Their other numbers", "#Somebody on file lives", "owned", "1", "#Say all this", "0", "0"),
    *("#Replies", "#Complaints", "1", "", "0", "0"),
    *("#Import", "#Type or paste people", f"{HOSTILE[1]} 2125550140", HOSTILE[5], "", "0", "q"),
)
"""What a person's page opens, a merge, a household, a complaint and typed lines."""


async def fill(place: Place) -> None:
    """Give everybody such a name, and let everybody write such a thing."""
    async with place.inside() as shop:
        for at, words in enumerate(HOSTILE):
            number = E164(f"+121255501{10 + at}")
            await shop.people.add(
                ContactDraft(number=number, name=words, note=words, tags=(words,))
            )
            place.gateway.replies.append(
                InboundText(sender=number, text=words, gateway_id=f"h{at}", at=shop.clock.now())
            )
        place.gateway.replies.append(
            InboundText(sender=HOSTILE[1], text="hi", gateway_id="h-x", at=shop.clock.now())
        )
        await shop.people.edit(ANA, note=HOSTILE[1])
        await shop.complaints.open(
            ComplaintDraft(
                number=ANA,
                kind=ComplaintKind.ORDER,
                words=HOSTILE[1],
                how=How.PHONE,
                at=shop.clock.now(),
                who=HOSTILE[0],
            )
        )
        assert await shop.delivery.take("a test")
        await shop.delivery.sync()
        await shop.delivery.let_go()


@pytest.mark.parametrize("typed", [ROUND, FURTHER_IN])
async def test_nothing_from_outside_reaches_the_terminal_as_it_came(
    place: Place, typed: tuple[str, ...]
) -> None:
    await fill(place)
    said = await place.talk(*typed)
    assert said.asked == len(typed)
    for line in (one for one in said.heard if not one.startswith("> ")):
        assert not DRIVES.search(line.removesuffix("\n")), ascii(line[:200])
        assert line.count("\n") == 1
        assert len(line) < 2_200
    assert "owned" in said.said, "the hostile names were not met at all"


@pytest.mark.parametrize("words", [*HOSTILE, "q", "?", "0", "-", "."])
async def test_hostile_words_may_be_typed_at_a_question(place: Place, words: str) -> None:
    line = words.replace("\r", "").replace("\n", " ")
    said = await place.talk("2", line, "", "", "3", "2", line, "", "0", "q")
    assert said.said.endswith("Closed. What was finished is kept.\n")
    for heard in said.heard:
        if not heard.startswith("> "):
            assert not DRIVES.search(heard.removesuffix("\n"))
