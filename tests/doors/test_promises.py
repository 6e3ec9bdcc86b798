"""The promises of the product, each kept at every door."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Protocol

import pytest

from doors.door import ANA, BO, READY, Door, Street, plain
from shopbell.domain.consent import How, Purpose
from shopbell.domain.ids import E164
from shopbell.domain.texts import State
from shopbell.gateways.practice_script import Do, Fault

CY = E164("+12125550103")
FINAL = "Fern & Finch: your order is ready STOP to end"


class Enter(Protocol):
    def __call__(self) -> AbstractAsyncContextManager[Door]: ...


class TestAskedFirst:
    """1. Nobody is texted for a purpose or topic without consent on file for it."""

    async def test_without_a_yes_nothing_leaves_and_the_door_says_why(
        self, enter: Enter, street: Street
    ) -> None:
        async with enter() as door:
            said = await door.send(ANA, READY)
        assert street.practice.seen() == ()
        assert "No yes to texts about orders and appointments is on file" in plain(said)
        assert await street.texts() == ()

    async def test_a_yes_to_one_purpose_is_no_yes_to_another(
        self, enter: Enter, street: Street
    ) -> None:
        await street.agree(ANA, Purpose.SERVICE)
        async with enter() as door:
            said = await door.send(ANA, "wreaths are in", Purpose.MARKETING)
            assert street.practice.seen() == ()
            assert "not for marketing" in plain(said)
            await door.send(ANA, READY)
        assert [text.text for text in street.reached()] == [FINAL]

    async def test_a_promotion_in_a_text_about_an_order_needs_the_yes_to_marketing(
        self, enter: Enter, street: Street
    ) -> None:
        await street.agree(ANA, Purpose.SERVICE)
        async with enter() as door:
            said = await door.send(ANA, "your order is ready, and wreaths are 20% off")
        assert street.practice.seen() == ()
        assert "“20% off” is promotion" in plain(said)
        assert await street.texts() == ()


class TestStopMeansStop:
    """2. A STOP takes effect in the transaction that stores it; nothing queued leaves after."""

    @pytest.mark.parametrize("words", ["STOP", "please take me off the list"])
    async def test_a_stop_by_text_ends_it(self, enter: Enter, street: Street, words: str) -> None:
        await street.agree(ANA)
        await street.agree(BO)
        street.practice.reply(ANA, words)
        async with enter() as door:
            await door.fetch()
            said = await door.send(ANA, READY)
            await door.send(BO, READY)
        assert await street.is_stopped(ANA)
        assert street.reached(ANA) == []
        assert "said stop" in plain(said)
        assert len(street.reached(BO)) == 1

    async def test_a_stop_said_in_the_shop_takes_back_what_waits(
        self, enter: Enter, street: Street
    ) -> None:
        await street.agree(ANA)
        evening, street.now = street.now, street.now + timedelta(hours=9)
        async with enter() as door:
            await door.send(ANA, READY)
        assert [text.state for text in await street.texts()] == [State.HELD]
        async with enter() as door:
            await door.stop(ANA)
        street.now = evening + timedelta(days=1)
        async with enter() as door:
            await door.fetch()
        assert [text.state for text in await street.texts()] == [State.CANCELED]
        assert street.practice.seen() == ()


class TestAnImportIsHarmless:
    """3. It can't send, can't create consent, can't undo a stop."""

    async def test_a_list_brings_people_and_nothing_else(
        self, enter: Enter, street: Street
    ) -> None:
        async with street.inside() as shop:
            await shop.consents.opt_out(BO, How.SPOKEN)
        file = street.file.parent / "till.csv"
        file.write_text(
            "Name,Phone,Accepts SMS Marketing\n"
            "Cy Moss,212-555-0103,yes\nBo Lind,212-555-0102,yes\n",
            encoding="utf-8",
        )
        async with enter() as door:
            await door.bring_in(file)
            said = await door.send(BO, READY)
        assert await street.contact(CY) is not None
        assert await street.is_stopped(BO)
        assert "said stop" in plain(said)
        async with street.inside() as shop:
            sheet = await shop.people.sheet(shop.people.read_number(CY))
        assert sheet.ledger == ()
        assert street.practice.seen() == ()


class TestThePromiseIsTheCap:
    """4. The frequency stated to a person is enforced for that person."""

    async def test_one_a_month_is_one_a_month(self, enter: Enter, street: Street) -> None:
        await street.agree(ANA, Purpose.MARKETING, promised=(1, 30))
        async with enter() as door:
            await door.send(ANA, "wreaths are in", Purpose.MARKETING)
        street.now += timedelta(days=14)
        async with enter() as door:
            said = await door.send(ANA, "tulips are in", Purpose.MARKETING)
        assert len(street.reached()) == 1
        assert "30 days" in plain(said)


class TestDecentHours:
    """5. Quiet hours hold on every path; what is held goes when they end."""

    async def test_at_night_it_is_held_and_in_the_morning_it_goes(
        self, enter: Enter, street: Street
    ) -> None:
        await street.agree(ANA)
        morning = street.now + timedelta(days=1)
        street.now += timedelta(hours=9)
        async with enter() as door:
            said = await door.send(ANA, READY)
            await door.fetch()
        assert street.practice.seen() == ()
        assert "19:42" in plain(said)
        street.now = morning
        async with enter() as door:
            await door.fetch()
        assert len(street.reached()) == 1


class TestNothingArrivesLate:
    """6. Every request carries an expiry at the end of the window."""

    async def test_the_gateway_is_told_until_when(self, enter: Enter, street: Street) -> None:
        await street.agree(ANA)
        async with enter() as door:
            await door.send(ANA, READY)
        (text,) = street.practice.seen()
        assert text.valid_until is not None
        assert street.now < text.valid_until <= street.now + timedelta(hours=8)

    async def test_tonight_never_goes_tomorrow(self, enter: Enter, street: Street) -> None:
        await street.agree(ANA)
        morning = street.now + timedelta(days=1)
        street.now += timedelta(hours=9)
        async with enter() as door:
            said = await door.send(ANA, "see you tonight")
        assert "“tonight” is true until" in plain(said)
        street.now = morning
        async with enter() as door:
            await door.fetch()
        assert street.practice.seen() == ()

    async def test_the_gateway_gives_up_when_the_words_are_over(
        self, enter: Enter, street: Street
    ) -> None:
        await street.agree(ANA)
        async with enter() as door:
            await door.send(ANA, "come before 2pm today, the baker leaves at 2pm today")
        (text,) = street.practice.seen()
        assert text.valid_until is not None
        assert street.now < text.valid_until < street.now + timedelta(hours=4)


class TestNeverTwiceNeverLost:
    """7. A cut line leads to unknown, settled by asking the gateway, never by guessing."""

    @pytest.mark.parametrize("accepted", [True, False])
    async def test_a_cut_line_is_settled_by_asking(
        self, enter: Enter, street: Street, accepted: bool
    ) -> None:
        await street.agree(ANA)
        street.practice.misbehave(Fault(do=Do.CUT, accept=accepted))
        async with enter() as door:
            await door.send(ANA, READY)
            await door.fetch()
            (text,) = await street.texts()
            # The practice gateway knows our reference: fetching may have settled it already.
            if text.state is State.UNKNOWN:
                await door.settle(text.id)
            await door.fetch()
        async with enter() as door:
            await door.fetch()
        assert len(street.reached()) == 1
        (text,) = await street.texts()
        assert text.state in {State.ACCEPTED, State.DELIVERED}


class TestSignedAndStoppable:
    """9. Shop name and footer are put there by rule, never doubled."""

    async def test_name_and_way_out_are_added(self, enter: Enter, street: Street) -> None:
        await street.agree(ANA)
        async with enter() as door:
            await door.send(ANA, READY)
        assert [text.text for text in street.reached()] == [FINAL]

    async def test_what_is_there_already_is_not_doubled(self, enter: Enter, street: Street) -> None:
        await street.agree(ANA)
        async with enter() as door:
            await door.send(ANA, FINAL)
        assert [text.text for text in street.reached()] == [FINAL]


class TestNoSecretsByText:
    """10. Card numbers, IBANs, passwords and codes are stopped before they leave."""

    @pytest.mark.parametrize(
        "words",
        ["your card 4111 1111 1111 1111 was charged", "your password is hunter2secret"],
    )
    async def test_a_secret_stays_in_the_shop(
        self, enter: Enter, street: Street, words: str
    ) -> None:
        await street.agree(ANA)
        async with enter() as door:
            await door.send(ANA, words)
        assert street.practice.seen() == ()
        assert await street.texts() == ()


class TestUnreadableWithoutThePassphrase:
    """11. No plain byte of a name, number or text on the disk, whichever door was used."""

    async def test_no_plain_byte_is_left_beside_the_file(
        self, enter: Enter, street: Street
    ) -> None:
        await street.agree(ANA)
        street.practice.reply(ANA, "see you on my balcony")
        async with enter() as door:
            await door.send(ANA, "your balcony boxes are ready")
            await door.fetch()
            find_plain_bytes(street)
        find_plain_bytes(street)
        assert len(street.reached()) == 1


class TestNeverTextedAgain:
    """13. A stop outlives whoever is on file: only a keyed hash of the number is left of it."""

    async def test_a_stop_of_somebody_not_on_file_stands_through_an_import(
        self, enter: Enter, street: Street
    ) -> None:
        async with street.inside() as shop:
            await shop.consents.opt_out(CY, How.SPOKEN)
        assert await street.contact(CY) is None
        file = street.file.parent / "till.csv"
        file.write_text("Name,Phone\nCy Moss,212-555-0103\n", encoding="utf-8")
        async with enter() as door:
            await door.bring_in(file)
        assert await street.is_stopped(CY)
        assert await street.contact(CY) is None
        async with street.inside() as shop:
            found = await shop.checking.whole()
        assert found.ok
        assert street.practice.seen() == ()


def find_plain_bytes(street: Street) -> None:
    for path in street.file.parent.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for canary in (b"Ana Reyes", b"5550101", b"balcony", b"maple harbor"):
            assert canary not in content, path
