"""A yes on a sheet that was printed earlier: its own words, its own day, by keys."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from textual import events

from doors.door import plain
from shopbell.domain.consent import ConsentEvent, How
from shopbell.domain.ids import E164
from shopbell.domain.promises import Frequency
from shopbell.services.papers import Printed
from shopbell.tui.screens.sign_up import SignUp
from tui.counters import Till, number, till
from tui.screens import press, settle

NEW = E164("+12125550155")
ZONE = ZoneInfo("America/New_York")


async def fill(shown: Till, id_: str, words: str) -> str:
    """Paste words into a field of the box, in place of what stands there."""
    field = shown.app.screen.query_one(f"#{id_}")
    field.focus()
    await press(shown.pilot, "end", "ctrl+u")
    field.post_message(events.Paste(words))
    return plain(await settle(shown.pilot))


async def on_paper(shown: Till, who: str = NEW) -> str:
    """Open the box for somebody new who ticked offers on a sheet."""
    await press(shown.pilot, "n")
    await fill(shown, "number", who.removeprefix("+"))
    shown.app.screen.query_one("#topics").focus()
    await press(shown.pilot, "space", "right", "space")
    shown.app.screen.query_one("#how").focus()
    return plain(await press(shown.pilot, "right"))


async def ledger(shown: Till, who: E164) -> tuple[ConsentEvent, ...]:
    return (await shown.shop.people.sheet(shown.shop.people.read_number(who))).ledger


async def printed(shown: Till, folder: Path) -> Printed:
    """Print a sheet that promises less than the shop's topics do today."""
    return await shown.shop.papers.sheet(folder / "sheet.html", often=Frequency(n=1, days=30))


async def test_a_sheet_brings_its_own_words_its_promise_and_the_day_it_was_signed(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        paper = (await printed(shown, tmp_path)).paper
        seen = await on_paper(shown)
        assert "Text me about offers from Fern & Finch. Up to 4" in seen
        seen = await fill(shown, "sheet-number", f"Wording {paper.wording_id}")
        assert "Text me about what I tick here" in seen
        assert "Up to 1 text a month" in seen
        assert "Up to 4" not in seen
        await fill(shown, "signed", "21 Nov 2026")
        await press(shown.pilot, "f2")
        (event,) = await ledger(shown, NEW)
        assert (event.wording, event.how, event.topics) == (paper.wording, How.PAPER, ("offers",))
        assert event.at == datetime(2026, 11, 21, tzinfo=ZONE)
        assert (event.promised_n, event.promised_days) == (1, 30)
        assert (await shown.shop.consents.check_ledger())[0] is None
        while isinstance(shown.app.screen, SignUp) or shown.app.screen.is_modal:
            await press(shown.pilot, "escape")
        await on_paper(shown, "+12125550156")
        await press(shown.pilot, "f2")
        (event,) = await ledger(shown, E164("+12125550156"))
        assert event.wording == paper.wording, "the next of a pile is from the same sheet"
        assert event.at == shown.shop.clock.now(), "but was signed on a day of its own"


async def test_without_a_number_the_present_words_are_recorded_and_other_ways_have_no_sheet(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await on_paper(shown)
        await fill(shown, "sheet-number", "1")
        shown.app.screen.query_one("#how").focus()
        seen = plain(await press(shown.pilot, "left"))
        assert "Sheet" not in seen
        assert "Text me about offers from Fern & Finch." in seen
        await press(shown.pilot, "f2")
        (event,) = await ledger(shown, NEW)
        assert event.how is How.IN_PERSON
        assert event.wording.startswith("Text me about offers from Fern & Finch. Up to 4")
        assert event.at == shown.shop.clock.now()


async def test_a_number_or_a_day_that_cannot_be_is_said_and_nothing_is_recorded(
    full: Path, tmp_path: Path
) -> None:
    async with till(full, tmp_path) as shown:
        await on_paper(shown)
        seen = await fill(shown, "sheet-number", "999")
        assert "There is no wording “999”. Look at the foot of the sheet" in seen
        for id_, typed, said in (
            ("sheet-number", "twelve", "There is no wording “twelve”."),
            ("sheet-number", "", ""),
            ("signed", "soon", "“soon” is no day. Write it like 21 Nov 2026."),
            ("signed", "3/9/2026", "may be"),
            ("signed", "1 Dec 2026", "That day is still to come."),
        ):
            await fill(shown, id_, typed)
            if said:
                assert said in plain(await press(shown.pilot, "f2")), typed
        assert await shown.shop.people.by_number(NEW) is None


async def test_a_sheet_signed_before_a_stop_does_not_undo_it(full: Path, tmp_path: Path) -> None:
    async with till(full, tmp_path) as shown:
        await shown.shop.consents.opt_out(number(3), How.TEXT, "STOP")
        await on_paper(shown, number(3))
        await fill(shown, "signed", "21 Nov 2026")
        seen = plain(await press(shown.pilot, "f2"))
        assert "This person said stop on 24 Nov 2026, after this yes." in seen
        found = await shown.shop.people.sheet(shown.shop.people.read_number(number(3)))
        assert found.suppression is not None
