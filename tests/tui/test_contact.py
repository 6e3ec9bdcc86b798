"""One person's sheet: may we text, what was exchanged, what can be written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from shopbell.domain.consent import Act, Purpose
from shopbell.domain.ids import E164
from shopbell.services.pasted import Pasted
from shopbell.tui.frame import FrameScreen
from shopbell.tui.screens import contact as contact_screen
from shops import ANA, BO, NOW, a_yes
from tui.counters import MARTA, Till, number, till
from tui.screens import press, settle


async def sheet(shown: Till, who: E164) -> str:
    screen = shown.app.screen
    assert isinstance(screen, FrameScreen)
    screen.post_message(screen.PersonOpened(who))
    await shown.pilot.pause(0.05)
    return await settle(shown.pilot)


async def test_the_sheet_says_topic_by_topic_what_may_be_sent_and_why(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await sheet(shown, ANA)
        assert "orders   yes  on paper, 21 Nov 2026" in seen
        assert "events   not asked yet" in seen
        assert "up to 4 a month, as promised" in seen
        assert seen.count("✓ may go now") == 2
        assert "likes peonies" in seen
        assert "yes to orders" in seen


async def test_what_was_exchanged_stands_in_the_order_of_time(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await sheet(shown, ANA)
        assert seen.index("← thanks!!") < seen.index("✓ Hi, your order")


async def test_who_was_not_asked_is_said_to_be_so(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await sheet(shown, number(3))
        assert seen.count("not asked yet") == 3
        assert "LATEST: nothing yet" in seen
        assert "nothing on file yet" in seen


async def test_a_stop_is_all_that_counts(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        seen = await sheet(shown, BO)
        assert "✗ Said stop 24 Nov 2026, by text." in seen
        assert "Nothing may be sent." in seen
        assert "may go now" not in seen
        assert "s stop" not in seen


async def test_an_unclear_stop_points_to_the_replies(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        assert "? A reply may be a stop: press 2." in await sheet(shown, MARTA)


async def test_the_number_is_masked_until_it_is_asked_for(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        assert "555-0101" not in await sheet(shown, ANA)
        assert "+1 212-555-0101" in await press(shown.pilot, "v")
        assert "555-0101" not in await press(shown.pilot, "v")


async def test_a_stop_is_written_down_and_takes_effect_at_once(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, ANA)
        assert "Ana Reyes gets no more texts from this shop" in await press(shown.pilot, "s")
        await press(shown.pilot, "right", "tab", *"moved", "f2")
        await shown.pilot.pause(0.2)
        seen = await settle(shown.pilot)
        assert "They get no more texts." in seen
        assert "✗ Said stop 24 Nov 2026, by phone." in seen


async def test_writing_down_a_stop_can_be_left(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, ANA)
        await press(shown.pilot, "s")
        assert "MAY WE TEXT?" in await press(shown.pilot, "escape")
        found = await shown.shop.people.sheet(shown.shop.people.read_number(ANA))
        assert found.suppression is None


async def test_a_yes_is_written_down_from_the_sheet(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, number(3))
        assert "Dana Cole   …0104" in await press(shown.pilot, "y")
        await press(shown.pilot, "f2")
        await shown.pilot.pause(0.2)
        assert "orders   yes  in person, 24 Nov 2026" in await settle(shown.pilot)
        found = await shown.shop.people.sheet(shown.shop.people.read_number(number(3)))
        (event,) = found.ledger
        assert event.purpose is Purpose.SERVICE
        assert event.topics == ("orders",)
        assert "Text me about my orders from Fern & Finch." in event.wording


async def test_why_explains_a_text_of_ours_and_nothing_else(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, ANA)
        assert "Choose one of your own texts" in await press(shown.pilot, "w")
        seen = await press(shown.pilot, "down", "w")
        assert "Why?" in seen
        assert "Nothing spoke against it." in seen
        assert "WHAT HAPPENED" in seen
        assert "MAY WE TEXT?" in await press(shown.pilot, "escape")


async def test_esc_goes_back_to_the_list(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await press(shown.pilot, "enter")
        assert "12 people" in await press(shown.pilot, "escape")


async def test_texting_from_the_sheet_starts_with_what_to_say(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, ANA)
        seen = await press(shown.pilot, "t")
        assert "To   Ana Reyes   …0101   for orders and appointments" in seen
        assert "1 ready" in seen


async def test_an_old_yes_says_how_old_it_is(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        old = a_yes(number(3), Purpose.SERVICE, ("orders",), at=NOW - timedelta(days=500))
        await shown.shop.consents.grant(old)
        seen = await sheet(shown, number(3))
        assert "said 16 months ago" in seen
        assert "ago" not in await sheet(shown, number(2))


async def test_a_no_is_told_from_a_topic_nobody_asked_about(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        no = replace(a_yes(ANA, Purpose.MARKETING, ("offers",), at=NOW), act=Act.REVOKED)
        await shown.shop.consents.revoke(no)
        seen = await sheet(shown, ANA)
        assert "offers   no" in seen
        assert "events   not asked yet" in seen


async def test_a_no_to_one_topic_is_one_key_away_and_leaves_the_rest(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await sheet(shown, ANA)
        assert "n no" in seen
        seen = await press(shown.pilot, "n")
        assert "Ana Reyes does not want these texts, starting now." in seen
        assert "[ ] orders" in seen
        await press(shown.pilot, "right", "space", "tab", "tab", *"too many", "f2")
        await shown.pilot.pause(0.2)
        seen = await settle(shown.pilot)
        assert "Written down: they said no." in seen
        assert "offers   no" in seen
        assert "orders   yes" in seen
        found = await shown.shop.people.sheet(shown.shop.people.read_number(ANA))
        assert found.suppression is None
        latest = found.ledger[-1]
        assert (latest.act, latest.topics, latest.wording) == (
            Act.REVOKED,
            ("offers",),
            "too many",
        )


async def test_a_no_to_every_topic_is_a_no_to_the_whole_purpose(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        general = a_yes(ANA, Purpose.MARKETING, (), at=NOW - timedelta(hours=1))
        await shown.shop.consents.grant(general)
        assert "general  yes" in await sheet(shown, ANA)
        await press(shown.pilot, "n", "right", "space", "right", "space", "f2")
        await shown.pilot.pause(0.2)
        seen = await settle(shown.pilot)
        assert "general" not in seen
        assert "events   no" in seen


async def test_a_no_needs_to_be_to_something_and_can_be_left(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, ANA)
        assert "Choose what they said no to." in await press(shown.pilot, "n", "f2")
        assert "MAY WE TEXT?" in await press(shown.pilot, "escape")
        found = await shown.shop.people.sheet(shown.shop.people.read_number(ANA))
        assert all(event.act is Act.GRANTED for event in found.ledger)


async def test_who_said_stop_needs_no_smaller_no(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        assert "n no" not in await sheet(shown, BO)
        assert "This person has said stop already." in await press(shown.pilot, "n")


async def test_the_number_hides_by_itself_and_for_whoever_comes_back(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, ANA)
        assert "+1 212-555-0101" in await press(shown.pilot, "v")
        await press(shown.pilot, "question_mark")
        assert "555-0101" not in await press(shown.pilot, "escape")
        monkeypatch.setattr(contact_screen, "REVEALED_FOR", 0.05)
        await press(shown.pilot, "v")
        await shown.pilot.pause(0.2)
        assert "555-0101" not in await settle(shown.pilot)


async def test_what_a_list_claims_stands_below_the_proof_with_what_it_lacks(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        rows = "Name,Phone,Accepts SMS Marketing\nDana Cole,2125550104,yes\n"
        await shown.shop.imports.run(Pasted(text=rows, name="[/] till.csv"))
        seen = " ".join((await sheet(shown, number(3))).split())
        for part in ("only claimed", "by the list “[/] till.csv”", "without a date"):
            assert part in seen
        assert "only claimed" not in await sheet(shown, ANA)


async def test_a_complaint_is_written_down_and_closed_by_keys_alone(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await sheet(shown, ANA)
        box = await press(shown.pilot, "c")
        assert "Ana Reyes gets no offers from now on" in box
        seen = await press(shown.pilot, "tab", "right", "tab", *"wilted [/] tulips", "f2")
        assert "! Complained" in seen
        (one,) = await shown.shop.complaints.find()
        assert (one.words, one.number, one.is_open) == ("wilted [/] tulips", ANA, True)
        box = await press(shown.pilot, "c")
        assert "“wilted [/] tulips”" in box
        assert "Do not text about it." in box
        assert "closed with how it ended" in await press(shown.pilot, "f2")
        seen = await press(shown.pilot, *"new tulips", "f2")
        assert "! Complained" not in seen
        assert await shown.shop.complaints.find() == ()


async def test_the_promise_stands_right_below_what_it_was_promised_about(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        seen = await sheet(shown, ANA)
        assert seen.index("offers") < seen.index("as promised") < seen.index("events")
