"""The promises, at every door, where people are linked, join by text, or come with their proof."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Protocol

import pytest

from doors.door import ANA, BO, OFFERS, READY, Door, Street, plain
from shopbell.domain.consent import Act, ConsentDraft, How, Purpose
from shopbell.domain.ids import E164
from shopbell.domain.import_choices import Choices, ConsentRule
from shopbell.domain.promises import Frequency
from shopbell.domain.web_form import WebForm

CY = E164("+12125550103")
WREATHS = "wreaths are in"


class Enter(Protocol):
    def __call__(self) -> AbstractAsyncContextManager[Door]: ...


async def merged(street: Street) -> None:
    """Let Bo's number be a further number of Ana."""
    async with street.inside() as shop:
        await shop.linking.merge(ANA, BO)


class TestOnePersonWithTwoNumbers:
    """Each number keeps its own yes; a no of one binds the other."""

    async def test_a_yes_of_one_number_is_none_of_the_other(
        self, enter: Enter, street: Street
    ) -> None:
        await street.agree(ANA)
        await merged(street)
        async with enter() as door:
            # The screens find the person by either number, and write to the one that is kept.
            await door.send(BO, READY)
            assert street.reached(BO) == []
            await door.send(ANA, READY)
        assert street.reached(BO) == []
        assert street.reached(ANA) != []

    async def test_a_stop_of_one_number_stops_both(self, enter: Enter, street: Street) -> None:
        await street.agree(ANA)
        await street.agree(BO)
        await merged(street)
        street.practice.reply(BO, "STOP")
        async with enter() as door:
            await door.fetch()
            await door.send(ANA, READY)
            await door.send(BO, READY)
        assert street.reached(ANA) == []
        assert await street.is_stopped(BO)


class TestPeopleWhoLiveTogether:
    """A household binds nobody."""

    async def test_neither_the_yes_nor_the_stop_of_one_is_the_others(
        self, enter: Enter, street: Street
    ) -> None:
        await street.agree(ANA)
        async with street.inside() as shop:
            await shop.linking.live_together([ANA, BO])
        async with enter() as door:
            await door.send(BO, READY)
            assert street.practice.seen() == ()
            await door.stop(BO)
            await door.send(ANA, READY)
        assert len(street.reached(ANA)) == 1
        assert not await street.is_stopped(ANA)


class TestAWebForm:
    """A yes by a web form counts for what it says and no more; its promise is the cap."""

    async def test_it_lets_offers_through_as_often_as_it_promised(
        self, enter: Enter, street: Street
    ) -> None:
        async with street.inside() as shop:
            await shop.consents.grant(
                ConsentDraft(
                    number=ANA,
                    act=Act.GRANTED,
                    purpose=Purpose.MARKETING,
                    topics=(OFFERS,),
                    wording="Text me offers, up to 1 a month.",
                    how=How.WEB,
                    at=street.now,
                    form=WebForm(page="https://fernandfinch.example/sms", ip="203.0.113.7"),
                    promised_n=1,
                    promised_days=30,
                )
            )
        async with enter() as door:
            await door.send(ANA, READY)
            assert street.practice.seen() == (), "nobody asked about orders"
            await door.send(ANA, WREATHS, Purpose.MARKETING)
        street.now += timedelta(days=14)
        async with enter() as door:
            said = await door.send(ANA, "tulips are in", Purpose.MARKETING)
        assert len(street.reached()) == 1
        assert "30 days" in plain(said)


class TestJoin:
    """A text JOIN is a yes in the words of the poster, at the number the poster states."""

    async def test_before_it_nothing_leaves_and_after_it_the_poster_is_the_cap(
        self, enter: Enter, street: Street
    ) -> None:
        async with street.inside() as shop:
            await shop.papers.poster(
                street.file.parent / "poster.html",
                topics=[OFFERS],
                often=Frequency(n=1, days=30),
                number="212-555-0100",
            )
        async with enter() as door:
            await door.send(ANA, WREATHS, Purpose.MARKETING)
            assert street.practice.seen() == ()
            street.practice.reply(ANA, "JOIN")
            await door.fetch()
        async with street.inside() as shop:
            (event,) = (await shop.people.sheet(shop.people.read_number(ANA))).ledger
        assert (event.how, event.topics, event.promised_n) == (How.KEYWORD, (OFFERS,), 1)
        street.now += timedelta(days=3)
        async with enter() as door:
            await door.send(ANA, WREATHS, Purpose.MARKETING)
            await door.send(BO, WREATHS, Purpose.MARKETING)
        street.now += timedelta(days=5)
        async with enter() as door:
            await door.send(ANA, "tulips are in", Purpose.MARKETING)
        offers = [text for text in street.reached(ANA) if "are in" in text.text]
        assert len(offers) == 1
        assert street.reached(BO) == []


RULE = ConsentRule(
    purpose=Purpose.MARKETING,
    topics=(OFFERS,),
    how=How.WEB,
    column="SMS",
    date_column="Signed",
    wording_column="Words",
)
ROWS = (
    "Name,Phone,SMS,Signed,Words\n"
    "Ana Reyes,2125550101,yes,2026-03-09,Text me offers.\n"
    "Bo Lind,2125550102,yes,,\n"
    "Cy Moss,2125550103,yes,2026-03-09,Text me offers.\n"
)


class TestAListWithItsProof:
    """A list's yes counts with its date and words, unless more is asked or a stop stands."""

    @pytest.mark.parametrize("confirm", [False, True])
    async def test_a_proven_yes_counts_unless_its_topic_is_to_be_confirmed(
        self, enter: Enter, street: Street, confirm: bool
    ) -> None:
        file = street.file.parent / "till.csv"
        file.write_text(ROWS, encoding="utf-8")
        async with street.inside() as shop:
            await shop.topics.change(OFFERS, confirm=confirm)
            await shop.consents.opt_out(CY, How.SPOKEN)
            await shop.imports.run(file, choices=Choices(consents=(RULE,)))
        assert street.practice.seen() == (), "an import never sends"
        async with enter() as door:
            for number in (ANA, BO, CY):
                await door.send(number, WREATHS, Purpose.MARKETING)
        assert [text.to for text in street.reached(ANA)] == ([] if confirm else [ANA])
        assert street.reached(BO) == []
        assert street.reached(CY) == []


class TestErasedYetNeverTextedAgain:
    """13. Whoever was forgotten stays untexted, also when a list or a sign-up brings them back."""

    async def test_a_list_brings_nobody_back_who_was_forgotten(
        self, enter: Enter, street: Street
    ) -> None:
        await street.agree(ANA)
        async with street.inside() as shop:
            await shop.erasing.erase(ANA, ANA[-4:])
        file = street.file.parent / "till.csv"
        file.write_text(ROWS, encoding="utf-8")
        async with enter() as door:
            await door.bring_in(file)
            await door.send(ANA, READY)
        assert await street.contact(ANA) is None
        assert street.practice.seen() == ()
        assert await street.is_stopped(ANA)
