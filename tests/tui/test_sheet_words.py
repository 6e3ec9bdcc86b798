"""What a sheet says of each topic, read below the screen: each reason once, never one too few."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from shopbell.domain.consent import How, Purpose
from shopbell.domain.wish_changes import WishChange
from shopbell.tui.sheet import may_we
from shops import ANA, Counter, open_counter


async def said_of_ana(counter: Counter) -> str:
    people, shop = counter.shop.people, counter.shop
    sheet = await people.sheet(people.read_number(ANA))
    return may_we(sheet, shop.profile.zone, shop.clock.now()).plain


async def test_what_holds_both_kinds_of_texts_is_told_once(tmp_path: Path) -> None:
    counter = await open_counter(tmp_path / "shop.db")
    try:
        await counter.agree(ANA, topics=("orders",))
        await counter.agree(ANA, Purpose.MARKETING, ("offers",), wording="Up to 4 texts a month.")
        assert "same reason" not in await said_of_ana(counter)
        counter.clock.advance(hours=12)
        seen = await said_of_ana(counter)
        assert seen.count("not before Wed 10:00") == 2
        assert seen.count("It may go Wed 25 Nov 10:00") == 1
        assert "not before Wed 10:00, for the same reason" in seen
    finally:
        await counter.shop.close()


async def test_two_kinds_that_are_held_for_two_reasons_have_both_told(tmp_path: Path) -> None:
    counter = await open_counter(tmp_path / "shop.db")
    try:
        await counter.agree(ANA, topics=("orders",))
        await counter.agree(ANA, Purpose.MARKETING, ("offers",), wording="Up to 4 texts a month.")
        until = (counter.clock.now() + timedelta(days=30)).date()
        await counter.shop.people.edit(ANA, wishes=WishChange(paused_until=until))
        seen = await said_of_ana(counter)
        assert "same reason" not in seen
        assert seen.count("not before") == 1
        assert seen.count("may go now") == 1
        await counter.shop.consents.opt_out(ANA, How.PHONE)
        assert "Nothing may be sent." in await said_of_ana(counter)
    finally:
        await counter.shop.close()
