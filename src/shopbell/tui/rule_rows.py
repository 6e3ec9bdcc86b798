"""The lines of the rules: the shop's own, the coming holidays, the rulebook. Must not decide."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from shopbell.domain.budget import Month, budget_words
from shopbell.domain.house_lines import house_lines
from shopbell.domain.policy import Policy
from shopbell.domain.row_lines import RuleLine
from shopbell.domain.rule_sheet import RuleSheet
from shopbell.domain.second_yes import SecondYes, two_needed
from shopbell.domain.shop import ShopProfile
from shopbell.domain.shop_rules import Closure, Emergency, SetAside, ShopRules
from shopbell.domain.telling import WEEKDAY_NAMES, plain_day
from shopbell.domain.weeks import week_text
from shopbell.services.shop_rules import Holiday
from shopbell.tui.own_keys import key_for
from shopbell.tui.rule_answers import BY_TOPIC, Asks

_HOLIDAYS_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One line of the list."""

    label: str
    says: str
    more: str = ""
    """What stands below the list while the cursor is on it."""
    change: SetAside | Emergency | Closure | None = None
    """What can be taken back."""
    sheet: RuleSheet | None = None
    """What can be opened."""
    asks: Asks | None = None
    """What can be changed."""
    may_go: tuple[RuleLine, ...] = ()
    """The rules of the row that can be set aside."""
    careful: bool = False


def rule_rows(
    own: ShopRules,
    profile: ShopProfile,
    policy: Policy,
    holidays: Sequence[Holiday],
    sheets: Sequence[RuleSheet],
    today: date,
    may_be_set_aside: Collection[str],
    two: SecondYes,
    month: Month,
) -> tuple[RuleRow, ...]:
    """Return every line, the shop's own first."""
    return (
        RuleRow(
            label="Hours",
            says=week_text(profile.hours),
            more="Texts may arrive then, on the shop's clock and on the person's. ↵ changes it.",
            asks=Asks.HOURS,
        ),
        *_house(own, policy, profile, today),
        RuleRow(
            label="Two yeses",
            says=two_needed(two),
            more=f"{_named(two)} ↵ changes from how many people on, and whose yes it can be.",
            asks=Asks.TWO,
        ),
        RuleRow(
            label="Budget",
            says=budget_words(month),
            more=f"{month.why_spent or 'What would go beyond it waits.'} ↵ changes it.",
            asks=Asks.BUDGET,
            careful=bool(month.why_spent),
        ),
        RuleRow(
            label="Shop's name",
            says=profile.name,
            more="It starts every text. ↵ changes it.",
            asks=Asks.NAME,
        ),
        RuleRow(
            label="Shop's phone",
            says=profile.phone or "None.",
            more="Told where people would rather call. ↵ changes it.",
            asks=Asks.PHONE,
        ),
        *(_holiday(each) for each in holidays[:_HOLIDAYS_SHOWN]),
        *(_sheet(sheet, today, may_be_set_aside) for sheet in sheets),
    )


def _house(own: ShopRules, policy: Policy, profile: ShopProfile, today: date) -> Iterator[RuleRow]:
    changes: list[SetAside | Emergency | Closure] = [
        *own.set_aside,
        *own.emergencies,
        *own.closures,
    ]
    for index, line in enumerate(house_lines(own, policy, profile.zone, today)):
        change = changes[index] if index < len(changes) else None
        asks = None if change is not None else BY_TOPIC[line.topic]
        yield RuleRow(
            label=line.topic,
            says=line.says,
            more=f"{line.says} ↵ changes it."
            if asks
            else f"{line.says}. {key_for('rules.undo')} takes it back.",
            change=change,
            asks=asks,
            careful=isinstance(change, SetAside | Emergency),
        )


def _named(two: SecondYes) -> str:
    if not two.names:
        return "Nobody has a word of their own yet."
    return f"With a word of their own: {', '.join(two.names)}."


def _holiday(each: Holiday) -> RuleRow:
    day = f"{WEEKDAY_NAMES[each.day.weekday()][:3]} {plain_day(each.day)}"
    return RuleRow(
        label="Holiday",
        says=f"{day}  {each.name}",
        more=f"{day}: {each.name}. From the calendar of the shop's country; "
        f"{key_for('rules.holidays')} says what the shop does on holidays.",
    )


def _sheet(sheet: RuleSheet, today: date, may_be_set_aside: Collection[str]) -> RuleRow:
    may_go = tuple(line for line in sheet.lines if line.rule in may_be_set_aside)
    late = sheet.is_overdue(today)
    sure = f"{sheet.confidence}, " if sheet.confidence else ""
    age = f"{sure}read {sheet.age(today)} ago"
    due = (
        f"somebody should have looked again by {plain_day(sheet.review_by)}"
        if late
        else f"to be looked at again by {plain_day(sheet.review_by)}"
    )
    return RuleRow(
        label=sheet.id,
        says=f"{sheet.name} ({age}{', OVERDUE' if late else ''})",
        more=f"{sheet.scope} Read {sheet.age(today)} ago, {due}. Not legal advice.",
        sheet=sheet,
        may_go=may_go,
        careful=late,
    )
