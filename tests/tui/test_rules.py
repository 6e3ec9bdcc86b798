"""Rules and hours: what the shop keeps to, what it changed, and the rulebook behind it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from builders import a_shop
from owners_rules import FULL, TODAY
from rule_files import packaged_rules
from shopbell.domain.rule_sheet import rule_sheets
from shopbell.domain.shop_rules import HolidayWish
from shopbell.domain.weeks import week_text
from shopbell.tui.rule_rows import rule_rows
from shopbell.tui.screens.rule_page import RulePage
from shops import Counter, open_counter
from tui.counters import till
from tui.screens import HOSTILE, press, settle, type_in


async def test_the_rules_open_by_their_digit_with_the_shops_own_first(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        seen = await press(shown.pilot, "7")
        assert "mon-fri 10:00-18:00; sat 10:00-17:00" in seen
        assert "No marketing on holidays" in seen
        assert "Thu 26 Nov 2026  Thanksgiving Day" in seen
        assert "h hours" in seen


async def test_a_row_of_the_rulebook_is_read_with_its_sources(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "7")
        seen = await press(shown.pilot, "end")
        assert "gateways" in seen
        assert "21 May 2027" in seen
        await press(shown.pilot, "enter")
        assert isinstance(shown.app.screen, RulePage)
        seen = await press(shown.pilot, "pagedown")
        assert "This is not legal advice." in seen
        await press(shown.pilot, "escape")
        assert not isinstance(shown.app.screen, RulePage)


async def test_hours_are_changed_and_a_mistake_is_told_where_it_was_made(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "7", "h", "end", "ctrl+u")
        await type_in(shown.pilot, "mon-fri 9-5")
        assert "cannot be read" in await press(shown.pilot, "enter")
        await press(shown.pilot, "end", "ctrl+u")
        await type_in(shown.pilot, "mon-fri 09:00-17:00")
        seen = await press(shown.pilot, "enter")
        assert week_text(shown.shop.profile.hours) == "mon-fri 09:00-17:00"
        assert "mon-fri 09:00-17:00" in seen


async def test_days_are_closed_and_taken_back(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "7", "c")
        await type_in(shown.pilot, "soon")
        assert "That is no day." in await press(shown.pilot, "enter")
        await press(shown.pilot, "end", "ctrl+u")
        await type_in(shown.pilot, "2026-12-24 2026-12-26 Christmas")
        seen = await press(shown.pilot, "enter")
        assert "24 Dec 2026 to 26 Dec 2026 (Christmas)" in seen
        (closure,) = (await shown.shop.rules.changed()).closures
        assert (closure.first, closure.last) == (date(2026, 12, 24), date(2026, 12, 26))
        await press(shown.pilot, "home", "down", "x")
        assert (await shown.shop.rules.changed()).closures == ()


async def test_an_emergency_is_declared_and_ended(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "7", "e")
        await type_in(shown.pilot, "Narnia")
        assert "no place Shopbell knows" in await press(shown.pilot, "enter")
        await press(shown.pilot, "end", "ctrl+u")
        await type_in(shown.pilot, "us-la storm")
        assert "US-LA: no marketing from 24 Nov 2026" in await press(shown.pilot, "enter")
        await press(shown.pilot, "home", "down", "x")
        assert (await shown.shop.rules.changed()).emergencies == ()


async def test_the_wish_for_holidays_goes_round(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "7")
        for wish in (HolidayWish.NO_MARKETING, HolidayWish.OPEN, HolidayWish.CLOSED):
            await press(shown.pilot, "o")
            assert (await shown.shop.rules.changed()).holidays is wish


async def test_what_is_no_change_cannot_be_taken_back(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "7")
        assert "Only closed days" in await press(shown.pilot, "x")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=lambda s: f"{s[0]}x{s[1]}")
async def test_hostile_notes_are_shown_and_stay_calm(tmp_path: Path, size: tuple[int, int]) -> None:
    counter: Counter = await open_counter(tmp_path / "shop.db")
    for index, text in enumerate(HOSTILE):
        note = text.encode("utf-8", "replace").decode().replace("\0", "")[:400]
        await counter.shop.rules.close(date(2027, 1, 1 + index), note=note)
    await counter.shop.close()
    (tmp_path / "till").mkdir()
    async with till(tmp_path / "shop.db", tmp_path / "till", size=size) as shown:
        await press(shown.pilot, "7")
        for _ in range(6):
            seen = await press(shown.pilot, "down")
            assert "\x1b" not in seen
        await settle(shown.pilot)
        assert not shown.app._crashed


def test_every_change_of_the_owner_is_a_line_that_can_be_taken_back() -> None:
    rules = packaged_rules()
    rows = rule_rows(FULL, a_shop(), rules.policy, (), rule_sheets(rules), TODAY)
    changes = [row.change for row in rows if row.change is not None]
    assert changes == [*FULL.set_aside, *FULL.emergencies, *FULL.closures]
    assert all(str(row.change) and row.more.endswith("x takes it back.") for row in rows[1:4])
    assert sum(row.sheet is not None for row in rows) == len(rule_sheets(rules))


def test_overdue_rows_say_so() -> None:
    rules = packaged_rules()
    rows = rule_rows(FULL, a_shop(), rules.policy, (), rule_sheets(rules), date(2031, 1, 1))
    late = [row for row in rows if row.sheet is not None]
    assert all("OVERDUE" in row.says and row.careful for row in late)
