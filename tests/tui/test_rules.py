"""Rules and hours: what the shop keeps to, what it changed, and the rulebook behind it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual import events

from builders import a_shop
from owners_rules import FULL, TODAY, WHY
from rule_files import packaged_rules
from shopbell.domain.budget import NO_BUDGET, Budget, Month
from shopbell.domain.consent import Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import E164
from shopbell.domain.rule_ids import may_be_set_aside
from shopbell.domain.rule_sheet import rule_sheets
from shopbell.domain.second_yes import SecondYes
from shopbell.domain.shop_rules import HolidayWish
from shopbell.domain.weeks import read_week, week_text
from shopbell.tui.rule_answers import BY_TOPIC, Asks
from shopbell.tui.rule_rows import RuleRow, rule_rows
from shopbell.tui.screens.ask_line import AskLine
from shopbell.tui.screens.rule_page import RulePage
from shopbell.tui.screens.set_aside import SetRuleAside
from shops import NOW, Counter, open_counter
from tui.counters import Till, till
from tui.rule_lines import at_line
from tui.screens import HOSTILE, press, settle, type_in

MONTH = Month(budget=NO_BUDGET, starts_at=NOW, ends_at=NOW)
AFTER = (Asks.TWO, Asks.BUDGET, Asks.NAME, Asks.PHONE)


async def paste(shown: Till, text: str) -> str:
    shown.app.post_message(events.Paste(text))
    return await settle(shown.pilot)


async def undisturbed(shown: Till, *keys: str) -> str:
    """Press keys, and return the screen without the note that lies over it."""
    await press(shown.pilot, *keys)
    shown.app.clear_notifications()
    return await settle(shown.pilot)


def flat(seen: str) -> str:
    """Return a screen as one line: sentences are wrapped somewhere."""
    return " ".join(seen.replace("│", " ").replace("▌", " ").split())


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


async def test_an_emergency_may_have_a_last_day(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "7", "e")
        await paste(shown, "us-la 2026-12-01 storm")
        seen = await undisturbed(shown, "enter")
        assert "US-LA: no marketing from 24 Nov 2026 until 1 Dec 2026" in flat(seen)


CHANGES = (
    ("Most marketing", "2 in 30", "2 in 30 days to one person.", "2 in soon", "That is no limit."),
    ("Most marketing", "", "4 in 30 days to one person (Shopbell's own)", "x", "no limit"),
    ("Most on orders", "5 in 7", "5 in 7 days to one person.", "5 in 9999", "must be at most 400"),
    ("Between two", "48", "48 hours between two marketing texts", "two days", "number of hours"),
    ("Between two", "", "20 hours between two", "many", "no number of hours"),
    ("Contact", "fern.example", "fern.example", "call us any time", "address"),
    ("Short code", "36123", "36123 (France)", "STOP", "digits"),
    ("Prices", "+44 0.04 GBP", "+44 0.04 (GBP a part)", "+44 cheap", "That is no price."),
)


@pytest.mark.parametrize(("label", "line", "shows", "wrong", "refused"), CHANGES)
async def test_a_line_of_the_shops_own_is_changed_by_enter_and_a_mistake_is_told(
    empty: Path, tmp_path: Path, label: str, line: str, shows: str, wrong: str, refused: str
) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "7")
        await at_line(shown, label)
        await press(shown.pilot, "enter", "end", "ctrl+u")
        await paste(shown, wrong)
        assert refused in flat(await press(shown.pilot, "enter"))
        assert isinstance(shown.app.screen, AskLine)
        await press(shown.pilot, "end", "ctrl+u")
        await paste(shown, line)
        seen = await undisturbed(shown, "enter")
        assert not isinstance(shown.app.screen, AskLine)
        assert shows in flat(seen)


async def test_a_price_is_forgotten_by_its_beginning_alone(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await shown.shop.rules.price("+44", 40_000, "GBP")
        await press(shown.pilot, "7")
        await at_line(shown, "Prices")
        await press(shown.pilot, "enter")
        await paste(shown, "GB")
        seen = await press(shown.pilot, "enter")
        assert "No price for +44." in flat(seen)
        assert (await shown.shop.rules.changed()).rates == ()


async def test_enter_on_the_holidays_goes_on_to_the_next_wish(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "7")
        await at_line(shown, "Holidays")
        await press(shown.pilot, "enter")
        assert (await shown.shop.rules.changed()).holidays is HolidayWish.NO_MARKETING


async def test_a_rule_is_set_aside_with_a_typed_reason_and_counts_again(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "7")
        await at_line(shown, "US-TX")
        seen = await press(shown.pilot, "s")
        assert isinstance(shown.app.screen, SetRuleAside)
        assert "This is law, no habit of Shopbell's" in flat(seen)
        assert "US-TX.hours" in seen
        await paste(shown, "ok")
        assert "without a real reason" in flat(await press(shown.pilot, "f2"))
        assert (await shown.shop.rules.changed()).set_aside == ()
        await press(shown.pilot, "ctrl+u")
        await paste(shown, WHY)
        await press(shown.pilot, "enter")
        await paste(shown, "Ana")
        seen = await press(shown.pilot, "f2")
        assert "US-TX.hours is set aside." in flat(seen)
        (aside,) = (await shown.shop.rules.changed()).set_aside
        assert (aside.rule, aside.reason, aside.by) == ("US-TX.hours", WHY, "Ana")
        seen = await undisturbed(shown, "home", "down")
        assert f"US-TX.hours, by Ana on 24 Nov 2026: “{WHY}”" in flat(seen)
        assert "Taken back" in flat(await press(shown.pilot, "x"))
        assert (await shown.shop.rules.changed()).set_aside == ()


async def test_the_reason_that_was_typed_is_told_with_every_decision(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        rules = shown.shop.rules
        await shown.shop.change_profile(hours=read_week("mon-sun 00:00-24:00"))
        kentucky = E164("+15025550101")
        draft = TextDraft(number=kentucky, body="tulips", purpose=Purpose.MARKETING, topic="offers")
        await press(shown.pilot, "7")
        await at_line(shown, "US-KY")
        await press(shown.pilot, "s")
        await paste(shown, WHY)
        await press(shown.pilot, "f2")
        assert [one.rule for one in (await rules.changed()).set_aside] == ["US-KY.hours"]
        shown.clock.advance(hours=-1.2)
        checked = await shown.shop.outbox.check(draft)
        (said,) = checked.judged.decision.set_aside
        assert said.rule == "US-KY.hours"
        assert WHY in said.sentence


async def test_where_a_row_has_several_rules_one_is_chosen(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "7")
        await at_line(shown, "US-AL")
        seen = await press(shown.pilot, "s")
        assert "hours" in seen
        assert "holidays" in seen
        seen = await press(shown.pilot, "right")
        assert "US-AL.holidays" in seen
        await press(shown.pilot, "tab")
        await paste(shown, WHY)
        await press(shown.pilot, "f2")
        (aside,) = (await shown.shop.rules.changed()).set_aside
        assert aside.rule == "US-AL.holidays"


@pytest.mark.parametrize("label", ["Hours", "policy", "10dlc"])
async def test_what_is_nobodys_to_set_aside_says_so(
    empty: Path, tmp_path: Path, label: str
) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "7")
        await at_line(shown, label)
        await press(shown.pilot, "s")
        assert not isinstance(shown.app.screen, SetRuleAside)
        (told,) = shown.app._notifications
        assert told.message.startswith("Go down to a row with hours, holidays or a limit.")


async def test_leaving_the_box_sets_nothing_aside(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "7")
        await at_line(shown, "US-TX")
        await press(shown.pilot, "s")
        await paste(shown, WHY)
        await press(shown.pilot, "escape")
        assert (await shown.shop.rules.changed()).set_aside == ()


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


def every_row(today: date) -> tuple[RuleRow, ...]:
    rules = packaged_rules()
    sheets, may_go = rule_sheets(rules), may_be_set_aside(rules)
    return rule_rows(FULL, a_shop(), rules.policy, (), sheets, today, may_go, SecondYes(), MONTH)


def test_every_change_of_the_owner_is_a_line_that_can_be_taken_back() -> None:
    rules = packaged_rules()
    rows = every_row(TODAY)
    changes = [row.change for row in rows if row.change is not None]
    assert changes == [*FULL.set_aside, *FULL.emergencies, *FULL.closures]
    assert all(str(row.change) and row.more.endswith("x takes it back.") for row in rows[1:4])
    assert sum(row.sheet is not None for row in rows) == len(rule_sheets(rules))


def test_every_line_of_the_shops_own_can_be_changed_or_taken_back() -> None:
    own = [row for row in every_row(TODAY) if row.sheet is None]
    assert all((row.asks is None) is not (row.change is None) for row in own)
    assert [row.asks for row in own if row.asks] == [
        Asks.HOURS,
        *list(BY_TOPIC.values())[1:],
        *AFTER,
    ]


def test_rows_with_hours_holidays_or_a_limit_name_what_may_be_set_aside() -> None:
    may_go = {row.label: [line.rule for line in row.may_go] for row in every_row(TODAY)}
    assert may_go["US-TX"] == ["US-TX.hours"]
    assert may_go["policy"] == may_go["10dlc"] == []
    named = {rule for rules in may_go.values() for rule in rules}
    assert named == set(may_be_set_aside(packaged_rules()))


def test_overdue_rows_say_so() -> None:
    rows = every_row(date(2031, 1, 1))
    late = [row for row in rows if row.sheet is not None]
    assert all("OVERDUE" in row.says and row.careful for row in late)


async def changed(shown: Till, label: str, text: str) -> str:
    """Put the cursor on a line, type something else for it, and return what is said."""
    await at_line(shown, label)
    await press(shown.pilot, "enter", "end", "ctrl+u")
    if text:
        await paste(shown, text)
    return flat(await press(shown.pilot, "enter"))


async def test_the_budget_of_a_month_is_set_told_and_taken_away(
    empty: Path, tmp_path: Path
) -> None:
    async with till(empty, tmp_path) as shown:
        assert "Budget No limit for a month." in flat(await press(shown.pilot, "7"))
        seen = await changed(shown, "Budget", "400 texts, 20 USD")
        assert "A month: 400 texts, 400 left; 20 USD, 20 USD left." in seen
        month = await shown.shop.budgets.month()
        assert month.budget == Budget(texts=400, micros=20_000_000, currency="USD")
        assert "! “much” is no budget. Write it like: 400 texts" in (
            await changed(shown, "Budget", "much")
        )
        await press(shown.pilot, "escape")
        await changed(shown, "Budget", "")
        assert not (await shown.shop.budgets.month()).budget.is_set


async def test_name_and_phone_of_the_shop_are_changed(empty: Path, tmp_path: Path) -> None:
    async with till(empty, tmp_path) as shown:
        await press(shown.pilot, "7")
        seen = await changed(shown, "Shop's name", "Fern Two")
        assert "Texts begin with “Fern Two:”" in seen
        await changed(shown, "Shop's phone", "212-555-0177")
        profile = shown.shop.profile
        assert (profile.name, profile.phone) == ("Fern Two", "+12125550177")
        assert "must be 1 to 40 plain characters" in await changed(shown, "Shop's name", "")
        await press(shown.pilot, "escape")
        assert "!" in await changed(shown, "Shop's phone", "555-0105")
        await press(shown.pilot, "escape")
        assert shown.shop.profile == profile
        await changed(shown, "Shop's phone", "")
        assert shown.shop.profile.phone is None
